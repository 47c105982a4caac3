# Builds every file of patterns/ into the room; adding or changing one rebuilds it.
file(GLOB gk_pattern_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/patterns/*.yaml ${PROJECT_SOURCE_DIR}/patterns/*.tsv)
list(SORT gk_pattern_files)
set(gk_builtin_data ${PROJECT_BINARY_DIR}/builtin_data.c)

add_executable(gk_embed ${PROJECT_SOURCE_DIR}/tools/embed/embed.c)
target_link_libraries(gk_embed PRIVATE gk_flags)
add_custom_command(
  OUTPUT ${gk_builtin_data}
  COMMAND gk_embed ${gk_builtin_data} ${gk_pattern_files}
  DEPENDS gk_embed ${gk_pattern_files}
  COMMENT "Embedding patterns/"
  VERBATIM)
target_sources(gk_pattern PRIVATE ${gk_builtin_data})
