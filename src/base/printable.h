// Text that a terminal may show as it is: names, values and paths come from files, and control
// characters in them would clear the screen, colour it or hide what follows.
#pragma once

#include <string>
#include <string_view>

namespace tamis {

/// Returns `text` on one line: newline, carriage return and tab as \n, \r and \t; other control
/// characters (below 0x20, DEL, and U+0080 to U+009F) and bytes that are not UTF-8 as \xNN.
std::string Printable(std::string_view text);

/// The same, but newlines and tabs stay as they are: for messages of several lines.
std::string PrintableLines(std::string_view text);

}  // namespace tamis
