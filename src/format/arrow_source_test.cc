// Parquet and IPC files as sources: projection, order, many threads, broken files.
#include "format/arrow_source.h"

#include <arrow/io/memory.h>
#include <arrow/ipc/writer.h>
#include <gtest/gtest.h>
#include <parquet/arrow/writer.h>

#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "format/ipc_sink.h"
#include "format/parquet_sink.h"
#include "format/parquet_test_tables.h"

namespace tamis {
namespace {

std::shared_ptr<arrow::Table> TestTable(int64_t rows) {
  auto schema =
      arrow::schema({arrow::field("a", arrow::int32()), arrow::field("b", arrow::utf8()),
                     arrow::field("n", arrow::struct_({arrow::field("x", arrow::int64()),
                                                       arrow::field("y", arrow::utf8())})),
                     arrow::field("c", arrow::timestamp(arrow::TimeUnit::MICRO, "Europe/Berlin"))});
  auto nested = arrow::StructArray::Make({TestArray(arrow::int64(), rows, 50, Nulls::kSome),
                                          TestArray(arrow::utf8(), rows, 50, Nulls::kSome)},
                                         schema->field(2)->type()->fields())
                    .ValueOrDie();
  return arrow::Table::Make(
      schema, arrow::ArrayVector{TestArray(arrow::int32(), rows, 5000, Nulls::kSome),
                                 TestArray(arrow::utf8(), rows, 500, Nulls::kSome), nested,
                                 TestArray(schema->field(3)->type(), rows, 500, Nulls::kSome)});
}

void WriteParquet(Storage& storage, const std::string& path, const arrow::Table& table,
                  int64_t row_group_rows) {
  auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
  auto properties = parquet::ArrowWriterProperties::Builder().store_schema()->build();
  ASSERT_TRUE(parquet::arrow::WriteTable(table, arrow::default_memory_pool(), sink, row_group_rows,
                                         parquet::default_writer_properties(), properties)
                  .ok());
  ASSERT_TRUE(WriteWholeFile(storage, path, sink->Finish().ValueOrDie()->ToString()).ok());
}

std::string IpcBytes(const arrow::Table& table, bool is_stream, int64_t batch_rows) {
  auto sink = arrow::io::BufferOutputStream::Create().ValueOrDie();
  auto writer = is_stream ? arrow::ipc::MakeStreamWriter(sink, table.schema()).ValueOrDie()
                          : arrow::ipc::MakeFileWriter(sink, table.schema()).ValueOrDie();
  EXPECT_TRUE(writer->WriteTable(table, batch_rows).ok());
  EXPECT_TRUE(writer->Close().ok());
  return sink->Finish().ValueOrDie()->ToString();
}

// All chunks, read by `threads` threads, put in order; checks that indices are 0, 1, 2, ...
Result<std::shared_ptr<arrow::Table>> ReadAll(Source* source, int threads) {
  std::mutex mutex;
  std::map<int64_t, std::shared_ptr<arrow::RecordBatch>> chunks;
  Status status;
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t) {
    workers.emplace_back([&] {
      while (true) {
        auto chunk = source->Next();
        std::unique_lock lock(mutex);
        if (!chunk.ok()) status = chunk.status();
        if (!chunk.ok() || !chunk->has_value()) return;
        EXPECT_TRUE(chunks.emplace((*chunk)->index, (*chunk)->batch).second);
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  ARROW_RETURN_NOT_OK(status);
  arrow::RecordBatchVector batches;
  for (auto& [index, batch] : chunks) {
    EXPECT_EQ(index, static_cast<int64_t>(batches.size()));
    batches.push_back(batch);
  }
  return arrow::Table::FromRecordBatches(source->schema(), batches);
}

TEST(ParquetSource, ReadsFilesInOrderWithAnyNumberOfThreads) {
  auto storage = MakeMemoryStorage();
  auto table = TestTable(10'000);
  WriteParquet(*storage, "/1", *table->Slice(0, 7000), 1500);
  WriteParquet(*storage, "/2", *table->Slice(7000), 5000);
  WriteParquet(*storage, "/empty", *table->Slice(0, 0), 5000);
  for (int threads : {1, 4}) {
    for (int64_t chunk_rows : {int64_t{400}, int64_t{100'000}}) {
      ArrowSourceOptions options;
      options.chunk_rows = chunk_rows;
      auto source = OpenParquetSource(storage, {"/1", "/empty", "/2"}, options).ValueOrDie();
      EXPECT_EQ(source->ReadBytes(), 0);
      auto read = ReadAll(source.get(), threads).ValueOrDie();
      EXPECT_TRUE(read->Equals(*table));
      EXPECT_LE(source->ReadBytes(), source->TotalBytes());
      EXPECT_GT(source->ReadBytes(), source->TotalBytes() / 3);
    }
  }
}

TEST(ParquetSource, ReadsSomeColumnsInAnyOrder) {
  auto storage = MakeMemoryStorage();
  auto table = TestTable(3000);
  WriteParquet(*storage, "/1", *table, 1000);
  ASSERT_TRUE(WriteWholeFile(*storage, "/2", IpcBytes(*table, false, 700)).ok());
  for (const std::vector<int>& wanted :
       std::vector<std::vector<int>>{{3}, {2, 0}, {3, 1, 0}, {1, 2, 3}}) {
    ArrowSourceOptions options;
    for (int column : wanted) options.columns.push_back(table->schema()->field(column)->name());
    auto expected = table->SelectColumns(wanted).ValueOrDie();
    auto source = OpenParquetSource(storage, {"/1"}, options).ValueOrDie();
    EXPECT_TRUE(source->schema()->Equals(*expected->schema()));
    EXPECT_TRUE(ReadAll(source.get(), 2).ValueOrDie()->Equals(*expected));
    source = OpenIpcSource(storage, {"/2"}, options).ValueOrDie();
    EXPECT_TRUE(ReadAll(source.get(), 2).ValueOrDie()->Equals(*expected));
  }
  ArrowSourceOptions options;
  options.columns = {"a", "bb"};
  for (const Status& status : {OpenParquetSource(storage, {"/1"}, options).status(),
                               OpenIpcSource(storage, {"/2"}, options).status()}) {
    EXPECT_EQ(ExitCodeOf(status), ExitCode::kUsage);
    EXPECT_NE(FormatError(status).find("unknown column: bb in /"), std::string::npos) << status;
  }
}

TEST(IpcSource, ReadsFilesAndStreams) {
  auto storage = MakeMemoryStorage();
  auto table = TestTable(5000);
  ASSERT_TRUE(WriteWholeFile(*storage, "/1", IpcBytes(*table->Slice(0, 3000), false, 700)).ok());
  ASSERT_TRUE(WriteWholeFile(*storage, "/2", IpcBytes(*table->Slice(3000), true, 10'000)).ok());
  for (int threads : {1, 4}) {
    ArrowSourceOptions options;
    options.chunk_rows = 500;
    auto source = OpenIpcSource(storage, {"/1", "/2"}, options).ValueOrDie();
    EXPECT_TRUE(ReadAll(source.get(), threads).ValueOrDie()->Equals(*table));
    EXPECT_EQ(source->ReadBytes(), source->TotalBytes());
  }
}

TEST(IpcSink, WritesChunksInOrderAndDictionariesAsValues) {
  auto storage = MakeMemoryStorage();
  auto type = arrow::dictionary(arrow::int8(), arrow::utf8());
  auto schema = arrow::schema({arrow::field("d", type)});
  auto batch = [&](const std::string& json) {
    auto indices = TestArray(arrow::int8(), 1, 1, Nulls::kNone);
    arrow::StringBuilder values;
    EXPECT_TRUE(values.Append(json).ok());
    auto array = arrow::DictionaryArray::FromArrays(type, indices, *values.Finish()).ValueOrDie();
    return arrow::RecordBatch::Make(schema, 1, {array});
  };
  IpcSinkOptions options;
  options.is_synced = true;
  auto sink = OpenIpcSink(storage->OpenWrite("/1").ValueOrDie(), schema, options).ValueOrDie();
  ASSERT_TRUE(sink->Write(1, batch("second")).ok());
  ASSERT_TRUE(sink->Write(0, batch("first")).ok());
  ASSERT_TRUE(sink->Write(2, batch("third")).ok());
  ASSERT_TRUE(sink->Finish().ok());
  auto source = OpenIpcSource(storage, {"/1"}).ValueOrDie();
  auto read = ReadAll(source.get(), 1).ValueOrDie();
  ASSERT_TRUE(read->column(0)->type()->Equals(arrow::utf8()));
  EXPECT_EQ(read->column(0)->GetScalar(0).ValueOrDie()->ToString(), "first");
  EXPECT_EQ(read->column(0)->GetScalar(1).ValueOrDie()->ToString(), "second");
  EXPECT_EQ(read->column(0)->GetScalar(2).ValueOrDie()->ToString(), "third");
}

TEST(ArrowSources, SayWhichFileIsMissingOrDiffers) {
  auto storage = MakeMemoryStorage();
  auto table = TestTable(100);
  WriteParquet(*storage, "/1", *table, 1000);
  WriteParquet(*storage, "/2", *table->RemoveColumn(1).ValueOrDie(), 1000);
  Status status = OpenParquetSource(storage, {"/1", "/none"}).status();
  EXPECT_EQ(ExitCodeOf(status), ExitCode::kIo);
  EXPECT_NE(status.message().find("/none"), std::string::npos);
  status = OpenParquetSource(storage, {"/1", "/2"}).status();
  EXPECT_EQ(ExitCodeOf(status), ExitCode::kDataFailed);
  EXPECT_EQ(status.message(),
            "/2: column 2 is n: struct<x: int64, y: string>, but b: string in /1");
}

// Files cut short, emptied, overwritten, or with flipped bytes: an error that names the file, or
// other values, but never a crash.
TEST(ArrowSources, BrokenFilesAreErrors) {
  auto storage = MakeMemoryStorage();
  auto table = TestTable(1000);
  WriteParquet(*storage, "/good", *table, 300);
  std::string parquet = ReadWholeFile(*storage, "/good").ValueOrDie();
  std::string ipc = IpcBytes(*table, false, 300);
  std::string stream = IpcBytes(*table, true, 300);
  auto read = [&](const std::string& bytes, bool is_parquet) -> Status {
    ARROW_RETURN_NOT_OK(WriteWholeFile(*storage, "/bad", bytes));
    ARROW_ASSIGN_OR_RAISE(auto source, is_parquet ? OpenParquetSource(storage, {"/bad"})
                                                  : OpenIpcSource(storage, {"/bad"}));
    return ReadAll(source.get(), 1).status();
  };
  for (const std::string& good : {parquet, ipc, stream}) {
    bool is_parquet = good == parquet;
    for (size_t size : {size_t{0}, size_t{3}, size_t{8}, good.size() / 2}) {
      Status status = read(good.substr(0, size), is_parquet);
      EXPECT_EQ(ExitCodeOf(status), ExitCode::kDataFailed) << size << status;
      EXPECT_EQ(status.message().substr(0, 5), "/bad:") << status;
    }
    EXPECT_EQ(ExitCodeOf(read("a,b,c\n1,2,3\n4,5,6\n7,8,9\n10,11,12\n", is_parquet)),
              ExitCode::kDataFailed);
    std::mt19937_64 random(11);
    for (int i = 0; i < 300; ++i) {
      std::string bad = good;
      bad[random() % bad.size()] ^= static_cast<char>(1 << (random() % 8));
      Status status = read(bad, is_parquet);
      EXPECT_TRUE(status.ok() || ExitCodeOf(status) == ExitCode::kDataFailed) << status;
    }
  }
}

}  // namespace
}  // namespace tamis
