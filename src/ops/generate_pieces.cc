// Merges texts into tables and runs them. See generate_pieces.h.
//
// PERF NOTES. The loop of WriteBlock is one copy of a fixed 16 or 32 bytes and one addition for
// each piece: an entry of a table holds its text and, in its last byte, the text's length, so that
// neither the copy nor its length branches. Delimiters, quotes and line ends are part of the
// entries next to them: a row of people (66 bytes, 4 columns, 9 draws) is 8 pieces. The switch
// costs little, since its order repeats with every row. Measured with one thread and no file, Zen
// 5: 21 ns a row (3.1 GB/s), of which draws 4 ns and this loop 14 ns. ZIP codes written by
// FormatInt64 with padding instead of EightDigits: 28 ns a row.
#include "ops/generate_pieces.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace tamis {
namespace {

constexpr size_t kShortBytes = 16;   // entry of kShort; the last byte is the length
constexpr size_t kMiddleBytes = 32;  // entry of kMiddle
// Numbers and dates of fewer values than this become tables: dates of 180 years, 1 MB.
constexpr uint64_t kDateEntriesMax = 65536;
constexpr uint64_t kNumberEntriesMax = 1024;
constexpr int64_t kCountMax = 99'999'999;

// Eight digits as numbers 0 to 9 of a number below 10^8, the first digit in the lowest byte: split
// in two halves, the halves in two and again, all lanes of a word at once. The factors stand for
// division by 100 (10486 / 2^20, exact below 10000) and by 10 (103 / 2^10, exact below 100).
inline uint64_t EightDigits(uint64_t value) {
  uint64_t high = value / 10000;
  uint64_t fours = high | (value - high * 10000) << 32;
  uint64_t hundreds = ((fours * 10486) >> 20) & 0x0000007F0000007F;
  uint64_t twos = hundreds | (fours - hundreds * 100) << 16;
  uint64_t tens = ((twos * 103) >> 10) & 0x000F000F000F000F;
  return tens | (twos - tens * 10) << 8;
}

constexpr uint64_t kAsciiZeros = 0x3030303030303030;

// How many texts the part has, and the number of the first; 0 if they are too many or not known.
uint64_t CountTexts(const Part& part, const RowProgram& rows, int64_t* first) {
  uint64_t most = kNumberEntriesMax;
  switch (part.kind) {
    case Part::Kind::kWord:
      *first = 0;
      return part.words->size();
    case Part::Kind::kDate:
      most = kDateEntriesMax;
      break;
    case Part::Kind::kInteger:
    case Part::Kind::kDecimal:
    case Part::Kind::kTimestamp:
    case Part::Kind::kTime:
      break;
    default:
      return 0;
  }
  const RegisterFacts& facts = rows.facts(part.value);
  *first = facts.min;
  uint64_t last = static_cast<uint64_t>(facts.max) - static_cast<uint64_t>(facts.min);
  return last < most ? last + 1 : 0;
}

// Entries of one size, each with its length in the last byte.
std::string Lay(const std::vector<std::string>& entries, size_t entry_bytes) {
  std::string table(entries.size() * entry_bytes, '\0');
  for (size_t i = 0; i < entries.size(); ++i) {
    std::memcpy(table.data() + i * entry_bytes, entries[i].data(), entries[i].size());
    table[(i + 1) * entry_bytes - 1] = static_cast<char>(entries[i].size());
  }
  return table;
}

template <size_t kBytes>
inline char* CopyEntry(const char* entries, size_t entry, char* out) {
  const char* text = entries + entry * kBytes;
  std::memcpy(out, text, kBytes);
  return out + static_cast<unsigned char>(text[kBytes - 1]);
}

inline char* CopyText(const std::string& text, char* out) {
  std::memcpy(out, text.data(), text.size());
  return out + text.size();
}

}  // namespace

PieceCompiler::PieceCompiler(std::shared_ptr<const RowProgram> rows) : rows_(*rows) {
  out_.rows_ = std::move(rows);
}

void PieceCompiler::Literal(std::string_view text) {
  if (items_.empty() || items_.back().kind != Item::Kind::kLiteral) items_.emplace_back();
  items_.back().text += text;
}

void PieceCompiler::Begin(Guard guard) {
  Item item;
  item.kind = Item::Kind::kBegin;
  item.guard = guard;
  items_.push_back(std::move(item));
}

void PieceCompiler::End() {
  Item item;
  item.kind = Item::Kind::kEnd;
  items_.push_back(std::move(item));
}

bool PieceCompiler::FitsTable(const Part& part) const {
  int64_t first = 0;
  return CountTexts(part, rows_, &first) > 0;
}

PieceCompiler::Item PieceCompiler::EntriesOf(const Part& part, const EntryText& entry) const {
  Item item;
  item.kind = Item::Kind::kTable;
  item.part = &part;
  uint64_t count = CountTexts(part, rows_, &item.first);
  std::string text(PartBytesMax(part, rows_), '\0');
  for (uint64_t i = 0; i < count; ++i) {
    char* end = FormatPart(part, item.first + static_cast<int64_t>(i), 0, text.data());
    item.entries.push_back(entry(std::string_view(text.data(), end)));
    item.longest = std::max(item.longest, item.entries.back().size());
  }
  return item;
}

void PieceCompiler::Table(const Part& part, const EntryText& entry) {
  items_.push_back(EntriesOf(part, entry));
}

void PieceCompiler::TableOrNull(const Part& part, const EntryText& entry, Register present,
                                std::string_view null_text) {
  Item item = EntriesOf(part, entry);
  item.guard.value = present;
  item.entries.emplace_back(null_text);
  item.longest = std::max(item.longest, null_text.size());
  items_.push_back(std::move(item));
}

void PieceCompiler::Written(const Part& part, std::shared_ptr<const TextEscape> escape) {
  Item item;
  item.kind = Item::Kind::kWritten;
  item.part = &part;
  item.escape = std::move(escape);
  items_.push_back(std::move(item));
}

PieceProgram PieceCompiler::Finish() && {
  MergeLiterals();
  for (Item& item : items_) {
    switch (item.kind) {
      case Item::Kind::kLiteral:
        AddLiteral(item.text);
        break;
      case Item::Kind::kTable:
        AddTable(item);
        break;
      case Item::Kind::kWritten:
        AddWritten(item);
        break;
      case Item::Kind::kBegin:
        AddJump(item);
        break;
      case Item::Kind::kEnd: {
        size_t begin = open_.back();
        open_.pop_back();
        out_.pieces_[begin].skip = static_cast<uint32_t>(out_.pieces_.size() - begin - 1);
        break;
      }
    }
  }
  return std::move(out_);
}

// A literal goes into a table next to it, if that stays as short as it is; else into one that
// stays middling; else it remains a piece of its own.
void PieceCompiler::MergeLiterals() {
  for (size_t i = 0; i < items_.size(); ++i) {
    Item& literal = items_[i];
    if (literal.kind != Item::Kind::kLiteral) continue;
    for (size_t limit : {kShortBytes, kMiddleBytes}) {
      std::string& text = literal.text;
      if (text.empty()) break;
      if (i > 0 && items_[i - 1].TakesMore(text.size(), limit)) {
        for (std::string& entry : items_[i - 1].entries) entry += text;
        items_[i - 1].longest += text.size();
        text.clear();
      } else if (i + 1 < items_.size() && items_[i + 1].TakesMore(text.size(), limit)) {
        for (std::string& entry : items_[i + 1].entries) entry.insert(0, text);
        items_[i + 1].longest += text.size();
        text.clear();
      }
    }
  }
}

const char* PieceCompiler::Keep(std::string bytes) {
  out_.tables_.push_back(std::make_unique<std::string>(std::move(bytes)));
  return out_.tables_.back()->data();
}

void PieceCompiler::AddLiteral(std::string_view text) {
  for (; !text.empty(); text.remove_prefix(std::min(text.size(), kMiddleBytes))) {
    std::string_view bytes = text.substr(0, kMiddleBytes);
    PieceProgram::Piece piece;
    piece.op = PieceProgram::Piece::Op::kText;
    piece.bytes = static_cast<uint8_t>(bytes.size());
    piece.entries = Keep(std::string(bytes) + std::string(kMiddleBytes - bytes.size(), '\0'));
    out_.pieces_.push_back(piece);
    out_.row_bytes_max_ += bytes.size();
  }
}

void PieceCompiler::AddTable(Item& item) {
  using Op = PieceProgram::Piece::Op;
  bool nullable = item.guard.value != kAlways;
  PieceProgram::Piece piece;
  piece.value = item.part->value;
  piece.first = item.first;
  piece.present = item.guard.value;
  piece.null = item.entries.size() - 1;
  out_.row_bytes_max_ += item.longest;
  if (item.longest < kShortBytes) {
    piece.op = nullable ? Op::kShortOrNull : Op::kShort;
    piece.entries = Keep(Lay(item.entries, kShortBytes));
  } else if (item.longest < kMiddleBytes) {
    piece.op = nullable ? Op::kMiddleOrNull : Op::kMiddle;
    piece.entries = Keep(Lay(item.entries, kMiddleBytes));
  } else {
    piece.op = nullable ? Op::kLongOrNull : Op::kLong;
    out_.long_tables_.push_back(
        std::make_unique<std::vector<std::string>>(std::move(item.entries)));
    piece.texts = out_.long_tables_.back()->data();
  }
  out_.pieces_.push_back(piece);
}

void PieceCompiler::AddWritten(const Item& item) {
  using Op = PieceProgram::Piece::Op;
  const Part& part = *item.part;
  PieceProgram::Piece piece;
  piece.part = &part;
  piece.value = part.value;
  piece.second = part.second;
  piece.bytes = static_cast<uint8_t>(part.digits);
  size_t bytes_max = PartBytesMax(part, rows_);
  if (item.escape) {
    out_.escapes_.push_back(item.escape);
    piece.op = Op::kEscaped;
    piece.escape = item.escape.get();
    // The text as it is stands behind its place until it has been escaped.
    piece.escaped_bytes_max = item.escape->BytesMax(bytes_max);
    out_.row_bytes_max_ += bytes_max + piece.escaped_bytes_max;
  } else {
    const RegisterFacts& facts = rows_.facts(piece.value);
    bool count = part.kind == Part::Kind::kInteger && facts.min >= 0 && facts.max <= kCountMax &&
                 part.digits <= 8;
    piece.op = !count ? Op::kPart : part.digits > 1 ? Op::kDigits : Op::kCount;
    // More digits than are asked for are written in full: then the width isn't fixed.
    if (piece.op == Op::kDigits && bytes_max > size_t(part.digits)) piece.op = Op::kPart;
    out_.row_bytes_max_ += bytes_max;
  }
  if (IsUnbounded(part)) out_.unbounded_.push_back(piece);
  out_.pieces_.push_back(piece);
}

void PieceCompiler::AddJump(const Item& begin) {
  PieceProgram::Piece piece;
  piece.op =
      begin.guard.where_zero ? PieceProgram::Piece::Op::kUnless : PieceProgram::Piece::Op::kIf;
  piece.present = begin.guard.value;
  open_.push_back(out_.pieces_.size());
  out_.pieces_.push_back(piece);
}

Status PieceProgram::Write(int64_t first_row, int64_t count, RowBlock* block,
                           TextBuffer* out) const {
  while (count > 0) {
    auto now = static_cast<size_t>(std::min(count, static_cast<int64_t>(kBlockRows)));
    ARROW_RETURN_NOT_OK(block->Fill(first_row, now));
    char* begin =
        out->Room(now * row_bytes_max_ + UnboundedBytes(*block, now) + PieceProgram::kSlackBytes);
    out->SetEnd(WriteBlock(*block, now, begin));
    first_row += static_cast<int64_t>(now);
    count -= static_cast<int64_t>(now);
  }
  return Status::OK();
}

size_t PieceProgram::UnboundedBytes(const RowBlock& block, size_t count) const {
  size_t bytes = 0;
  for (const Piece& piece : unbounded_) {
    const int64_t* sizes = block[piece.second];
    for (size_t i = 0; i < count; ++i) {
      auto size = static_cast<size_t>(sizes[i]);
      bytes += piece.escape ? piece.escape->BytesMax(size) : size;
    }
  }
  return bytes;
}

char* PieceProgram::WriteEscaped(const Piece& piece, int64_t value, int64_t second,
                                 char* out) const {
  if (IsUnbounded(*piece.part)) {
    std::string_view text(std::bit_cast<const char*>(value), static_cast<size_t>(second));
    return piece.escape->Write(text, out);
  }
  char* raw = out + piece.escaped_bytes_max;
  char* end = FormatPart(*piece.part, value, second, raw);
  return piece.escape->Write(std::string_view(raw, end), out);
}

char* PieceProgram::WriteBlock(const RowBlock& block, size_t count, char* out) const {
  const Piece* pieces = pieces_.data();
  const Piece* end = pieces + pieces_.size();
  const int64_t* numbers = block[0];
  auto number = [&](Register index) { return numbers[static_cast<size_t>(index) * kBlockRows]; };
  for (size_t row = 0; row < count; ++row, ++numbers) {
    for (const Piece* piece = pieces; piece != end; ++piece) {
      int64_t value = number(piece->value);
      auto entry = static_cast<size_t>(value - piece->first);
      switch (piece->op) {
        case Piece::Op::kShort:
          out = CopyEntry<kShortBytes>(piece->entries, entry, out);
          break;
        case Piece::Op::kMiddle:
          out = CopyEntry<kMiddleBytes>(piece->entries, entry, out);
          break;
        case Piece::Op::kLong:
          out = CopyText(piece->texts[entry], out);
          break;
        case Piece::Op::kShortOrNull:
          entry = number(piece->present) != 0 ? entry : piece->null;
          out = CopyEntry<kShortBytes>(piece->entries, entry, out);
          break;
        case Piece::Op::kMiddleOrNull:
          entry = number(piece->present) != 0 ? entry : piece->null;
          out = CopyEntry<kMiddleBytes>(piece->entries, entry, out);
          break;
        case Piece::Op::kLongOrNull:
          entry = number(piece->present) != 0 ? entry : piece->null;
          out = CopyText(piece->texts[entry], out);
          break;
        case Piece::Op::kCount: {
          uint64_t digits = EightDigits(static_cast<uint64_t>(value));
          int zeros = std::countr_zero(digits | uint64_t{1} << 56) / 8;
          uint64_t text = (digits | kAsciiZeros) >> (zeros * 8);
          std::memcpy(out, &text, 8);
          out += 8 - zeros;
          break;
        }
        case Piece::Op::kDigits: {
          uint64_t digits = EightDigits(static_cast<uint64_t>(value)) | kAsciiZeros;
          digits >>= (8 - piece->bytes) * 8;
          std::memcpy(out, &digits, 8);
          out += piece->bytes;
          break;
        }
        case Piece::Op::kText:
          std::memcpy(out, piece->entries, kMiddleBytes);
          out += piece->bytes;
          break;
        case Piece::Op::kPart:
          out = FormatPart(*piece->part, value, number(piece->second), out);
          break;
        case Piece::Op::kEscaped:
          out = WriteEscaped(*piece, value, number(piece->second), out);
          break;
        case Piece::Op::kIf:
          if (number(piece->present) == 0) piece += piece->skip;
          break;
        case Piece::Op::kUnless:
          if (number(piece->present) != 0) piece += piece->skip;
          break;
      }
    }
  }
  return out;
}

}  // namespace tamis
