# Warnings, sanitizers, ccache and mold. Does not find libraries.
option(TAMIS_WERROR "Treat warnings as errors" ON)
set(TAMIS_SANITIZE "" CACHE STRING "Sanitizers, as -fsanitize takes them: address,undefined or thread")

find_program(TAMIS_CCACHE ccache)
if(TAMIS_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${TAMIS_CCACHE})
  set(CMAKE_C_COMPILER_LAUNCHER ${TAMIS_CCACHE})
endif()
find_program(TAMIS_MOLD mold)
if(TAMIS_MOLD)
  add_link_options(-fuse-ld=mold)
endif()

add_library(tamis_warnings INTERFACE)
# GCC 12 sees overlaps in std::string's operator+ that are not there (gcc.gnu.org/PR105329): no -Wrestrict.
target_compile_options(tamis_warnings INTERFACE -Wall -Wextra -Wconversion -Wno-restrict)
if(TAMIS_WERROR)
  target_compile_options(tamis_warnings INTERFACE -Werror)
endif()

if(TAMIS_SANITIZE)
  add_compile_options(-fsanitize=${TAMIS_SANITIZE} -fno-omit-frame-pointer -fno-sanitize-recover=all -g1)
  add_compile_options(-Wno-maybe-uninitialized)  # GCC sees it in its own library's <regex> then
  add_link_options(-fsanitize=${TAMIS_SANITIZE})
  add_compile_definitions(TAMIS_SANITIZED=1)
endif()

option(TAMIS_FUZZ "Build the fuzzers of test/fuzz, which follow the branches that an input takes" OFF)
if(TAMIS_FUZZ)
  add_compile_options(-fsanitize-coverage=trace-pc)
  add_compile_definitions(TAMIS_FUZZ=1)
endif()
