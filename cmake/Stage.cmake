# Only sources that read files of this checkout are told where it is: all others compile alike in
# every checkout, and a compiler cache serves them. A file that comes to use it needs cmake to run again.
function(plimsoll_tell_root)
    foreach(source ${ARGN})
        file(STRINGS ${source} uses REGEX "PLIMSOLL_ROOT" LIMIT_COUNT 1)
        if(uses)
            set_property(SOURCE ${source} APPEND PROPERTY COMPILE_DEFINITIONS
                         PLIMSOLL_ROOT="${PROJECT_SOURCE_DIR}")
        endif()
    endforeach()
endfunction()

# One folder of src/ is one stage: a library of its *.cc, one test binary of its *_test.cc, and one
# program for each *_bench.cc. Files are found by their names, so adding a check or a convention
# touches no build file.
#
#   plimsoll_stage(wire DEPENDS base LINKS simdjson TEST_LINKS ...)
function(plimsoll_stage stage)
    cmake_parse_arguments(ARG "" "" "DEPENDS;LINKS;TEST_LINKS" ${ARGN})
    file(GLOB_RECURSE sources CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*.cc)
    set(tests ${sources})
    set(benches ${sources})
    list(FILTER tests INCLUDE REGEX "_test\\.cc$")
    list(FILTER benches INCLUDE REGEX "_bench\\.cc$")
    list(FILTER sources EXCLUDE REGEX "(_test|_bench|/main)\\.cc$")

    set(links ${ARG_LINKS})
    foreach(dependency ${ARG_DEPENDS})
        list(APPEND links plimsoll_${dependency})
    endforeach()
    if(sources)
        add_library(plimsoll_${stage} STATIC ${sources})
        target_include_directories(plimsoll_${stage} PUBLIC ${PROJECT_SOURCE_DIR}/src)
        target_link_libraries(plimsoll_${stage} PUBLIC ${links})
    else()
        add_library(plimsoll_${stage} INTERFACE)
        target_include_directories(plimsoll_${stage} INTERFACE ${PROJECT_SOURCE_DIR}/src)
        target_link_libraries(plimsoll_${stage} INTERFACE ${links})
    endif()
    if(tests)
        add_executable(${stage}_test ${tests})
        target_link_libraries(${stage}_test PRIVATE plimsoll_${stage} ${ARG_TEST_LINKS}
                              GTest::gmock_main)
        plimsoll_tell_root(${tests})
        # Tests are compiled once and run once: -O0 saves a third of their compile time.
        target_compile_options(${stage}_test PRIVATE $<$<CONFIG:Debug>:-O0>)
        add_test(NAME ${stage} COMMAND ${stage}_test)
        set_tests_properties(${stage} PROPERTIES ENVIRONMENT
            "TSAN_OPTIONS=suppressions=${PROJECT_SOURCE_DIR}/tools/tsan_suppressions.txt")
    endif()
    foreach(bench ${benches})
        get_filename_component(name ${bench} NAME_WE)
        add_executable(${name} EXCLUDE_FROM_ALL ${bench})
        target_link_libraries(${name} PRIVATE plimsoll_${stage} benchmark::benchmark_main)
        if(NOT PLIMSOLL_SANITIZE)  # As plimsoll itself.
            target_link_libraries(${name} PRIVATE mimalloc)
        endif()
        target_compile_definitions(${name} PRIVATE PLIMSOLL_ROOT="${PROJECT_SOURCE_DIR}")
    endforeach()
endfunction()
