# Builds every profile of corpus/sites/ into the room; adding or changing one rebuilds it.
file(GLOB gk_site_files CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/corpus/sites/*.yaml)
list(SORT gk_site_files)
set(gk_site_data ${PROJECT_BINARY_DIR}/site_data.c)
add_custom_command(
  OUTPUT ${gk_site_data}
  COMMAND gk_embed_patterns ${gk_site_data} gk_builtin_site ${gk_site_files}
  DEPENDS gk_embed_patterns ${gk_site_files}
  COMMENT "Building corpus/sites/ in"
  VERBATIM)
target_sources(gk_crawl PRIVATE ${gk_site_data})
