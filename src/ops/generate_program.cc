// Builds and runs the vector steps of a row program. See generate_program.h.
#include "ops/generate_program.h"

#include <algorithm>
#include <cstring>

#include "base/hash.h"
#include "text/hash_batch.h"
#include "text/number.h"

namespace tamis {
namespace {

bool SameStep(const DrawStep& x, const DrawStep& y) {
  return x.op == y.op && x.a == y.a && x.b == y.b && x.key == y.key && x.bound == y.bound &&
         x.first == y.first && x.step == y.step && x.quantiles == y.quantiles &&
         x.values == y.values && x.function == y.function;
}

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

char* FormatPadded(int64_t value, int digits, char* out) {
  char text[kNumberTextBytes];
  char* end = FormatInt64(value, text);
  char* p = text;
  if (*p == '-') *out++ = *p++;
  for (int64_t missing = digits - (end - p); missing > 0; --missing) *out++ = '0';
  std::memcpy(out, p, static_cast<size_t>(end - p));
  return out + (end - p);
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
      numbers_(std::max<size_t>(program.registers.size(), 1) * kBlockRows) {}

void RowBlock::Fill(int64_t first_row, size_t count) {
  HashRowRange(first_row, count, row_hashes_.data());
  for (const DrawStep& step : program_.steps) Run(step, first_row, count);
}

void RowBlock::Run(const DrawStep& step, int64_t first_row, size_t count) {
  int64_t* out = numbers_.data() + static_cast<size_t>(step.out) * kBlockRows;
  const int64_t* a = (*this)[step.a];
  const int64_t* b = (*this)[step.b];
  const uint64_t* hashes = row_hashes_.data();
  switch (step.op) {
    case DrawStep::Op::kSequence:
      for (size_t i = 0; i < count; ++i) {
        out[i] = step.first + step.step * (first_row + static_cast<int64_t>(i));
      }
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
      step.function->Fill({first_row, count, hashes}, step.key, a, b, out);
      break;
  }
}

Register ProgramBuilder::Add(DrawStep step, RegisterFacts facts) {
  for (const DrawStep& known : program_.steps) {
    if (SameStep(known, step)) return known.out;
  }
  step.out = static_cast<Register>(program_.registers.size());
  program_.registers.push_back(facts);
  program_.steps.push_back(std::move(step));
  return program_.steps.back().out;
}

Register ProgramBuilder::Sequence(int64_t first, int64_t step) {
  DrawStep draw;
  draw.first = first;
  draw.step = step;
  // A sequence may grow as long as its numbers are 64 bits wide; one that stands still does not.
  RegisterFacts facts{step < 0 ? INT64_MIN : first, step > 0 ? INT64_MAX : first, step != 0};
  return Add(std::move(draw), facts);
}

Register ProgramBuilder::Hash(std::string_view name) {
  DrawStep draw;
  draw.op = DrawStep::Op::kHash;
  draw.key = ColumnKey(name, seed_);
  return Add(std::move(draw), {INT64_MIN, INT64_MAX, false});
}

Register ProgramBuilder::Uniform(std::string_view name, uint64_t count, int64_t first,
                                 int64_t step) {
  DrawStep draw;
  draw.op = count <= uint64_t{1} << 32 ? DrawStep::Op::kBelow : DrawStep::Op::kBelowWide;
  draw.key = ColumnKey(name, seed_);
  draw.bound = count;
  draw.first = first;
  draw.step = step;
  auto last = static_cast<int64_t>(static_cast<uint64_t>(first) +
                                   (count - 1) * static_cast<uint64_t>(step));
  return Add(std::move(draw), {std::min(first, last), std::max(first, last), false});
}

Register ProgramBuilder::UniformEach(std::string_view name, Register first, Register count) {
  DrawStep draw;
  draw.op = DrawStep::Op::kBelowEach;
  draw.a = first;
  draw.b = count;
  draw.key = ColumnKey(name, seed_);
  RegisterFacts sum{facts(first).min, facts(first).max + facts(count).max - 1, false};
  // Lookups by one index: the largest sum is not the sum of the largest.
  const DrawStep& low = StepOf(first);
  const DrawStep& width = StepOf(count);
  if (low.op == DrawStep::Op::kLookup && width.op == DrawStep::Op::kLookup && low.a == width.a) {
    sum.max = sum.min;
    for (size_t i = 0; i < low.values->size(); ++i) {
      sum.max = std::max(sum.max, (*low.values)[i] + (*width.values)[i] - 1);
    }
  }
  return Add(std::move(draw), sum);
}

const DrawStep& ProgramBuilder::StepOf(Register out) const {
  return *std::find_if(program_.steps.begin(), program_.steps.end(),
                       [&](const DrawStep& step) { return step.out == out; });
}

Register ProgramBuilder::Weighted(std::string_view name,
                                  std::shared_ptr<const QuantileTable> quantiles) {
  DrawStep draw;
  draw.op = DrawStep::Op::kQuantile;
  draw.a = Uniform(name, quantiles->size());
  RegisterFacts facts{quantiles->front(), quantiles->back(), false};
  draw.quantiles = std::move(quantiles);
  return Add(std::move(draw), facts);
}

Register ProgramBuilder::Lookup(Register index, std::shared_ptr<const ValueTable> values) {
  DrawStep draw;
  draw.op = DrawStep::Op::kLookup;
  draw.a = index;
  auto [min, max] = std::minmax_element(values->begin(), values->end());
  RegisterFacts facts{*min, *max, false};
  draw.values = std::move(values);
  return Add(std::move(draw), facts);
}

Register ProgramBuilder::Apply(std::string_view name,
                               std::shared_ptr<const NumberFunction> function, RegisterFacts facts,
                               Register a, Register b) {
  DrawStep step;
  step.op = DrawStep::Op::kFunction;
  step.key = ColumnKey(name, seed_);
  step.function = std::move(function);
  step.a = a;
  step.b = b;
  return Add(std::move(step), facts);
}

std::shared_ptr<const RowProgram> ProgramBuilder::Build() && {
  return std::make_shared<const RowProgram>(std::move(program_));
}

Status CheckRows(const RowProgram& program, int64_t first_row, int64_t count) {
  if (count == 0) return Status::OK();
  for (const ColumnOutput& column : program.columns) {
    for (const Part& part : column.parts) {
      for (const DrawStep& step : program.steps) {
        if (step.out != part.value || step.op != DrawStep::Op::kSequence || step.step == 0)
          continue;
        int64_t last = 0;
        bool overflow = __builtin_mul_overflow(step.step, first_row + count - 1, &last) ||
                        __builtin_add_overflow(last, step.first, &last);
        if (!overflow && last <= column.sequence_max) continue;
        return UsageError("column " + column.name + " can't number " + std::to_string(count) +
                              " rows: its type ends at " + std::to_string(column.sequence_max),
                          "generate fewer rows or choose a wider type");
      }
    }
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
  }
  return out;
}

}  // namespace tamis
