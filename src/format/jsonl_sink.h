// Arrow batches to JSON lines: one object a row. Does not publish files.
//
// Members stand in the order of the columns. NULL is null, or with FormatOptions::write_nulls false
// the member is left out, in nested objects too. Decimals are numbers with all their digits,
// doubles the shortest number that reads back as the same value. NaN and infinities, for which JSON
// has no number, are null. Dates, times and timestamps are ISO 8601 texts, with Z if their type has
// a zone; binary is Base64. A map is an object: its keys become texts.
#pragma once

#include <arrow/type.h>

#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "format/text_sink.h"
#include "storage/storage.h"

namespace tamis {

/// Formats the rows of a batch as JSON lines, in any thread.
class JsonlFormatter : public TextFormatter {
 public:
  /// UsageError for a type that JSON has no value for.
  static Result<JsonlFormatter> Make(std::shared_ptr<arrow::Schema> schema,
                                     const FormatOptions& format);

  std::string Header() const override { return ""; }
  Status AppendRows(const arrow::RecordBatch& batch, std::string* out) const override;

 private:
  JsonlFormatter(std::shared_ptr<arrow::Schema> schema, bool write_nulls);

  std::shared_ptr<arrow::Schema> schema_;
  bool write_nulls_;
};

/// Opens a sink that writes one file of JSON lines. The errors of JsonlFormatter::Make.
Result<std::unique_ptr<TextSink>> OpenJsonlSink(std::unique_ptr<WritableFile> file,
                                                std::shared_ptr<arrow::Schema> schema,
                                                const FormatOptions& format);

}  // namespace tamis
