// Casts of whole columns by Arrow, which refuses what would lose a value. See conform.h.
#include "local/conform.h"

#include <arrow/array.h>
#include <arrow/compute/cast.h>

#include "base/dictionary.h"
#include "base/suggest.h"

namespace tamis {
namespace {

using TypePtr = std::shared_ptr<arrow::DataType>;

// Types of one family hold the same kind of value.
enum class Family { kNumber, kText, kBinary, kDate, kTime, kInstant, kWallClock, kOther };

Family FamilyOf(const arrow::DataType& type) {
  if (arrow::is_integer(type.id()) || arrow::is_floating(type.id()) ||
      arrow::is_decimal(type.id())) {
    return Family::kNumber;
  }
  switch (type.id()) {
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW:
      return Family::kText;
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW:
    case arrow::Type::FIXED_SIZE_BINARY:
      return Family::kBinary;
    case arrow::Type::DATE32:
    case arrow::Type::DATE64:
      return Family::kDate;
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
      return Family::kTime;
    case arrow::Type::TIMESTAMP:
      return static_cast<const arrow::TimestampType&>(type).timezone().empty() ? Family::kWallClock
                                                                               : Family::kInstant;
    default:
      return Family::kOther;
  }
}

// The one type among those that mean the same.
TypePtr CommonType(const TypePtr& type) {
  TypePtr value = DictionaryValueType(type);
  switch (FamilyOf(*value)) {
    case Family::kText:
      return arrow::utf8();
    case Family::kBinary:
      return value->id() == arrow::Type::FIXED_SIZE_BINARY ? value : arrow::binary();
    case Family::kDate:
      return arrow::date32();
    default:
      return value;
  }
}

bool IsNested(const arrow::DataType& type) {
  return type.id() == arrow::Type::STRUCT || type.id() == arrow::Type::LIST ||
         type.id() == arrow::Type::MAP;
}

bool CanBecome(const arrow::DataType& from, const arrow::DataType& to) {
  if (from.Equals(to) || from.id() == arrow::Type::NA) return true;
  if (IsNested(to)) {
    // Parts have the same order; those of a struct also the same names.
    bool same = from.id() == to.id() && from.num_fields() == to.num_fields();
    for (int i = 0; same && i < to.num_fields(); ++i) {
      same = CanBecome(*from.field(i)->type(), *to.field(i)->type()) &&
             (to.id() != arrow::Type::STRUCT || from.field(i)->name() == to.field(i)->name());
    }
    return same;
  }
  Family family = FamilyOf(from);
  // A contract's wall clock that says UTC of itself is an instant; the other way loses that.
  if (family == Family::kWallClock && FamilyOf(to) == Family::kInstant) return true;
  return family != Family::kOther && family == FamilyOf(to);
}

// Parts are cast one by one: Arrow refuses to cast what may be NULL to what may not, though here
// the contract's rules say so row by row.
Result<std::shared_ptr<arrow::ArrayData>> CastTo(const std::shared_ptr<arrow::ArrayData>& data,
                                                 const TypePtr& type) {
  if (data->type->Equals(*type)) return data;
  if (!IsNested(*type) || data->type->id() != type->id()) {
    ARROW_ASSIGN_OR_RAISE(auto cast, arrow::compute::Cast(*arrow::MakeArray(data), type));
    return cast->data();
  }
  std::shared_ptr<arrow::ArrayData> out = data->Copy();
  out->type = type;
  for (size_t i = 0; i < out->child_data.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(out->child_data[i],
                          CastTo(out->child_data[i], type->field(static_cast<int>(i))->type()));
  }
  return out;
}

class ConformedSource : public Source {
 public:
  ConformedSource(std::unique_ptr<Source> source, std::shared_ptr<arrow::Schema> schema,
                  std::string path)
      : source_(std::move(source)), schema_(std::move(schema)), path_(std::move(path)) {}

  const std::shared_ptr<arrow::Schema>& schema() const override { return schema_; }
  int64_t TotalBytes() const override { return source_->TotalBytes(); }
  int64_t ReadBytes() const override { return source_->ReadBytes(); }

  Result<std::optional<Chunk>> Next() override {
    ARROW_ASSIGN_OR_RAISE(auto chunk, source_->Next());
    if (!chunk) return chunk;
    arrow::ArrayVector columns = chunk->batch->columns();
    for (size_t i = 0; i < columns.size(); ++i) {
      const auto& field = schema_->field(static_cast<int>(i));
      if (columns[i]->type()->Equals(*field->type())) continue;
      auto cast = CastTo(columns[i]->data(), field->type());
      if (!cast.ok()) {
        return DataError(path_ + ": column " + field->name() + ": a value is no " +
                             field->type()->ToString() + ": " + cast.status().message(),
                         "nothing was published");
      }
      columns[i] = arrow::MakeArray(*cast);
    }
    chunk->batch = arrow::RecordBatch::Make(schema_, chunk->batch->num_rows(), std::move(columns));
    return chunk;
  }

 private:
  std::unique_ptr<Source> source_;
  std::shared_ptr<arrow::Schema> schema_;
  std::string path_;
};

Status CheckColumn(const Column& column, const arrow::Schema& schema, const std::string& path) {
  auto field = schema.GetFieldByName(column.name);
  if (!field) {
    std::string hint = DidYouMean(column.name, schema.field_names());
    return DataErrorAt(column.place, path + ": no column " + column.name,
                       hint.empty() ? "the file has " + schema.ToString() : hint);
  }
  if (CanBecome(*DictionaryValueType(field->type()), *column.type)) return Status::OK();
  return DataErrorAt(column.place,
                     path + ": column " + column.name + " is " + field->type()->ToString() +
                         ", not " + column.type->ToString(),
                     "change the contract's type, or convert the column by derive in a pipeline");
}

}  // namespace

Result<std::unique_ptr<Source>> ConformSource(std::unique_ptr<Source> source, const Table* table,
                                              const std::string& path) {
  const arrow::Schema& from = *source->schema();
  for (const Column& column : table ? table->columns : std::vector<Column>()) {
    ARROW_RETURN_NOT_OK(CheckColumn(column, from, path));
  }
  arrow::FieldVector fields;
  bool same = true;
  for (const auto& field : from.fields()) {
    TypePtr type = CommonType(field->type());
    int column = table ? table->ColumnIndex(field->name()) : -1;
    if (column >= 0) type = table->columns[static_cast<size_t>(column)].type;
    same &= type->Equals(*field->type());
    fields.push_back(field->WithType(type));
  }
  if (same) return source;
  return std::make_unique<ConformedSource>(std::move(source), arrow::schema(fields), path);
}

}  // namespace tamis
