// Generated files: the same bytes for any number of threads and any parts; faults.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <thread>
#include <vector>

#include "local/generate_source.h"
#include "local/generate_text.h"
#include "ops/generate_batch.h"
#include "ops/generate_compile.h"
#include "ops/generate_text.h"
#include "storage/faulty.h"
#include "storage/memory.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

using testing::HasSubstr;

Table PeopleTable() {
  Table table;
  table.name = "people";
  for (const char* name : {"first_name", "last_name", "address", "note"}) {
    Column column;
    column.name = name;
    column.type = arrow::utf8();
    table.columns.push_back(std::move(column));
  }
  return table;
}

CsvProgram People() {
  return CsvProgram::Make(CompileGenerator(PeopleTable(), 5).ValueOrDie(), FormatOptions())
      .ValueOrDie();
}

using MakeOutput = std::unique_ptr<BlockOutput> (*)(WritableFile*);

Result<std::string> Generate(Storage& storage, const RowPart& part, int threads,
                             MakeOutput make_output) {
  ARROW_ASSIGN_OR_RAISE(auto file, storage.OpenWrite("/people.csv"));
  auto out = make_output(file.get());
  StopToken stop;
  std::atomic<int64_t> rows_done{0};
  ARROW_ASSIGN_OR_RAISE(GenerateSummary summary,
                        GenerateText(People(), part, threads, *out, stop, &rows_done));
  ARROW_RETURN_NOT_OK(file->Close());
  EXPECT_EQ(summary.row_count, part.row_count);
  EXPECT_EQ(rows_done.load(), part.row_count);
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadWholeFile(storage, "/people.csv"));
  EXPECT_EQ(summary.byte_count, static_cast<int64_t>(text.size()));
  return text;
}

constexpr int64_t kRows = 50001;

TEST(GenerateText, BytesDoNotDependOnThreads) {
  auto storage = MakeMemoryStorage();
  RowPart whole = PartOfRows(kRows, 1, 1).ValueOrDie();
  std::string text = Generate(*storage, whole, 1, BlocksAtOffsets).ValueOrDie();
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), kRows + 1);
  EXPECT_EQ(text.substr(0, text.find('\n')), "first_name,last_name,address,note");
  for (int threads : {2, 3, 8}) {
    EXPECT_EQ(Generate(*storage, whole, threads, BlocksAtOffsets).ValueOrDie(), text);
    EXPECT_EQ(Generate(*storage, whole, threads, BlocksInOrder).ValueOrDie(), text);
  }
}

TEST(GenerateText, PartsPutTogetherAreTheWhole) {
  auto storage = MakeMemoryStorage();
  std::string whole =
      Generate(*storage, PartOfRows(kRows, 1, 1).ValueOrDie(), 2, BlocksAtOffsets).ValueOrDie();
  for (int64_t parts : {2, 3, 7}) {
    std::string together;
    for (int64_t i = 1; i <= parts; ++i) {
      RowPart part = PartOfRows(kRows, i, parts).ValueOrDie();
      together += Generate(*storage, part, 2, BlocksAtOffsets).ValueOrDie();
    }
    EXPECT_EQ(together, whole) << parts;
  }
}

TEST(GenerateText, NoRowsAreAHeaderOnce) {
  auto storage = MakeMemoryStorage();
  std::string together;
  for (int64_t i = 1; i <= 3; ++i) {
    RowPart part = PartOfRows(1, i, 3).ValueOrDie();
    together += Generate(*storage, part, 2, BlocksAtOffsets).ValueOrDie();
  }
  EXPECT_EQ(std::count(together.begin(), together.end(), '\n'), 2) << together;
  RowPart none = PartOfRows(0, 1, 1).ValueOrDie();
  EXPECT_EQ(Generate(*storage, none, 2, BlocksInOrder).ValueOrDie(),
            "first_name,last_name,address,note\n");
}

TEST(GenerateText, PartsThatAreNoneAreRefused) {
  for (auto [part, parts] : std::vector<std::pair<int64_t, int64_t>>{{0, 2}, {3, 2}, {1, 0}}) {
    EXPECT_THAT(FormatError(PartOfRows(10, part, parts).status()),
                HasSubstr("(parts count from 1, such as 1/4 to 4/4)"));
  }
  RowPart last = PartOfRows(INT64_MAX, 4, 4).ValueOrDie();
  EXPECT_EQ(last.first_row + last.row_count, INT64_MAX);
}

TEST(GenerateText, EveryFailingWriteEndsTheRun) {
  for (MakeOutput make_output : {BlocksAtOffsets, BlocksInOrder}) {
    auto storage = MakeFaultyStorage(MakeMemoryStorage());
    RowPart whole = PartOfRows(kRows, 1, 1).ValueOrDie();
    storage->Arm({});
    ASSERT_TRUE(Generate(*storage, whole, 2, make_output).ok());
    int64_t calls = storage->calls();
    ASSERT_GT(calls, 7);
    for (int64_t n = 0; n < calls; ++n) {
      storage->Arm({n, false, 28});
      auto result = Generate(*storage, whole, 3, make_output);
      ASSERT_FALSE(result.ok()) << n;
      EXPECT_EQ(ExitCodeOf(result.status()), ExitCode::kIo) << FormatError(result.status());
    }
  }
}

TEST(GenerateText, StopsWhenAsked) {
  auto storage = MakeMemoryStorage();
  auto file = storage->OpenWrite("/people.csv").ValueOrDie();
  auto out = BlocksAtOffsets(file.get());
  StopToken stop;
  stop.Request();
  auto result = GenerateText(People(), {0, kRows, true}, 2, *out, stop);
  EXPECT_EQ(ExitCodeOf(result.status()), ExitCode::kInterrupted);
}

TEST(GenerateSource, ChunksAreTheRowsInOrder) {
  auto program = CompileGenerator(PeopleTable(), 5).ValueOrDie();
  constexpr int64_t kFirst = 17, kCount = 150000;
  auto source = MakeGenerateSource(program, kFirst, kCount).ValueOrDie();
  auto whole = BatchProgram::Make(program)->Rows(kFirst, kCount).ValueOrDie();
  int64_t rows = 0;
  for (int64_t index = 0;; ++index) {
    auto chunk = source->Next().ValueOrDie();
    if (!chunk) break;
    EXPECT_EQ(chunk->index, index);
    EXPECT_TRUE(chunk->batch->Equals(*whole->Slice(rows, chunk->batch->num_rows())));
    EXPECT_TRUE(chunk->batch->schema()->Equals(*source->schema()));
    rows += chunk->batch->num_rows();
  }
  EXPECT_EQ(rows, kCount);
  EXPECT_FALSE(source->Next().ValueOrDie().has_value()) << "the end stays the end";
}

}  // namespace
}  // namespace tamis
