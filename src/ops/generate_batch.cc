// Fills Arrow buffers block by block. See generate_batch.h.
#include "ops/generate_batch.h"

#include <arrow/array/concatenate.h>
#include <arrow/array/util.h>
#include <arrow/builder.h>
#include <arrow/compute/api_vector.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <bit>
#include <cmath>

#include "ops/text_buffer.h"

namespace tamis {
namespace {

// Collects one column.
class ColumnMaker {
 public:
  virtual ~ColumnMaker() = default;
  virtual Status Append(const RowBlock& block, size_t count) = 0;
  virtual Result<std::shared_ptr<arrow::Array>> Finish() = 0;
};

using ArrayPointer = std::shared_ptr<arrow::Array>;

// Where the column has a value; null: in every row.
const int64_t* PresentIn(const ColumnOutput& column, const RowBlock& block) {
  return column.present == kAlways ? nullptr : block[column.present];
}

// Numbers of a fixed width, straight from a register.
template <typename BuilderType, typename Convert>
class NumberMaker : public ColumnMaker {
 public:
  NumberMaker(const ColumnOutput& column, Convert convert)
      : column_(column), builder_(column.type, arrow::default_memory_pool()), convert_(convert) {}

  Status Append(const RowBlock& block, size_t count) override {
    ARROW_RETURN_NOT_OK(builder_.Reserve(static_cast<int64_t>(count)));
    const int64_t* numbers = block[column_.parts[0].value];
    const int64_t* present = PresentIn(column_, block);
    for (size_t i = 0; i < count; ++i) {
      if (present && !present[i]) {
        builder_.UnsafeAppendNull();
      } else {
        builder_.UnsafeAppend(convert_(numbers[i]));
      }
    }
    return Status::OK();
  }
  Result<ArrayPointer> Finish() override { return builder_.Finish(); }

 private:
  const ColumnOutput& column_;
  BuilderType builder_;
  Convert convert_;
};

template <typename BuilderType, typename Convert>
std::unique_ptr<ColumnMaker> MakeNumbers(const ColumnOutput& column, Convert convert) {
  return std::make_unique<NumberMaker<BuilderType, Convert>>(column, convert);
}

template <typename BuilderType>
std::unique_ptr<ColumnMaker> MakeIntegers(const ColumnOutput& column) {
  using Number = typename BuilderType::value_type;
  return MakeNumbers<BuilderType>(column, [](int64_t n) { return static_cast<Number>(n); });
}

template <typename BuilderType>
std::unique_ptr<ColumnMaker> MakeFloats(const ColumnOutput& column) {
  using Number = typename BuilderType::value_type;
  const Part& part = column.parts[0];
  if (part.kind == Part::Kind::kDouble || part.kind == Part::Kind::kFloat) {
    return MakeNumbers<BuilderType>(
        column, [](int64_t bits) { return static_cast<Number>(std::bit_cast<double>(bits)); });
  }
  // Both are exact, so the quotient is the double nearest to the decimal that the text path writes.
  double unit = std::pow(10.0, part.digits);
  return MakeNumbers<BuilderType>(
      column, [unit](int64_t n) { return static_cast<Number>(static_cast<double>(n) / unit); });
}

// Words as indices into a dictionary.
class WordMaker : public ColumnMaker {
 public:
  WordMaker(const ColumnOutput& column, ArrayPointer dictionary)
      : column_(column), dictionary_(std::move(dictionary)) {}

  Status Append(const RowBlock& block, size_t count) override {
    ARROW_RETURN_NOT_OK(indices_.Reserve(static_cast<int64_t>(count)));
    const int64_t* numbers = block[column_.parts[0].value];
    const int64_t* present = PresentIn(column_, block);
    for (size_t i = 0; i < count; ++i) {
      if (present && !present[i]) {
        indices_.UnsafeAppendNull();
      } else {
        indices_.UnsafeAppend(static_cast<int32_t>(numbers[i]));
      }
    }
    return Status::OK();
  }
  Result<ArrayPointer> Finish() override {
    ARROW_ASSIGN_OR_RAISE(auto indices, indices_.Finish());
    return arrow::DictionaryArray::FromArrays(
        arrow::dictionary(arrow::int32(), dictionary_->type()), indices, dictionary_);
  }

 private:
  const ColumnOutput& column_;
  ArrayPointer dictionary_;
  arrow::Int32Builder indices_;
};

// Texts of any parts, put together.
template <typename BuilderType>
class TextMaker : public ColumnMaker {
 public:
  TextMaker(const ColumnOutput& column, const RowProgram& program) : column_(column) {
    for (const Part& part : column.parts) bytes_max_ += PartBytesMax(part, program);
  }

  Status Append(const RowBlock& block, size_t count) override {
    const int64_t* present = PresentIn(column_, block);
    for (size_t i = 0; i < count; ++i) {
      if (present && !present[i]) {
        ARROW_RETURN_NOT_OK(builder_.AppendNull());
        continue;
      }
      text_.Clear();
      char* end = text_.Room(bytes_max_ + UnboundedBytes(block, i));
      for (const Part& part : column_.parts) {
        if (part.guard != kAlways && !block[part.guard][i]) continue;
        end = FormatPart(part, block[part.value][i], block[part.second][i], end);
      }
      text_.SetEnd(end);
      ARROW_RETURN_NOT_OK(builder_.Append(text_.view()));
    }
    return Status::OK();
  }
  Result<ArrayPointer> Finish() override { return builder_.Finish(); }

 private:
  size_t UnboundedBytes(const RowBlock& block, size_t row) const {
    size_t bytes = 1;
    for (const Part& part : column_.parts) {
      if (IsUnbounded(part)) bytes += static_cast<size_t>(block[part.second][row]);
    }
    return bytes;
  }

  const ColumnOutput& column_;
  size_t bytes_max_ = 0;
  TextBuffer text_;
  BuilderType builder_;
};

using Makers = std::vector<std::unique_ptr<ColumnMaker>>;

Result<Makers> MakeChildren(const ColumnOutput& column, const RowProgram& program);

Status AppendAll(const Makers& makers, const RowBlock& block, size_t count) {
  for (const auto& maker : makers) ARROW_RETURN_NOT_OK(maker->Append(block, count));
  return Status::OK();
}

Result<arrow::ArrayVector> FinishAll(const Makers& makers) {
  arrow::ArrayVector arrays;
  for (const auto& maker : makers) {
    ARROW_ASSIGN_OR_RAISE(auto array, maker->Finish());
    arrays.push_back(std::move(array));
  }
  return arrays;
}

class StructMaker : public ColumnMaker {
 public:
  StructMaker(const ColumnOutput& column, Makers fields)
      : column_(column), fields_(std::move(fields)) {}

  Status Append(const RowBlock& block, size_t count) override {
    rows_ += static_cast<int64_t>(count);
    if (const int64_t* present = PresentIn(column_, block)) {
      for (size_t i = 0; i < count; ++i) ARROW_RETURN_NOT_OK(valid_.Append(present[i] != 0));
    }
    return AppendAll(fields_, block, count);
  }
  Result<ArrayPointer> Finish() override {
    ARROW_ASSIGN_OR_RAISE(auto arrays, FinishAll(fields_));
    std::shared_ptr<arrow::Buffer> valid;
    if (column_.present != kAlways) {
      ARROW_ASSIGN_OR_RAISE(valid, valid_.Finish());
    }
    return std::make_shared<arrow::StructArray>(column_.type, rows_, arrays, valid);
  }

 private:
  const ColumnOutput& column_;
  Makers fields_;
  int64_t rows_ = 0;
  arrow::TypedBufferBuilder<bool> valid_;
};

// Lists and maps: each place of the list is a column of all rows, from which those that the rows
// have are taken row by row.
class ListMaker : public ColumnMaker {
 public:
  ListMaker(const ColumnOutput& column, Makers elements)
      : column_(column), elements_(std::move(elements)) {}

  Status Append(const RowBlock& block, size_t count) override {
    const int64_t* present = PresentIn(column_, block);
    const int64_t* counts = block[column_.count];
    for (size_t i = 0; i < count; ++i) {
      const bool is_null = present && !present[i];
      counts_.push_back(is_null ? -1 : static_cast<int32_t>(counts[i]));
    }
    return AppendAll(elements_, block, count);
  }

  Result<ArrayPointer> Finish() override {
    arrow::Int32Builder offsets;
    arrow::Int64Builder taken;
    arrow::TypedBufferBuilder<bool> valid;
    const auto rows = static_cast<int64_t>(counts_.size());
    int32_t end = 0;
    ARROW_RETURN_NOT_OK(offsets.Append(0));
    for (int64_t row = 0; row < rows; ++row) {
      const int32_t count = counts_[static_cast<size_t>(row)];
      ARROW_RETURN_NOT_OK(valid.Append(count >= 0));
      for (int64_t i = 0; i < count; ++i) ARROW_RETURN_NOT_OK(taken.Append(i * rows + row));
      end += std::max(count, 0);
      ARROW_RETURN_NOT_OK(offsets.Append(end));
    }
    ARROW_ASSIGN_OR_RAISE(auto places, FinishAll(elements_));
    ARROW_ASSIGN_OR_RAISE(auto all, arrow::Concatenate(places));
    ARROW_ASSIGN_OR_RAISE(auto indices, taken.Finish());
    ARROW_ASSIGN_OR_RAISE(auto values, arrow::compute::Take(*all, *indices));
    ARROW_ASSIGN_OR_RAISE(auto ends, offsets.Finish());
    std::shared_ptr<arrow::Buffer> validity;
    if (column_.present != kAlways) {
      ARROW_ASSIGN_OR_RAISE(validity, valid.Finish());
    }
    auto data = arrow::ArrayData::Make(column_.type, rows, {validity, ends->data()->buffers[1]},
                                       {values->data()}, arrow::kUnknownNullCount);
    return arrow::MakeArray(data);
  }

 private:
  const ColumnOutput& column_;
  Makers elements_;
  std::vector<int32_t> counts_;  // -1: NULL
};

bool IsOneWord(const ColumnOutput& column) {
  return column.type->id() == arrow::Type::STRING && column.parts.size() == 1 &&
         column.parts[0].kind == Part::Kind::kWord && column.parts[0].guard == kAlways;
}

Result<std::unique_ptr<ColumnMaker>> MakeColumn(const ColumnOutput& column,
                                                const RowProgram& program,
                                                const ArrayPointer& dictionary) {
  if (dictionary) return std::make_unique<WordMaker>(column, dictionary);
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
    case arrow::Type::STRUCT: {
      ARROW_ASSIGN_OR_RAISE(Makers fields, MakeChildren(column, program));
      return std::make_unique<StructMaker>(column, std::move(fields));
    }
    case arrow::Type::LIST:
    case arrow::Type::MAP: {
      ARROW_ASSIGN_OR_RAISE(Makers elements, MakeChildren(column, program));
      return std::make_unique<ListMaker>(column, std::move(elements));
    }
    default:
      return Status::NotImplemented("generated column of type ", column.type->ToString());
  }
}

Result<Makers> MakeChildren(const ColumnOutput& column, const RowProgram& program) {
  Makers makers;
  for (const ColumnOutput& child : column.children) {
    ARROW_ASSIGN_OR_RAISE(auto maker, MakeColumn(child, program, nullptr));
    makers.push_back(std::move(maker));
  }
  return makers;
}

}  // namespace

Result<ArrayPointer> MakeBlockArray(const ColumnOutput& column, const RowBlock& block,
                                    size_t count) {
  ARROW_ASSIGN_OR_RAISE(auto maker, MakeColumn(column, block.program(), nullptr));
  ARROW_RETURN_NOT_OK(maker->Append(block, count));
  return maker->Finish();
}

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
  Makers makers;
  for (size_t i = 0; i < rows_->columns.size(); ++i) {
    ARROW_ASSIGN_OR_RAISE(auto maker, MakeColumn(rows_->columns[i], *rows_, dictionaries_[i]));
    makers.push_back(std::move(maker));
  }
  RowBlock block(*rows_);
  constexpr auto kRows = static_cast<int64_t>(kBlockRows);
  for (int64_t done = 0; done < row_count; done += kRows) {
    auto count = static_cast<size_t>(std::min(row_count - done, kRows));
    ARROW_RETURN_NOT_OK(block.Fill(first_row + done, count));
    ARROW_RETURN_NOT_OK(AppendAll(makers, block, count));
  }
  ARROW_ASSIGN_OR_RAISE(auto arrays, FinishAll(makers));
  return arrow::RecordBatch::Make(schema_, row_count, std::move(arrays));
}

}  // namespace tamis
