// Tests ops/pseudonym.h.
#include "ops/pseudonym.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <random>
#include <string>
#include <vector>

#include "text/cpu.h"

namespace tamis {
namespace {

std::string OpensslHex(std::string_view key, std::string_view message, size_t length) {
  unsigned char digest[32];
  unsigned size = 0;
  HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()),
       reinterpret_cast<const unsigned char*>(message.data()), message.size(), digest, &size);
  std::string text;
  for (unsigned char byte : digest) {
    char digits[3];
    snprintf(digits, sizeof(digits), "%02x", byte);
    text += digits;
  }
  return text.substr(0, length);
}

std::unique_ptr<Pseudonymizer> Make(std::string_view key, PseudonymOptions options = {}) {
  return Pseudonymizer::Make(Secret(key), options).ValueOrDie();
}

// What Python's hmac says: hmac.new(b"secret", b"Ada", "sha256").hexdigest()[:16].
TEST(Pseudonym, KnownValues) {
  EXPECT_EQ(Make("secret")->Hash("Ada"), "64b930f9c9ee91e3");
  EXPECT_EQ(Make("secret")->Hash(""), "f9e66e179b6747ae");
  EXPECT_EQ(Make("secret", {"people", 16})->Hash("Ada"), "51d2a5ede2024ec8");
  EXPECT_EQ(Make("secret", {"", 5})->Hash("Ada"), OpensslHex("secret", "Ada", 5));
  EXPECT_EQ(Make("secret", {"", 64})->Hash("Ada"), OpensslHex("secret", "Ada", 64));
}

TEST(Pseudonym, RefusesBadOptions) {
  EXPECT_EQ(ExitCodeOf(Pseudonymizer::Make(Secret(""), {}).status()), ExitCode::kUsage);
  for (int length : {-1, 0, 65}) {
    auto made = Pseudonymizer::Make(Secret("k"), {"", length});
    EXPECT_EQ(ExitCodeOf(made.status()), ExitCode::kUsage) << length;
  }
}

TEST(PseudonymWriter, AgreesWithOpensslWhateverTheCacheHolds) {
  std::mt19937_64 random(8);
  for (CpuLevel level : {CpuLevel::kPortable, CpuLevel::kAvx2, CpuLevel::kAvx512}) {
    ScopedCpuLevel scope(level);
    for (int length : {1, 16, 17, 64}) {
      auto pseudonymizer = Make("secret", {"", length});
      auto size = static_cast<size_t>(length);
      // A small cache, so that lines are replaced; three columns: few values, many, long ones.
      PseudonymWriter writer(*pseudonymizer, 3, 3 * 8192);
      std::vector<std::string> values;
      int count = length == 16 ? 40000 : 4000;
      for (int i = 0; i < count; ++i) {
        std::string value = std::to_string(i % 3 == 0 ? random() % 50 : random());
        if (i % 3 == 2) value += std::string(random() % 120, 'x');
        if (random() % 50 == 0) value = std::string(1, '\0').substr(random() % 2);
        values.push_back(value);
      }
      std::string out(values.size() * size, '#');
      for (size_t i = 0; i < values.size(); ++i)
        writer.Write(i % 3, values[i], out.data() + i * size);
      writer.Finish();
      for (size_t i = 0; i < values.size(); ++i)
        ASSERT_EQ(out.substr(i * size, size), OpensslHex("secret", values[i], size)) << values[i];
      EXPECT_EQ(writer.values(), count);
      EXPECT_GT(writer.cache_hits(), count / 8);
    }
  }
}

TEST(PseudonymWriter, LeavesTheCacheAsideWhereNothingRepeats) {
  auto pseudonymizer = Make("secret");
  PseudonymWriter writer(*pseudonymizer, 1);
  char out[16];
  std::string text;
  for (int i = 0; i < 20000; ++i) {
    text = std::to_string(i);
    writer.Write(0, text, out);
    writer.Finish();
  }
  // The cache rests now: a value that repeats is not found in it, then it is again.
  int64_t before = writer.cache_hits();
  for (int i = 0; i < 1000; ++i) writer.Write(0, "same", out), writer.Finish();
  EXPECT_EQ(writer.cache_hits(), before);
  for (int i = 0; i < 200000; ++i) writer.Write(0, "same", out), writer.Finish();
  EXPECT_GT(writer.cache_hits(), 100000);
  EXPECT_EQ(std::string(out, 16), OpensslHex("secret", "same", 16));
}

template <typename Builder, typename Value>
std::shared_ptr<arrow::Array> Array(Builder&& builder, const std::vector<Value>& values) {
  for (const Value& value : values) EXPECT_TRUE(builder.Append(value).ok());
  EXPECT_TRUE(builder.AppendNull().ok());
  return builder.Finish().ValueOrDie();
}

void ExpectHashed(const arrow::Array& array, const std::vector<std::string>& texts) {
  auto hashed = Make("secret")->HashArray(array).ValueOrDie();
  ASSERT_TRUE(hashed->ValidateFull().ok());
  ASSERT_EQ(hashed->type_id(), arrow::Type::STRING);
  const auto& strings = static_cast<const arrow::StringArray&>(*hashed);
  ASSERT_EQ(strings.length(), static_cast<int64_t>(texts.size()) + 1);
  for (size_t i = 0; i < texts.size(); ++i)
    EXPECT_EQ(strings.GetView(static_cast<int64_t>(i)), OpensslHex("secret", texts[i], 16))
        << texts[i];
  EXPECT_TRUE(strings.IsNull(strings.length() - 1));
}

TEST(HashArray, TypesAsTheirCsvText) {
  auto* pool = arrow::default_memory_pool();
  ExpectHashed(*Array(arrow::StringBuilder(), std::vector<std::string>{"Ada", "", "é"}),
               {"Ada", "", "é"});
  ExpectHashed(*Array(arrow::Int32Builder(), std::vector<int32_t>{7, -1}), {"7", "-1"});
  ExpectHashed(*Array(arrow::UInt64Builder(), std::vector<uint64_t>{UINT64_MAX}),
               {"18446744073709551615"});
  ExpectHashed(*Array(arrow::BooleanBuilder(), std::vector<bool>{true, false}), {"true", "false"});
  ExpectHashed(*Array(arrow::DoubleBuilder(), std::vector<double>{0.5, 1e300}), {"0.5", "1e+300"});
  ExpectHashed(*Array(arrow::Date32Builder(), std::vector<int32_t>{0, -1}),
               {"1970-01-01", "1969-12-31"});
  ExpectHashed(
      *Array(arrow::TimestampBuilder(arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), pool),
             std::vector<int64_t>{1469679568000000}),
      {"2016-07-28T04:19:28Z"});
  ExpectHashed(*Array(arrow::TimestampBuilder(arrow::timestamp(arrow::TimeUnit::MILLI), pool),
                      std::vector<int64_t>{1}),
               {"1970-01-01T00:00:00.001"});
  ExpectHashed(*Array(arrow::Time64Builder(arrow::time64(arrow::TimeUnit::MICRO), pool),
                      std::vector<int64_t>{61000000}),
               {"00:01:01"});
  ExpectHashed(*Array(arrow::Decimal128Builder(arrow::decimal128(10, 2)),
                      std::vector<arrow::Decimal128>{arrow::Decimal128(-150)}),
               {"-1.50"});
}

TEST(HashArray, DictionariesKeepTheirIndices) {
  auto values = Array(arrow::StringBuilder(), std::vector<std::string>{"a", "b"});
  auto indices = Array(arrow::Int32Builder(), std::vector<int32_t>{1, 0, 1, 2});
  auto array = arrow::DictionaryArray::FromArrays(indices, values).ValueOrDie();
  auto hashed = Make("secret")->HashArray(*array).ValueOrDie();
  ASSERT_TRUE(hashed->ValidateFull().ok());
  const auto& dictionary = static_cast<const arrow::DictionaryArray&>(*hashed);
  EXPECT_TRUE(dictionary.indices()->Equals(*indices));
  const auto& strings = static_cast<const arrow::StringArray&>(*dictionary.dictionary());
  EXPECT_EQ(strings.GetView(1), OpensslHex("secret", "b", 16));
  EXPECT_TRUE(strings.IsNull(2));
}

TEST(HashArray, SlicesAndEmptyArrays) {
  auto array = Array(arrow::StringBuilder(), std::vector<std::string>{"a", "b", "c"});
  auto hashed = Make("secret")->HashArray(*array->Slice(1, 3)).ValueOrDie();
  ASSERT_TRUE(hashed->ValidateFull().ok());
  EXPECT_EQ(static_cast<const arrow::StringArray&>(*hashed).GetView(1),
            OpensslHex("secret", "c", 16));
  EXPECT_EQ(Make("secret")->HashArray(*array->Slice(0, 0)).ValueOrDie()->length(), 0);
}

TEST(HashArray, NestedTypesAreNotImplemented) {
  auto list = arrow::MakeArrayOfNull(arrow::list(arrow::utf8()), 1).ValueOrDie();
  EXPECT_TRUE(Make("secret")->HashArray(*list).status().IsNotImplemented());
}

}  // namespace
}  // namespace tamis
