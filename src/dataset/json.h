// The JSON that tamis writes about its datasets: objects, lists, texts, whole numbers. No
// fractions.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace tamis {

/// A parsed JSON value.
struct Json {
  enum class Kind { kNull, kBoolean, kInteger, kText, kList, kObject };
  Kind kind = Kind::kNull;
  bool boolean = false;
  int64_t integer = 0;
  std::string text;
  std::vector<Json> items;                            // of a list
  std::vector<std::pair<std::string, Json>> members;  // of an object

  /// The member of this name; nullptr if there is none.
  const Json* Find(std::string_view name) const;
};

/// Parses one value that is the whole text. A byte of a file name that is not UTF-8 stands as
/// `\udcXX`, as in Python's surrogateescape. Invalid, with the offset, otherwise.
Result<Json> ParseJson(std::string_view text);

/// `text` as a JSON string, quotes included. Bytes that are not UTF-8 become `\udcXX`.
std::string QuoteJson(std::string_view text);

}  // namespace tamis
