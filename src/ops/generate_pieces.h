// The text of rows as a flat list of pieces: literals, tables of texts, numbers, jumps. A format
// (generate_text.h: CSV) puts it together; this runs it. Knows no format.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "ops/generate_program.h"
#include "ops/text_buffer.h"

namespace tamis {

/// Where something is written: where the register is not 0, or where it is.
struct Guard {
  Register value = kAlways;
  bool where_zero = false;
};

/// How a format writes texts that are known only when a row is made: quotes and escapes.
class TextEscape {
 public:
  virtual ~TextEscape() = default;
  /// Writes `text` as it stands in a field, up to BytesMax(text.size()) bytes; returns the end.
  virtual char* Write(std::string_view text, char* out) const = 0;
  virtual size_t BytesMax(size_t text_bytes) const = 0;
};

/// Pieces that write the rows of a program. Immutable, shared between threads.
class PieceProgram {
 public:
  const RowProgram& rows() const { return *rows_; }
  /// Appends the text of rows [first_row, first_row + count). `block` is of rows() and this
  /// thread's own. Fails only where RowBlock::Fill does.
  Status Write(int64_t first_row, int64_t count, RowBlock* block, TextBuffer* out) const;

 private:
  friend class PieceCompiler;

  // Copies are 16 or 32 bytes whatever the text's length.
  static constexpr size_t kSlackBytes = 64;

  struct Piece {
    enum class Op : uint8_t {
      kShort,        // an entry of 16 bytes
      kMiddle,       // an entry of 32 bytes
      kLong,         // an entry of any length
      kShortOrNull,  // as above where `present` is not 0, else entry `null`
      kMiddleOrNull,
      kLongOrNull,
      kCount,    // a whole number of up to 8 digits
      kDigits,   // a whole number of exactly `bytes` digits
      kText,     // `bytes` bytes of `entries`
      kPart,     // whatever FormatPart writes
      kEscaped,  // the same, escaped
      kIf,       // goes on `skip` pieces further where `present` is 0
      kUnless,   // goes on `skip` pieces further where it is not
    };
    Op op = Op::kShort;
    uint8_t bytes = 0;
    uint32_t skip = 0;
    Register value = 0;
    Register second = 0;
    Register present = kAlways;
    size_t null = 0;  // index of the entry that stands for NULL
    size_t escaped_bytes_max = 0;
    int64_t first = 0;  // the number that the first entry stands for
    const char* entries = nullptr;
    const std::string* texts = nullptr;
    const Part* part = nullptr;
    const TextEscape* escape = nullptr;
  };

  char* WriteBlock(const RowBlock& block, size_t count, char* out) const;
  char* WriteEscaped(const Piece& piece, int64_t value, int64_t second, char* out) const;
  size_t UnboundedBytes(const RowBlock& block, size_t count) const;

  std::shared_ptr<const RowProgram> rows_;
  std::vector<Piece> pieces_;
  size_t row_bytes_max_ = 0;      // without the unbounded texts
  std::vector<Piece> unbounded_;  // those of pieces_ whose texts can be of any length
  std::vector<std::unique_ptr<std::string>> tables_;
  std::vector<std::unique_ptr<std::vector<std::string>>> long_tables_;
  std::vector<std::shared_ptr<const TextEscape>> escapes_;
};

/// Puts the pieces of a row together, in the order of the text: literals are merged into the tables
/// next to them.
class PieceCompiler {
 public:
  explicit PieceCompiler(std::shared_ptr<const RowProgram> rows);

  /// Text that every row has (within the guards that are open).
  void Literal(std::string_view text);
  /// What is added up to the End that belongs to it is written only where the guard holds.
  void Begin(Guard guard);
  void End();

  /// How a text of a part stands in its field; NULL is its own.
  using EntryText = std::function<std::string(std::string_view text)>;
  /// Whether the part takes few enough values for a table of their texts, which is the fastest way.
  bool FitsTable(const Part& part) const;
  /// Adds the values of a part that FitsTable: each text is what `entry` makes of it.
  void Table(const Part& part, const EntryText& entry);
  /// The same, and `null_text` where `present` is 0.
  void TableOrNull(const Part& part, const EntryText& entry, Register present,
                   std::string_view null_text);
  /// Adds a part that is written when a row is made; `escape`, if not null, has its text before.
  void Written(const Part& part, std::shared_ptr<const TextEscape> escape);

  PieceProgram Finish() &&;

 private:
  struct Item {
    enum class Kind : uint8_t { kLiteral, kTable, kWritten, kBegin, kEnd };
    Kind kind = Kind::kLiteral;
    std::string text;  // of a literal
    const Part* part = nullptr;
    std::vector<std::string> entries;  // of a table; with `present` the last one is NULL
    int64_t first = 0;                 // the number that the first entry stands for
    size_t longest = 0;
    Guard guard;  // of kBegin; `value`: the register that says NULL of a table
    std::shared_ptr<const TextEscape> escape;

    bool TakesMore(size_t more, size_t limit) const {
      return kind == Kind::kTable && longest + more < limit;
    }
  };

  Item EntriesOf(const Part& part, const EntryText& entry) const;
  void MergeLiterals();
  void AddTable(Item& item);
  void AddWritten(const Item& item);
  void AddLiteral(std::string_view text);
  void AddJump(const Item& begin);
  const char* Keep(std::string bytes);

  const RowProgram& rows_;
  PieceProgram out_;
  std::vector<Item> items_;
  std::vector<size_t> open_;  // pieces of guards whose End is still to come
};

}  // namespace tamis
