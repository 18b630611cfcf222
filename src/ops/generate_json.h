// Writes the rows of a program as JSON lines, without Arrow in between: the same bytes as
// format/jsonl_sink.h makes of its batches, but that doubles made of digits keep the zeros at their
// end. Does no I/O.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_pieces.h"
#include "ops/text_program.h"

namespace tamis {

/// A row program compiled for JSON lines. Immutable, shared between threads.
class JsonProgram : public TextProgram {
 public:
  /// UsageError if the layout asks for another encoding. NotImplemented for what only the way by
  /// Arrow writes: an object of which every member may be left out, binary columns.
  static Result<JsonProgram> Make(std::shared_ptr<const RowProgram> rows,
                                  const FormatOptions& format);

  const RowProgram& rows() const override { return pieces_.rows(); }
  const std::string& header() const override { return header_; }
  Status Write(int64_t first_row, int64_t count, RowBlock* block, TextBuffer* out) const override {
    return pieces_.Write(first_row, count, block, out);
  }

 private:
  friend class JsonCompiler;

  std::string header_;  // empty
  PieceProgram pieces_;
};

}  // namespace tamis
