# OpenSSL and RE2 as hidden static libraries.
# libparquet exports OpenSSL symbols and libarrow_compute exports RE2 symbols of their own versions: a shared libssl
# or libre2 beside them crashes. Static copies whose symbols are not exported can't be mixed up with theirs.
find_library(TAMIS_LIBCRYPTO libcrypto.a REQUIRED)
find_library(TAMIS_LIBSSL libssl.a REQUIRED)
find_library(TAMIS_LIBRE2 libre2.a REQUIRED)
add_library(Tamis::crypto INTERFACE IMPORTED GLOBAL)
set_target_properties(Tamis::crypto PROPERTIES INTERFACE_LINK_LIBRARIES "${TAMIS_LIBCRYPTO};dl;Threads::Threads")
add_library(Tamis::ssl INTERFACE IMPORTED GLOBAL)
set_target_properties(Tamis::ssl PROPERTIES INTERFACE_LINK_LIBRARIES "${TAMIS_LIBSSL};${TAMIS_LIBCRYPTO};dl;Threads::Threads")
add_library(Tamis::re2 INTERFACE IMPORTED GLOBAL)
set_target_properties(Tamis::re2 PROPERTIES INTERFACE_LINK_LIBRARIES "${TAMIS_LIBRE2};Threads::Threads")
add_link_options(-Wl,--exclude-libs,ALL)
