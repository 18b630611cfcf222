// Fuzzes the YAML reader and emitter: what is read must be written and read back as the same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/status.h"
#include "spec/emit.h"
#include "spec/yaml.h"

namespace {

bool IsSame(const tamis::Node& a, const tamis::Node& b) {
  if (a.kind != b.kind || a.scalar != b.scalar || a.items.size() != b.items.size() ||
      a.entries.size() != b.entries.size()) {
    return false;
  }
  for (size_t i = 0; i < a.items.size(); ++i) {
    if (!IsSame(a.items[i], b.items[i])) return false;
  }
  for (size_t i = 0; i < a.entries.size(); ++i) {
    if (!IsSame(a.entries[i].first, b.entries[i].first)) return false;
    if (!IsSame(a.entries[i].second, b.entries[i].second)) return false;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto source = std::make_shared<tamis::SourceText>();
  source->name = "fuzz.yaml";
  source->text.assign(reinterpret_cast<const char*>(data), size);
  const auto read = tamis::ParseYaml(source);
  if (!read.ok()) {
    if (tamis::FormatError(read.status()).empty()) std::abort();
    return 0;
  }
  auto written = std::make_shared<tamis::SourceText>();
  written->name = "written.yaml";
  written->text = tamis::EmitYaml(*read);
  const auto again = tamis::ParseYaml(written);
  if (!again.ok() || !IsSame(*read, *again)) {
    std::fprintf(stderr, "written as:\n%s\n%s\n", written->text.c_str(),
                 again.status().ToString().c_str());
    std::abort();
  }
  return 0;
}
