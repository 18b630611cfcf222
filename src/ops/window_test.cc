// Tests ops/window.h.
#include "ops/window.h"

#include <arrow/api.h>
#include <arrow/json/from_string.h>
#include <gtest/gtest.h>

#include <map>
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
}

TEST(Window, SumThatOverflowsIsAnErrorNotAWrongNumber) {
  auto schema = arrow::schema({arrow::field("time", arrow::timestamp(arrow::TimeUnit::MICRO)),
                               arrow::field("v", arrow::int64())});
  WindowOptions options;
  options.time = "time";
  options.every_us = kMinuteUs;
  options.aggregates = {{Kind::kSum, "v", "s"}};
  auto window = WindowAggregator::Make(options, *schema).ValueOrDie();
  arrow::TimestampBuilder times(schema->field(0)->type(), arrow::default_memory_pool());
  arrow::Int64Builder values;
  for (int i = 0; i < 3; ++i) {
    ASSERT_TRUE(times.Append(0).ok());
    ASSERT_TRUE(values.Append(INT64_MAX / 2).ok());
  }
  auto batch = arrow::RecordBatch::Make(schema, 3, {*times.Finish(), *values.Finish()});
  auto state = window->MakeState();
  ASSERT_TRUE(window->Push(*batch, state.get()).ok());
  int64_t rows_in = 0;
  auto result = window->Finish({state}, &rows_in);
  EXPECT_EQ(result.status().message(), "window: the sum of v is out of range of bigint");
}

}  // namespace
}  // namespace tamis
