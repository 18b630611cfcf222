# Finds Arrow and Parquet: the system's where it has one, else those inside the pyarrow wheel of .venv.
# Defines Tamis::arrow, Tamis::arrow_compute and Tamis::parquet.
find_package(Threads REQUIRED)
find_package(Arrow QUIET CONFIG)
find_package(Parquet QUIET CONFIG)
find_package(ArrowCompute QUIET CONFIG)

if(Arrow_FOUND AND Parquet_FOUND AND ArrowCompute_FOUND)
  add_library(Tamis::arrow ALIAS Arrow::arrow_shared)
  add_library(Tamis::parquet ALIAS Parquet::parquet_shared)
  add_library(Tamis::arrow_compute ALIAS ArrowCompute::arrow_compute_shared)
  return()
endif()

file(GLOB pyarrow_dirs ${CMAKE_SOURCE_DIR}/.venv/lib/python3*/site-packages/pyarrow)
if(NOT pyarrow_dirs)
  message(FATAL_ERROR "Arrow not found: run tools/setup, which installs pyarrow into .venv")
endif()
list(GET pyarrow_dirs 0 TAMIS_PYARROW_DIR)

function(tamis_wheel_library target stem)
  file(GLOB found ${TAMIS_PYARROW_DIR}/lib${stem}.so.*)
  if(NOT found)
    message(FATAL_ERROR "lib${stem}.so not found in ${TAMIS_PYARROW_DIR}: run tools/setup")
  endif()
  list(GET found 0 path)
  add_library(${target} SHARED IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES
    IMPORTED_LOCATION ${path}
    INTERFACE_SYSTEM_INCLUDE_DIRECTORIES ${TAMIS_PYARROW_DIR}/include
    INTERFACE_INCLUDE_DIRECTORIES ${TAMIS_PYARROW_DIR}/include
    INTERFACE_LINK_LIBRARIES "${ARGN};Threads::Threads")
endfunction()

tamis_wheel_library(Tamis::arrow arrow)
tamis_wheel_library(Tamis::arrow_compute arrow_compute Tamis::arrow)
tamis_wheel_library(Tamis::parquet parquet Tamis::arrow)
