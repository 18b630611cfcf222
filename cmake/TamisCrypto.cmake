# OpenSSL and RE2 as hidden static libraries: Tamis::crypto, Tamis::ssl, Tamis::re2.
# libparquet exports OpenSSL's symbols and libarrow_compute those of RE2, of versions of their own. Ours must be found
# first on every link line, or the linker takes half of theirs: so each static library says that it depends on the
# Arrow library that exports the same symbols (CMake then keeps that order), and test/symbols checks what came out.
function(tamis_hidden_library target file)
  find_library(TAMIS_${file} ${file} REQUIRED)
  add_library(${target} STATIC IMPORTED GLOBAL)
  set_target_properties(${target} PROPERTIES
    IMPORTED_LOCATION ${TAMIS_${file}}
    INTERFACE_LINK_LIBRARIES "${ARGN};Threads::Threads;${CMAKE_DL_LIBS}")
endfunction()

tamis_hidden_library(Tamis::crypto libcrypto.a Tamis::parquet)
tamis_hidden_library(Tamis::ssl libssl.a Tamis::crypto)
tamis_hidden_library(Tamis::re2 libre2.a Tamis::arrow_compute)
# Symbols of static libraries are not exported; Arrow's libraries that nothing uses are not loaded at the start.
add_link_options(-Wl,--exclude-libs,ALL -Wl,--as-needed)
