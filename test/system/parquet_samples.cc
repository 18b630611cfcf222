// Writes Parquet files of every form into a folder, for other readers to read, and beside each the
// same rows as Arrow IPC, by Arrow's writer: parquet_samples FOLDER.
#include <arrow/io/file.h>
#include <arrow/ipc/writer.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <string>

#include "format/parquet_sink.h"
#include "format/parquet_test_tables.h"

namespace tamis {
namespace {

Status WriteIpc(const std::string& path, const arrow::RecordBatch& batch) {
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::FileOutputStream::Open(path));
  ARROW_ASSIGN_OR_RAISE(auto writer, arrow::ipc::MakeFileWriter(file, batch.schema()));
  ARROW_RETURN_NOT_OK(writer->WriteRecordBatch(batch));
  ARROW_RETURN_NOT_OK(writer->Close());
  return file->Close();
}

Status WriteSample(const std::string& stem, const arrow::RecordBatch& batch,
                   const ParquetSinkOptions& options) {
  ARROW_RETURN_NOT_OK(WriteIpc(stem + ".arrow", batch));
  ARROW_ASSIGN_OR_RAISE(auto file, LocalStorage()->OpenWrite(stem + ".parquet"));
  ARROW_ASSIGN_OR_RAISE(auto sink, OpenParquetSink(std::move(file), batch.schema(), options));
  // Pieces of uneven sizes, as operators make them.
  int64_t index = 0;
  int64_t size = 1;
  for (int64_t at = 0; at < batch.num_rows(); at += size, size = size * 3 % 1009) {
    size = std::min(size, batch.num_rows() - at);
    ARROW_RETURN_NOT_OK(sink->Write(index++, batch.Slice(at, size)));
  }
  return sink->Finish();
}

std::shared_ptr<arrow::RecordBatch> AllTypes(int64_t rows, Nulls nulls) {
  arrow::FieldVector fields;
  arrow::ArrayVector columns;
  for (const auto& type : FlatTypes()) {
    // Arrow reads views back as plain text, so that their oracle would differ.
    if (type->id() == arrow::Type::STRING_VIEW || type->id() == arrow::Type::BINARY_VIEW) continue;
    bool is_nullable = nulls != Nulls::kNone || type->id() == arrow::Type::NA;
    fields.push_back(arrow::field("c" + std::to_string(fields.size()), type, is_nullable));
    columns.push_back(TestArray(type, rows, rows > 2000 ? 3000 : 70, nulls));
  }
  return arrow::RecordBatch::Make(arrow::schema(fields), rows, columns);
}

// Texts longer than the bounds in a footer, and numbers at the ends of their ranges.
Result<std::shared_ptr<arrow::RecordBatch>> Extremes() {
  arrow::StringBuilder text;
  arrow::DoubleBuilder number;
  arrow::UInt64Builder count;
  for (int row = 0; row < 3000; ++row) {
    std::string value(60 + static_cast<size_t>(row % 9), static_cast<char>('a' + row % 26));
    ARROW_RETURN_NOT_OK(text.Append(value + "äöü" + std::to_string(row)));
    double zero = row % 2 == 0 ? 0.0 : -0.0;
    ARROW_RETURN_NOT_OK(number.Append(row < 1500     ? zero
                                      : row % 3 == 0 ? std::nan("")
                                                     : static_cast<double>(row)));
    ARROW_RETURN_NOT_OK(count.Append(row % 2 == 0 ? UINT64_MAX - static_cast<uint64_t>(row)
                                                  : static_cast<uint64_t>(row)));
  }
  auto schema = arrow::schema({arrow::field("text", arrow::utf8(), false),
                               arrow::field("number", arrow::float64()),
                               arrow::field("count", arrow::uint64())});
  return arrow::RecordBatch::Make(schema, 3000,
                                  {*text.Finish(), *number.Finish(), *count.Finish()});
}

Status WriteAll(const std::string& folder) {
  for (ParquetCodec codec : {ParquetCodec::kNone, ParquetCodec::kSnappy, ParquetCodec::kZstd}) {
    for (bool has_dictionary : {false, true}) {
      for (Nulls nulls : {Nulls::kNone, Nulls::kSome, Nulls::kAll}) {
        for (int64_t rows : {0, 1, 9, 1000, 20'000}) {
          if (rows == 20'000 && (codec != ParquetCodec::kSnappy || nulls != Nulls::kSome)) continue;
          ParquetSinkOptions options;
          options.encode.codec = codec;
          options.encode.page_rows = rows > 2000 ? 20'000 : 301;
          options.encode.dictionary_bytes_max = has_dictionary ? 1 << 20 : 0;
          options.row_group_rows = rows > 2000 ? 9000 : 700;
          std::string name = "types_codec" + std::to_string(static_cast<int>(codec)) +
                             (has_dictionary ? "_dictionary" : "_plain") + "_nulls" +
                             std::to_string(static_cast<int>(nulls)) + "_rows" +
                             std::to_string(rows);
          ARROW_RETURN_NOT_OK(WriteSample(folder + "/" + name, *AllTypes(rows, nulls), options));
        }
      }
    }
  }
  ARROW_ASSIGN_OR_RAISE(auto extremes, Extremes());
  for (int64_t dictionary_bytes : {0, 1 << 20}) {
    ParquetSinkOptions options;
    options.row_group_rows = 500;
    options.encode.dictionary_bytes_max = dictionary_bytes;
    ARROW_RETURN_NOT_OK(
        WriteSample(folder + "/extremes_" + std::to_string(dictionary_bytes), *extremes, options));
  }
  return Status::OK();
}

}  // namespace
}  // namespace tamis

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: parquet_samples FOLDER\n");
    return 2;
  }
  tamis::Status status = tamis::WriteAll(argv[1]);
  if (!status.ok()) std::fprintf(stderr, "%s\n", status.ToString().c_str());
  return status.ok() ? 0 : 1;
}
