// Runs the vector steps of a row program and formats parts. See generate_program.h.
#include "ops/generate_program.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <numeric>

#include "base/hash.h"
#include "text/hash_batch.h"
#include "text/number.h"

namespace tamis {
namespace {

// The halves of a UUID with version 4 and variant 1 put in (RFC 9562, section 5.4).
constexpr uint64_t UuidHigh(int64_t half) {
  return (static_cast<uint64_t>(half) & ~uint64_t{0xF000}) | 0x4000;
}
constexpr uint64_t UuidLow(int64_t half) {
  return (static_cast<uint64_t>(half) & ~(uint64_t{3} << 62)) | uint64_t{2} << 62;
}

char* FormatHex(uint64_t bits, int digits, char* out) {
  for (int i = digits - 1; i >= 0; --i, bits >>= 4) out[i] = "0123456789abcdef"[bits & 15];
  return out + digits;
}

char* FormatUuid(int64_t first, int64_t second, char* out) {
  uint64_t high = UuidHigh(first), low = UuidLow(second);
  out = FormatHex(high >> 32, 8, out);
  *out++ = '-';
  out = FormatHex(high >> 16, 4, out);
  *out++ = '-';
  out = FormatHex(high, 4, out);
  *out++ = '-';
  out = FormatHex(low >> 48, 4, out);
  *out++ = '-';
  return FormatHex(low, 12, out);
}

int64_t FloorDivide(int64_t a, int64_t b) {
  int64_t quotient = a / b;
  return quotient - (quotient * b > a ? 1 : 0);
}

char* FormatPadded(int64_t value, int digits, char* out) {
  char text[kNumberTextBytes];
  char* end = FormatInt64(value, text);
  char* p = text;
  if (*p == '-') *out++ = *p++;
  for (int64_t missing = digits - (end - p); missing > 0; --missing) *out++ = '0';
  std::memcpy(out, p, static_cast<size_t>(end - p));
  return out + (end - p);
}

// UsageError if a sequence of the column, or of one inside it, outgrows it.
Status CheckSequences(const RowProgram& program, const ColumnOutput& column, int64_t first_row,
                      int64_t count) {
  for (const Part& part : column.parts) {
    if (part.kind != Part::Kind::kInteger) continue;  // a literal has no register
    for (const DrawStep& step : program.steps) {
      const bool counts = step.op == DrawStep::Op::kSequence && step.step != 0;
      if (step.out != part.value || !counts || step.row != kOwnRow) continue;
      int64_t last = 0;
      bool overflow = __builtin_mul_overflow(step.step, first_row + count - 1, &last) ||
                      __builtin_add_overflow(last, step.first, &last);
      if (!overflow && last <= column.sequence_max) continue;
      return UsageError("column " + column.name + " can't number " + std::to_string(count) +
                            " rows: its type ends at " + std::to_string(column.sequence_max),
                        "generate fewer rows or choose a wider type");
    }
  }
  for (const ColumnOutput& child : column.children) {
    ARROW_RETURN_NOT_OK(CheckSequences(program, child, first_row, count));
  }
  return Status::OK();
}

}  // namespace

Part Part::Text(std::string text) {
  Part part;
  part.text = std::move(text);
  return part;
}

Part Part::Word(std::shared_ptr<const WordList> words, Register index) {
  Part part;
  part.kind = Kind::kWord;
  part.words = std::move(words);
  part.value = index;
  return part;
}

Part Part::Integer(Register value, int digits) {
  Part part;
  part.kind = Kind::kInteger;
  part.value = value;
  part.digits = digits;
  return part;
}

Part Part::Decimal(Register value, int digits) {
  Part part;
  part.kind = Kind::kDecimal;
  part.value = value;
  part.digits = digits;
  return part;
}

Part Part::Date(Register value) {
  Part part;
  part.kind = Kind::kDate;
  part.value = value;
  return part;
}

Part Part::Double(Register bits) {
  Part part;
  part.kind = Kind::kDouble;
  part.value = bits;
  return part;
}

Part Part::Uuid(Register high, Register low) {
  Part part;
  part.kind = Kind::kUuid;
  part.value = high;
  part.second = low;
  return part;
}

Part Part::Function(std::shared_ptr<const TextFunction> function, Register value, Register second) {
  Part part;
  part.kind = Kind::kFunction;
  part.function = std::move(function);
  part.value = value;
  part.second = second;
  return part;
}

RowBlock::RowBlock(const RowProgram& program)
    : program_(program),
      row_hashes_(kBlockRows),
      row_numbers_(kBlockRows),
      numbers_(std::max<size_t>(program.registers.size(), 1) * kBlockRows),
      kept_(program.steps.size()) {}

Status RowBlock::Fill(int64_t first_row, size_t count) {
  HashRowRange(first_row, count, row_hashes_.data());
  std::iota(row_numbers_.begin(), row_numbers_.begin() + static_cast<ptrdiff_t>(count), first_row);
  for (size_t i = 0; i < program_.steps.size(); ++i) {
    const DrawStep& step = program_.steps[i];
    if (step.op == DrawStep::Op::kBlock) {
      ARROW_RETURN_NOT_OK(step.block_function->Fill(*this, count, Numbers(step.out), &kept_[i]));
    } else if (step.op >= DrawStep::Op::kAdd) {
      RunArithmetic(step, count);
    } else {
      Run(step, count);
    }
  }
  return Status::OK();
}

void RowBlock::Run(const DrawStep& step, size_t count) {
  int64_t* out = Numbers(step.out);
  const int64_t* a = (*this)[step.a];
  const int64_t* b = (*this)[step.b];
  const int64_t* rows = step.row == kOwnRow ? row_numbers_.data() : (*this)[step.row];
  const uint64_t* hashes = step.row_hash == kOwnRow
                               ? row_hashes_.data()
                               : reinterpret_cast<const uint64_t*>((*this)[step.row_hash]);
  switch (step.op) {
    case DrawStep::Op::kSequence:
      for (size_t i = 0; i < count; ++i) out[i] = step.first + step.step * rows[i];
      break;
    case DrawStep::Op::kHash:
      HashDraws(hashes, step.key, count, reinterpret_cast<uint64_t*>(out));
      break;
    case DrawStep::Op::kBelow:
      DrawBelow(hashes, step.key, step.bound, step.first, step.step, count, out);
      break;
    case DrawStep::Op::kBelowWide:
      for (size_t i = 0; i < count; ++i) {
        uint64_t n = BelowWide(DrawHash(hashes[i], step.key), step.bound);
        out[i] = static_cast<int64_t>(static_cast<uint64_t>(step.first) +
                                      n * static_cast<uint64_t>(step.step));
      }
      break;
    case DrawStep::Op::kBelowEach:
      DrawBelowEach(hashes, step.key, b, a, count, out);
      break;
    case DrawStep::Op::kBelowWideEach:
      for (size_t i = 0; i < count; ++i) {
        uint64_t n = BelowWide(DrawHash(hashes[i], step.key), static_cast<uint64_t>(b[i]));
        out[i] = a[i] + static_cast<int64_t>(n);
      }
      break;
    case DrawStep::Op::kQuantile: {
      const uint16_t* table = step.quantiles->data();
      for (size_t i = 0; i < count; ++i) out[i] = table[a[i]];
      break;
    }
    case DrawStep::Op::kLookup: {
      const int64_t* table = step.values->data();
      for (size_t i = 0; i < count; ++i) out[i] = table[a[i]];
      break;
    }
    case DrawStep::Op::kFunction:
      step.function->Fill({count, rows, hashes}, step.key, a, b, out);
      break;
    case DrawStep::Op::kRowHash:
      HashRows(a, count, reinterpret_cast<uint64_t*>(out));
      break;
    default:
      break;  // Fill calls another function
  }
}

void RowBlock::RunArithmetic(const DrawStep& step, size_t count) {
  int64_t* out = Numbers(step.out);
  const int64_t* a = (*this)[step.a];
  const int64_t* b = (*this)[step.b];
  const int64_t* c = (*this)[step.c];
  // Unsigned, so that what leaves 64 bits wraps around.
  auto each = [&](auto compute) {
    for (size_t i = 0; i < count; ++i) {
      out[i] =
          static_cast<int64_t>(compute(static_cast<uint64_t>(a[i]), static_cast<uint64_t>(b[i])));
    }
  };
  switch (step.op) {
    case DrawStep::Op::kAdd:
      return each([](uint64_t x, uint64_t y) { return x + y; });
    case DrawStep::Op::kSubtract:
      return each([](uint64_t x, uint64_t y) { return x - y; });
    case DrawStep::Op::kMultiply:
      return each([](uint64_t x, uint64_t y) { return x * y; });
    case DrawStep::Op::kDivide:
      for (size_t i = 0; i < count; ++i) out[i] = FloorDivide(a[i], b[i]);
      return;
    case DrawStep::Op::kModulo:
      for (size_t i = 0; i < count; ++i) out[i] = a[i] - FloorDivide(a[i], b[i]) * b[i];
      return;
    case DrawStep::Op::kEqual:
      return each([](uint64_t x, uint64_t y) { return uint64_t{x == y}; });
    case DrawStep::Op::kLess:
      for (size_t i = 0; i < count; ++i) out[i] = a[i] < b[i];
      return;
    case DrawStep::Op::kAnd:
      return each([](uint64_t x, uint64_t y) { return uint64_t{x != 0} & uint64_t{y != 0}; });
    case DrawStep::Op::kNot:
      return each([](uint64_t x, uint64_t) { return uint64_t{x == 0}; });
    case DrawStep::Op::kSelect:
      for (size_t i = 0; i < count; ++i) out[i] = c[i] != 0 ? a[i] : b[i];
      return;
    default:
      return;  // Fill calls another function
  }
}

Status CheckRows(const RowProgram& program, int64_t first_row, int64_t count) {
  if (count == 0) return Status::OK();
  if (first_row + count > program.row_count_max) {
    return UsageError("table " + program.table + " can't have " +
                          std::to_string(first_row + count) + " rows: " + program.row_count_reason,
                      "generate fewer rows or widen the range");
  }
  for (const ColumnOutput& column : program.columns) {
    ARROW_RETURN_NOT_OK(CheckSequences(program, column, first_row, count));
  }
  return Status::OK();
}

size_t PartBytesMax(const Part& part, const RowProgram& program) {
  switch (part.kind) {
    case Part::Kind::kText:
      return part.text.size();
    case Part::Kind::kWord: {
      size_t most = 0;
      for (const std::string& word : part.words->words()) most = std::max(most, word.size());
      return most;
    }
    case Part::Kind::kInteger:
    case Part::Kind::kDecimal: {
      const RegisterFacts& facts = program.facts(part.value);
      char text[2 * kNumberTextBytes];
      auto low = FormatPart(part, facts.min, 0, text) - text;
      auto high = FormatPart(part, facts.max, 0, text) - text;
      return static_cast<size_t>(std::max(low, high));
    }
    case Part::Kind::kDate:
    case Part::Kind::kTimestamp:
    case Part::Kind::kTime:
      return kDateTextBytes;
    case Part::Kind::kUuid:
      return 36;
    case Part::Kind::kFunction:
      return part.function->bytes_max();
    case Part::Kind::kDouble:
    case Part::Kind::kFloat:
      return kNumberTextBytes;
    case Part::Kind::kBytes:
      return 0;
  }
  return 0;
}

char* FormatPart(const Part& part, int64_t value, int64_t second, char* out) {
  switch (part.kind) {
    case Part::Kind::kText:
      std::memcpy(out, part.text.data(), part.text.size());
      return out + part.text.size();
    case Part::Kind::kWord: {
      const std::string& word = (*part.words)[static_cast<size_t>(value)];
      std::memcpy(out, word.data(), word.size());
      return out + word.size();
    }
    case Part::Kind::kInteger:
      return FormatPadded(value, part.digits, out);
    case Part::Kind::kDecimal:
      return FormatDecimal(value, part.digits, out);
    case Part::Kind::kDate:
      return FormatDate(static_cast<int32_t>(value), out);
    case Part::Kind::kTimestamp:
      return part.utc ? FormatUtcTimestamp(value, part.unit, out)
                      : FormatLocalTimestamp(value, part.unit, out);
    case Part::Kind::kTime:
      return FormatTime(value, part.unit, out);
    case Part::Kind::kUuid:
      return FormatUuid(value, second, out);
    case Part::Kind::kFunction:
      return part.function->Write(value, second, out);
    case Part::Kind::kDouble:
      return FormatDouble(std::bit_cast<double>(value), out);
    case Part::Kind::kFloat:
      return FormatFloat(static_cast<float>(std::bit_cast<double>(value)), out);
    case Part::Kind::kBytes:
      std::memcpy(out, std::bit_cast<const char*>(value), static_cast<size_t>(second));
      return out + second;
  }
  return out;
}

}  // namespace tamis
