// Tests ops/window.h.
#include "ops/window.h"

#include <arrow/api.h>
#include <arrow/json/from_string.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <random>

namespace tamis {
namespace {

using Kind = WindowOptions::Aggregate::Kind;

std::shared_ptr<arrow::Schema> EventSchema() {
  return arrow::schema({arrow::field("time", arrow::timestamp(arrow::TimeUnit::MICRO, "UTC")),
                        arrow::field("action", arrow::utf8()),
                        arrow::field("amount", arrow::float64()),
                        arrow::field("size", arrow::int32())});
}

struct Event {
  std::optional<int64_t> time;
  std::optional<std::string> action;
  std::optional<double> amount;
  int32_t size = 0;
};

std::shared_ptr<arrow::RecordBatch> BatchOf(const std::vector<Event>& events) {
  arrow::TimestampBuilder times(EventSchema()->field(0)->type(), arrow::default_memory_pool());
  arrow::StringBuilder actions;
  arrow::DoubleBuilder amounts;
  arrow::Int32Builder sizes;
  for (const Event& event : events) {
    EXPECT_TRUE((event.time ? times.Append(*event.time) : times.AppendNull()).ok());
    EXPECT_TRUE((event.action ? actions.Append(*event.action) : actions.AppendNull()).ok());
    EXPECT_TRUE((event.amount ? amounts.Append(*event.amount) : amounts.AppendNull()).ok());
    EXPECT_TRUE(sizes.Append(event.size).ok());
  }
  return arrow::RecordBatch::Make(
      EventSchema(), static_cast<int64_t>(events.size()),
      {*times.Finish(), *actions.Finish(), *amounts.Finish(), *sizes.Finish()});
}

// Pushes the events in batches, alternately into two states, as two threads would.
std::shared_ptr<arrow::RecordBatch> Aggregate(const WindowOptions& options,
                                              const std::vector<Event>& events, int64_t* rows_in) {
  auto window = WindowAggregator::Make(options, *EventSchema()).ValueOrDie();
  std::vector<std::shared_ptr<WindowAggregator::State>> states = {window->MakeState(),
                                                                  window->MakeState()};
  for (size_t at = 0; at < events.size(); at += 7) {
    std::vector<Event> part(events.begin() + static_cast<int64_t>(at),
                            events.begin() + static_cast<int64_t>(std::min(at + 7, events.size())));
    EXPECT_TRUE(window->Push(*BatchOf(part), states[at / 7 % 2].get()).ok());
  }
  return window->Finish(std::move(states), rows_in).ValueOrDie();
}

constexpr int64_t kMinuteUs = 60'000'000;

std::vector<Event> RandomEvents(size_t count) {
  std::mt19937_64 random(5);
  std::vector<Event> events;
  for (size_t i = 0; i < count; ++i) {
    Event event;
    if (random() % 50)
      event.time = static_cast<int64_t>(random() % 40) * kMinuteUs - 20 * kMinuteUs + 1;
    if (random() % 9) event.action = std::string(1, static_cast<char>('a' + random() % 3));
    if (random() % 4) event.amount = static_cast<double>(random() % 1000) / 8;
    event.size = static_cast<int32_t>(random() % 100) - 50;
    events.push_back(event);
  }
  return events;
}

int64_t WindowOf(int64_t time, int64_t every) {
  int64_t window = time / every;
  return (time % every < 0 ? window - 1 : window) * every;
}

TEST(Window, AgreesWithAPlainMapOverKeysNullsAndTimesBefore1970) {
  WindowOptions options;
  options.time = "time";
  options.every_us = 10 * kMinuteUs;
  options.by = {"action"};
  options.aggregates = {{Kind::kCount, "", "n"},
                        {Kind::kSum, "size", "s"},
                        {Kind::kMin, "amount", "low"},
                        {Kind::kMax, "amount", "high"},
                        {Kind::kAvg, "size", "mean"}};
  struct Totals {
    int64_t n = 0, sum = 0;
    std::optional<double> low, high;
  };
  // NULLs sort last, so they get the largest keys.
  std::map<std::pair<int64_t, std::string>, Totals> expected;
  std::vector<Event> events = RandomEvents(2000);
  for (const Event& event : events) {
    int64_t window = event.time ? WindowOf(*event.time, options.every_us) : INT64_MAX;
    Totals& totals = expected[{window, event.action.value_or("~null")}];
    ++totals.n;
    totals.sum += event.size;
    if (event.amount) {
      totals.low = std::min(totals.low.value_or(*event.amount), *event.amount);
      totals.high = std::max(totals.high.value_or(*event.amount), *event.amount);
    }
  }
  int64_t rows_in = 0;
  auto result = Aggregate(options, events, &rows_in);
  EXPECT_EQ(rows_in, 2000);
  ASSERT_EQ(result->num_rows(), static_cast<int64_t>(expected.size()));
  const auto& starts = static_cast<const arrow::TimestampArray&>(*result->column(0));
  const auto& actions = static_cast<const arrow::StringArray&>(*result->column(1));
  const auto& counts = static_cast<const arrow::Int64Array&>(*result->column(2));
  const auto& sums = static_cast<const arrow::Int64Array&>(*result->column(3));
  const auto& lows = static_cast<const arrow::DoubleArray&>(*result->column(4));
  const auto& highs = static_cast<const arrow::DoubleArray&>(*result->column(5));
  const auto& means = static_cast<const arrow::DoubleArray&>(*result->column(6));
  int64_t row = 0;
  for (const auto& [key, totals] : expected) {
    EXPECT_EQ(starts.IsNull(row) ? INT64_MAX : starts.Value(row), key.first);
    EXPECT_EQ(actions.IsNull(row) ? "~null" : actions.GetString(row), key.second);
    EXPECT_EQ(counts.Value(row), totals.n);
    EXPECT_EQ(sums.Value(row), totals.sum);
    EXPECT_EQ(lows.IsValid(row), totals.low.has_value());
    if (totals.low) {
      EXPECT_EQ(lows.Value(row), *totals.low);
    }
    if (totals.high) {
      EXPECT_EQ(highs.Value(row), *totals.high);
    }
    EXPECT_DOUBLE_EQ(means.Value(row),
                     static_cast<double>(totals.sum) / static_cast<double>(totals.n));
    ++row;
  }
}

TEST(Window, PivotFillsCellsWithoutRowsAndKeepsWindowsOfOtherValues) {
  WindowOptions options;
  options.time = "time";
  options.every_us = 10 * kMinuteUs;
  options.aggregates = {{Kind::kCount, "", "count"}};
  options.pivot_column = "action";
  options.pivot_values = {"Open", "Close"};
  options.fill = arrow::MakeScalar(int64_t{0});
  int64_t rows_in = 0;
  auto result = Aggregate(options,
                          {{0, "Open", {}, 0},
                           {1, "Open", {}, 0},
                           {2, "Close", {}, 0},
                           {25 * kMinuteUs, "Other", {}, 0},
                           {12 * kMinuteUs, "Close", {}, 0}},
                          &rows_in);
  EXPECT_EQ(rows_in, 5);
  EXPECT_EQ(result->schema()->field_names(),
            (std::vector<std::string>{"window_start", "Open", "Close"}));
  auto expected = arrow::json::ArrayFromJSONString(arrow::int64(), "[2, 0, 0]").ValueOrDie();
  EXPECT_TRUE(result->column(1)->Equals(expected)) << result->column(1)->ToString();
  expected = arrow::json::ArrayFromJSONString(arrow::int64(), "[1, 1, 0]").ValueOrDie();
  EXPECT_TRUE(result->column(2)->Equals(expected)) << result->column(2)->ToString();
}

TEST(Window, RefusesColumnsThatDoNotFit) {
  WindowOptions options;
  options.time = "action";
  options.every_us = kMinuteUs;
  EXPECT_EQ(WindowAggregator::Make(options, *EventSchema()).status().message(),
            "window: time needs a timestamp, action is string");
  options.time = "tyme";
  EXPECT_EQ(WindowAggregator::Make(options, *EventSchema()).status().message(),
            "window: unknown column: tyme");
  options.time = "time";
  options.aggregates = {{Kind::kSum, "action", "s"}};
  EXPECT_EQ(WindowAggregator::Make(options, *EventSchema()).status().message(),
            "window: an aggregate needs an integer or double, action is string");
  options.aggregates = {{Kind::kSum, "size", "s"}, {Kind::kSum, "amount", "s"}};
  EXPECT_EQ(WindowAggregator::Make(options, *EventSchema()).status().message(),
            "window: two columns are called s");
  options.aggregates = {{Kind::kSum, "size", "s"}, {Kind::kSum, "amount", "t"}};
  options.pivot_column = "action";
  options.pivot_values = {"a"};
  options.fill = arrow::MakeScalar(int64_t{0});
  EXPECT_EQ(WindowAggregator::Make(options, *EventSchema()).status().message(),
            "window: fill is int64, but t is double");
}

constexpr auto kTimeUnit = arrow::TimeUnit::MICRO;

std::shared_ptr<arrow::Array> Json(const std::shared_ptr<arrow::DataType>& type,
                                   const std::string& text) {
  return arrow::json::ArrayFromJSONString(type, text).ValueOrDie();
}

WindowOptions CountBy(const std::string& column) {
  WindowOptions options;
  options.time = "time";
  options.every_us = kMinuteUs;
  options.by = {column};
  options.aggregates = {{Kind::kCount, "", "n"}};
  return options;
}

WindowOptions ValueIn(Kind kind) {
  WindowOptions options;
  options.time = "time";
  options.every_us = kMinuteUs;
  options.aggregates = {{kind, "v", "x"}};
  return options;
}

// The result over rows of time 0 with `values` as the column v, of which each state gets a part.
Result<std::shared_ptr<arrow::RecordBatch>> OverValues(const WindowOptions& options,
                                                       const std::shared_ptr<arrow::Array>& values,
                                                       int64_t state_count) {
  auto schema = arrow::schema(
      {arrow::field("time", arrow::timestamp(kTimeUnit)), arrow::field("v", values->type())});
  ARROW_ASSIGN_OR_RAISE(auto window, WindowAggregator::Make(options, *schema));
  arrow::TimestampBuilder times(schema->field(0)->type(), arrow::default_memory_pool());
  for (int64_t row = 0; row < values->length(); ++row) ARROW_RETURN_NOT_OK(times.Append(0));
  ARROW_ASSIGN_OR_RAISE(auto time_array, times.Finish());
  auto all = arrow::RecordBatch::Make(schema, values->length(), {time_array, values});
  std::vector<std::shared_ptr<WindowAggregator::State>> states;
  for (int64_t i = 0; i < state_count; ++i) {
    int64_t begin = values->length() * i / state_count;
    states.push_back(window->MakeState());
    ARROW_RETURN_NOT_OK(window->Push(
        *all->Slice(begin, values->length() * (i + 1) / state_count - begin), states[i].get()));
  }
  std::reverse(states.begin(), states.end());
  int64_t rows_in = 0;
  auto result = window->Finish(states, &rows_in);
  EXPECT_TRUE(!result.ok() || rows_in == values->length());
  return result;
}

struct KeyCase {
  std::shared_ptr<arrow::DataType> type;
  std::string values, sorted;
};

std::vector<KeyCase> KeyCases() {
  std::vector<KeyCase> cases;
  for (const auto& type :
       {arrow::int8(), arrow::int16(), arrow::int32(), arrow::int64(), arrow::date32(),
        arrow::timestamp(kTimeUnit, "UTC"), arrow::timestamp(arrow::TimeUnit::NANO)}) {
    cases.push_back({type, "[100, -1, null, 2, -100, 2, 0, -1]", "[-100, -1, 0, 2, 100, null]"});
  }
  cases.push_back({arrow::int64(), "[256, 1, -9223372036854775808, 9223372036854775807, 256]",
                   "[-9223372036854775808, 1, 256, 9223372036854775807]"});
  cases.push_back({arrow::time64(kTimeUnit), "[256, 1, null, 255]", "[1, 255, 256, null]"});
  cases.push_back({arrow::uint8(), "[200, 1, 100]", "[1, 100, 200]"});
  cases.push_back(
      {arrow::uint64(), "[256, 18446744073709551615, 255]", "[255, 256, 18446744073709551615]"});
  cases.push_back({arrow::boolean(), "[true, true, null, false, true, false, true, true, true]",
                   "[false, true, null]"});
  for (const auto& type : {arrow::float32(), arrow::float64()}) {
    cases.push_back({type, "[2, NaN, -1, null, -0.0, 10, -Inf, 0.0, NaN, Inf, -2]",
                     "[-Inf, -2, -1, 0, 2, 10, Inf, NaN, null]"});
  }
  cases.push_back({arrow::decimal128(38, 2),
                   R"(["2.50", "-10.00", null, "999999999999999999999999999999999999.99",
                       "-0.01", "10.00", "2.50", "-999999999999999999999999999999999999.99"])",
                   R"(["-999999999999999999999999999999999999.99", "-10.00", "-0.01", "2.50",
                       "10.00", "999999999999999999999999999999999999.99", null])"});
  for (const auto& type : {arrow::utf8(), arrow::binary()}) {
    cases.push_back({type, R"(["b", "é", "", "a", null, "ab", "B", "b", "10", "9"])",
                     R"(["", "10", "9", "B", "a", "ab", "b", "é", null])"});
  }
  cases.push_back(
      {arrow::fixed_size_binary(2), R"(["b0", null, "a9", "b0"])", R"(["a9", "b0", null])"});
  cases.push_back({arrow::int32(), "[]", "[]"});
  return cases;
}

TEST(Window, SortsKeysByTheirTypeNullsLastForAnyNumberOfThreads) {
  for (const KeyCase& test : KeyCases()) {
    auto values = Json(test.type, test.values);
    for (int64_t states : {1, 2, 5}) {
      auto result = OverValues(CountBy("v"), values, states).ValueOrDie();
      auto expected = Json(test.type, test.sorted);
      EXPECT_TRUE(result->column(1)->Equals(expected, arrow::EqualOptions().nans_equal(true)))
          << states << " states of " << test.type->ToString() << ": "
          << result->column(1)->ToString();
      EXPECT_EQ(result->ValidateFull(), Status::OK());
      int64_t rows = 0;
      for (int64_t row = 0; row < result->num_rows(); ++row) {
        rows += static_cast<const arrow::Int64Array&>(*result->column(2)).Value(row);
      }
      EXPECT_EQ(rows, values->length());
    }
  }
}

TEST(Window, ZeroIsOneKeyWithoutItsSign) {
  auto result = OverValues(CountBy("v"), Json(arrow::float64(), "[-0.0, -0.0]"), 1).ValueOrDie();
  ASSERT_EQ(result->num_rows(), 1);
  EXPECT_FALSE(std::signbit(static_cast<const arrow::DoubleArray&>(*result->column(1)).Value(0)));
}

TEST(Window, TakesDictionariesWithNullsAmongTheirValues) {
  auto coded = arrow::DictionaryArray::FromArrays(arrow::dictionary(arrow::int8(), arrow::utf8()),
                                                  Json(arrow::int8(), "[2, 1, null, 0, 2]"),
                                                  Json(arrow::utf8(), R"(["b", null, "a"])"))
                   .ValueOrDie();
  auto result = OverValues(CountBy("v"), coded, 2).ValueOrDie();
  EXPECT_TRUE(result->column(1)->Equals(Json(arrow::utf8(), R"(["a", "b", null])")))
      << result->ToString();
  EXPECT_TRUE(result->column(2)->Equals(Json(arrow::int64(), "[2, 1, 2]"))) << result->ToString();

  WindowOptions options = ValueIn(Kind::kCount);
  options.aggregates = {{Kind::kCount, "", "n"}};
  options.pivot_column = "v";
  options.pivot_values = {"", "a"};
  result = OverValues(options, coded, 1).ValueOrDie();
  EXPECT_TRUE(result->column(1)->Equals(Json(arrow::int64(), "[null]"))) << result->ToString();
  EXPECT_TRUE(result->column(2)->Equals(Json(arrow::int64(), "[2]"))) << result->ToString();
}

TEST(Window, RefusesKeysThatHaveNoOrderNamingTheColumn) {
  const std::vector<std::pair<std::shared_ptr<arrow::DataType>, std::string>> cases = {
      {arrow::list(arrow::int64()), "list<item: int64>"},
      {arrow::struct_({arrow::field("a", arrow::utf8())}), "struct<a: string>"},
      {arrow::large_utf8(), "large_string"},
      {arrow::utf8_view(), "string_view"},
      {arrow::null(), "null"},
      {arrow::dictionary(arrow::int32(), arrow::large_utf8()),
       "dictionary<values=large_string, indices=int32, ordered=0>"}};
  for (const auto& [type, name] : cases) {
    auto schema =
        arrow::schema({arrow::field("time", arrow::timestamp(kTimeUnit)), arrow::field("k", type)});
    Status status = WindowAggregator::Make(CountBy("k"), *schema).status();
    EXPECT_EQ(status.message(),
              "window: by needs booleans, numbers, text, dates or times, k is " + name);
  }
}

TEST(Window, WindowsAreAWholeNumberOfTheTimesUnits) {
  auto seconds = arrow::schema({arrow::field("time", arrow::timestamp(arrow::TimeUnit::SECOND)),
                                arrow::field("v", arrow::int64())});
  WindowOptions options = CountBy("v");
  for (int64_t every_us : {int64_t{1'500'000}, int64_t{1000}}) {
    options.every_us = every_us;
    EXPECT_EQ(WindowAggregator::Make(options, *seconds).status().message(),
              "window: every is not a whole number of the units of time, which is timestamp[s]");
  }
  options.every_us = 2'000'000;
  EXPECT_TRUE(WindowAggregator::Make(options, *seconds).ok());
}

TEST(Window, AWindowThatBeginsBeforeAllTimestampsIsAnError) {
  auto schema = arrow::schema({arrow::field("time", arrow::timestamp(arrow::TimeUnit::NANO))});
  WindowOptions options;
  options.time = "time";
  options.every_us = 86'400'000'000;
  options.aggregates = {{Kind::kCount, "", "n"}};
  auto window = WindowAggregator::Make(options, *schema).ValueOrDie();
  auto state = window->MakeState();
  auto times = Json(schema->field(0)->type(), "[-9223372036854775807, 9223372036854775807]");
  ASSERT_TRUE(window->Push(*arrow::RecordBatch::Make(schema, 2, {times}), state.get()).ok());
  int64_t rows_in = 0;
  EXPECT_EQ(window->Finish({state}, &rows_in).status().message(),
            "window: the first window begins before the first timestamp of timestamp[ns]");
}

TEST(Window, SumsOfIntegersAreCheckedAtTheirEnd) {
  struct Case {
    std::string values;
    std::optional<int64_t> sum;  // none: out of range
  };
  const std::vector<Case> cases = {
      {"[4611686018427387903, 4611686018427387903, 4611686018427387903]", {}},
      {"[9223372036854775807, 1, 5]", {}},  // past the overflow
      {"[9223372036854775807, 1, -5]", INT64_MAX - 4},
      {"[-9223372036854775808, -1, 1]", INT64_MIN},
      {"[-9223372036854775808, -1]", {}},
      {"[9223372036854775807, 9223372036854775807, 2]", {}}};  // 2^64: as 64 bits it is 0
  for (const Case& test : cases) {
    for (int64_t states : {1, 2}) {
      auto result = OverValues(ValueIn(Kind::kSum), Json(arrow::int64(), test.values), states);
      if (!test.sum) {
        EXPECT_EQ(result.status().message(), "window: the sum of v is out of range of bigint");
        continue;
      }
      ASSERT_TRUE(result.ok()) << test.values;
      EXPECT_EQ(static_cast<const arrow::Int64Array&>(*(*result)->column(1)).Value(0), *test.sum);
    }
  }
}

TEST(Window, AveragesOfIntegersDoNotOverflow) {
  for (int64_t states : {1, 2}) {
    auto values = Json(arrow::int64(), "[9223372036854775807, 9223372036854775807, null]");
    auto result = OverValues(ValueIn(Kind::kAvg), values, states).ValueOrDie();
    EXPECT_EQ(static_cast<const arrow::DoubleArray&>(*result->column(1)).Value(0), 0x1p63);
  }
}

TEST(Window, NanIsGreaterThanEveryNumber) {
  struct Case {
    Kind kind;
    std::string values, expected;
  };
  const std::vector<Case> cases = {
      {Kind::kMin, "[NaN, 2, NaN, 1]", "[1]"}, {Kind::kMin, "[Inf, NaN]", "[Inf]"},
      {Kind::kMin, "[NaN, NaN]", "[NaN]"},     {Kind::kMax, "[1, NaN, Inf]", "[NaN]"},
      {Kind::kMax, "[NaN, 1]", "[NaN]"},       {Kind::kMax, "[-1, null, -2]", "[-1]"},
      {Kind::kSum, "[1, NaN]", "[NaN]"},       {Kind::kSum, "[Inf, -Inf]", "[NaN]"},
      {Kind::kAvg, "[Inf, 1]", "[Inf]"},       {Kind::kMin, "[null]", "[null]"},
      {Kind::kSum, "[null, null]", "[null]"}};
  for (const Case& test : cases) {
    for (const auto& type : {arrow::float32(), arrow::float64()}) {
      for (int64_t states : {1, 2}) {
        auto result = OverValues(ValueIn(test.kind), Json(type, test.values), states).ValueOrDie();
        EXPECT_TRUE(result->column(1)->Equals(Json(arrow::float64(), test.expected),
                                              arrow::EqualOptions().nans_equal(true)))
            << test.values << ": " << result->column(1)->ToString();
      }
    }
  }
  for (const char* values : {"[0.0, -0.0]", "[-0.0, 0.0]", "[-0.0]"}) {
    for (Kind kind : {Kind::kMin, Kind::kMax, Kind::kSum}) {
      auto result = OverValues(ValueIn(kind), Json(arrow::float64(), values), 1).ValueOrDie();
      double value = static_cast<const arrow::DoubleArray&>(*result->column(1)).Value(0);
      EXPECT_TRUE(value == 0 && !std::signbit(value)) << values;
    }
  }
}

TEST(Window, SumsOfDoublesDoNotDependOnTheOrderOfTheRows) {
  std::mt19937_64 random(3);
  std::vector<double> values;
  for (int i = 0; i < 10'000; ++i) {
    values.push_back(std::ldexp(static_cast<double>(random() >> 11), -static_cast<int>(i % 90)));
    if (i % 2 == 0) values.back() *= -1;
  }
  std::optional<double> first;
  for (int64_t states = 1; states < 12; ++states) {
    arrow::DoubleBuilder builder;
    ASSERT_TRUE(builder.AppendValues(values).ok());
    auto array = builder.Finish().ValueOrDie();
    auto result = OverValues(ValueIn(Kind::kSum), array, states).ValueOrDie();
    double sum = static_cast<const arrow::DoubleArray&>(*result->column(1)).Value(0);
    EXPECT_EQ(sum, first.value_or(sum));
    first = sum;
    std::shuffle(values.begin(), values.end(), random);
  }
}

TEST(Window, FillIsForCellsWithoutRowsNotForThoseWithoutValues) {
  WindowOptions options;
  options.time = "time";
  options.every_us = kMinuteUs;
  options.aggregates = {{Kind::kSum, "amount", "sum"}};
  options.pivot_column = "action";
  options.pivot_values = {"a", "b"};
  options.fill = arrow::MakeScalar(-1.0);
  const std::vector<Event> events = {{0, "a", {}, 0},         {kMinuteUs, "b", 2.0, 0},
                                     {kMinuteUs, "a", {}, 0}, {2 * kMinuteUs, {}, 3, 0},
                                     {kMinuteUs, "b", {}, 0}, {3 * kMinuteUs, "a", 0.5, 0},
                                     {0, "a", {}, 0},         {3 * kMinuteUs, "b", {}, 0}};
  int64_t rows_in = 0;
  auto result = Aggregate(options, events, &rows_in);
  EXPECT_TRUE(result->column(1)->Equals(Json(arrow::float64(), "[null, null, -1, 0.5]")))
      << result->ToString();
  EXPECT_TRUE(result->column(2)->Equals(Json(arrow::float64(), "[-1, 2, -1, null]")))
      << result->ToString();
}

}  // namespace
}  // namespace tamis
