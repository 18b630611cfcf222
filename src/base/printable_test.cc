// What a terminal gets to see.
#include "base/printable.h"

#include <gtest/gtest.h>

#include "base/status.h"

namespace tamis {
namespace {

using namespace std::string_literals;

TEST(Printable, EscapesWhatTerminalsObey) {
  EXPECT_EQ(Printable("plain, Straße, 日本, 😀"), "plain, Straße, 日本, 😀");
  EXPECT_EQ(Printable("\x1b[31mred\x1b[0m"), "\\x1b[31mred\\x1b[0m");
  EXPECT_EQ(Printable("a\0b\x7f"s), "a\\x00b\\x7f");
  EXPECT_EQ(Printable("a\r\n\tb"), "a\\r\\n\\tb");
  EXPECT_EQ(Printable("\xc2\x9b"
                      "31m"),
            "\\xc2\\x9b31m");                    // CSI as U+009B
  EXPECT_EQ(Printable("\xc2\xa0"), "\xc2\xa0");  // no-break space
}

TEST(Printable, EscapesBytesThatAreNotUtf8) {
  EXPECT_EQ(Printable("\xff"), "\\xff");
  EXPECT_EQ(Printable("\x9b"), "\\x9b");
  EXPECT_EQ(Printable("gr\xfc\xdf"), "gr\\xfc\\xdf");
  EXPECT_EQ(Printable("\xe2\x82"), "\\xe2\\x82");           // cut off
  EXPECT_EQ(Printable("\xc0\xaf"), "\\xc0\\xaf");           // overlong
  EXPECT_EQ(Printable("\xed\xa0\x80"), "\\xed\\xa0\\x80");  // a surrogate
  EXPECT_EQ(Printable("\xf4\x90\x80\x80"), "\\xf4\\x90\\x80\\x80");
}

TEST(Printable, KeepsTheLinesOfMessages) {
  EXPECT_EQ(PrintableLines("a\n\tb\r\x1b"), "a\n\tb\\x0d\\x1b");
}

TEST(Printable, MessagesHintsAndPlaces) {
  Place place;
  place.source = std::make_shared<const SourceText>(SourceText{"f\x1b[2J",
                                                               "\x1b"
                                                               "é x\n"});
  place.line = 1;
  place.column = 5;
  EXPECT_EQ(FormatError(UsageErrorAt(place, "unknown: \x1b[31m", "known: \x07")),
            "f\\x1b[2J:1:5: unknown: \\x1b[31m (known: \\x07)\n"
            "  \\x1bé x\n"
            "        ^\n");
}

}  // namespace
}  // namespace tamis
