// Reads what is to be injected, and draws rows for it. See inject.h.
#include "ops/inject.h"

#include <arrow/type.h>

#include <algorithm>
#include <array>
#include <optional>
#include <set>

#include "base/hash.h"
#include "base/suggest.h"
#include "ops/generate_scope.h"
#include "spec/reader.h"
#include "text/hash_batch.h"
#include "text/number.h"

namespace tamis {
namespace {

constexpr int64_t kCopyDistance = 100;
constexpr int64_t kCopyDistanceMax = 10000;
constexpr uint64_t kWhole = uint64_t{1} << 32;
constexpr int64_t kBlock = 1024;
constexpr int64_t kSecondsDefault = 3600;

const std::vector<std::string>& FaultNames() {
  static const std::vector<std::string> names = {"duplicates", "nulls", "malformed", "ragged",
                                                 "late"};
  return names;
}

Status NotARate(const Place& place, std::string_view text) {
  return UsageErrorAt(place, "not a share of the rows: " + std::string(text),
                      "such as 1%, 0.5% or 0.005, at most 100%");
}

// `1%` or `0.01` as a number of 2^32, exactly (rounded down, but never to nothing).
Result<uint64_t> ParseRate(std::string_view text, const Place& place) {
  std::string_view digits = text;
  bool percent = digits.ends_with('%');
  if (percent) digits.remove_suffix(1);
  while (digits.ends_with(' ')) digits.remove_suffix(1);
  size_t point = digits.find('.');
  std::string whole(digits.substr(0, point));
  std::string fraction(point == std::string_view::npos ? "" : digits.substr(point + 1));
  std::string all = whole + fraction;
  int64_t number = 0;
  bool valid = !all.empty() && all.size() <= 15 &&
               all.find_first_not_of("0123456789") == std::string::npos &&
               ParseInt64(all, &number) == ParseResult::kOk;
  if (!valid) return NotARate(place, text);
  __int128 divisor = percent ? 100 : 1;
  for (size_t i = 0; i < fraction.size(); ++i) divisor *= 10;
  if (number > divisor) return NotARate(place, text);
  auto rate = static_cast<uint64_t>(static_cast<__int128>(number) * kWhole / divisor);
  return number > 0 ? std::max<uint64_t>(rate, 1) : 0;
}

// `90 s`, `1 hour`, `2 days` in seconds.
Result<int64_t> ParseSeconds(const Node& node, const char* what) {
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(node, what));
  size_t end = text.find_first_not_of("0123456789");
  int64_t number = 0, unit = 0;
  std::string word = end == std::string::npos ? "" : text.substr(end);
  word.erase(0, word.find_first_not_of(' '));
  static const std::map<std::string, int64_t, std::less<>> kUnits = {
      {"s", 1},    {"second", 1},  {"seconds", 1},  {"min", 60},  {"minute", 60}, {"minutes", 60},
      {"h", 3600}, {"hour", 3600}, {"hours", 3600}, {"d", 86400}, {"day", 86400}, {"days", 86400}};
  if (auto found = kUnits.find(word); found != kUnits.end()) unit = found->second;
  bool valid = unit > 0 && end > 0 && end <= 9 &&
               ParseInt64(std::string_view(text).substr(0, end), &number) == ParseResult::kOk &&
               number > 0;
  if (valid) return number * unit;
  return UsageErrorAt(node.place, std::string(what) + ": not a duration: " + text,
                      "such as 90 s, 10 minutes, 1 hour, 2 days");
}

// What is asked for of one fault.
struct FaultSpec {
  uint64_t rate = 0;
  Place place;
  std::vector<std::string> columns;
  Place columns_place;
  std::string by;
  Place by_place;
  int64_t seconds = 0;
  int64_t after = kCopyDistance;
};

std::vector<std::string> ColumnNames(const Table& table) {
  std::vector<std::string> names;
  for (const Column& column : table.columns) names.push_back(column.name);
  return names;
}

}  // namespace

// Reads the specification of a table, then lays its actions out.
class InjectPlanner {
 public:
  InjectPlanner(const Table& table, FaultMedium medium) : table_(table), medium_(medium) {}

  Status Read(std::string_view flags) {
    const Node* inject = table_.generate && table_.generate->is_mapping()
                             ? table_.generate->Find("inject")
                             : nullptr;
    if (inject && !inject->is_null()) ARROW_RETURN_NOT_OK(ReadNode(*inject));
    return ReadFlags(flags);
  }

  Result<std::shared_ptr<const InjectPlan>> Plan(uint64_t seed) {
    auto plan = std::make_shared<InjectPlan>();
    plan->key_ = ColumnKey(table_.name + ".inject", seed);
    plan->choice_key_ = ColumnKey(table_.name + ".inject.choice", seed);
    ARROW_RETURN_NOT_OK(FindTime(plan.get()));
    uint64_t border = 0;
    for (size_t i = 0; i < kFaultKinds; ++i) {
      if (specs_[i].rate == 0) continue;
      InjectPlan::Share share;
      share.fault = static_cast<Fault>(i);
      border += specs_[i].rate;
      share.border = border;
      share.first_action = plan->actions_.size();
      ARROW_RETURN_NOT_OK(AddActions(share.fault, specs_[i], plan.get()));
      share.action_count = plan->actions_.size() - share.first_action;
      plan->shares_.push_back(share);
    }
    if (border > kWhole) {
      return UsageErrorAt(place_, "the shares of injected faults are more than 100% together",
                          "a row has at most one fault");
    }
    if (plan->shares_.empty()) return nullptr;
    return plan;
  }

 private:
  Status ReadNode(const Node& node) {
    place_ = node.place;
    ARROW_RETURN_NOT_OK(ExpectMapping(node, "inject"));
    MappingReader reader(node, "inject");
    for (size_t i = 0; i < kFaultKinds; ++i) {
      const Node* fault = reader.OptionalNode(FaultNames()[i]);
      if (fault) reader.Check(ReadFault(static_cast<Fault>(i), *fault, &specs_[i]));
    }
    return reader.Finish();
  }

  static Status ReadFault(Fault fault, const Node& node, FaultSpec* spec) {
    spec->place = node.place;
    if (!node.is_mapping()) {
      ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(node, FaultName(fault)));
      return ParseRate(text, node.place).Value(&spec->rate);
    }
    MappingReader reader(node, FaultName(fault));
    if (const Node* rate = reader.RequiredNode("rate")) {
      auto text = ReadString(*rate, "rate");
      reader.Check(text.status());
      if (text.ok()) reader.Check(ParseRate(*text, rate->place).Value(&spec->rate));
    }
    if (fault == Fault::kNulls || fault == Fault::kMalformed) {
      if (const Node* columns = reader.OptionalNode("columns")) {
        spec->columns_place = columns->place;
        reader.Check(ReadStringOrStrings(*columns, "columns").Value(&spec->columns));
      }
    }
    if (fault == Fault::kDuplicates || fault == Fault::kLate) ReadShift(fault, &reader, spec);
    return reader.Finish();
  }

  static void ReadShift(Fault fault, MappingReader* reader, FaultSpec* spec) {
    if (const Node* by = reader->OptionalNode("by")) {
      spec->by_place = by->place;
      reader->Check(ReadString(*by, "by").Value(&spec->by));
    }
    const char* key = fault == Fault::kLate ? "late_by" : "later_by";
    if (const Node* duration = reader->OptionalNode(key)) {
      reader->Check(ParseSeconds(*duration, key).Value(&spec->seconds));
    }
    if (fault != Fault::kDuplicates) return;
    const Node* after = reader->OptionalNode("after");
    if (!after) return;
    reader->Check(ReadInt(*after, "after").Value(&spec->after));
    if (spec->after >= 1 && spec->after <= kCopyDistanceMax) return;
    reader->Check(UsageErrorAt(after->place, "after: 1 to 10000 rows"));
  }

  Status ReadFlags(std::string_view flags) {
    if (flags == "none") {
      for (FaultSpec& spec : specs_) spec.rate = 0;
      return Status::OK();
    }
    while (!flags.empty()) {
      size_t comma = std::min(flags.find(','), flags.size());
      std::string item(flags.substr(0, comma));
      flags.remove_prefix(std::min(comma + 1, flags.size()));
      size_t equals = item.find('=');
      std::string name = item.substr(0, equals);
      auto found = std::find(FaultNames().begin(), FaultNames().end(), name);
      if (found == FaultNames().end()) {
        return UsageError("--inject: unknown fault: " + name, DidYouMean(name, FaultNames()));
      }
      if (equals == std::string::npos) {
        return UsageError("--inject: " + name + " has no share", "such as " + name + "=1%");
      }
      auto rate = ParseRate(item.substr(equals + 1), Place());
      if (!rate.ok()) {
        return UsageError("--inject: not a share of the rows: " + item,
                          "such as " + name + "=1%, at most 100%");
      }
      specs_[static_cast<size_t>(found - FaultNames().begin())].rate = *rate;
    }
    return Status::OK();
  }

  FaultSpec& spec(Fault fault) { return specs_[static_cast<size_t>(fault)]; }

  Status Cannot(const FaultSpec& spec, const std::string& message, std::string hint) const {
    return UsageErrorAt(spec.place, "table " + table_.name + " " + message, std::move(hint));
  }

  // The time column of late rows and shifted copies, and by how much.
  Status FindTime(InjectPlan* plan) {
    FaultSpec& late = spec(Fault::kLate);
    FaultSpec& copies = spec(Fault::kDuplicates);
    plan->copy_distance_ = copies.rate > 0 ? copies.after : 0;
    bool shifts_copies = copies.rate > 0 && (copies.seconds > 0 || !copies.by.empty());
    if (late.rate == 0 && !shifts_copies) return Status::OK();
    FaultSpec& named = late.rate > 0 && !late.by.empty() ? late : copies;
    if (late.rate > 0 && shifts_copies && !late.by.empty() && !copies.by.empty() &&
        late.by != copies.by) {
      return UsageErrorAt(copies.by_place, "duplicates and late go by the same column");
    }
    ARROW_ASSIGN_OR_RAISE(plan->time_column_, TimeColumn(named, late.rate > 0 ? late : copies));
    const arrow::DataType& type = *table_.columns[static_cast<size_t>(plan->time_column_)].type;
    auto units = [&](const FaultSpec& spec) {
      bool is_date = type.id() == arrow::Type::DATE32;
      int64_t seconds = spec.seconds > 0 ? spec.seconds : is_date ? 86400 : kSecondsDefault;
      if (is_date) return std::max<int64_t>(1, seconds / 86400);
      auto unit = static_cast<const arrow::TimestampType&>(type).unit();
      return seconds * UnitsPerSecond(static_cast<TimeUnit>(unit));
    };
    if (shifts_copies) plan->later_by_ = units(copies);
    if (late.rate > 0) plan->late_by_ = units(late);
    return Status::OK();
  }

  Result<int> TimeColumn(const FaultSpec& named, const FaultSpec& fault) const {
    auto is_time = [](const Column& column) {
      return column.type->id() == arrow::Type::TIMESTAMP ||
             column.type->id() == arrow::Type::DATE32;
    };
    if (!named.by.empty()) {
      int index = table_.ColumnIndex(named.by);
      if (index < 0) {
        return UsageErrorAt(named.by_place, "unknown column: " + named.by,
                            DidYouMean(named.by, ColumnNames(table_)));
      }
      if (is_time(table_.columns[static_cast<size_t>(index)])) return index;
      return UsageErrorAt(named.by_place, "column " + named.by + " is no timestamp and no date");
    }
    for (auto type : {arrow::Type::TIMESTAMP, arrow::Type::DATE32}) {
      for (size_t i = 0; i < table_.columns.size(); ++i) {
        if (table_.columns[i].type->id() == type) return static_cast<int>(i);
      }
    }
    return Cannot(fault, "has no timestamp or date by which rows can be late",
                  "leave late and later_by out");
  }

  Status AddActions(Fault fault, const FaultSpec& spec, InjectPlan* plan) const {
    switch (fault) {
      case Fault::kDuplicates:
        plan->actions_.push_back(Copy(*plan));
        return Status::OK();
      case Fault::kNulls:
        return AddNulls(spec, plan);
      case Fault::kMalformed:
        return AddMalformed(spec, plan);
      case Fault::kRagged:
        return AddRagged(spec, plan);
      case Fault::kLate: {
        FaultAction action;
        action.kind = FaultAction::Kind::kEarlier;
        action.fault = fault;
        action.column = plan->time_column();
        plan->actions_.push_back(std::move(action));
        return Status::OK();
      }
    }
    return Status::OK();
  }

  // A copy has the keys of its row, but for a time that is shifted.
  FaultAction Copy(const InjectPlan& plan) const {
    FaultAction action;
    std::vector<std::string> key = table_.PrimaryKey();
    auto shifted = [&](const std::string& name) {
      return plan.later_by() > 0 && table_.ColumnIndex(name) == plan.time_column();
    };
    if (!key.empty() && std::none_of(key.begin(), key.end(), shifted)) {
      action.reasons.push_back({Rule::kPrimaryKey, table_.ColumnIndex(key[0])});
    }
    for (const Column& column : table_.columns) {
      if (!column.unique || key == std::vector<std::string>{column.name}) continue;
      if (shifted(column.name)) continue;
      action.reasons.push_back({Rule::kUnique, table_.ColumnIndex(column.name)});
    }
    return action;
  }

  // The columns that are asked for, else those that `fits` likes.
  template <typename Fits>
  Result<std::vector<int>> Columns(const FaultSpec& spec, Fits fits) const {
    std::vector<int> columns;
    for (const std::string& name : spec.columns) {
      columns.push_back(table_.ColumnIndex(name));
      if (columns.back() >= 0) continue;
      return UsageErrorAt(spec.columns_place, "unknown column: " + name,
                          DidYouMean(name, ColumnNames(table_)));
    }
    for (size_t i = 0; i < table_.columns.size() && spec.columns.empty(); ++i) {
      if (fits(table_.columns[i])) columns.push_back(static_cast<int>(i));
    }
    return columns;
  }

  Status AddNulls(const FaultSpec& spec, InjectPlan* plan) const {
    ARROW_ASSIGN_OR_RAISE(auto columns,
                          Columns(spec, [](const Column& column) { return column.required; }));
    if (columns.empty()) {
      return Cannot(spec, "has no required column that a NULL would break",
                    "name columns: nulls: {rate: 1%, columns: [a]}");
    }
    if (medium_ == FaultMedium::kCsv && table_.format.null_values.empty()) {
      return Cannot(spec, "has no text for NULL", "set null_values in tamis.format");
    }
    for (int column : columns) {
      const Column& nulled = table_.columns[static_cast<size_t>(column)];
      FaultAction action;
      action.kind = FaultAction::Kind::kNull;
      action.fault = Fault::kNulls;
      action.column = column;
      if (nulled.required) action.reasons.push_back({Rule::kRequired, column});
      plan->actions_.push_back(std::move(action));
    }
    return Status::OK();
  }

  Status AddMalformed(const FaultSpec& spec, InjectPlan* plan) const {
    ARROW_ASSIGN_OR_RAISE(auto columns, Columns(spec, [](const Column&) { return true; }));
    for (int column : columns) {
      ARROW_ASSIGN_OR_RAISE(auto values, MalformedValues(table_, column, medium_));
      if (values.empty() && !spec.columns.empty()) {
        return UsageErrorAt(spec.columns_place,
                            "no value of column " +
                                table_.columns[static_cast<size_t>(column)].name +
                                " would be malformed in this format",
                            "give it a rule, or choose another column");
      }
      std::move(values.begin(), values.end(), std::back_inserter(plan->actions_));
    }
    if (!plan->actions_.empty() && plan->actions_.back().fault == Fault::kMalformed) {
      return Status::OK();
    }
    return Cannot(spec, "has no column whose rules a value of this format could break",
                  "write CSV or JSON lines, or give columns rules");
  }

  Status AddRagged(const FaultSpec& spec, InjectPlan* plan) const {
    using Kind = FaultAction::Kind;
    auto add = [&](Kind kind, Rule rule) {
      FaultAction action;
      action.kind = kind;
      action.fault = Fault::kRagged;
      action.reasons = {{rule, -1}};
      plan->actions_.push_back(std::move(action));
    };
    switch (medium_) {
      case FaultMedium::kTyped:
        return Cannot(spec, "can't have ragged lines in this format", "write CSV or JSON lines");
      case FaultMedium::kJsonLines:
        add(Kind::kCutOff, Rule::kJson);
        return Status::OK();
      case FaultMedium::kCsv:
        if (table_.columns.size() > 1) add(Kind::kMissingField, Rule::kColumnCount);
        add(Kind::kSurplusField, Rule::kColumnCount);
        if (table_.format.quote) add(Kind::kBrokenQuote, Rule::kQuote);
        return Status::OK();
    }
    return Status::OK();
  }

  const Table& table_;
  FaultMedium medium_;
  Place place_;
  std::array<FaultSpec, kFaultKinds> specs_;
};

const char* FaultName(Fault fault) { return FaultNames()[static_cast<size_t>(fault)].c_str(); }

Result<std::shared_ptr<const InjectPlan>> InjectPlan::Make(const Table& table, uint64_t seed,
                                                           std::string_view flags,
                                                           FaultMedium medium) {
  InjectPlanner planner(table, medium);
  ARROW_RETURN_NOT_OK(planner.Read(flags));
  return planner.Plan(seed);
}

bool InjectPlan::MayBeNull(int column) const {
  return std::any_of(actions_.begin(), actions_.end(), [&](const FaultAction& action) {
    return action.column == column && action.kind == FaultAction::Kind::kNull;
  });
}

bool InjectPlan::MayBeMalformed(int column) const {
  return std::any_of(actions_.begin(), actions_.end(), [&](const FaultAction& action) {
    return action.column == column && action.kind == FaultAction::Kind::kValue;
  });
}

int32_t InjectPlan::ActionOf(uint64_t draw, uint64_t choice) const {
  for (const Share& share : shares_) {
    if (draw >> 32 >= share.border) continue;
    return static_cast<int32_t>(share.first_action + Below(choice, share.action_count));
  }
  return -1;
}

bool InjectPlan::IsCopied(int64_t row) const {
  const Share& first = shares_.front();
  return first.fault == Fault::kDuplicates && DrawHash(RowHash(row), key_) >> 32 < first.border;
}

void InjectPlan::Find(RowSpan span, int64_t first_row, int64_t count,
                      std::vector<FaultEvent>* events) const {
  const uint64_t border = shares_.back().border;
  std::vector<uint64_t> hashes(static_cast<size_t>(std::min(count, kBlock))), draws(hashes.size());
  const int64_t distance = copy_distance_;
  auto add_copy = [&](int64_t row, int64_t of) {
    if (of >= span.first && IsCopied(of)) events->push_back({row, 0, of});
  };
  for (int64_t done = 0; done < count; done += kBlock) {
    const auto now = static_cast<size_t>(std::min(kBlock, count - done));
    HashRowRange(first_row + done, now, hashes.data());
    HashDraws(hashes.data(), key_, now, draws.data());
    for (size_t i = 0; i < now; ++i) {
      const int64_t row = first_row + done + static_cast<int64_t>(i);
      if (draws[i] >> 32 < border) {
        int32_t action = ActionOf(draws[i], DrawHash(hashes[i], choice_key_));
        bool copied = actions_[static_cast<size_t>(action)].kind == FaultAction::Kind::kCopy;
        if (!copied) events->push_back({row, action, -1});
      }
      if (distance == 0) continue;
      add_copy(row, row - distance);
      // The copies of the last rows stand at the end.
      for (int64_t of = row - distance + 1; row == span.end - 1 && of <= row; ++of) {
        add_copy(row, of);
      }
    }
  }
}

FaultCounts InjectPlan::Count(RowSpan span, int64_t first_row, int64_t count) const {
  std::vector<int64_t> by_action(actions_.size());
  std::vector<FaultEvent> events;
  constexpr int64_t kStep = 1 << 16;
  for (int64_t done = 0; done < count; done += kStep) {
    events.clear();
    Find(span, first_row + done, std::min(kStep, count - done), &events);
    for (const FaultEvent& event : events) ++by_action[static_cast<size_t>(event.action)];
  }
  FaultCounts counts;
  for (const Share& share : shares_) counts.by_fault[share.fault] = 0;
  for (size_t i = 0; i < actions_.size(); ++i) {
    const FaultAction& action = actions_[i];
    counts.by_fault[action.fault] += by_action[i];
    if (action.kind == FaultAction::Kind::kCopy) counts.copies += by_action[i];
    if (by_action[i] == 0) continue;
    for (const FaultReason& reason : action.reasons) counts.by_rule[reason] += by_action[i];
  }
  return counts;
}

}  // namespace tamis
