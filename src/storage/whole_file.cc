// See whole_file.h.
#include "storage/whole_file.h"

namespace tamis {

Result<std::string> ReadWholeFile(Storage& storage, const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(auto file, storage.OpenRead(path));
  std::string bytes(static_cast<size_t>(file->size_bytes()), '\0');
  ARROW_ASSIGN_OR_RAISE(int64_t got, file->ReadAt(0, file->size_bytes(), bytes.data()));
  bytes.resize(static_cast<size_t>(got));
  return bytes;
}

Status WriteWholeFile(Storage& storage, const std::string& path, std::string_view bytes) {
  ARROW_ASSIGN_OR_RAISE(auto file, storage.OpenWrite(path));
  ARROW_RETURN_NOT_OK(file->Append(bytes));
  return file->Close();
}

}  // namespace tamis
