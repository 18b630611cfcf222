// See partition.h.
#include "dataset/partition.h"

#include <charconv>

namespace tamis {
namespace {

constexpr size_t kNameBytesMax = 255;  // of Linux and of most others
// What Spark and Hive escape on any platform. (Spark: ExternalCatalogUtils.charToEscape.)
constexpr std::string_view kEscaped = "\"#%'*/:<=>?[\\]^{|}";

void AppendEscaped(char c, std::string* out) {
  static constexpr char kHex[] = "0123456789ABCDEF";
  unsigned char byte = static_cast<unsigned char>(c);
  *out += '%';
  *out += kHex[byte >> 4];
  *out += kHex[byte & 15];
}

void AppendEncoded(std::string_view text, std::string* out) {
  for (char c : text) {
    bool control = static_cast<unsigned char>(c) < 0x20 || c == 0x7F;
    if (control || kEscaped.find(c) != kEscaped.npos) {
      AppendEscaped(c, out);
    } else {
      *out += c;
    }
  }
}

std::string Decode(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    unsigned value = 0;
    if (text[i] == '%' && i + 2 < text.size()) {
      const char* begin = text.data() + i + 1;
      auto [end, error] = std::from_chars(begin, begin + 2, value, 16);
      if (error == std::errc() && end == begin + 2) {
        out += static_cast<char>(value);
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

}  // namespace

Result<std::string> PartitionFolder(std::string_view key, std::optional<std::string_view> value) {
  if (key.empty()) return UsageError("a partition needs a name");
  std::string out;
  if (key[0] == '_' || key[0] == '.') {
    AppendEscaped(key[0], &out);
    key.remove_prefix(1);
  }
  AppendEncoded(key, &out);
  out += '=';
  if (!value || value->empty()) {
    out += kDefaultPartition;
  } else if (*value == kDefaultPartition || *value == "NULL") {  // DuckDB reads NULL as no value
    AppendEscaped((*value)[0], &out);
    out += value->substr(1);
  } else {
    AppendEncoded(*value, &out);
  }
  if (out.size() > kNameBytesMax) {
    return DataError("a value of partition " + std::string(key) + " makes a folder name of " +
                         std::to_string(out.size()) + " bytes, more than " +
                         std::to_string(kNameBytesMax) + ": " + out.substr(0, 60) + "...",
                     "partition by something shorter");
  }
  return out;
}

std::vector<PartitionValue> ParsePartitions(std::string_view path) {
  std::vector<PartitionValue> out;
  while (true) {
    size_t slash = path.find('/');
    if (slash == path.npos) return out;
    std::string_view folder = path.substr(0, slash);
    path.remove_prefix(slash + 1);
    size_t equals = folder.find('=');
    if (equals == folder.npos || equals == 0) continue;
    std::string_view value = folder.substr(equals + 1);
    std::optional<std::string> decoded;
    if (value != kDefaultPartition) decoded = Decode(value);
    out.emplace_back(Decode(folder.substr(0, equals)), std::move(decoded));
  }
}

}  // namespace tamis
