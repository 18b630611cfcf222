// Evaluates expressions for tests: reads a batch (Arrow IPC file) and lines of expressions from
// stdin, prints one JSON object a line: canonical text, type, DuckDB and Spark SQL, and the native
// results as texts (or the error). `expr_eval BATCH.arrow [plain|dictionary]`.
#include <arrow/io/file.h>
#include <arrow/ipc/reader.h>
#include <arrow/util/decimal.h>

#include <cstdio>
#include <iostream>
#include <map>
#include <string>

#include "expr/expr.h"
#include "expr/value.h"

namespace tamis {
namespace {

std::string Json(const std::string& text) {
  std::string out = "\"";
  for (char c : text) {
    char buffer[8];
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      std::snprintf(buffer, sizeof(buffer), "\\u%04x", static_cast<unsigned char>(c));
      out += buffer;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// A value as JSON: null, or a text that Python's side makes of DuckDB's values too.
std::string Shown(const arrow::Array& array, int64_t row) {
  auto value = array.GetScalar(row).ValueOrDie();
  if (array.type_id() == arrow::Type::DICTIONARY) {
    value = static_cast<const arrow::DictionaryScalar&>(*value).GetEncodedValue().ValueOrDie();
  }
  if (!value->is_valid) return "null";
  switch (value->type->id()) {
    case arrow::Type::STRING:
      return Json(static_cast<const arrow::StringScalar&>(*value).ToString());
    case arrow::Type::DOUBLE:
      return Json(DoubleText(static_cast<const arrow::DoubleScalar&>(*value).value));
    case arrow::Type::FLOAT:
      return Json(DoubleText(static_cast<const arrow::FloatScalar&>(*value).value));
    case arrow::Type::DATE32:
      return Json(std::to_string(static_cast<const arrow::Date32Scalar&>(*value).value));
    case arrow::Type::TIMESTAMP:
      return Json(std::to_string(static_cast<const arrow::TimestampScalar&>(*value).value));
    default:
      return Json(value->ToString());
  }
}

arrow::Result<std::shared_ptr<arrow::RecordBatch>> ReadBatch(const char* path) {
  ARROW_ASSIGN_OR_RAISE(auto file, arrow::io::ReadableFile::Open(path));
  ARROW_ASSIGN_OR_RAISE(auto reader, arrow::ipc::RecordBatchFileReader::Open(file));
  return reader->ReadRecordBatch(0);
}

std::string Answer(const std::string& text, const arrow::RecordBatch& batch,
                   const Parameters& parameters) {
  Place place;
  place.source = std::make_shared<SourceText>(SourceText{"input", text});
  place.line = 1;
  place.column = 1;
  std::string out = "{\"input\": " + Json(text);
  auto expr = Expr::Bind(text, place, *batch.schema(), parameters);
  if (!expr.ok()) return out + ", \"error\": " + Json(FormatError(expr.status())) + "}";
  out += ", \"canonical\": " + Json(expr->ToString());
  auto again = Expr::Bind(expr->ToString(), Place{}, *batch.schema(), parameters);
  out += ", \"again\": " + Json(again.ok() ? again->ToString() : again.status().message());
  bool same_type = again.ok() && again->type()->Equals(*expr->type());
  out += std::string(", \"same_type\": ") + (same_type ? "true" : "false");
  out += ", \"type\": " + Json(expr->type()->ToString());
  out += ", \"duckdb\": " + Json(expr->ToSql(Dialect::kDuckdb));
  out += ", \"spark\": " + Json(expr->ToSql(Dialect::kSpark));
  out += std::string(", \"in_duckdb\": ") + (expr->HasSql(Dialect::kDuckdb) ? "true" : "false");
  auto result = expr->Evaluate(batch);
  if (!result.ok()) return out + ", \"failure\": " + Json(result.status().message()) + "}";
  if (auto valid = (*result)->ValidateFull(); !valid.ok()) {
    return out + ", \"failure\": " + Json("invalid array: " + valid.message()) + "}";
  }
  out += std::string(", \"dictionary\": ") +
         ((*result)->type_id() == arrow::Type::DICTIONARY ? "true" : "false") + ", \"values\": [";
  for (int64_t row = 0; row < (*result)->length(); ++row) {
    out += (row ? ", " : "") + Shown(**result, row);
  }
  return out + "]}";
}

}  // namespace
}  // namespace tamis

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fprintf(stderr, "usage: expr_eval BATCH.arrow < expressions\n");
    return 2;
  }
  auto batch = tamis::ReadBatch(argv[1]);
  if (!batch.ok()) {
    std::fprintf(stderr, "%s\n", batch.status().ToString().c_str());
    return 3;
  }
  tamis::Parameters parameters;
  parameters["run_time"] = std::make_shared<arrow::TimestampScalar>(
      1479700000123456, arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"));
  parameters["day"] = std::make_shared<arrow::Date32Scalar>(17000);
  parameters["word"] = std::make_shared<arrow::StringScalar>("it's \\ fine");
  parameters["number"] = std::make_shared<arrow::Int32Scalar>(-7);
  parameters["share"] = std::make_shared<arrow::DoubleScalar>(0.1);
  std::string line;
  while (std::getline(std::cin, line)) {
    std::cout << tamis::Answer(line, **batch, parameters) << "\n";
  }
  return 0;
}
