// Names and texts as a dialect quotes them.
#pragma once

#include <string>
#include <string_view>

#include "ddl/dialect.h"

namespace tamis {

/// A name, in quotes where the dialect needs them: for reserved words, signs and blanks.
std::string PrintName(std::string_view name, const DdlDialect& dialect);
/// A name in quotes.
std::string QuoteName(std::string_view name, const DdlDialect& dialect);
/// A text in quotes.
std::string PrintText(std::string_view text, const DdlDialect& dialect);

}  // namespace tamis
