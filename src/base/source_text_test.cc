// Texts that are read, and the whole message of those that are not.
#include "base/source_text.h"

#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

namespace tamis {
namespace {

class SourceTextTest : public testing::Test {
 protected:
  void SetUp() override {
    directory_ =
        std::filesystem::temp_directory_path() / ("source_text_" + std::to_string(getpid()));
    std::filesystem::create_directories(directory_);
    std::filesystem::current_path(directory_);
  }
  void TearDown() override {
    std::filesystem::current_path("/");
    std::filesystem::remove_all(directory_);
  }

  static std::string Read(const std::string& text) {
    std::ofstream("f", std::ios::binary) << text;
    auto source = ReadSourceText("f");
    return source.ok() ? (*source)->text : FormatError(source.status());
  }

  std::filesystem::path directory_;
};

TEST_F(SourceTextTest, Reads) {
  EXPECT_EQ(Read(""), "");
  EXPECT_EQ(Read("a\r\n\tb\xC3\xA9\xF0\x9F\x98\x80"), "a\r\n\tb\xC3\xA9\xF0\x9F\x98\x80");
}

TEST_F(SourceTextTest, Refuses) {
  EXPECT_EQ(FormatError(ReadSourceText("none").status()),
            "none: no such file or directory (check the path; it is taken relative to the current "
            "directory)\n");
  EXPECT_EQ(FormatError(ReadSourceText(".").status()),
            ".: is a directory (a file is expected here)\n");
  EXPECT_EQ(ExitCodeOf(ReadSourceText("none").status()), ExitCode::kIo);
  EXPECT_EQ(Read(std::string("PAR1\0\1", 6)),
            "f: not a text file: control byte at offset 4 (a YAML or SQL text in UTF-8 is "
            "expected)\n");
  for (const char* text : {"ab\xC3", "ab\xC0\x80", "ab\xE0\x80\x80", "ab\xED\xA0\x80",
                           "ab\xF4\x90\x80\x80", "ab\xFF", "ab\x80", "ab\xF0\x80\x80\x80"}) {
    EXPECT_EQ(Read(text), "f: not UTF-8: invalid byte at offset 2 (save the file as UTF-8)\n");
  }
  EXPECT_EQ(Read(std::string(static_cast<size_t>(kSourceTextBytesMax) + 1, 'a')),
            "f: larger than 16 MB (is this the data instead of its description?)\n");
}

}  // namespace
}  // namespace tamis
