// Which dialect a DDL text is of, by the words in it. Does not parse.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "ddl/dialect.h"

namespace tamis {

/// A dialect that the text may be of.
struct DialectGuess {
  const DdlDialect* dialect = nullptr;
  int score = 0;
  std::string reason;  // `ENCODE in line 3, DISTKEY in line 7`; "" when nothing speaks for it
};

/// All dialects, the likeliest first; of those for which nothing speaks, the plainest first.
std::vector<DialectGuess> GuessDialects(const SourceText& source);

}  // namespace tamis
