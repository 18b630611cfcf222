// Type mapping and the fixed parts of a footer. See parquet_types.h.
#include "format/parquet_types.h"

#include <arrow/buffer.h>
#include <arrow/ipc/writer.h>
#include <arrow/type_traits.h>
#include <arrow/util/base64.h>

#include "format/parquet_thrift.h"

namespace tamis {
namespace {

// parquet.thrift's ConvertedType.
enum Converted : int32_t {
  kUtf8 = 0,
  kDecimalConverted = 5,
  kDateConverted = 6,
  kTimeMillis = 7,
  kTimeMicros = 8,
  kTimestampMillis = 9,
  kTimestampMicros = 10,
  kUint8 = 11,
  kInt8 = 15,
};

constexpr int32_t kMaxInt32Digits = 9;
constexpr int32_t kMaxInt64Digits = 18;

void SetInteger(ParquetType* out, int bit_width, bool is_signed) {
  out->physical = bit_width == 64 ? ParquetPhysical::kInt64 : ParquetPhysical::kInt32;
  out->order = is_signed ? ParquetOrder::kSigned : ParquetOrder::kUnsigned;
  out->logical = ParquetLogical::kInteger;
  out->bit_width = static_cast<int8_t>(bit_width);
  out->is_signed = is_signed;
  int32_t log = bit_width == 8 ? 0 : bit_width == 16 ? 1 : bit_width == 32 ? 2 : 3;
  out->converted = (is_signed ? kInt8 : kUint8) + log;
}

int8_t UnitOf(arrow::TimeUnit::type unit) {
  switch (unit) {
    case arrow::TimeUnit::MICRO:
      return 2;
    case arrow::TimeUnit::NANO:
      return 3;
    default:
      return 1;  // seconds are stored as milliseconds
  }
}

void SetTime(ParquetType* out, arrow::TimeUnit::type unit) {
  out->unit = UnitOf(unit);
  out->physical = out->unit == 1 ? ParquetPhysical::kInt32 : ParquetPhysical::kInt64;
  out->order = ParquetOrder::kSigned;
  out->logical = ParquetLogical::kTime;
  out->is_utc = false;  // a time of day on no particular clock
  if (out->unit < 3) out->converted = out->unit == 1 ? kTimeMillis : kTimeMicros;
}

void SetTimestamp(ParquetType* out, const arrow::TimestampType& type) {
  out->unit = UnitOf(type.unit());
  out->physical = ParquetPhysical::kInt64;
  out->order = ParquetOrder::kSigned;
  out->logical = ParquetLogical::kTimestamp;
  out->is_utc = !type.timezone().empty();
  // parquet.thrift asks for the converted type whatever is_utc is; old Hive knows no other.
  if (out->unit < 3) out->converted = out->unit == 1 ? kTimestampMillis : kTimestampMicros;
}

Status SetDecimal(ParquetType* out, const arrow::DecimalType& type) {
  if (type.scale() < 0 || type.scale() > type.precision()) {
    return Status::NotImplemented("Parquet has no ", type.ToString());
  }
  out->precision = type.precision();
  out->scale = type.scale();
  out->order = ParquetOrder::kSigned;
  out->logical = ParquetLogical::kDecimal;
  out->converted = kDecimalConverted;
  if (out->precision <= kMaxInt32Digits) {
    out->physical = ParquetPhysical::kInt32;
  } else if (out->precision <= kMaxInt64Digits) {
    out->physical = ParquetPhysical::kInt64;
  } else {
    out->physical = ParquetPhysical::kFixedLenByteArray;
    out->order = ParquetOrder::kSignedBytes;
    out->length = arrow::DecimalType::DecimalSize(out->precision);
  }
  return Status::OK();
}

void SetPlain(ParquetType* out, ParquetPhysical physical, ParquetOrder order) {
  out->physical = physical;
  out->order = order;
}

void SetBytes(ParquetType* out, bool is_text) {
  SetPlain(out, ParquetPhysical::kByteArray, ParquetOrder::kBytes);
  if (is_text) {
    out->logical = ParquetLogical::kString;
    out->converted = kUtf8;
  }
}

void SetDate(ParquetType* out) {
  SetPlain(out, ParquetPhysical::kInt32, ParquetOrder::kSigned);
  out->logical = ParquetLogical::kDate;
  out->converted = kDateConverted;
}

void WriteUnit(ThriftWriter* writer, bool is_utc, int8_t unit) {
  writer->Bool(1, is_utc);
  writer->BeginField(2);
  writer->EmptyStruct(unit);
  writer->EndStruct();
}

void WriteLogical(ThriftWriter* writer, const ParquetType& type) {
  writer->BeginField(10);
  writer->BeginField(static_cast<int>(type.logical));
  switch (type.logical) {
    case ParquetLogical::kDecimal:
      writer->I32(1, type.scale);
      writer->I32(2, type.precision);
      break;
    case ParquetLogical::kTime:
    case ParquetLogical::kTimestamp:
      WriteUnit(writer, type.is_utc, type.unit);
      break;
    case ParquetLogical::kInteger:
      writer->I8(1, type.bit_width);
      writer->Bool(2, type.is_signed);
      break;
    default:
      break;
  }
  writer->EndStruct();
  writer->EndStruct();
}

void WriteElement(ThriftWriter* writer, const ParquetColumn& column) {
  const ParquetType& type = column.type;
  writer->BeginStruct();
  writer->I32(1, static_cast<int32_t>(type.physical));
  if (type.length > 0) writer->I32(2, type.length);
  writer->I32(3, column.is_optional ? 1 : 0);
  writer->Binary(4, column.name);
  if (type.converted >= 0) writer->I32(6, type.converted);
  if (type.logical == ParquetLogical::kDecimal) {
    writer->I32(7, type.scale);
    writer->I32(8, type.precision);
  }
  if (type.logical != ParquetLogical::kNone) WriteLogical(writer, type);
  writer->EndStruct();
}

std::string EncodeElements(const std::vector<ParquetColumn>& columns) {
  std::string out;
  ThriftWriter writer(&out);
  writer.StructListStart(columns.size() + 1);
  writer.BeginStruct();
  writer.I32(3, 0);
  writer.Binary(4, "schema");
  writer.I32(5, static_cast<int32_t>(columns.size()));
  writer.EndStruct();
  for (const ParquetColumn& column : columns) WriteElement(&writer, column);
  return out;
}

std::string EncodeColumnOrders(size_t column_count) {
  std::string out;
  ThriftWriter writer(&out);
  writer.StructListStart(column_count);
  for (size_t i = 0; i < column_count; ++i) {
    writer.BeginStruct();
    writer.EmptyStruct(1);  // TYPE_ORDER
    writer.EndStruct();
  }
  return out;
}

std::string EncodeKeyValues(const std::vector<std::pair<std::string, std::string>>& pairs) {
  std::string out;
  ThriftWriter writer(&out);
  writer.StructListStart(pairs.size());
  for (const auto& [key, value] : pairs) {
    writer.BeginStruct();
    writer.Binary(1, key);
    writer.Binary(2, value);
    writer.EndStruct();
  }
  return out;
}

}  // namespace

Result<ParquetType> ParquetTypeOf(const std::shared_ptr<arrow::DataType>& type) {
  ParquetType out;
  out.arrow_type = type;
  switch (type->id()) {
    case arrow::Type::DICTIONARY:
      return ParquetTypeOf(static_cast<const arrow::DictionaryType&>(*type).value_type());
    case arrow::Type::NA:
      out.logical = ParquetLogical::kNull;
      break;
    case arrow::Type::BOOL:
      SetPlain(&out, ParquetPhysical::kBoolean, ParquetOrder::kUnsigned);
      break;
    case arrow::Type::INT8:
    case arrow::Type::INT16:
    case arrow::Type::UINT8:
    case arrow::Type::UINT16:
    case arrow::Type::UINT32:
    case arrow::Type::UINT64:
      SetInteger(&out, type->bit_width(), arrow::is_signed_integer(type->id()));
      break;
    // Plain INT32 and INT64 need no annotation, and old readers like them best without.
    case arrow::Type::INT32:
      SetPlain(&out, ParquetPhysical::kInt32, ParquetOrder::kSigned);
      break;
    case arrow::Type::INT64:
    case arrow::Type::DURATION:
      SetPlain(&out, ParquetPhysical::kInt64, ParquetOrder::kSigned);
      break;
    case arrow::Type::FLOAT:
      SetPlain(&out, ParquetPhysical::kFloat, ParquetOrder::kFloat);
      break;
    case arrow::Type::DOUBLE:
      SetPlain(&out, ParquetPhysical::kDouble, ParquetOrder::kFloat);
      break;
    case arrow::Type::DATE32:
    case arrow::Type::DATE64:
      SetDate(&out);
      break;
    case arrow::Type::TIME32:
    case arrow::Type::TIME64:
      SetTime(&out, static_cast<const arrow::TimeType&>(*type).unit());
      break;
    case arrow::Type::TIMESTAMP:
      SetTimestamp(&out, static_cast<const arrow::TimestampType&>(*type));
      break;
    case arrow::Type::DECIMAL128:
      ARROW_RETURN_NOT_OK(SetDecimal(&out, static_cast<const arrow::DecimalType&>(*type)));
      break;
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW:
      SetBytes(&out, true);
      break;
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
    case arrow::Type::BINARY_VIEW:
      SetBytes(&out, false);
      break;
    case arrow::Type::FIXED_SIZE_BINARY:
      SetPlain(&out, ParquetPhysical::kFixedLenByteArray, ParquetOrder::kBytes);
      out.length = static_cast<const arrow::FixedSizeBinaryType&>(*type).byte_width();
      if (out.length == 0) return Status::NotImplemented("fixed_size_binary[0] in Parquet");
      break;
    default:
      return Status::NotImplemented("not a flat type: ", type->ToString());
  }
  return out;
}

Result<std::shared_ptr<const ParquetSchema>> ParquetSchema::Make(
    const std::shared_ptr<arrow::Schema>& schema,
    const std::vector<std::pair<std::string, std::string>>& metadata) {
  std::shared_ptr<ParquetSchema> out(new ParquetSchema());
  out->arrow_schema_ = schema;
  arrow::FieldVector value_fields;
  for (const auto& field : schema->fields()) {
    ARROW_ASSIGN_OR_RAISE(ParquetType type, ParquetTypeOf(field->type()));
    // A null column has nothing but NULLs.
    bool is_optional = field->nullable() || type.logical == ParquetLogical::kNull;
    value_fields.push_back(field->WithType(type.arrow_type));
    out->columns_.push_back({field->name(), std::move(type), is_optional});
  }
  out->elements_ = EncodeElements(out->columns_);
  out->column_orders_ = EncodeColumnOrders(out->columns_.size());
  arrow::Schema value_schema(value_fields, schema->metadata());
  ARROW_ASSIGN_OR_RAISE(auto message, arrow::ipc::SerializeSchema(value_schema));
  auto pairs = metadata;
  pairs.emplace_back("ARROW:schema",
                     arrow::util::base64_encode(std::string_view(
                         message->data_as<char>(), static_cast<size_t>(message->size()))));
  out->key_values_ = EncodeKeyValues(pairs);
  return std::shared_ptr<const ParquetSchema>(std::move(out));
}

}  // namespace tamis
