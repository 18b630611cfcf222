// Opens libduckdb.so. See duckdb_api.h.
#include "local/duckdb_api.h"

#include <dlfcn.h>

#include <string>

namespace tamis {
namespace {

Result<DuckdbApi> OpenLibrary() {
  // RTLD_LOCAL: its symbols must not be taken for those of Arrow's libraries, or the other way
  // round.
  void* library = dlopen(TAMIS_DUCKDB_LIBRARY, RTLD_LAZY | RTLD_LOCAL);
  if (!library) {
    return IoError(TAMIS_DUCKDB_LIBRARY, std::string("can't open DuckDB: ") + dlerror(),
                   "run tools/setup again");
  }
  DuckdbApi api;
#define TAMIS_DUCKDB_LOOKUP(name)                                             \
  api.name = reinterpret_cast<decltype(api.name)>(dlsym(library, #name));     \
  if (!api.name) {                                                            \
    return IoError(TAMIS_DUCKDB_LIBRARY, "no function " #name " in DuckDB",   \
                   "the library and its header must be of the same version"); \
  }
  TAMIS_DUCKDB_FUNCTIONS(TAMIS_DUCKDB_LOOKUP)
#undef TAMIS_DUCKDB_LOOKUP
  return api;
}

}  // namespace

Result<const DuckdbApi*> LoadDuckdb() {
  static const Result<DuckdbApi> api = OpenLibrary();
  ARROW_RETURN_NOT_OK(api.status());
  return &*api;
}

}  // namespace tamis
