// Fuzzes the reader of contracts: what is read must be written, read back and written the same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/status.h"
#include "contract/odcs.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto source = std::make_shared<tamis::SourceText>();
  source->name = "fuzz.odcs.yaml";
  source->text.assign(reinterpret_cast<const char*>(data), size);
  const auto read = tamis::ParseContract(source);
  if (!read.ok()) {
    if (tamis::FormatError(read.status()).empty()) std::abort();
    return 0;
  }
  auto written = std::make_shared<tamis::SourceText>();
  written->name = "written.odcs.yaml";
  written->text = tamis::WriteContract(*read);
  const auto again = tamis::ParseContract(written);
  if (!again.ok() || tamis::WriteContract(*again) != written->text) {
    std::fprintf(
        stderr, "written as:\n%s\nread back:\n%s\n", written->text.c_str(),
        again.ok() ? tamis::WriteContract(*again).c_str() : again.status().ToString().c_str());
    std::abort();
  }
  return 0;
}
