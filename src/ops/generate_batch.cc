// Fills Arrow buffers block by block. See generate_batch.h.
#include "ops/generate_batch.h"

#include <arrow/builder.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <cmath>

namespace tamis {
namespace {

// Collects one column.
class ColumnMaker {
 public:
  virtual ~ColumnMaker() = default;
  virtual Status Append(const RowBlock& block, size_t count) = 0;
  virtual Result<std::shared_ptr<arrow::Array>> Finish() = 0;
};

// Numbers of a fixed width, straight from a register.
template <typename BuilderType, typename Convert>
class NumberMaker : public ColumnMaker {
 public:
  NumberMaker(const std::shared_ptr<arrow::DataType>& type, Register value, Convert convert)
      : builder_(type, arrow::default_memory_pool()), value_(value), convert_(convert) {}

  Status Append(const RowBlock& block, size_t count) override {
    ARROW_RETURN_NOT_OK(builder_.Reserve(static_cast<int64_t>(count)));
    const int64_t* numbers = block[value_];
    for (size_t i = 0; i < count; ++i) builder_.UnsafeAppend(convert_(numbers[i]));
    return Status::OK();
  }
  Result<std::shared_ptr<arrow::Array>> Finish() override { return builder_.Finish(); }

 private:
  BuilderType builder_;
  Register value_;
  Convert convert_;
};

template <typename BuilderType, typename Convert>
std::unique_ptr<ColumnMaker> MakeNumbers(const ColumnOutput& column, Convert convert) {
  return std::make_unique<NumberMaker<BuilderType, Convert>>(column.type, column.parts[0].value,
                                                             convert);
}

template <typename BuilderType>
std::unique_ptr<ColumnMaker> MakeIntegers(const ColumnOutput& column) {
  using Number = typename BuilderType::value_type;
  return MakeNumbers<BuilderType>(column, [](int64_t n) { return static_cast<Number>(n); });
}

template <typename BuilderType>
std::unique_ptr<ColumnMaker> MakeFloats(const ColumnOutput& column) {
  using Number = typename BuilderType::value_type;
  // Both are exact, so the quotient is the double nearest to the decimal that the text path writes.
  double unit = std::pow(10.0, column.parts[0].digits);
  return MakeNumbers<BuilderType>(
      column, [unit](int64_t n) { return static_cast<Number>(static_cast<double>(n) / unit); });
}

// Words as indices into a dictionary.
class WordMaker : public ColumnMaker {
 public:
  WordMaker(Register value, std::shared_ptr<arrow::Array> dictionary)
      : value_(value), dictionary_(std::move(dictionary)) {}

  Status Append(const RowBlock& block, size_t count) override {
    ARROW_RETURN_NOT_OK(indices_.Reserve(static_cast<int64_t>(count)));
    const int64_t* numbers = block[value_];
    for (size_t i = 0; i < count; ++i) indices_.UnsafeAppend(static_cast<int32_t>(numbers[i]));
    return Status::OK();
  }
  Result<std::shared_ptr<arrow::Array>> Finish() override {
    ARROW_ASSIGN_OR_RAISE(auto indices, indices_.Finish());
    return arrow::DictionaryArray::FromArrays(
        arrow::dictionary(arrow::int32(), dictionary_->type()), indices, dictionary_);
  }

 private:
  Register value_;
  std::shared_ptr<arrow::Array> dictionary_;
  arrow::Int32Builder indices_;
};

// Texts of any parts, put together.
template <typename BuilderType>
class TextMaker : public ColumnMaker {
 public:
  TextMaker(const ColumnOutput& column, const RowProgram& program) : column_(column) {
    size_t bytes = 1;
    for (const Part& part : column.parts) bytes += PartBytesMax(part, program);
    text_.resize(bytes);
  }

  Status Append(const RowBlock& block, size_t count) override {
    for (size_t i = 0; i < count; ++i) {
      char* end = text_.data();
      for (const Part& part : column_.parts) {
        end = FormatPart(part, block[part.value][i], block[part.second][i], end);
      }
      ARROW_RETURN_NOT_OK(
          builder_.Append(std::string_view(text_.data(), static_cast<size_t>(end - text_.data()))));
    }
    return Status::OK();
  }
  Result<std::shared_ptr<arrow::Array>> Finish() override { return builder_.Finish(); }

 private:
  const ColumnOutput& column_;
  std::string text_;
  BuilderType builder_;
};

bool IsOneWord(const ColumnOutput& column) {
  return column.type->id() == arrow::Type::STRING && column.parts.size() == 1 &&
         column.parts[0].kind == Part::Kind::kWord;
}

Result<std::unique_ptr<ColumnMaker>> MakeColumn(const ColumnOutput& column,
                                                const RowProgram& program,
                                                const std::shared_ptr<arrow::Array>& dictionary) {
  if (dictionary) return std::make_unique<WordMaker>(column.parts[0].value, dictionary);
  switch (column.type->id()) {
    case arrow::Type::STRING:
      return std::make_unique<TextMaker<arrow::StringBuilder>>(column, program);
    case arrow::Type::LARGE_STRING:
      return std::make_unique<TextMaker<arrow::LargeStringBuilder>>(column, program);
    case arrow::Type::BOOL:
      return MakeNumbers<arrow::BooleanBuilder>(column, [](int64_t n) { return n != 0; });
    case arrow::Type::INT8:
      return MakeIntegers<arrow::Int8Builder>(column);
    case arrow::Type::UINT8:
      return MakeIntegers<arrow::UInt8Builder>(column);
    case arrow::Type::INT16:
      return MakeIntegers<arrow::Int16Builder>(column);
    case arrow::Type::UINT16:
      return MakeIntegers<arrow::UInt16Builder>(column);
    case arrow::Type::INT32:
      return MakeIntegers<arrow::Int32Builder>(column);
    case arrow::Type::UINT32:
      return MakeIntegers<arrow::UInt32Builder>(column);
    case arrow::Type::INT64:
      return MakeIntegers<arrow::Int64Builder>(column);
    case arrow::Type::UINT64:
      return MakeIntegers<arrow::UInt64Builder>(column);
    case arrow::Type::DATE32:
      return MakeIntegers<arrow::Date32Builder>(column);
    case arrow::Type::TIMESTAMP:
      return MakeIntegers<arrow::TimestampBuilder>(column);
    case arrow::Type::TIME32:
      return MakeIntegers<arrow::Time32Builder>(column);
    case arrow::Type::TIME64:
      return MakeIntegers<arrow::Time64Builder>(column);
    case arrow::Type::FLOAT:
      return MakeFloats<arrow::FloatBuilder>(column);
    case arrow::Type::DOUBLE:
      return MakeFloats<arrow::DoubleBuilder>(column);
    case arrow::Type::DECIMAL128:
      return MakeNumbers<arrow::Decimal128Builder>(column,
                                                   [](int64_t n) { return arrow::Decimal128(n); });
    default:
      return Status::NotImplemented("generated column of type ", column.type->ToString());
  }
}

}  // namespace

Result<BatchProgram> BatchProgram::Make(std::shared_ptr<const RowProgram> rows) {
  BatchProgram program;
  arrow::FieldVector fields;
  for (const ColumnOutput& column : rows->columns) {
    std::shared_ptr<arrow::Array> dictionary;
    std::shared_ptr<arrow::DataType> type = column.type;
    if (IsOneWord(column)) {
      arrow::StringBuilder builder;
      ARROW_RETURN_NOT_OK(builder.AppendValues(column.parts[0].words->words()));
      ARROW_RETURN_NOT_OK(builder.Finish(&dictionary));
      type = arrow::dictionary(arrow::int32(), arrow::utf8());
    }
    fields.push_back(arrow::field(column.name, type, column.nullable));
    program.dictionaries_.push_back(std::move(dictionary));
  }
  program.schema_ = arrow::schema(std::move(fields));
  program.rows_ = std::move(rows);
  return program;
}

Result<std::shared_ptr<arrow::RecordBatch>> BatchProgram::Rows(int64_t first_row,
                                                               int64_t row_count) const {
  std::vector<std::unique_ptr<ColumnMaker>> makers;
  for (size_t i = 0; i < rows_->columns.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(auto maker, MakeColumn(rows_->columns[i], *rows_, dictionaries_[i]));
    makers.push_back(std::move(maker));
  }
  RowBlock block(*rows_);
  constexpr auto kRows = static_cast<int64_t>(kBlockRows);
  for (int64_t done = 0; done < row_count; done += kRows) {
    auto count = static_cast<size_t>(std::min(row_count - done, kRows));
    ARROW_RETURN_NOT_OK(block.Fill(first_row + done, count));
    for (const auto& maker : makers) ARROW_RETURN_NOT_OK(maker->Append(block, count));
  }
  arrow::ArrayVector arrays;
  for (const auto& maker : makers) {
    ARROW_ASSIGN_OR_RAISE(auto array, maker->Finish());
    arrays.push_back(std::move(array));
  }
  return arrow::RecordBatch::Make(schema_, row_count, std::move(arrays));
}

}  // namespace tamis
