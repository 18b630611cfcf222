// A row program compiled for one text format. Holds no format: see generate_text.h (CSV) and
// generate_json.h (JSON lines).
#pragma once

#include <cstdint>
#include <string>

#include "base/status.h"
#include "ops/generate_program.h"
#include "ops/text_buffer.h"

namespace tamis {

/// Writes the rows of a program as text. Immutable, shared between threads.
class TextProgram {
 public:
  virtual ~TextProgram() = default;
  virtual const RowProgram& rows() const = 0;
  /// The lines before the first row.
  virtual const std::string& header() const = 0;
  /// Appends rows [first_row, first_row + count). `block` is of rows() and this thread's own.
  virtual Status Write(int64_t first_row, int64_t count, RowBlock* block,
                       TextBuffer* out) const = 0;
};

}  // namespace tamis
