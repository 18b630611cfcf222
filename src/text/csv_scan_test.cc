// Compares the scanner, on every processor level and cut at every place, with a plain reader that
// knows nothing of blocks.
#include "text/csv_scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace tamis {
namespace {

/// What the grammar of csv_scan.h makes of a text, written down as directly as possible.
struct PlainRecord {
  size_t begin = 0;
  std::vector<std::string> values;
  bool fault = false;  // of quotes
  bool operator==(const PlainRecord&) const = default;
};

class PlainReader {
 public:
  PlainReader(CsvDialect dialect, std::string_view text) : dialect_(dialect), text_(text) {}

  std::vector<PlainRecord> All(bool keep_empty_lines) {
    std::vector<PlainRecord> records;
    while (at_ < text_.size()) {
      if (dialect_.comment && text_[at_] == dialect_.comment) {
        at_ = std::min(text_.find('\n', at_), text_.size() - 1) + 1;
        continue;
      }
      PlainRecord record = Record();
      const bool empty = record.values.size() == 1 && record.values[0].empty() && bare_;
      if (!empty || keep_empty_lines) records.push_back(record);
    }
    return records;
  }

 private:
  PlainRecord Record() {
    PlainRecord record;
    record.begin = at_;
    bare_ = true;
    while (true) {
      record.values.push_back(Field(&record));
      if (at_ == text_.size()) return record;
      const char end = text_[at_++];
      if (end == dialect_.delimiter) continue;
      return record;  // the line end; its CR was dropped by Field
    }
  }

  bool AtEnd(size_t at) const {
    return at == text_.size() || text_[at] == dialect_.delimiter || text_[at] == '\n';
  }

  std::string Field(PlainRecord* record) {
    if (dialect_.quote && at_ < text_.size() && text_[at_] == dialect_.quote) {
      bare_ = false;
      return Quoted(record);
    }
    std::string value;
    while (!AtEnd(at_)) value += text_[at_++];
    if (at_ < text_.size() && text_[at_] == '\n' && value.ends_with('\r')) value.pop_back();
    return value;
  }

  std::string Quoted(PlainRecord* record) {
    std::string value;
    ++at_;
    while (true) {
      if (at_ == text_.size()) {
        record->fault = true;
        return value;
      }
      const char c = text_[at_++];
      if (c == dialect_.quote && dialect_.escape == dialect_.quote && at_ < text_.size() &&
          text_[at_] == dialect_.quote) {
        value += text_[at_++];
      } else if (c == dialect_.quote) {
        break;
      } else if (c == dialect_.escape) {
        if (at_ == text_.size()) {
          record->fault = true;
          return value;
        }
        value += text_[at_++];
      } else {
        value += c;
      }
    }
    if (AtEnd(at_)) return value;
    if (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n') {
      ++at_;
      return value;
    }
    record->fault = true;
    while (!AtEnd(at_)) value += text_[at_++];
    return value;
  }

  CsvDialect dialect_;
  std::string_view text_;
  size_t at_ = 0;
  bool bare_ = true;
};

/// The scanner's records, chunk by chunk; faulty ones (of any kind) have no values.
std::vector<PlainRecord> Scanned(const CsvDialect& dialect, const std::string& text,
                                 uint32_t columns, size_t chunk_bytes,
                                 std::vector<CsvFault>* faults = nullptr) {
  const std::string padded = text + std::string(64, '"');
  const CsvScanner scanner(dialect, columns);
  std::vector<PlainRecord> records;
  CsvIndex index;
  std::string scratch;
  size_t lines = 0;
  for (size_t at = 0; at < text.size();) {
    const size_t limit = std::min(at + chunk_bytes, text.size());
    EXPECT_EQ(scanner.Scan(padded.data(), at, limit, text.size(), true, &index),
              CsvScanResult::kDone);
    EXPECT_GE(index.end, limit);
    for (uint32_t r = 0; r < index.record_count; ++r) {
      PlainRecord record{index.RecordBegin(r), {}, false};
      const CsvFault* fault = index.FaultOf(r);
      if (fault && faults) faults->push_back(*fault);
      record.fault = fault != nullptr;
      for (uint32_t c = 0; c < columns && !fault; ++c) {
        const uint32_t begin = index.FieldBegin(r, c);
        const std::string_view field(padded.data() + begin, index.FieldEnd(r, c) - begin);
        record.values.emplace_back(CsvValue(dialect, field, &scratch));
      }
      if (index.line_per_record) {
        EXPECT_EQ(std::count(padded.begin() + static_cast<ptrdiff_t>(at),
                             padded.begin() + index.RecordBegin(r), '\n'),
                  r);
      }
      records.push_back(record);
    }
    at = index.end;
    lines += index.line_count;
  }
  EXPECT_EQ(static_cast<ptrdiff_t>(lines), std::count(text.begin(), text.end(), '\n'));
  return records;
}

std::vector<PlainRecord> Expected(const CsvDialect& dialect, const std::string& text,
                                  uint32_t columns) {
  std::vector<PlainRecord> records = PlainReader(dialect, text).All(columns == 1);
  for (PlainRecord& record : records) {
    if (record.values.size() != columns) record.fault = true;
    if (record.fault) record.values.clear();
  }
  return records;
}

class CsvScanTest : public testing::TestWithParam<CpuLevel> {
 protected:
  CsvScanTest() : level_(GetParam()) {}
  ScopedCpuLevel level_;
};

std::string LevelName(const testing::TestParamInfo<CpuLevel>& info) {
  return std::vector<std::string>{"portable", "avx2", "avx512"}[static_cast<size_t>(info.param)];
}

INSTANTIATE_TEST_SUITE_P(Levels, CsvScanTest,
                         testing::Values(CpuLevel::kPortable, CpuLevel::kAvx2, CpuLevel::kAvx512),
                         LevelName);

void ExpectSame(const CsvDialect& dialect, const std::string& text, uint32_t columns,
                size_t chunk_bytes) {
  const auto expected = Expected(dialect, text, columns);
  const auto scanned = Scanned(dialect, text, columns, chunk_bytes);
  ASSERT_EQ(scanned.size(), expected.size()) << testing::PrintToString(text);
  for (size_t r = 0; r < expected.size(); ++r) {
    EXPECT_EQ(scanned[r].begin, expected[r].begin) << testing::PrintToString(text);
    EXPECT_EQ(scanned[r].fault, expected[r].fault) << testing::PrintToString(text);
    EXPECT_EQ(scanned[r].values, expected[r].values) << testing::PrintToString(text);
  }
}

TEST_P(CsvScanTest, ReadsWhatThePlainReaderReads) {
  const std::vector<std::string> texts = {
      "a,b\n1,2\n",
      "a,b\r\n1,2\r\n",
      "a,b\n1,2",
      "\"a,b\",\"c\nd\"\n\"\"\"\",\"x\"\"y\"\r\n",
      "\"\",\"\"\n,\n",
      "a\"b,c\"\"d\n",         // stray quotes are text
      "\"a\"b,c\n1,2\n",       // text after a quote
      "\"a\"\rb,c\n1,2\n",     // CR without LF after a quote
      "1,2\n\"open,3\n4,5\n",  // never closed
      "1,2\n\n\r\n3,4\n\n",    // empty lines
      "1\n1,2,3\n4,5\n,,,\n",  // ragged
      "a\rb,c\r\r\n",          // lone CR is data
      "\n",
      "\"",
      "\"\"",
      "\"\"\"",
      "\"\"\"\"\"\"\"\"",
      ",",
      "\r",
      "a,\"b\"\r",
  };
  for (const std::string& text : texts) {
    for (uint32_t columns : {1U, 2U, 3U}) {
      for (size_t chunk_bytes : {1, 2, 3, 7, 64, 1000}) {
        for (size_t shift : {0, 61, 62, 63, 64, 65}) {  // over the edges of blocks
          std::string shifted = std::string(shift / 2, '.') + ",b\n" + text + text;
          ExpectSame({}, shifted, columns, chunk_bytes);
          ExpectSame({}, text, columns, chunk_bytes);
        }
      }
    }
  }
}

TEST_P(CsvScanTest, AgreesOnRandomTextOfStructuralBytes) {
  std::mt19937_64 random(20261121);
  const std::vector<CsvDialect> dialects = {{},
                                            {';', '\'', '\'', '\0'},
                                            {'\t', '"', '\\', '\0'},
                                            {',', '"', '"', '#'},
                                            {'|', '\0', '\0', '#'},
                                            {'\x01', '"', '"', '\0'},
                                            {',', '"', '\\', '#'}};
  for (int round = 0; round < 6000; ++round) {
    const CsvDialect& dialect = dialects[random() % dialects.size()];
    std::string alphabet = {'a',  'b',  dialect.delimiter,
                            '\n', '\r', dialect.escape ? dialect.escape : 'c'};
    alphabet += dialect.quote ? dialect.quote : '"';
    if (dialect.comment) alphabet += dialect.comment;
    std::string text;
    const size_t size = random() % 300;
    const bool sparse = random() % 2 == 0;  // long runs that stay in the fast blocks
    while (text.size() < size) {
      if (sparse) text.append(random() % 40, 'x');
      text += alphabet[random() % alphabet.size()];
    }
    ExpectSame(dialect, text, 1 + static_cast<uint32_t>(random() % 3), 1 + random() % 200);
  }
}

TEST_P(CsvScanTest, AgreesOnWellFormedRecordsOfQuotedFields) {
  std::mt19937_64 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text;
    while (text.size() < 3000) {
      for (int c = 0; c < 3; ++c) {
        std::string value;
        for (size_t n = random() % 30; n > 0; --n) value += "ab,\n\" \r"[random() % 7];
        std::string doubled;
        for (char b : value) doubled += b == '"' ? "\"\"" : std::string(1, b);
        text += (c ? ",\"" : "\"") + doubled + "\"";
      }
      text += random() % 2 ? "\n" : "\r\n";
    }
    ExpectSame({}, text, 3, 1 + random() % 4000);
  }
}

TEST_P(CsvScanTest, SaysWhatIsWrong) {
  std::vector<CsvFault> faults;
  Scanned({}, "1,2\n1\n1,2,3\n\"a\"b,2\n\"a\"b\n\"open", 2, 1000, &faults);
  std::vector<std::pair<int, uint32_t>> seen;
  for (const CsvFault& fault : faults) seen.emplace_back(fault.bits, fault.field_count);
  EXPECT_THAT(seen, testing::ElementsAre(testing::Pair(kCsvColumnCount, 1),
                                         testing::Pair(kCsvColumnCount, 3),
                                         testing::Pair(kCsvTextAfterQuote, 2),
                                         testing::Pair(kCsvTextAfterQuote | kCsvColumnCount, 1),
                                         testing::Pair(kCsvOpenQuote | kCsvColumnCount, 1)));
}

TEST_P(CsvScanTest, CutsRecordsThatAreTooLongAtALineEnd) {
  // A quote that opens by mistake must not swallow the whole file.
  std::string text = "1,2\n\"x,y\n";
  for (int i = 0; i < 30; ++i) text += "33,44\n";
  const CsvScanner scanner({}, 2, 50);
  for (size_t chunk_bytes : {1, 10, 60, 1000}) {
    CsvIndex index;
    std::vector<std::string> records;
    std::vector<int> bits;
    for (size_t at = 0; at < text.size(); at = index.end) {
      const size_t limit = std::min(at + chunk_bytes, text.size());
      ASSERT_EQ(scanner.Scan(text.data(), at, limit, text.size(), true, &index),
                CsvScanResult::kDone);
      for (uint32_t r = 0; r < index.record_count; ++r) {
        const CsvFault* fault = index.FaultOf(r);
        bits.push_back(fault ? fault->bits : 0);
        records.push_back(
            text.substr(index.RecordBegin(r), index.RecordEnd(r) - index.RecordBegin(r)));
      }
    }
    // 52 bytes: up to the first line end at or behind byte 50 of the record.
    EXPECT_EQ(records[1].substr(0, 12), "\"x,y\n33,44\n3");
    EXPECT_EQ(records[1].size(), 52U) << chunk_bytes;
    EXPECT_EQ(bits[1], kCsvTooLong);
    EXPECT_EQ(records[2], "33,44");
    EXPECT_EQ(records.size(), 2U + 30 - 8);
  }
}

TEST_P(CsvScanTest, GivesUpWithoutAnyLineEnd) {
  const std::string text(1000, 'x');
  const CsvScanner scanner({}, 1, 100);
  CsvIndex index;
  EXPECT_EQ(scanner.Scan(text.data(), 0, 10, text.size(), false, &index),
            CsvScanResult::kNoLineEnd);
  EXPECT_EQ(scanner.Scan(text.data(), 0, 10, 150, false, &index), CsvScanResult::kNeedMore);
  EXPECT_EQ(scanner.Scan(text.data(), 0, 10, 150, true, &index), CsvScanResult::kDone);
  EXPECT_EQ(index.faults.size(), 1U);
}

TEST_P(CsvScanTest, AsksForMoreUntilTheLastRecordIsComplete) {
  const std::string text = "1,2\n\"a\nb\",3\n4,5\n";
  const CsvScanner scanner({}, 2);
  CsvIndex index;
  for (size_t size = 5; size < 12; ++size) {
    EXPECT_EQ(scanner.Scan(text.data(), 0, 5, size, false, &index), CsvScanResult::kNeedMore);
    EXPECT_EQ(index.record_count, 0U);
  }
  EXPECT_EQ(scanner.Scan(text.data(), 0, 5, 12, false, &index), CsvScanResult::kDone);
  EXPECT_EQ(index.record_count, 2U);
  EXPECT_EQ(index.end, 12U);
}

TEST_P(CsvScanTest, NoticesKindsOfBytes) {
  CsvIndex index;
  const CsvScanner scanner({}, 1);
  std::string text(200, 'a');
  text += '\n';
  auto scan = [&] { scanner.Scan(text.data(), 0, text.size(), text.size(), true, &index); };
  scan();
  EXPECT_FALSE(index.may_have_nul || index.may_have_non_ascii || index.may_have_quotes);
  for (size_t at : {0, 63, 64, 130, 199}) {
    text.assign(200, 'a');
    text += '\n';
    text[at] = '\0';
    scan();
    EXPECT_TRUE(index.may_have_nul);
    text[at] = '\xC3';
    scan();
    EXPECT_TRUE(index.may_have_non_ascii);
    EXPECT_FALSE(index.may_have_nul);
  }
  text = "x\n\"y\"\n";
  scan();
  EXPECT_TRUE(index.may_have_quotes);
}

TEST(SplitCsvRecord, SplitsHeaders) {
  CsvRecord record;
  ASSERT_TRUE(SplitCsvRecord({',', '"', '"', '#'}, "#c\n\n#d\r\na,\"b \"\"c\"\"\"\r\nx", 0, false,
                             &record));
  EXPECT_THAT(record.values, testing::ElementsAre("a", "b \"c\""));
  EXPECT_THAT(record.begins, testing::ElementsAre(8, 10));
  EXPECT_EQ(record.end, 19U);
  EXPECT_EQ(record.next, 21U);
  EXPECT_FALSE(SplitCsvRecord({}, "a,b", 0, false, &record));
  ASSERT_TRUE(SplitCsvRecord({}, "a,b", 0, true, &record));
  EXPECT_THAT(record.values, testing::ElementsAre("a", "b"));
  EXPECT_FALSE(SplitCsvRecord({}, "\n\r\n", 0, true, &record));
  EXPECT_FALSE(SplitCsvRecord({',', '"', '"', '#'}, "#only", 0, true, &record));
  ASSERT_TRUE(SplitCsvRecord({}, "\"a", 0, true, &record));
  EXPECT_EQ(record.fault_bits, kCsvOpenQuote);
}

TEST(CsvValue, TakesQuotesAndEscapesAway) {
  std::string scratch;
  EXPECT_EQ(CsvValue({}, "plain", &scratch), "plain");
  EXPECT_EQ(CsvValue({}, "\"\"", &scratch), "");
  EXPECT_EQ(CsvValue({}, "\"a\"\"b\"\"\"", &scratch), "a\"b\"");
  EXPECT_EQ(CsvValue({',', '"', '\\', '\0'}, "\"a\\\"b\\\\\"", &scratch), "a\"b\\");
  EXPECT_EQ(CsvValue({',', '\0', '\0', '\0'}, "\"a\"", &scratch), "\"a\"");
}

}  // namespace
}  // namespace tamis
