// Providers of ids. See provider.h.
#include <algorithm>
#include <cctype>

#include "ops/provider_pattern.h"
#include "ops/provider_range.h"

namespace tamis {
namespace {

// Row numbers from 1.
const std::shared_ptr<const NumberFunction>& PlusOne() {
  class Function : public NumberFunction {
    void Fill(const RowRange& rows, uint64_t, const int64_t* a, const int64_t*,
              int64_t* out) const override {
      for (size_t i = 0; i < rows.count; ++i) out[i] = a[i] + 1;
    }
  };
  static const std::shared_ptr<const NumberFunction> function = std::make_shared<Function>();
  return function;
}

Status EmitUuid(ColumnScope& scope) {
  ProgramBuilder& program = scope.program();
  Register high = program.Hash(scope.OwnDraw("high"));
  scope.Add(Part::Uuid(high, program.Hash(scope.OwnDraw("low"))));
  return Status::OK();
}

// ORD of order_id and order_number, ID of id.
std::string UsualPrefix(const Column& column) {
  std::string word = SnakeCase(column.name);
  word = word.substr(0, word.find('_'));
  if (word.size() > 3) word.resize(3);
  std::transform(word.begin(), word.end(), word.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  return word.empty() ? "ID-" : word + "-";
}

// Digits that there is room for behind the prefix; the usual prefix goes first.
Status EmitId(ColumnScope& scope) {
  const Column& column = scope.column();
  constexpr int64_t kDigitsUsual = 6, kDigitsMax = 18;
  const Node* prefix_node = scope.options().OptionalNode("prefix");
  std::string prefix = UsualPrefix(column);
  if (prefix_node) {
    ARROW_ASSIGN_OR_RAISE(prefix, ReadString(*prefix_node, "prefix"));
  }
  int64_t room = LengthMax(column) - static_cast<int64_t>(prefix.size());
  if (!prefix_node && room < kDigitsUsual) {
    prefix.clear();
    room = LengthMax(column);
  }
  int64_t least = column.min_length.value_or(0) - static_cast<int64_t>(prefix.size());
  int64_t digits = std::clamp<int64_t>(std::min(kDigitsUsual, room),
                                       std::clamp<int64_t>(least, 1, kDigitsMax), kDigitsMax);
  if (const Node* node = scope.options().OptionalNode("digits")) {
    ARROW_ASSIGN_OR_RAISE(digits, ReadInt(*node, "digits"));
    if (digits < 1 || digits > kDigitsMax) return UsageErrorAt(node->place, "digits are 1 to 18");
  }
  bool random = false;
  scope.options().Optional("random", &random);
  if (!prefix.empty()) scope.Add(Part::Text(prefix));
  auto count = static_cast<uint64_t>(Power10(digits)) - 1;
  ProgramBuilder& program = scope.program();
  if (!scope.must_be_unique()) {
    scope.Add(Part::Integer(program.Uniform(scope.OwnDraw(), count, 1), static_cast<int>(digits)));
    return Status::OK();
  }
  Register number = program.Row();
  if (random) {
    number = scope.UniqueNumber(count);
  } else {
    program.LimitRows(count, "column " + column.name + " has " + std::to_string(count) + " ids");
  }
  RegisterFacts facts{1, static_cast<int64_t>(count), false};
  // From 1; the limit on rows keeps the number of digits.
  scope.Add(Part::Integer(program.Apply("", PlusOne(), facts, number), static_cast<int>(digits)));
  scope.PromiseUnique();
  return Status::OK();
}

}  // namespace

std::span<const Provider> IdProviders() {
  static constexpr Provider kProviders[] = {
      {"uuid", kTextValue, "uuid guid uid eventid requestid traceid correlationid", "",
       "a random UUID (version 4)", EmitUuid},
      {"id", kTextValue,
       "id number no num key code ref reference orderid customerid accountid productid orderno "
       "ordernumber invoiceno invoicenumber accountnumber customernumber transactionid employeeid "
       "!hscode",
       "prefix, digits, random",
       "a prefix (ORD- of order_id) and a number of that many digits (6): ORD-000123", EmitId},
  };
  return kProviders;
}

}  // namespace tamis
