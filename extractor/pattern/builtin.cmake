# Builds every file of patterns/ into the room; adding or changing one rebuilds it.
file(GLOB gk_pattern_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/patterns/*.yaml ${PROJECT_SOURCE_DIR}/patterns/*.tsv)
list(SORT gk_pattern_files)
set(gk_builtin_data ${PROJECT_BINARY_DIR}/builtin_data.c)

add_executable(gk_embed_patterns
  ${PROJECT_SOURCE_DIR}/tools/embed/embed.c
  ${PROJECT_SOURCE_DIR}/extractor/pattern/identity.c
  ${PROJECT_SOURCE_DIR}/extractor/pattern/node.c
  ${PROJECT_SOURCE_DIR}/extractor/pattern/place.c
  ${PROJECT_SOURCE_DIR}/extractor/pattern/yaml.c)
target_link_libraries(gk_embed_patterns PRIVATE gk_base PkgConfig::YAML)
add_custom_command(
  OUTPUT ${gk_builtin_data}
  COMMAND gk_embed_patterns ${gk_builtin_data} gk_builtin ${gk_pattern_files}
  DEPENDS gk_embed_patterns ${gk_pattern_files}
  COMMENT "Building patterns/ in"
  VERBATIM)
target_sources(gk_pattern PRIVATE ${gk_builtin_data})

# The set, loaded and compiled by the room itself. What uses the room links them; the program that writes them has none.
set(gk_builtin_code ${PROJECT_BINARY_DIR}/builtin_code.c)
add_executable(gk_compile_patterns
  ${PROJECT_SOURCE_DIR}/tools/embed/code.c
  ${PROJECT_SOURCE_DIR}/tools/embed/pool.c
  ${PROJECT_SOURCE_DIR}/tools/embed/prepare.c)
add_dependencies(gk_compile_patterns gk_pattern)
target_link_libraries(gk_compile_patterns PRIVATE $<TARGET_FILE:gk_pattern> gk_text PkgConfig::PCRE2 PkgConfig::YAML)
add_custom_command(
  OUTPUT ${gk_builtin_code}
  COMMAND gk_compile_patterns ${gk_builtin_code}
  DEPENDS gk_compile_patterns $<TARGET_FILE:gk_pattern>
  COMMENT "Compiling the patterns"
  VERBATIM)
add_library(gk_code STATIC ${gk_builtin_code})
set_target_properties(gk_code PROPERTIES POSITION_INDEPENDENT_CODE ON)
target_link_libraries(gk_code PRIVATE gk_flags PkgConfig::PCRE2)
target_link_libraries(gk_pattern INTERFACE gk_code)
