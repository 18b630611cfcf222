// Decodes dictionaries. See dictionary.h.
#include "base/dictionary.h"

#include <arrow/array/builder_base.h>
#include <arrow/builder.h>
#include <arrow/util/byte_size.h>

namespace tamis {

std::shared_ptr<arrow::DataType> DictionaryValueType(const std::shared_ptr<arrow::DataType>& type) {
  if (type->id() != arrow::Type::DICTIONARY) return type;
  return static_cast<const arrow::DictionaryType&>(*type).value_type();
}

Result<std::shared_ptr<arrow::Array>> DecodeDictionary(const std::shared_ptr<arrow::Array>& array) {
  if (array->type_id() != arrow::Type::DICTIONARY) return array;
  const auto& coded = static_cast<const arrow::DictionaryArray&>(*array);
  ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(DictionaryValueType(array->type())));
  ARROW_RETURN_NOT_OK(builder->Reserve(coded.length()));
  arrow::ArraySpan values(*coded.dictionary()->data());
  for (int64_t row = 0; row < coded.length(); ++row) {
    if (coded.IsNull(row)) {
      ARROW_RETURN_NOT_OK(builder->AppendNull());
    } else {
      ARROW_RETURN_NOT_OK(builder->AppendArraySlice(values, coded.GetValueIndex(row), 1));
    }
  }
  return builder->Finish();
}

Result<std::shared_ptr<arrow::RecordBatch>> DecodeDictionaries(const arrow::RecordBatch& batch) {
  arrow::ArrayVector columns;
  arrow::FieldVector fields;
  for (int i = 0; i < batch.num_columns(); ++i) {
    ARROW_ASSIGN_OR_RAISE(auto column, DecodeDictionary(batch.column(i)));
    fields.push_back(batch.schema()->field(i)->WithType(column->type()));
    columns.push_back(std::move(column));
  }
  return arrow::RecordBatch::Make(arrow::schema(fields), batch.num_rows(), columns);
}

}  // namespace tamis
