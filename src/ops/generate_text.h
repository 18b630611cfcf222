// Writes the rows of a program as CSV bytes, without Arrow in between. Does no I/O.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_pieces.h"
#include "ops/text_program.h"

namespace tamis {

/// A row program compiled for one layout of CSV: where fields are quoted is known beforehand.
/// Immutable, shared between threads.
class CsvProgram : public TextProgram {
 public:
  /// UsageError if the layout can't hold the values (no quote character, another encoding, nested
  /// columns, no text for NULL).
  static Result<CsvProgram> Make(std::shared_ptr<const RowProgram> rows,
                                 const FormatOptions& format);

  const RowProgram& rows() const override { return pieces_.rows(); }
  const std::string& header() const override { return header_; }
  Status Write(int64_t first_row, int64_t count, RowBlock* block, TextBuffer* out) const override {
    return pieces_.Write(first_row, count, block, out);
  }

 private:
  friend class CsvCompiler;

  std::string header_;
  PieceProgram pieces_;
};

}  // namespace tamis
