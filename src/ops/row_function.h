// What a provider computes or writes by code of its own, where the steps and parts of a row program
// (generate_program.h) don't say it. Holds no such function: providers do.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "base/status.h"

namespace tamis {

class RowBlock;

/// The rows that a step is made of: those of a block in order, or any others.
struct RowRange {
  size_t count = 0;
  const int64_t* numbers = nullptr;  // of each row
  const uint64_t* hashes = nullptr;  // RowHash of each
};

/// A vector step: a number for each row, from the row's draw under a key, its number, and up to two
/// other registers. Immutable, shared between threads.
class NumberFunction {
 public:
  virtual ~NumberFunction() = default;
  /// Writes `out` for rows.count rows; `a` and `b` hold as many numbers. The same for a row
  /// whatever rows it is computed with.
  virtual void Fill(const RowRange& rows, uint64_t key, const int64_t* a, const int64_t* b,
                    int64_t* out) const = 0;
};

/// A step that looks at other columns of a block as a whole and may fail: an expression. Immutable,
/// shared between threads.
class BlockFunction {
 public:
  virtual ~BlockFunction() = default;
  /// Fills registers for `count` rows: `out`, and those behind it (each kBlockRows further). What
  /// their numbers point to goes to `*kept`, which lives as long as they do.
  virtual Status Fill(const RowBlock& block, size_t count, int64_t* out,
                      std::shared_ptr<const void>* kept) const = 0;
};

/// A text for each number. Immutable, shared between threads.
class TextFunction {
 public:
  virtual ~TextFunction() = default;
  /// Writes the text at `out`, up to bytes_max() bytes; returns its end.
  virtual char* Write(int64_t value, int64_t second, char* out) const = 0;

  size_t bytes_max() const { return bytes_max_; }
  /// Each byte that a text may hold, once.
  const std::string& bytes() const { return bytes_; }
  int64_t length_min() const { return length_min_; }  // in code points
  int64_t length_max() const { return length_max_; }
  /// Whether two numbers never have the same text.
  bool is_injective() const { return is_injective_; }

 protected:
  size_t bytes_max_ = 0;
  std::string bytes_;
  int64_t length_min_ = 0;
  int64_t length_max_ = 0;
  bool is_injective_ = false;
};

}  // namespace tamis
