// The sink under many threads: order, row groups, roll-over, hooks, errors; nested types by Arrow.
#include "format/parquet_sink.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "format/parquet_test_tables.h"
#include "storage/faulty.h"

namespace tamis {
namespace {

std::shared_ptr<arrow::Schema> TestSchema() {
  return arrow::schema({arrow::field("id", arrow::int32(), false),
                        arrow::field("name", arrow::utf8()),
                        arrow::field("value", arrow::float64())});
}

arrow::RecordBatchVector TestBatches(int count, int64_t rows) {
  arrow::RecordBatchVector out;
  int64_t total = count * rows;
  auto name = TestArray(arrow::utf8(), total, 50, Nulls::kSome);
  auto value = TestArray(arrow::float64(), total, int64_t{1} << 40, Nulls::kSome);
  arrow::Int32Builder id;
  for (int64_t row = 0; row < total; ++row) {
    EXPECT_TRUE(id.Append(static_cast<int32_t>(row % 70)).ok());
  }
  auto batch = arrow::RecordBatch::Make(TestSchema(), total, {*id.Finish(), name, value});
  for (int i = 0; i < count; ++i) out.push_back(batch->Slice(i * rows, rows));
  return out;
}

// Writes all batches from `threads` threads, the later ones first in each pair.
Status WriteAll(Sink* sink, const arrow::RecordBatchVector& batches, int threads) {
  std::atomic<size_t> next = 0;
  std::vector<Status> results(static_cast<size_t>(threads));
  std::vector<std::thread> workers;
  for (int t = 0; t < threads; ++t) {
    workers.emplace_back([&, t] {
      for (size_t i = next++; i < batches.size(); i = next++) {
        size_t index = (i ^ 1) < batches.size() ? i ^ 1 : i;
        Status status = sink->Write(static_cast<int64_t>(index), batches[index]);
        if (!status.ok()) {
          results[static_cast<size_t>(t)] = status;
          return;
        }
      }
    });
  }
  for (std::thread& worker : workers) worker.join();
  for (const Status& status : results) ARROW_RETURN_NOT_OK(status);
  return sink->Finish();
}

OpenParquetFile NumberedFiles(Storage* storage) {
  return [storage](int64_t index) { return storage->OpenWrite("/" + std::to_string(index)); };
}

std::shared_ptr<arrow::Table> ReadFiles(Storage& storage, size_t count) {
  std::vector<std::shared_ptr<arrow::Table>> tables;
  for (size_t i = 0; i < count; ++i) {
    auto bytes = ReadWholeFile(storage, "/" + std::to_string(i)).ValueOrDie();
    tables.push_back(ReadParquetBytes(bytes).ValueOrDie());
  }
  return arrow::ConcatenateTables(tables).ValueOrDie();
}

TEST(ParquetSink, SameBytesForAnyNumberOfThreads) {
  auto batches = TestBatches(40, 250);
  auto expected = arrow::Table::FromRecordBatches(batches).ValueOrDie();
  std::string first;
  for (int threads : {1, 2, 5}) {
    for (int64_t row_group_rows : {int64_t{999}, int64_t{10'000}, int64_t{1} << 20}) {
      auto storage = MakeMemoryStorage();
      ParquetSinkOptions options;
      options.threads = threads;
      options.row_group_rows = row_group_rows;
      auto sink = OpenParquetSink(NumberedFiles(storage.get()), TestSchema(), options).ValueOrDie();
      ASSERT_TRUE(WriteAll(sink.get(), batches, threads).ok());
      ASSERT_EQ(sink->files().size(), 1);
      EXPECT_EQ(sink->files()[0].row_count, 10'000);
      EXPECT_EQ(sink->files()[0].row_group_count, (10'000 + row_group_rows - 1) / row_group_rows);
      EXPECT_TRUE(ReadFiles(*storage, 1)->Equals(*expected));
      if (row_group_rows != 999) continue;
      auto bytes = ReadWholeFile(*storage, "/0").ValueOrDie();
      if (first.empty()) first = bytes;
      EXPECT_EQ(bytes, first) << threads;
    }
  }
}

TEST(ParquetSink, RollsOverToFurtherFiles) {
  auto batches = TestBatches(40, 250);
  auto storage = MakeMemoryStorage();
  ParquetSinkOptions options;
  options.row_group_rows = 1000;
  options.file_bytes_max = 20'000;
  options.is_synced = true;
  auto sink = OpenParquetSink(NumberedFiles(storage.get()), TestSchema(), options).ValueOrDie();
  ASSERT_TRUE(WriteAll(sink.get(), batches, 3).ok());
  EXPECT_GT(sink->files().size(), 2);
  EXPECT_TRUE(ReadFiles(*storage, sink->files().size())
                  ->Equals(*arrow::Table::FromRecordBatches(batches).ValueOrDie()));
}

TEST(ParquetSink, TellsOfRowGroupsInOrder) {
  auto batches = TestBatches(20, 500);
  auto storage = MakeMemoryStorage();
  ParquetSinkOptions options;
  options.row_group_rows = 1500;
  options.dictionary_columns = {2, 0};
  std::vector<std::vector<std::shared_ptr<const EncodedColumn>>> groups;
  int64_t row = 0;
  options.on_row_group = [&](const ParquetRowGroupWritten& group) {
    EXPECT_EQ(group.row_group_index, static_cast<int64_t>(groups.size()));
    EXPECT_FALSE(group.dictionaries[0]);
    EXPECT_TRUE(group.dictionaries[1]);
    const auto& ids = static_cast<const arrow::Int32Array&>(*group.dictionaries[1]->values);
    for (int64_t i = 0; i < group.row_count; ++i, ++row) {
      EXPECT_EQ(ids.Value(group.dictionaries[1]->index_data()[i]), row % 70);
    }
    int64_t rows = 0;
    for (const auto& batch : group.batches) rows += batch->num_rows();
    EXPECT_EQ(rows, group.row_count);
    groups.push_back(group.columns);
    return Status::OK();
  };
  auto sink = OpenParquetSink(NumberedFiles(storage.get()), TestSchema(), options).ValueOrDie();
  ASSERT_TRUE(WriteAll(sink.get(), batches, 3).ok());
  EXPECT_EQ(row, 10'000);

  // The columns go into a second file as they are.
  auto file = storage->OpenWrite("/copy").ValueOrDie();
  ParquetFileWriter writer(file.get(), ParquetSchema::Make(TestSchema()).ValueOrDie());
  for (const auto& group : groups) writer.WriteRowGroup(group).ValueOrDie();
  writer.Close().ValueOrDie();
  ASSERT_TRUE(file->Close().ok());
  EXPECT_EQ(ReadWholeFile(*storage, "/copy").ValueOrDie(),
            ReadWholeFile(*storage, "/0").ValueOrDie());
}

TEST(ParquetSink, WithoutRows) {
  for (bool has_batch : {false, true}) {
    auto storage = MakeMemoryStorage();
    auto sink =
        OpenParquetSink(storage->OpenWrite("/0").ValueOrDie(), TestSchema(), {}).ValueOrDie();
    if (has_batch) {
      ASSERT_TRUE(sink->Write(0, TestBatches(1, 10)[0]->Slice(0, 0)).ok());
    }
    ASSERT_TRUE(sink->Finish().ok());
    EXPECT_EQ(sink->files().size(), 1);
    auto table = ReadFiles(*storage, 1);
    EXPECT_EQ(table->num_rows(), 0);
    EXPECT_TRUE(table->schema()->Equals(*TestSchema()));
  }
}

TEST(ParquetSink, NestedTypesGoThroughArrow) {
  auto storage = MakeMemoryStorage();
  auto type = arrow::list(arrow::struct_({arrow::field("x", arrow::int32())}));
  auto schema = arrow::schema({arrow::field("nested", type)});
  arrow::Int32Builder numbers;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(numbers.Append(i).ok());
  auto structs = arrow::StructArray::Make({*numbers.Finish()}, {arrow::field("x", arrow::int32())})
                     .ValueOrDie();
  arrow::Int32Builder offsets;
  for (int i : {0, 3, 3, 10}) ASSERT_TRUE(offsets.Append(i).ok());
  auto lists =
      arrow::ListArray::FromArrays(type, *offsets.Finish().ValueOrDie(), *structs).ValueOrDie();
  auto batch = arrow::RecordBatch::Make(schema, 3, {lists});
  for (ParquetCodec codec : {ParquetCodec::kNone, ParquetCodec::kSnappy, ParquetCodec::kZstd}) {
    ParquetSinkOptions options;
    options.encode.codec = codec;
    auto sink = OpenParquetSink(NumberedFiles(storage.get()), schema, options).ValueOrDie();
    ASSERT_TRUE(WriteAll(sink.get(), {batch, batch, batch}, 2).ok());
    EXPECT_EQ(sink->files()[0].row_count, 9);
    EXPECT_EQ(ReadFiles(*storage, 1)->num_rows(), 9);
    EXPECT_TRUE(ReadFiles(*storage, 1)
                    ->Equals(*arrow::Table::FromRecordBatches({batch, batch, batch}).ValueOrDie()));
  }
  ParquetSinkOptions options;
  options.on_row_group = [](const ParquetRowGroupWritten&) { return Status::OK(); };
  EXPECT_TRUE(
      OpenParquetSink(NumberedFiles(storage.get()), schema, options).status().IsNotImplemented());
}

TEST(ParquetSink, ErrorsReachEveryThread) {
  auto batches = TestBatches(40, 250);
  for (int threads : {1, 3}) {
    auto storage = MakeMemoryStorage();
    ParquetSinkOptions options;
    options.threads = threads;
    options.row_group_rows = 500;
    int64_t groups = 0;
    options.on_row_group = [&](const ParquetRowGroupWritten&) {
      return ++groups == 3 ? Status::IOError("the third is too much") : Status::OK();
    };
    auto sink = OpenParquetSink(NumberedFiles(storage.get()), TestSchema(), options).ValueOrDie();
    Status status = WriteAll(sink.get(), batches, threads);
    EXPECT_EQ(status.message(), "the third is too much");
    EXPECT_FALSE(sink->Finish().ok());
  }
}

// Storage fails at its n-th call, for every n: the error comes out, and nothing hangs.
TEST(ParquetSink, EveryFailureOfStorageIsReported) {
  auto batches = TestBatches(8, 250);
  auto nested = arrow::schema({arrow::field("l", arrow::list(arrow::int32()))});
  auto lists = arrow::MakeArrayOfNull(nested->field(0)->type(), 250).ValueOrDie();
  auto list_batch = arrow::RecordBatch::Make(nested, 250, {lists});
  for (bool is_nested : {false, true}) {
    auto storage = MakeFaultyStorage(MakeMemoryStorage());
    int64_t call_count = 1;
    for (int64_t fail_at = -1; fail_at < call_count; ++fail_at) {
      FaultPlan plan;
      plan.fail_at = fail_at;
      storage->Arm(plan);
      ParquetSinkOptions options;
      options.row_group_rows = 600;
      options.file_bytes_max = 9000;
      options.is_synced = true;
      auto sink =
          OpenParquetSink(NumberedFiles(storage.get()), is_nested ? nested : TestSchema(), options)
              .ValueOrDie();
      arrow::RecordBatchVector rows = batches;
      if (is_nested) rows.assign(8, list_batch);
      Status status = WriteAll(sink.get(), rows, 2);
      EXPECT_EQ(status.ok(), fail_at < 0) << fail_at << status;
      if (fail_at < 0) call_count = storage->calls();
    }
    EXPECT_GT(call_count, 3);
  }
}

TEST(ParquetSink, RefusesNullsMissingAndRepeatedChunks) {
  auto storage = MakeMemoryStorage();
  auto batches = TestBatches(3, 10);
  auto sink = OpenParquetSink(NumberedFiles(storage.get()), TestSchema(), {}).ValueOrDie();
  ASSERT_TRUE(sink->Write(0, batches[0]).ok());
  ASSERT_TRUE(sink->Write(2, batches[2]).ok());
  EXPECT_EQ(sink->Write(2, batches[2]).message(), "chunk 2 was written twice");
  EXPECT_EQ(sink->Write(0, batches[0]).message(), "chunk 0 was written twice");
  EXPECT_EQ(sink->Finish().message(), "chunk 1 was never written");

  auto with_null = arrow::RecordBatch::Make(TestSchema(), 10,
                                            {TestArray(arrow::int32(), 10, 5, Nulls::kAll),
                                             batches[0]->column(1), batches[0]->column(2)});
  sink = OpenParquetSink(NumberedFiles(storage.get()), TestSchema(), {}).ValueOrDie();
  ASSERT_TRUE(sink->Write(0, with_null).ok());
  EXPECT_EQ(sink->Finish().message(), "NULL in column id, which must not have any");
}

TEST(ParquetSink, AWaitForAnEarlierChunkEndsWithTheRun) {
  auto storage = MakeMemoryStorage();
  auto batches = TestBatches(3, 1000);
  StopToken stop;
  ParquetSinkOptions options;
  options.ahead_bytes_max = 1;
  options.stop = &stop;
  auto sink = OpenParquetSink(NumberedFiles(storage.get()), TestSchema(), options).ValueOrDie();
  ASSERT_TRUE(sink->Write(1, batches[1]).ok());
  std::thread stopper([&] { stop.Request(); });
  EXPECT_EQ(ExitCodeOf(sink->Write(2, batches[2])), ExitCode::kInterrupted);
  stopper.join();
}

}  // namespace
}  // namespace tamis
