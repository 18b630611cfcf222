# Finds DuckDB's C header and library in .deps/duckdb (tools/setup puts them there).
# The library is opened at run time, only when SQL is needed: TAMIS_DUCKDB_LIBRARY is its path.
set(TAMIS_DUCKDB_DIR ${CMAKE_SOURCE_DIR}/.deps/duckdb CACHE PATH "Folder with duckdb.h and libduckdb.so")
if(NOT EXISTS ${TAMIS_DUCKDB_DIR}/duckdb.h OR NOT EXISTS ${TAMIS_DUCKDB_DIR}/libduckdb.so)
  message(FATAL_ERROR "DuckDB not found in ${TAMIS_DUCKDB_DIR}: run tools/setup")
endif()
set(TAMIS_DUCKDB_LIBRARY ${TAMIS_DUCKDB_DIR}/libduckdb.so)
add_library(tamis_duckdb_header INTERFACE)
target_include_directories(tamis_duckdb_header SYSTEM INTERFACE ${TAMIS_DUCKDB_DIR})
target_compile_definitions(tamis_duckdb_header INTERFACE TAMIS_DUCKDB_LIBRARY="${TAMIS_DUCKDB_LIBRARY}")
