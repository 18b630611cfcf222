// Writes the rows of a program as CSV bytes, without Arrow in between. Does no I/O.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_pieces.h"

namespace tamis {

/// A row program compiled for one layout of CSV: where fields are quoted is known beforehand.
/// Immutable, shared between threads.
class CsvProgram {
 public:
  /// UsageError if the layout can't hold the values (no quote character, another encoding, nested
  /// columns, no text for NULL).
  static Result<CsvProgram> Make(std::shared_ptr<const RowProgram> rows,
                                 const FormatOptions& format);

  const RowProgram& rows() const { return pieces_.rows(); }
  /// The lines before the first row, empty without a header.
  const std::string& header() const { return header_; }
  /// Appends rows [first_row, first_row + count). `block` is of rows() and this thread's own.
  Status Write(int64_t first_row, int64_t count, RowBlock* block, TextBuffer* out) const {
    return pieces_.Write(first_row, count, block, out);
  }

 private:
  friend class CsvCompiler;

  std::string header_;
  PieceProgram pieces_;
};

}  // namespace tamis
