// The JSON that tamis writes about its datasets and runs. Is no reader of data: it keeps a tree.
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
  enum class Kind { kNull, kBoolean, kInteger, kFraction, kText, kList, kObject };
  Kind kind = Kind::kNull;
  bool boolean = false;
  int64_t integer = 0;
  double fraction = 0;  // of a number with a point or an exponent
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
