// Files from encoded columns. See parquet_file.h.
#include "format/parquet_file.h"

#include <cstring>
#include <utility>

#include "format/parquet_thrift.h"

namespace tamis {
namespace {

constexpr std::string_view kMagic = "PAR1";
constexpr std::string_view kCreatedBy = "tamis version 0.1.0";
// Files are handed over in pieces of about this size; columns above it are not copied first.
constexpr size_t kPendingBytes = 1 << 20;
constexpr int32_t kVersion = 2;
enum PageType : int32_t { kDataPage = 0, kDictionaryPage = 2 };
enum Encoding : int32_t { kPlain = 0, kRle = 3, kRleDictionary = 8 };

void WriteStatistics(ThriftWriter* writer, const EncodedColumn& column) {
  const ParquetStatistics& statistics = column.statistics;
  writer->BeginField(12);
  writer->I64(3, column.null_count);
  if (statistics.max) writer->Binary(5, *statistics.max);
  if (statistics.min) writer->Binary(6, *statistics.min);
  if (statistics.max) writer->Bool(7, statistics.is_max_exact);
  if (statistics.min) writer->Bool(8, statistics.is_min_exact);
  if (statistics.has_no_nan) writer->I64(9, 0);
  writer->EndStruct();
}

void WriteEncodingStats(ThriftWriter* writer, PageType type, Encoding encoding, size_t count) {
  writer->BeginStruct();
  writer->I32(1, type);
  writer->I32(2, encoding);
  writer->I32(3, static_cast<int32_t>(count));
  writer->EndStruct();
}

void WriteColumnMetaData(ThriftWriter* writer, const std::string& name, const EncodedColumn& column,
                         const ParquetColumnOffsets& offsets) {
  bool has_dictionary = column.dictionary != nullptr;
  writer->I32(1, static_cast<int32_t>(column.type.physical));
  writer->ListOfI32(2, has_dictionary ? 3 : 2);
  writer->I32Element(kPlain);
  writer->I32Element(kRle);
  if (has_dictionary) writer->I32Element(kRleDictionary);
  writer->ListOfBinary(3, 1);
  writer->BinaryElement(name);
  writer->I32(4, static_cast<int32_t>(column.codec));
  writer->I64(5, column.row_count);
  writer->I64(6, column.data_uncompressed_bytes + column.dictionary_uncompressed_bytes);
  writer->I64(7, column.size_bytes());
  writer->I64(9, offsets.data_offset);
  if (has_dictionary) writer->I64(11, offsets.dictionary_offset);
  WriteStatistics(writer, column);
  writer->ListOfStructs(13, has_dictionary ? 2 : 1);
  if (has_dictionary) WriteEncodingStats(writer, kDictionaryPage, kPlain, 1);
  WriteEncodingStats(writer, kDataPage, has_dictionary ? kRleDictionary : kPlain,
                     column.pages->size());
}

}  // namespace

ParquetFileWriter::ParquetFileWriter(WritableFile* file,
                                     std::shared_ptr<const ParquetSchema> schema)
    : file_(file), schema_(std::move(schema)) {
  pending_.append(kMagic);
  size_bytes_ = static_cast<int64_t>(kMagic.size());
}

Status ParquetFileWriter::Append(std::string_view bytes) {
  size_bytes_ += static_cast<int64_t>(bytes.size());
  if (pending_.size() + bytes.size() <= kPendingBytes) {
    pending_.append(bytes);
    return Status::OK();
  }
  if (!pending_.empty()) ARROW_RETURN_NOT_OK(file_->Append(pending_));
  pending_.clear();
  if (bytes.size() >= kPendingBytes / 2) return file_->Append(bytes);
  pending_.append(bytes);
  return Status::OK();
}

Status ParquetFileWriter::Copy(const ByteRegion& region) {
  ARROW_ASSIGN_OR_RAISE(auto buffer, region.Read());
  return Append({buffer->data_as<char>(), static_cast<size_t>(buffer->size())});
}

Status ParquetFileWriter::CheckColumns(
    const std::vector<std::shared_ptr<const EncodedColumn>>& columns) const {
  const auto& expected = schema_->columns();
  if (columns.size() != expected.size()) {
    return Status::Invalid(columns.size(), " columns for a schema of ", expected.size());
  }
  for (size_t i = 0; i < columns.size(); ++i) {
    const EncodedColumn& column = *columns[i];
    if (!column.type.arrow_type->Equals(*expected[i].type.arrow_type)) {
      return Status::Invalid("column ", expected[i].name, " is encoded as ",
                             column.type.arrow_type->ToString(), ", not as ",
                             expected[i].type.arrow_type->ToString());
    }
    if (column.is_optional != expected[i].is_optional) {
      return Status::Invalid("column ", expected[i].name, " is encoded ",
                             column.is_optional ? "as optional" : "as required",
                             ", unlike the schema");
    }
    if (column.row_count != columns[0]->row_count) {
      return Status::Invalid("column ", expected[i].name, " has ", column.row_count,
                             " rows, the first column ", columns[0]->row_count);
    }
  }
  return Status::OK();
}

Result<std::vector<ParquetColumnOffsets>> ParquetFileWriter::WriteRowGroup(
    const std::vector<std::shared_ptr<const EncodedColumn>>& columns) {
  ARROW_RETURN_NOT_OK(CheckColumns(columns));
  std::vector<ParquetColumnOffsets> offsets(columns.size());
  if (columns.empty() || columns[0]->row_count == 0) return offsets;
  for (size_t i = 0; i < columns.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(offsets[i], WriteColumn(*columns[i]));
  }
  ARROW_RETURN_NOT_OK(AddRowGroup(columns, offsets));
  return offsets;
}

Result<ParquetColumnOffsets> ParquetFileWriter::WriteColumn(const EncodedColumn& column) {
  ParquetColumnOffsets offsets;
  if (column.dictionary) {
    offsets.dictionary_offset = size_bytes_;
    ARROW_RETURN_NOT_OK(Copy(*column.dictionary));
  }
  offsets.data_offset = size_bytes_;
  ARROW_RETURN_NOT_OK(Copy(*column.data));
  return offsets;
}

Status ParquetFileWriter::AddRowGroup(
    const std::vector<std::shared_ptr<const EncodedColumn>>& columns,
    const std::vector<ParquetColumnOffsets>& offsets) {
  ARROW_RETURN_NOT_OK(CheckColumns(columns));
  int64_t uncompressed_bytes = 0, compressed_bytes = 0;
  for (const auto& column : columns) {
    uncompressed_bytes += column->data_uncompressed_bytes + column->dictionary_uncompressed_bytes;
    compressed_bytes += column->size_bytes();
  }
  ThriftWriter writer(&row_groups_);
  writer.BeginStruct();
  writer.ListOfStructs(1, columns.size());
  for (size_t i = 0; i < columns.size(); ++i) {
    writer.BeginStruct();
    writer.I64(2, 0);
    writer.BeginField(3);
    WriteColumnMetaData(&writer, schema_->columns()[i].name, *columns[i], offsets[i]);
    writer.EndStruct();
    writer.EndStruct();
  }
  const ParquetColumnOffsets& first = offsets[0];
  writer.I64(2, uncompressed_bytes);
  writer.I64(3, columns[0]->row_count);
  writer.I64(5, columns[0]->dictionary ? first.dictionary_offset : first.data_offset);
  writer.I64(6, compressed_bytes);
  writer.EndStruct();
  ++row_group_count_;
  row_count_ += columns[0]->row_count;
  return Status::OK();
}

std::string ParquetFileWriter::Footer() const {
  std::string out;
  out.reserve(row_groups_.size() + schema_->elements().size() + schema_->key_values().size() + 256);
  ThriftWriter writer(&out);
  writer.BeginStruct();
  writer.I32(1, kVersion);
  writer.EncodedList(2, schema_->elements());
  writer.I64(3, row_count_);
  std::string groups;
  ThriftWriter(&groups).StructListStart(static_cast<size_t>(row_group_count_));
  groups += row_groups_;
  writer.EncodedList(4, groups);
  writer.EncodedList(5, schema_->key_values());
  writer.Binary(6, kCreatedBy);
  writer.EncodedList(7, schema_->column_orders());
  writer.EndStruct();
  return out;
}

Result<ParquetFileSummary> ParquetFileWriter::Close() {
  std::string footer = Footer();
  auto length = static_cast<uint32_t>(footer.size());
  footer.append(reinterpret_cast<const char*>(&length), sizeof(length));
  footer.append(kMagic);
  ARROW_RETURN_NOT_OK(Append(footer));
  if (!pending_.empty()) ARROW_RETURN_NOT_OK(file_->Append(pending_));
  pending_.clear();
  return ParquetFileSummary{size_bytes_, row_count_, row_group_count_};
}

}  // namespace tamis
