// Fuzzes expressions: any text is refused with an error or bound; what is bound prints as text that
// binds to the same, prints as SQL, and runs over a small batch without a crash.
#include <arrow/array/util.h>
#include <arrow/record_batch.h>

#include <cstdint>
#include <cstdlib>
#include <string>

#include "expr/expr.h"
#include "expr/value.h"

namespace tamis {
namespace {

std::shared_ptr<arrow::RecordBatch> MakeBatch() {
  arrow::ScalarVector values = {std::make_shared<arrow::Int32Scalar>(7),
                                std::make_shared<arrow::StringScalar>("a b\xc3\xa9"),
                                std::make_shared<arrow::DoubleScalar>(-1.5),
                                DecimalScalar(12345, 10, 2),
                                std::make_shared<arrow::Date32Scalar>(17000),
                                std::make_shared<arrow::TimestampScalar>(-1, TimestampType()),
                                std::make_shared<arrow::BooleanScalar>(true)};
  arrow::FieldVector fields;
  arrow::ArrayVector columns;
  const char* names[] = {"a", "s", "f", "m", "d", "p", "c"};
  for (size_t i = 0; i < values.size(); ++i) {
    fields.push_back(arrow::field(names[i], values[i]->type));
    columns.push_back(arrow::MakeArrayFromScalar(*values[i], 3).ValueOrDie());
  }
  return arrow::RecordBatch::Make(arrow::schema(fields), 3, columns);
}

void Check(std::string_view text) {
  static const std::shared_ptr<arrow::RecordBatch> kBatch = MakeBatch();
  static const Parameters kParameters = {
      {"run_time", std::make_shared<arrow::TimestampScalar>(0, TimestampType())},
      {"x", std::make_shared<arrow::StringScalar>("text")}};
  Place place{std::make_shared<SourceText>(SourceText{"fuzz", std::string(text)}), 1, 1};
  auto names = ListNames(text, place);
  auto expr = Expr::Bind(text, place, *kBatch->schema(), kParameters);
  if (!expr.ok()) {
    FormatError(expr.status());
    return;
  }
  if (!names.ok()) std::abort();
  std::string canonical = expr->ToString();
  // A text of many names in quotes may grow beyond the limit that it kept to.
  if (canonical.size() <= kExprBytesMax) {
    auto again = Expr::Bind(canonical, Place{}, *kBatch->schema(), kParameters);
    bool deeper = !again.ok() && again.status().message().find("nested") != std::string::npos;
    if (!deeper && (!again.ok() || again->ToString() != canonical)) std::abort();
  }
  expr->ToSql(Dialect::kDuckdb);
  expr->ToSql(Dialect::kSpark);
  auto result = expr->Evaluate(*kBatch);
  if (result.ok() && !(*result)->ValidateFull().ok()) std::abort();
}

}  // namespace
}  // namespace tamis

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  tamis::Check({reinterpret_cast<const char*>(data), size});
  return 0;
}
