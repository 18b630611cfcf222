// Writes the rows of a program as CSV bytes, without Arrow in between. Does no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/generate_program.h"

namespace tamis {

/// A row program compiled for one layout of CSV: where fields are quoted is known beforehand.
/// Immutable, shared between threads.
class CsvProgram {
 public:
  /// UsageError if the layout can't hold the values (no quote character, another encoding).
  static Result<CsvProgram> Make(std::shared_ptr<const RowProgram> rows,
                                 const FormatOptions& format);

  const RowProgram& rows() const { return *rows_; }
  /// The lines before the first row, empty without a header.
  const std::string& header() const { return header_; }
  /// Bytes that `count` rows may take while they are written, a little more than their text.
  size_t BytesMax(size_t count) const { return count * row_bytes_max_ + kSlackBytes; }
  /// Writes rows [first_row, first_row + count) at `out`, which has BytesMax(count) bytes; returns
  /// the end of the text. `block` is of rows() and this thread's own.
  char* Write(int64_t first_row, size_t count, RowBlock* block, char* out) const;

 private:
  friend class CsvCompiler;

  // Copies are 16 or 32 bytes whatever the text's length.
  static constexpr size_t kSlackBytes = 64;

  struct Piece {
    enum class Op : uint8_t {
      kShort,   // an entry of 16 bytes
      kMiddle,  // an entry of 32 bytes
      kLong,    // an entry of any length
      kCount,   // a whole number of up to 8 digits
      kDigits,  // a whole number of exactly `bytes` digits
      kText,    // `bytes` bytes of `entries`
      kPart,    // whatever FormatPart writes
    };
    Op op = Op::kShort;
    uint8_t bytes = 0;
    Register value = 0;
    Register second = 0;
    int64_t first = 0;  // the number that the first entry stands for
    const char* entries = nullptr;
    const std::string* texts = nullptr;
    const Part* part = nullptr;
  };

  char* WriteBlock(const RowBlock& block, size_t count, char* out) const;

  std::shared_ptr<const RowProgram> rows_;
  std::string header_;
  std::vector<Piece> pieces_;
  size_t row_bytes_max_ = 0;
  std::vector<std::unique_ptr<std::string>> tables_;
  std::vector<std::unique_ptr<std::vector<std::string>>> long_tables_;
};

}  // namespace tamis
