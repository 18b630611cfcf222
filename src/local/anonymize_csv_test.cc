// Tests local/anonymize_csv.h.
#include "local/anonymize_csv.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <unistd.h>

#include <random>
#include <set>
#include <string>
#include <vector>

#include "storage/faulty.h"
#include "storage/memory.h"
#include "text/cpu.h"

namespace tamis {
namespace {

constexpr std::string_view kKey = "a key for tests";

std::string Hashed(std::string_view value) {
  unsigned char digest[32];
  unsigned size = 0;
  HMAC(EVP_sha256(), kKey.data(), static_cast<int>(kKey.size()),
       reinterpret_cast<const unsigned char*>(value.data()), value.size(), digest, &size);
  std::string text;
  for (int i = 0; i < 8; ++i) {
    char digits[3];
    snprintf(digits, sizeof(digits), "%02x", digest[i]);
    text += digits;
  }
  return text;
}

// The whole file at once, byte by byte: nothing is shared with the code under test.
std::string Expected(const std::string& text, size_t at, const std::set<size_t>& touched,
                     const FormatOptions& format) {
  std::string out = text.substr(0, at);
  while (at < text.size()) {
    if (format.comment != '\0' && text[at] == format.comment) {
      size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      out += text.substr(at, end - at);
      at = end;
      continue;
    }
    for (size_t column = 0;; ++column) {
      size_t begin = at;
      std::string value;
      bool quoted = format.quote != '\0' && at < text.size() && text[at] == format.quote;
      if (quoted) {
        for (++at; at < text.size(); ++at) {
          bool pair = at + 1 < text.size() && text[at] == format.escape &&
                      (format.escape != format.quote || text[at + 1] == format.quote);
          if (pair) {
            value += text[++at];
          } else if (text[at] == format.quote) {
            break;
          } else {
            value += text[at];
          }
        }
        ++at;
      } else {
        while (at < text.size() && text[at] != format.delimiter && text[at] != '\n')
          value += text[at++];
        bool line_ends = at < text.size() && text[at] == '\n';
        if (line_ends && value.ends_with('\r')) value.pop_back(), --at;
      }
      bool change = touched.contains(column) && (quoted || !value.empty());
      out += change ? Hashed(value) : text.substr(begin, at - begin);
      bool more = at < text.size() && text[at] == format.delimiter;
      if (!more) break;
      out += text[at++];
    }
    while (at < text.size() && (text[at] == '\r' || text[at] == '\n')) {
      out += text[at];
      if (text[at++] == '\n') break;
    }
  }
  return out;
}

struct Outcome {
  Status status;
  std::string output;
  AnonymizeCsvSummary summary;
};

void WriteFile(Storage& storage, const std::string& path, std::string_view bytes) {
  auto file = storage.OpenWrite(path).ValueOrDie();
  ASSERT_TRUE(file->Append(bytes).ok());
  ASSERT_TRUE(file->Close().ok());
}

std::string ReadFile(Storage& storage, const std::string& path) {
  auto file = storage.OpenRead(path).ValueOrDie();
  std::string bytes(static_cast<size_t>(file->size_bytes()), '\0');
  EXPECT_EQ(file->ReadAt(0, file->size_bytes(), bytes.data()).ValueOrDie(), file->size_bytes());
  return bytes;
}

Outcome Anonymize(const std::string& text, const AnonymizeCsvOptions& options) {
  std::shared_ptr<Storage> storage = MakeMemoryStorage();
  WriteFile(*storage, "/in.csv", text);
  auto pseudonymizer = Pseudonymizer::Make(Secret(kKey), {}).ValueOrDie();
  auto result = AnonymizeCsv(storage, "/in.csv", "/out.csv", *pseudonymizer, options);
  if (!result.ok()) {
    EXPECT_EQ(storage->List("/").ValueOrDie().size(), 1u) << "something was left behind";
    return {result.status(), "", {}};
  }
  return {Status::OK(), ReadFile(*storage, "/out.csv"), *result};
}

AnonymizeCsvOptions Options(std::vector<std::string> columns) {
  AnonymizeCsvOptions options;
  options.columns = std::move(columns);
  return options;
}

TEST(AnonymizeCsv, ReplacesTheNamedColumnsOnly) {
  Outcome run =
      Anonymize("name,city,born\r\nAda,\"a \"\"b\"\"\r\nc\", 1815 \r\n\"\",,x\nBob,d,\"1,2\"",
                Options({"name", "born"}));
  ASSERT_TRUE(run.status.ok()) << run.status;
  EXPECT_EQ(run.output, "name,city,born\r\n" + Hashed("Ada") + ",\"a \"\"b\"\"\r\nc\"," +
                            Hashed(" 1815 ") + "\r\n" + Hashed("") + ",," + Hashed("x") + "\n" +
                            Hashed("Bob") + ",d," + Hashed("1,2"));
  EXPECT_EQ(run.summary.rows, 3);
  EXPECT_EQ(run.summary.values, 6);
  EXPECT_EQ(run.summary.bytes_out, static_cast<int64_t>(run.output.size()));
}

TEST(AnonymizeCsv, DecodesTheValueBeforeHashing) {
  EXPECT_EQ(Anonymize("a\n\"x \"\"y\"\"\"\n", Options({"a"})).output,
            "a\n" + Hashed("x \"y\"") + "\n");
  AnonymizeCsvOptions options = Options({"a"});
  options.format.escape = '\\';
  EXPECT_EQ(Anonymize("a\n\"x \\\"y\\\\\"\n", options).output, "a\n" + Hashed("x \"y\\") + "\n");
  options = Options({"a"});
  options.format.encoding = "latin-1";
  EXPECT_EQ(Anonymize("a\nM\xFCller\n", options).output, "a\n" + Hashed("Müller") + "\n");
}

TEST(AnonymizeCsv, NullStaysAsItIs) {
  AnonymizeCsvOptions options = Options({"a"});
  options.format.null_values = {"", "NA"};
  Outcome run = Anonymize("a,b\nNA,1\n\"NA\",2\n,3\n\"\",4\n", options);
  EXPECT_EQ(run.output, "a,b\nNA,1\n" + Hashed("NA") + ",2\n,3\n" + Hashed("") + ",4\n");
  EXPECT_EQ(run.summary.null_values, 2);
  EXPECT_EQ(run.summary.values, 2);
}

TEST(AnonymizeCsv, CopiesWhatIsNoRecord) {
  AnonymizeCsvOptions options = Options({"a"});
  options.format.comment = '#';
  options.format.skip_lines = 1;
  Outcome run = Anonymize("\xEF\xBB\xBFtitle\n# note, Ada\na,b\n\n# Ada\nAda,1\n\r\n\n", options);
  EXPECT_EQ(run.output,
            "\xEF\xBB\xBFtitle\n# note, Ada\na,b\n\n# Ada\n" + Hashed("Ada") + ",1\n\r\n\n");
  EXPECT_EQ(run.summary.rows, 1);
}

TEST(AnonymizeCsv, WorksWithoutHeaderAndWithRepeatedNames) {
  AnonymizeCsvOptions options = Options({"column2"});
  options.format.header = false;
  EXPECT_EQ(Anonymize("x,y\nz,w", options).output, "x," + Hashed("y") + "\nz," + Hashed("w"));
  EXPECT_EQ(Anonymize("", options).output, "");
  EXPECT_EQ(Anonymize("a,b,a\nx,y,z\n", Options({"a"})).output,
            "a,b,a\n" + Hashed("x") + ",y," + Hashed("z") + "\n");
}

TEST(AnonymizeCsv, KeepsRaggedRows) {
  Outcome run = Anonymize("a,b,c\nx\n1,2,3,4\n,,y\n5,6\n", Options({"a", "c"}));
  EXPECT_EQ(run.output, "a,b,c\n" + Hashed("x") + "\n" + Hashed("1") + ",2," + Hashed("3") +
                            ",4\n,," + Hashed("y") + "\n" + Hashed("5") + ",6\n");
  EXPECT_EQ(run.summary.ragged_rows, 3);
  EXPECT_EQ(run.summary.rows, 4);
}

TEST(AnonymizeCsv, TextAfterAQuoteIsPartOfTheValue) {
  Outcome run = Anonymize("a,b\n\"Ada\" L,1\nx,\"y\"z\n", Options({"a"}));
  ASSERT_TRUE(run.status.ok()) << run.status;
  EXPECT_EQ(run.output.find("Ada"), std::string::npos);
  EXPECT_EQ(run.output.find(" L"), std::string::npos);
  EXPECT_TRUE(run.output.ends_with(",1\n" + Hashed("x") + ",\"y\"z\n")) << run.output;
  EXPECT_EQ(run.summary.odd_quote_rows, 2);
}

TEST(AnonymizeCsv, ErrorsSayWhere) {
  EXPECT_EQ(FormatError(Anonymize("a,b\n1,2\n3,\"4\n5,6\n", Options({"a"})).status),
            "/in.csv:3:3: a quote that is never closed (nothing was written: what follows could be "
            "read wrongly)\n");
  EXPECT_EQ(FormatError(Anonymize("first,b\n1,2\n", Options({"frist"})).status),
            "/in.csv: unknown column: frist (did you mean first?)\n");
  EXPECT_EQ(FormatError(Anonymize("", Options({"a"})).status),
            "/in.csv: empty file (a CSV file has a header line; without one say header: false)\n");
  EXPECT_EQ(ExitCodeOf(Anonymize("a\n", Options({})).status), ExitCode::kUsage);
  AnonymizeCsvOptions options = Options({"a"});
  options.format.delimiter = 'e';
  EXPECT_EQ(ExitCodeOf(Anonymize("aeb\n", options).status), ExitCode::kUsage);
  options = Options({"a"});
  options.record_bytes_max = 100;
  Status status =
      Anonymize("a,b\n1,2\n1," + std::string(120, 'x') + "\n" + std::string(99, 'x') + "\n",
                options)
          .status;
  EXPECT_EQ(ExitCodeOf(status), ExitCode::kDataFailed);
  EXPECT_NE(FormatError(status).find("/in.csv:3:1: "), std::string::npos) << FormatError(status);
}

TEST(AnonymizeCsv, AnEmptyTableIsFine) {
  EXPECT_EQ(Anonymize("a,b", Options({"a"})).output, "a,b");
  EXPECT_EQ(Anonymize("a,b\r\n", Options({"a"})).output, "a,b\r\n");
}

TEST(AnonymizeCsv, ReplacesItsOwnInput) {
  std::shared_ptr<Storage> storage = MakeMemoryStorage();
  WriteFile(*storage, "/x.csv", "a,b\n1,2\n");
  auto pseudonymizer = Pseudonymizer::Make(Secret(kKey), {}).ValueOrDie();
  ASSERT_TRUE(AnonymizeCsv(storage, "/x.csv", "/x.csv", *pseudonymizer, Options({"a"})).ok());
  EXPECT_EQ(ReadFile(*storage, "/x.csv"), "a,b\n" + Hashed("1") + ",2\n");
}

TEST(AnonymizeCsv, ReadsGzip) {
  // Python: gzip.compress(b"a,b\nAda,2\n", mtime=0)
  const std::string packed(
      "\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\x03\x4b\xd4\x49\xe2\x72\x4c\x49\xd4\x31\xe2\x02\x00\xce"
      "\x14\x0a\x98\x0a\x00\x00\x00",
      30);
  AnonymizeCsvOptions options = Options({"a"});
  for (int64_t chunk_bytes : {int64_t{3}, int64_t{1} << 20}) {
    options.chunk_bytes = chunk_bytes;
    options.thread_count = 2;
    EXPECT_EQ(Anonymize(packed, options).output, "a,b\n" + Hashed("Ada") + ",2\n");
  }
}

TEST(AnonymizeCsv, ReadsAndWritesPipes) {
  int in[2], out[2];
  ASSERT_EQ(pipe(in), 0);
  ASSERT_EQ(pipe(out), 0);
  std::string text = "a,b\n";
  std::string expected = text;
  for (int i = 0; i < 1000; ++i) {
    text += "Ada,\"x\ny\"\n";
    expected += Hashed("Ada") + ",\"x\ny\"\n";
  }
  ASSERT_EQ(write(in[1], text.data(), text.size()), static_cast<ssize_t>(text.size()));
  close(in[1]);
  AnonymizeCsvOptions options = Options({"a"});
  options.chunk_bytes = 100;
  options.thread_count = 3;
  auto pseudonymizer = Pseudonymizer::Make(Secret(kKey), {}).ValueOrDie();
  auto result = AnonymizeCsv(LocalStorage(), "/dev/fd/" + std::to_string(in[0]),
                             "/dev/fd/" + std::to_string(out[1]), *pseudonymizer, options);
  close(in[0]);
  close(out[1]);
  ASSERT_TRUE(result.ok()) << result.status();
  std::string output(expected.size() + 1, '\0');
  size_t size = 0;
  for (ssize_t got = 1; got > 0; size += static_cast<size_t>(got))
    got = read(out[0], output.data() + size, output.size() - size);
  close(out[0]);
  EXPECT_EQ(output.substr(0, size), expected);
}

TEST(AnonymizeCsv, StopsWhenAsked) {
  StopToken stop;
  stop.Request();
  AnonymizeCsvOptions options = Options({"a"});
  options.stop = &stop;
  EXPECT_EQ(ExitCodeOf(Anonymize("a,b\n1,2\n", options).status), ExitCode::kInterrupted);
}

// Fields that end where chunks end, in all forms.
std::string Torture(std::mt19937_64* random, size_t rows, const FormatOptions& format) {
  auto below = [&](uint64_t n) { return (*random)() % n; };
  std::string text;
  for (size_t row = 0; row < rows; ++row) {
    if (format.comment != '\0' && below(8) == 0) text += format.comment + std::string("Ada, \"\n");
    if (below(10) == 0) text += below(2) ? "\n" : "\r\n";
    size_t columns = below(6) == 0 ? 1 + below(6) : 4;
    for (size_t column = 0; column < columns; ++column) {
      if (column) text += format.delimiter;
      uint64_t shape = below(8);
      if (shape < 3) {  // unquoted: no delimiter, line end, or quote at its beginning
        text +=
            "v" + std::string(below(5) ? below(9) : below(90), static_cast<char>('a' + below(9)));
        if (below(5) == 0) text += "\"x";
        if (below(20) == 0) text += "\rz";
        continue;
      }
      if (shape == 3) {
        if (columns > 1) continue;
        text += "w";
        continue;
      }
      text += format.quote;
      for (uint64_t n = below(shape == 4 ? 60 : 6); n; --n) {
        switch (below(6)) {
          case 0:
            text += format.delimiter;
            break;
          case 1:
            text += "\n";
            break;
          case 2:
            text += "\r\n";
            break;
          case 3:
            (text += format.escape) += format.quote;
            break;
          case 4:
            text += "\xC3\xA9";
            break;
          default:
            text += "ab ";
            break;
        }
      }
      text += format.quote;
    }
    text += below(3) ? "\n" : "\r\n";
  }
  // A last line without an end; a CR alone would belong to its last value.
  if (below(2)) text.erase(text.find_last_not_of("\r\n") + 1);
  return text;
}

TEST(AnonymizeCsv, AgreesWithAPlainReadingForAnyChunksAndThreads) {
  std::mt19937_64 random(9);
  for (int round = 0; round < 60; ++round) {
    AnonymizeCsvOptions options = Options({"b", "d"});
    options.format.quote = round % 3 == 1 ? '\'' : '"';
    options.format.escape = round % 4 == 2 ? '\\' : options.format.quote;
    options.format.delimiter = round % 5 == 3 ? ';' : ',';
    options.format.comment = round % 2 ? '#' : '\0';
    std::string header = "a,b,c,d\n";
    std::replace(header.begin(), header.end(), ',', options.format.delimiter);
    std::string text = header + Torture(&random, 1 + random() % 200, options.format);
    std::string expected = Expected(text, header.size(), {1, 3}, options.format);
    for (int threads : {1, 2, 5}) {
      for (int64_t chunk_bytes :
           {int64_t{1}, int64_t{7}, int64_t{64}, int64_t{1000}, int64_t{1} << 20}) {
        CpuLevel level = static_cast<CpuLevel>(random() % 3);
        ScopedCpuLevel scope(level);
        options.thread_count = threads;
        options.chunk_bytes = chunk_bytes;
        if (chunk_bytes == 1 && round % 8) continue;
        Outcome run = Anonymize(text, options);
        ASSERT_TRUE(run.status.ok()) << run.status << "\n" << text;
        if (run.output != expected) {
          auto [got, want] =
              std::mismatch(run.output.begin(), run.output.end(), expected.begin(), expected.end());
          size_t from = static_cast<size_t>(std::max<int64_t>(got - run.output.begin() - 60, 0));
          FAIL() << threads << " threads, chunks of " << chunk_bytes << ", level "
                 << static_cast<int>(level) << "\ngot:\n"
                 << run.output.substr(from, 120) << "\nwant:\n"
                 << expected.substr(from, 120);
        }
        ASSERT_EQ(run.summary.bytes_in, static_cast<int64_t>(text.size()));
      }
    }
  }
}

TEST(AnonymizeCsv, EveryFailingCallLeavesNothingHalfDone) {
  std::string text = "a,b\n";
  for (int i = 0; i < 100; ++i) text += "Ada,\"x\ny\"\n";
  auto pseudonymizer = Pseudonymizer::Make(Secret(kKey), {}).ValueOrDie();
  for (int64_t fail_at = 0;; ++fail_at) {
    auto inner = MakeMemoryStorage();
    WriteFile(*inner, "/in.csv", text);
    WriteFile(*inner, "/out.csv", "old");
    auto storage = MakeFaultyStorage(inner);
    storage->Arm({fail_at, false, 28});
    AnonymizeCsvOptions options = Options({"a"});
    options.chunk_bytes = 128;
    options.thread_count = 2;
    auto result = AnonymizeCsv(storage, "/in.csv", "/out.csv", *pseudonymizer, options);
    std::string output = ReadFile(*inner, "/out.csv");
    if (output != "old") {
      ASSERT_EQ(output.find("Ada"), std::string::npos);
      ASSERT_EQ(output.size(), text.size() + 100 * (16 - 3));
    } else {
      ASSERT_FALSE(result.ok());
    }
    if (result.ok()) {
      ASSERT_NE(output, "old");
      if (storage->calls() <= fail_at) break;
    }
  }
}

}  // namespace
}  // namespace tamis
