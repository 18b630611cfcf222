// Arrow batches to CSV bytes. Does not publish files.
//
// A field is quoted only where it has to be: it holds the delimiter, the quote, CR or LF, it would
// read back as NULL (so the empty string is "" and NULL is nothing), or it begins with the comment
// byte. Where null_values is empty, a NULL is an error. A format without quote has no way to tell
// "" from NULL. Timestamps are ISO 8601, with Z if their type has a zone; doubles are the shortest
// text that reads back as the same value.
#pragma once

#include <arrow/record_batch.h>

#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "format/text_sink.h"
#include "storage/storage.h"

namespace tamis {

/// Formats the rows of a batch as CSV, in any thread.
class CsvFormatter : public TextFormatter {
 public:
  /// UsageError for a type that has no text (nested ones) and for a dialect that can't be written.
  static Result<CsvFormatter> Make(std::shared_ptr<arrow::Schema> schema, FormatOptions format);

  /// The header line, or nothing if the format has none.
  std::string Header() const override;
  /// Appends the batch's rows to `out`. Columns may be dictionaries of the schema's type. DataError
  /// if a value needs quotes and the format has none, or is NULL and null_values is empty.
  Status AppendRows(const arrow::RecordBatch& batch, std::string* out) const override;

 private:
  CsvFormatter(std::shared_ptr<arrow::Schema> schema, FormatOptions format);

  std::shared_ptr<arrow::Schema> schema_;
  FormatOptions format_;
  bool quote_numbers_ = false;  // the delimiter or quote can stand in a number
};

/// Opens a sink that writes one CSV file. The errors of CsvFormatter::Make.
Result<std::unique_ptr<TextSink>> OpenCsvSink(std::unique_ptr<WritableFile> file,
                                              std::shared_ptr<arrow::Schema> schema,
                                              FormatOptions format);

}  // namespace tamis
