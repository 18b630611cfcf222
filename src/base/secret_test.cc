// Tests of secret.h.
#include "base/secret.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/prctl.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

namespace tamis {
namespace {

using testing::HasSubstr;

std::string KeyFile(const std::string& bytes) {
  std::string path = std::filesystem::temp_directory_path() / "tamis_secret_test_key";
  std::ofstream(path, std::ios::binary) << bytes;
  return path;
}

std::string ErrorOf(const std::string& source) {
  auto secret = LoadSecret(source);
  return secret.ok() ? "" : secret.status().message();
}

TEST(Secret, ComesFromTheEnvironmentOrAFileWithoutItsLineEnd) {
  setenv("TAMIS_SECRET_TEST", "abc", 1);
  EXPECT_EQ(LoadSecret("env:TAMIS_SECRET_TEST")->Reveal(), "abc");
  EXPECT_EQ(LoadSecret("file:" + KeyFile("abc\r\n"))->Reveal(), "abc");
  std::string binary("a\0b", 3);
  EXPECT_EQ(LoadSecret("file:" + KeyFile(binary))->Reveal(), binary);
}

TEST(Secret, RefusesWhatIsNoKey) {
  EXPECT_THAT(ErrorOf("env:TAMIS_SECRET_TEST_NONE"), HasSubstr("is not set"));
  EXPECT_THAT(ErrorOf("abc"), HasSubstr("unknown source"));
  EXPECT_THAT(ErrorOf("file:" + KeyFile("")), HasSubstr("is empty"));
  EXPECT_THAT(ErrorOf("file:" + KeyFile("\n")), HasSubstr("is empty"));
  EXPECT_THAT(ErrorOf("file:/dev/zero"), HasSubstr("longer than 1 MiB"));
}

TEST(Secret, AProcessWithAKeyLeavesNoCoreDump) {
  ASSERT_TRUE(LoadSecret("file:" + KeyFile("abc")).ok());
  EXPECT_EQ(prctl(PR_GET_DUMPABLE), 0);
}

}  // namespace
}  // namespace tamis
