// Repeats a folder's values for each row of its files. See partition_columns.h.
#include "local/partition_columns.h"

#include <arrow/array/util.h>
#include <arrow/compute/cast.h>
#include <arrow/scalar.h>

#include <map>
#include <optional>
#include <utility>

#include "dataset/partition.h"

namespace tamis {
namespace {

/// The values of one file, one for each added column.
using FileValues = std::vector<std::shared_ptr<arrow::Scalar>>;

Result<std::shared_ptr<arrow::Scalar>> ValueOf(const std::string& path, const arrow::Field& field,
                                               const std::optional<std::string>& text) {
  if (!text) return arrow::MakeNullScalar(field.type());
  const auto value = arrow::compute::Cast(arrow::Datum(*text), field.type());
  if (value.ok()) return value->scalar();
  return DataError(path.substr(0, path.rfind('/')) + ": column " + field.name() + ": \"" + *text +
                       "\" is no " + field.type()->ToString(),
                   "correct the column's type in the contract, or move the file");
}

class PartitionedSource : public Source {
 public:
  PartitionedSource(std::unique_ptr<Source> source, std::shared_ptr<arrow::Schema> schema,
                    std::map<std::string, FileValues> values)
      : source_(std::move(source)), schema_(std::move(schema)), values_(std::move(values)) {}

  const std::shared_ptr<arrow::Schema>& schema() const override { return schema_; }
  int64_t TotalBytes() const override { return source_->TotalBytes(); }
  int64_t ReadBytes() const override { return source_->ReadBytes(); }

  Result<std::optional<Chunk>> Next() override {
    ARROW_ASSIGN_OR_RAISE(auto chunk, source_->Next());
    if (!chunk) return chunk;
    const int64_t rows = chunk->batch->num_rows();
    arrow::ArrayVector columns = chunk->batch->columns();
    for (const auto& value : values_.at(chunk->file)) {
      ARROW_ASSIGN_OR_RAISE(auto column, arrow::MakeArrayFromScalar(*value, rows));
      columns.push_back(std::move(column));
    }
    chunk->batch = arrow::RecordBatch::Make(schema_, rows, std::move(columns));
    return chunk;
  }

 private:
  std::unique_ptr<Source> source_;
  std::shared_ptr<arrow::Schema> schema_;
  std::map<std::string, FileValues> values_;  // by file
};

/// The fields that a path's folders add to those of its file.
arrow::FieldVector AddedFields(const std::string& path, const arrow::Schema& schema,
                               const Table* table) {
  arrow::FieldVector added;
  for (const auto& [key, value] : ParsePartitions(path)) {
    const int index = table ? table->ColumnIndex(key) : -1;
    if (schema.GetFieldIndex(key) >= 0 || (table && index < 0)) continue;
    added.push_back(
        arrow::field(key, table ? table->columns[static_cast<size_t>(index)].type : arrow::utf8()));
  }
  return added;
}

}  // namespace

Result<std::unique_ptr<Source>> AddPartitionColumns(std::unique_ptr<Source> source,
                                                    const std::vector<std::string>& paths,
                                                    const Table* table) {
  const auto& schema = source->schema();
  const arrow::FieldVector added = AddedFields(paths[0], *schema, table);
  const arrow::Schema partitions(added);
  if (added.empty()) return source;
  std::map<std::string, FileValues> values;
  for (const std::string& path : paths) {
    if (!partitions.Equals(arrow::Schema(AddedFields(path, *schema, table)))) {
      return DataError(path + ": its folders have other keys than those of " + paths[0],
                       "read folders of one layout at a time");
    }
    FileValues found;
    for (const auto& [key, value] : ParsePartitions(path)) {
      if (const auto field = partitions.GetFieldByName(key)) {
        ARROW_ASSIGN_OR_RAISE(auto scalar, ValueOf(path, *field, value));
        found.push_back(std::move(scalar));
      }
    }
    values.emplace(path, std::move(found));
  }
  arrow::FieldVector fields = schema->fields();
  fields.insert(fields.end(), added.begin(), added.end());
  return std::make_unique<PartitionedSource>(std::move(source), arrow::schema(std::move(fields)),
                                             std::move(values));
}

}  // namespace tamis
