# The built page (web/dist) as a library: target plimsoll_page, header "page_files.h". Works without
# web/dist too; then one page that explains is embedded (tools/embed_page).
enable_language(ASM)

set(page_dist ${PROJECT_SOURCE_DIR}/web/dist)
set(page_out ${PROJECT_BINARY_DIR}/page)
file(GLOB_RECURSE page_sources CONFIGURE_DEPENDS ${page_dist}/*)
list(FILTER page_sources EXCLUDE REGEX "/\\.[^/]*$")

add_custom_command(
    OUTPUT ${page_out}/page_files.cc ${page_out}/page_files.S
    BYPRODUCTS ${page_out}/page_files.h
    COMMAND ${PROJECT_SOURCE_DIR}/tools/embed_page ${page_dist} ${page_out}
    DEPENDS ${PROJECT_SOURCE_DIR}/tools/embed_page ${page_sources}
    COMMENT "Embedding the page"
    VERBATIM)
# The assembler reads the files themselves, which the compiler's own dependencies do not show.
set_source_files_properties(${page_out}/page_files.S PROPERTIES
    OBJECT_DEPENDS "${page_out}/page_files.cc;${page_sources}")

add_library(plimsoll_page STATIC ${page_out}/page_files.cc ${page_out}/page_files.S)
target_include_directories(plimsoll_page PUBLIC ${page_out})
