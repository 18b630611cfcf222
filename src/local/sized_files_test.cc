// Files of about one size: where they are cut, by one thread and by many.
#include "local/sized_files.h"

#include <arrow/array.h>
#include <arrow/builder.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <random>
#include <thread>

namespace tamis {
namespace {

using testing::ElementsAre;

std::shared_ptr<arrow::RecordBatch> Numbers(int64_t first, int64_t rows) {
  arrow::Int64Builder builder;
  for (int64_t i = 0; i < rows; ++i) EXPECT_TRUE(builder.Append(first + i).ok());
  auto values = builder.Finish().ValueOrDie();
  return arrow::RecordBatch::Make(arrow::schema({arrow::field("n", arrow::int64())}), rows,
                                  {values});
}

// A file in which each row takes `row_bytes`; remembers its rows in order.
class FakeFile : public Sink {
 public:
  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
    std::lock_guard lock(mutex);
    if (!chunks.emplace(index, batch).second) return Status::Invalid("twice");
    return fail ? Status::IOError("disk") : Status::OK();
  }
  Status Finish() override {
    finished = true;
    return Status::OK();
  }
  std::vector<int64_t> Rows() const {
    std::vector<int64_t> rows;
    int64_t next = 0;
    for (const auto& [index, batch] : chunks) {
      EXPECT_EQ(index, next++);
      const auto& values = static_cast<const arrow::Int64Array&>(*batch->column(0));
      for (int64_t i = 0; i < values.length(); ++i) rows.push_back(values.Value(i));
    }
    return rows;
  }
  std::mutex mutex;
  std::map<int64_t, std::shared_ptr<arrow::RecordBatch>> chunks;
  bool fail = false;
  bool finished = false;
  int64_t closed_rows = -1;
};

struct Fixture {
  explicit Fixture(int64_t file_bytes, int64_t row_bytes = 2) {
    options.file_bytes = file_bytes;
    options.open = [this, row_bytes](int64_t number) -> Result<SizedFile> {
      EXPECT_EQ(number, static_cast<int64_t>(files.size()));
      for (const auto& file : files) EXPECT_TRUE(file->finished);
      auto file = std::make_unique<FakeFile>();
      FakeFile* raw = file.get();
      raw->fail = number == fail_at;
      files.push_back(raw);
      kept.push_back(std::move(file));
      SizedFile out;
      class Forward : public Sink {
       public:
        explicit Forward(FakeFile* to) : to_(to) {}
        Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
          return to_->Write(index, batch);
        }
        Status Finish() override { return to_->Finish(); }

       private:
        FakeFile* to_;
      };
      out.sink = std::make_unique<Forward>(raw);
      out.close = [raw, row_bytes](int64_t rows) -> Result<int64_t> {
        raw->closed_rows = rows;
        return rows * row_bytes;
      };
      return out;
    };
    options.measure = [this](const arrow::RecordBatchVector& batches) -> Result<int64_t> {
      int64_t rows = 0;
      for (const auto& batch : batches) rows += batch->num_rows();
      return 100 + rows * trial_row_bytes;
    };
  }

  std::vector<int64_t> RowCounts() const {
    std::vector<int64_t> counts;
    for (const FakeFile* file : files) {
      EXPECT_EQ(file->closed_rows, static_cast<int64_t>(file->Rows().size()));
      counts.push_back(file->closed_rows);
    }
    return counts;
  }

  SizedFilesOptions options;
  int64_t trial_row_bytes = 2;
  int64_t fail_at = -1;
  std::vector<FakeFile*> files;
  std::vector<std::unique_ptr<FakeFile>> kept;
};

TEST(SizedFiles, CutsInsideChunks) {
  Fixture fixture(/*file_bytes=*/2000);
  SizedFilesSink sink(std::move(fixture.options));
  ASSERT_TRUE(sink.Write(0, Numbers(0, 2500)).ok());
  ASSERT_TRUE(sink.Write(1, Numbers(2500, 0)).ok());
  ASSERT_TRUE(sink.Write(2, Numbers(2500, 900)).ok());
  ASSERT_TRUE(sink.Finish().ok());
  EXPECT_THAT(fixture.RowCounts(), ElementsAre(1000, 1000, 1000, 400));
  EXPECT_EQ(sink.file_count(), 4);
  EXPECT_EQ(fixture.files[2]->Rows()[999], 2999);
}

TEST(SizedFiles, LearnsFromEachFile) {
  Fixture fixture(/*file_bytes=*/2000);
  fixture.trial_row_bytes = 8;  // few rows compress worse
  SizedFilesSink sink(std::move(fixture.options));
  ASSERT_TRUE(sink.Write(0, Numbers(0, 2250)).ok());
  ASSERT_TRUE(sink.Finish().ok());
  EXPECT_THAT(fixture.RowCounts(), ElementsAre(250, 1000, 1000));
}

TEST(SizedFiles, NoRowsAreOneFile) {
  Fixture fixture(/*file_bytes=*/2000);
  SizedFilesSink sink(std::move(fixture.options));
  ASSERT_TRUE(sink.Write(0, Numbers(0, 0)).ok());
  ASSERT_TRUE(sink.Finish().ok());
  EXPECT_THAT(fixture.RowCounts(), ElementsAre(0));
}

TEST(SizedFiles, ManyThreadsInAnyOrder) {
  for (int seed = 0; seed < 20; ++seed) {
    Fixture fixture(/*file_bytes=*/2000);
    fixture.options.ahead_bytes_max = 20'000;
    SizedFilesSink sink(std::move(fixture.options));
    std::vector<int64_t> sizes, firsts;
    std::mt19937 random(7);
    int64_t total = 0;
    for (int i = 0; i < 300; ++i) {
      sizes.push_back(static_cast<int64_t>(random() % 400));
      firsts.push_back(total);
      total += sizes.back();
    }
    std::atomic<size_t> next{0};
    std::vector<std::thread> threads;
    for (int t = 0; t < 1 + seed % 5; ++t) {
      threads.emplace_back([&] {
        for (size_t i = next++; i < sizes.size(); i = next++) {
          ASSERT_TRUE(sink.Write(static_cast<int64_t>(i), Numbers(firsts[i], sizes[i])).ok());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    ASSERT_TRUE(sink.Finish().ok());
    int64_t row = 0;
    for (size_t i = 0; i < fixture.files.size(); ++i) {
      if (i + 1 < fixture.files.size()) {
        EXPECT_EQ(fixture.files[i]->closed_rows, 1000);
      }
      for (int64_t value : fixture.files[i]->Rows()) ASSERT_EQ(value, row++);
    }
    EXPECT_EQ(row, total);
  }
}

TEST(SizedFiles, AnErrorReachesEverybody) {
  Fixture fixture(/*file_bytes=*/2000);
  fixture.fail_at = 1;
  SizedFilesSink sink(std::move(fixture.options));
  EXPECT_TRUE(sink.Write(0, Numbers(0, 900)).ok());
  EXPECT_TRUE(sink.Write(1, Numbers(900, 200)).IsIOError());
  EXPECT_TRUE(sink.Write(2, Numbers(1100, 10)).IsIOError());
  EXPECT_TRUE(sink.Finish().IsIOError());
}

TEST(SizedFiles, AMissingChunkIsABug) {
  Fixture fixture(/*file_bytes=*/2000);
  SizedFilesSink sink(std::move(fixture.options));
  EXPECT_TRUE(sink.Write(1, Numbers(0, 10)).ok());
  EXPECT_TRUE(sink.Write(1, Numbers(0, 10)).IsInvalid());
  EXPECT_TRUE(sink.Finish().IsInvalid());
}

}  // namespace
}  // namespace tamis
