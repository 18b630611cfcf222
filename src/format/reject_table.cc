// Builds the rejects table. Does not write it.
#include "format/reject_table.h"

#include <arrow/builder.h>

#include "text/utf8.h"

namespace tamis {
namespace {

/// Valid UTF-8: a byte that begins no sequence becomes U+FFFD.
std::string Repaired(std::string_view text) {
  std::string repaired;
  while (true) {
    const size_t bad = FindInvalidUtf8(text);
    repaired.append(text.substr(0, bad));
    if (bad == std::string_view::npos) return repaired;
    repaired.append("\xEF\xBF\xBD");
    text.remove_prefix(bad + 1);
  }
}

std::shared_ptr<arrow::DataType> ReasonType() {
  return arrow::struct_(
      {arrow::field("column", arrow::utf8()), arrow::field("rule", arrow::utf8(), false),
       arrow::field("value", arrow::utf8()), arrow::field("message", arrow::utf8(), false)});
}

/// The builders of the nested column.
struct ReasonsBuilder {
  std::shared_ptr<arrow::StringBuilder> column = std::make_shared<arrow::StringBuilder>();
  std::shared_ptr<arrow::StringBuilder> rule = std::make_shared<arrow::StringBuilder>();
  std::shared_ptr<arrow::StringBuilder> value = std::make_shared<arrow::StringBuilder>();
  std::shared_ptr<arrow::StringBuilder> message = std::make_shared<arrow::StringBuilder>();
  std::shared_ptr<arrow::StructBuilder> reason = std::make_shared<arrow::StructBuilder>(
      ReasonType(), arrow::default_memory_pool(),
      std::vector<std::shared_ptr<arrow::ArrayBuilder>>{column, rule, value, message});
  arrow::ListBuilder list{arrow::default_memory_pool(), reason,
                          arrow::list(arrow::field("item", ReasonType(), false))};

  Status Append(const std::vector<Reason>& reasons, const std::vector<std::string>& names) {
    ARROW_RETURN_NOT_OK(list.Append());
    for (const Reason& why : reasons) {
      ARROW_RETURN_NOT_OK(reason->Append());
      const std::string text = Repaired(why.value);
      const std::string name = ReasonColumn(why, names);
      if (!name.empty()) {
        ARROW_RETURN_NOT_OK(column->Append(Repaired(name)));
        ARROW_RETURN_NOT_OK(value->Append(text));
      } else {
        ARROW_RETURN_NOT_OK(column->AppendNull());
        ARROW_RETURN_NOT_OK(value->AppendNull());
      }
      ARROW_RETURN_NOT_OK(rule->Append(RuleName(why.rule)));
      Reason shown = why;
      shown.value = text;
      ARROW_RETURN_NOT_OK(message->Append(Repaired(ReasonMessage(shown))));
    }
    return Status::OK();
  }
};

}  // namespace

std::shared_ptr<arrow::Schema> RejectSchema() {
  return arrow::schema({
      arrow::field("file", arrow::utf8(), false),
      arrow::field("record", arrow::int64(), false),
      arrow::field("line", arrow::int64(), false),
      arrow::field("byte_offset", arrow::int64(), false),
      arrow::field("raw", arrow::binary(), false),
      arrow::field("reasons", arrow::list(arrow::field("item", ReasonType(), false)), false),
      arrow::field("run_id", arrow::utf8(), false),
      arrow::field("time", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"), false),
  });
}

struct RejectBatchBuilder::Columns {
  arrow::StringBuilder file;
  arrow::Int64Builder record, line, byte_offset;
  arrow::BinaryBuilder raw;
  ReasonsBuilder reasons;
  arrow::StringBuilder run_id;
  arrow::TimestampBuilder time{arrow::timestamp(arrow::TimeUnit::MICRO, "UTC"),
                               arrow::default_memory_pool()};
};

RejectBatchBuilder::RejectBatchBuilder(const std::vector<std::string>& column_names,
                                       const RejectRun& run)
    : column_names_(column_names), run_(run), columns_(std::make_unique<Columns>()) {}
RejectBatchBuilder::~RejectBatchBuilder() = default;

Status RejectBatchBuilder::Add(const Reject& reject) {
  ARROW_RETURN_NOT_OK(columns_->file.Append(Repaired(reject.file)));
  ARROW_RETURN_NOT_OK(columns_->record.Append(reject.record));
  ARROW_RETURN_NOT_OK(columns_->line.Append(reject.line));
  ARROW_RETURN_NOT_OK(columns_->byte_offset.Append(reject.byte_offset));
  ARROW_RETURN_NOT_OK(columns_->raw.Append(reject.raw));
  ARROW_RETURN_NOT_OK(columns_->reasons.Append(reject.reasons, column_names_));
  ARROW_RETURN_NOT_OK(columns_->run_id.Append(run_.run_id));
  return columns_->time.Append(run_.time_us);
}

Result<std::shared_ptr<arrow::RecordBatch>> RejectBatchBuilder::Finish() {
  int64_t rows = columns_->record.length();
  arrow::ArrayVector arrays;
  for (arrow::ArrayBuilder* builder : std::initializer_list<arrow::ArrayBuilder*>{
           &columns_->file, &columns_->record, &columns_->line, &columns_->byte_offset,
           &columns_->raw, &columns_->reasons.list, &columns_->run_id, &columns_->time}) {
    ARROW_ASSIGN_OR_RAISE(auto array, builder->Finish());
    arrays.push_back(std::move(array));
  }
  return arrow::RecordBatch::Make(RejectSchema(), rows, std::move(arrays));
}

}  // namespace tamis
