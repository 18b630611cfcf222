// Pipelines in, explained plans or whole messages out.
#include "plan/pipeline.h"

#include <arrow/type.h>
#include <gtest/gtest.h>

#include "contract/odcs.h"
#include "plan/explain.h"

namespace tamis {
namespace {

constexpr int64_t kRunTimeUs = 1'795'255'200'000'000;  // 2026-11-21T10:00:00Z

constexpr const char* kUsage = R"(
apiVersion: v3.1.0
kind: DataContract
id: usage
version: 1.0.0
schema:
  - name: usage
    properties:
      - {name: customer_id, logicalType: integer, physicalType: int, required: true}
      - {name: usage_kwh, logicalType: number, physicalType: double, required: true}
      - {name: start_time, logicalType: timestamp, physicalType: timestamp, required: true}
)";

constexpr const char* kActions = R"(
apiVersion: v3.1.0
kind: DataContract
id: actions
version: 1.0.0
schema:
  - name: actions
    properties:
      - {name: time, logicalType: timestamp, required: true}
      - {name: action, logicalType: string, required: true}
)";

constexpr const char* kEvents = R"(
apiVersion: v3.1.0
kind: DataContract
id: events
version: 1.0.0
schema:
  - name: events
    properties:
      - {name: event_id, physicalType: uuid}
      - {name: domain, required: true}
      - {name: event_type, required: true}
      - {name: timestamp, logicalType: timestamp}
)";

constexpr const char* kPeople = R"(
apiVersion: v3.1.0
kind: DataContract
id: people
version: 1.0.0
schema:
  - name: people
    customProperties:
      - {property: tamis.generate, value: {rows: 1000, seed: 7}}
    properties:
      - name: first_name
        customProperties: [{property: tamis.anonymize, value: {method: hmac, domain: name}}]
      - name: address
        customProperties: [{property: tamis.anonymize, value: hmac}]
      - {name: born, logicalType: date}
)";

std::shared_ptr<const SourceText> Text(std::string name, std::string text) {
  return std::make_shared<const ::tamis::SourceText>(
      ::tamis::SourceText{std::move(name), std::move(text)});
}

Result<std::shared_ptr<const Contract>> Load(const std::string& path) {
  const char* text = path == "usage.yaml"     ? kUsage
                     : path == "actions.yaml" ? kActions
                     : path == "events.yaml"  ? kEvents
                     : path == "people.yaml"  ? kPeople
                                              : nullptr;
  if (!text) return IoError(path, "no such file or directory");
  ARROW_ASSIGN_OR_RAISE(Contract contract, ParseContract(Text(path, text)));
  return std::make_shared<const Contract>(std::move(contract));
}

Result<Plan> Parse(std::string text, ParameterOverrides overrides = {}) {
  PipelineContext context;
  context.overrides = std::move(overrides);
  context.run_time_us = kRunTimeUs;
  context.load_contract = Load;
  return ParsePipeline(Text("p.yaml", std::move(text)), context);
}

std::string Explain(std::string text, ParameterOverrides overrides = {}) {
  auto plan = Parse(std::move(text), std::move(overrides));
  if (!plan.ok()) return FormatError(plan.status());
  std::string out = ExplainPlan(*plan);
  for (const std::string& warning : plan->warnings) out += "warning: " + warning + "\n";
  return out;
}

/// The message of one wrong step, without the place's snippet.
std::string StepError(const std::string& step) {
  const std::string whole = Explain("steps:\n  a: " + step + "\n");
  return whole.substr(0, whole.find('\n'));
}

constexpr const char* kRead = "{read: {path: x.csv, contract: usage.yaml}, ";

TEST(Pipeline, Zones) {
  EXPECT_EQ(
      Explain(R"(pipeline: usage
parameters:
  day: {type: date, default: today}
steps:
  readings:
    read: {path: data/raw_zone/usage/*.csv, contract: usage.yaml}
    rejects: {path: data/rejection_zone/usage/$day, max: 10%}
  standard:
    from: readings
    derive: {received_at: run_time()}
    write: {path: data/standard_zone/usage/$day}
  consumption:
    from: standard
    sql: |
      SELECT customer_id, usage_kwh,
             sum(usage_kwh) OVER (PARTITION BY customer_id) AS daily_usage_kwh,
             start_time AS start_time_utc, received_at
      FROM standard
    write: {path: data/consumption_zone/usage/$day}
)"),
      "pipeline usage\n"
      "  $day = 2026-11-21\n"
      "readings: read data/raw_zone/usage/*.csv as usage | rejects to "
      "data/rejection_zone/usage/2026-11-21, at most 10%\n"
      "  -> customer_id int not null, usage_kwh double not null, start_time timestamp not null\n"
      "standard: from readings | received_at = run_time() | overwrite "
      "data/standard_zone/usage/2026-11-21\n"
      "  -> customer_id int not null, usage_kwh double not null, start_time timestamp not null, "
      "received_at timestamp\n"
      "consumption: from standard, sum of usage_kwh for each customer_id joined back | overwrite "
      "data/consumption_zone/usage/2026-11-21\n"
      "  -> customer_id int not null, usage_kwh double not null, daily_usage_kwh double not null, "
      "start_time_utc timestamp not null, received_at timestamp\n");
}

TEST(Pipeline, Windows) {
  EXPECT_EQ(
      Explain(R"(
steps:
  top:
    sql: SELECT * FROM windows ORDER BY Open DESC, window_start LIMIT 1
    write: {path: out/top, format: csv}
  counts:
    read: {path: events.csv, contract: actions.yaml}
    derive: {action: initcap(trim(action))}
    window: {time: time, every: 10 minutes, by: action, count: true,
             pivot: {action: [Open, Close]}, fill: 0}
  windows:
    from: counts
    derive: {avg_actions: (Open + Close) / 2}
    write: {path: out/windows, format: csv}
)"),
      "pipeline pipeline\n"
      "counts: read events.csv as actions | action = initcap(trim(action)) | windows of 10 min of "
      "time: count() for action in [Open, Close], else 0\n"
      "  -> window_start timestamp, Open bigint, Close bigint\n"
      "windows: from counts | avg_actions = (Open + Close) / 2 | overwrite out/windows (csv)\n"
      "  -> window_start timestamp, Open bigint, Close bigint, avg_actions double\n"
      "top: sql over windows | overwrite out/top (csv)\n"
      "  -> columns known when it runs\n");
}

TEST(Pipeline, Events) {
  EXPECT_EQ(Explain(R"(
parameters:
  source: {type: path}
  domain: {type: string, default: account}
  event_type: {type: string, default: "it's"}
  date: {type: date, default: yesterday}
steps:
  events:
    read: {path: $source, format: jsonl, contract: events.yaml}
    filter: domain = $domain AND event_type = $event_type AND date(timestamp) = $date
    dedupe: {key: event_id, keep: latest, by: timestamp}
    write:
      path: data/target
      partition_by: {year: year(timestamp), month: month(timestamp), event_type: event_type}
      layout: hive
      mode: replace_partitions
)",
                    {{"source", "in/*.jsonl"}}),
            "pipeline pipeline\n"
            "  $date = 2026-11-20\n"
            "  $domain = account\n"
            "  $event_type = it's\n"
            "  $source = in/*.jsonl\n"
            "events: read in/*.jsonl (jsonl) as events | filter domain = $domain AND event_type = "
            "$event_type AND date(timestamp) = $date | keep the latest of event_id by timestamp | "
            "replace partitions of data/target by "
            "year=year(timestamp)/month=month(timestamp)/event_type\n"
            "  -> event_id string, domain string not null, event_type string not null, timestamp "
            "timestamp\n");
}

TEST(Pipeline, EveryPart) {
  EXPECT_EQ(
      Explain(R"(
parameters:
  source: {type: path}
  least: {type: double, default: 0.5}
  rows: {type: int, default: 5}
steps:
  readings:
    read: {path: $source, format: csv, delimiter: ";", contract: usage.yaml}
    filter: usage_kwh > $least AND year(start_time) = 2026
    dedupe: {key: [customer_id, start_time], keep: latest, by: start_time}
    select: {customer: customer_id, kwh: usage_kwh, at: start_time}
    write:
      path: data/target
      partition_by: {year: year(at), customer: customer}
      layout: hive
      mode: replace_partitions
      codec: zstd
      file_size: 128MB
  hours:
    from: readings
    window: {time: at, every: 1 hour, by: [customer], sum: {kwh: kwh}, max: kwh, count: readings}
    write: out/hours
  made:
    generate: {contract: people.yaml, rows: $rows}
    anonymize: {contract: people.yaml, key: env:TAMIS_KEY, length: 20}
    select: [first_name, born]
    write: {path: out/people.csv, format: csv, header: false}
)",
              {{"source", "in/../a b.csv"}}),
      "pipeline pipeline\n"
      "  $least = 0.5\n"
      "  $rows = 5\n"
      "  $source = in/../a b.csv\n"
      "readings: read in/../a b.csv (csv) as usage | filter usage_kwh > $least AND "
      "year(start_time) = 2026 | keep the latest of customer_id, start_time by start_time | select "
      "customer_id as customer, usage_kwh as kwh, start_time as at | replace partitions of "
      "data/target (zstd, files of 128 MB) by year=year(at)/customer\n"
      "  -> customer int not null, kwh double not null, at timestamp not null\n"
      "hours: from readings | windows of 1 h of at by customer: sum(kwh), max(kwh), count() | "
      "overwrite out/hours\n"
      "  -> window_start timestamp, customer int, kwh double, max_kwh double, readings bigint\n"
      "made: generate 5 rows of people with seed 7 | pseudonyms for first_name under env:TAMIS_KEY "
      "in domain name, 20 long | pseudonyms for address under env:TAMIS_KEY, 20 long | select "
      "first_name, born | overwrite out/people.csv (csv)\n"
      "  -> first_name string, born date\n");
}

TEST(Pipeline, DeriveSeesWhatStandsBeforeIt) {
  auto plan = Parse(R"(
steps:
  a:
    read: {path: x.csv, contract: usage.yaml}
    derive: {twice: usage_kwh * 2, usage_kwh: cast(twice as bigint), more: usage_kwh + 1}
    write: out
)");
  ASSERT_TRUE(plan.ok()) << FormatError(plan.status());
  EXPECT_EQ(plan->steps[0].schema->GetFieldByName("more")->type()->id(), arrow::Type::INT64);
  EXPECT_EQ(plan->steps[0].schema->GetFieldIndex("usage_kwh"), 1);
}

TEST(Pipeline, WhatAnEngineCanTell) {
  PipelineContext context;
  context.describe_read = [](const ReadSpec&) -> Result<std::shared_ptr<arrow::Schema>> {
    return arrow::schema({arrow::field("a", arrow::int64())});
  };
  context.describe_sql = [](const SqlSpec& sql,
                            const std::map<std::string, std::shared_ptr<arrow::Schema>>& tables,
                            const Parameters&) -> Result<std::shared_ptr<arrow::Schema>> {
    EXPECT_EQ(sql.tables, std::vector<std::string>{"x"});
    EXPECT_EQ(tables.at("x")->num_fields(), 1);
    if (sql.text.find("bad") != std::string::npos) return UsageError("no such column: bad");
    return arrow::schema({arrow::field("n", arrow::int64())});
  };
  auto plan =
      ParsePipeline(Text("p.yaml",
                         "steps:\n  x: {read: t.parquet}\n  y: {sql: SELECT count(*) AS n FROM X, "
                         "filter: n > 0, write: out}\n"),
                    context);
  ASSERT_TRUE(plan.ok()) << FormatError(plan.status());
  EXPECT_EQ(plan->steps[1].schema->field(0)->name(), "n");
  auto bad = ParsePipeline(
      Text("p.yaml", "steps:\n  x: {read: t.parquet}\n  y: {sql: SELECT bad FROM x, write: o}\n"),
      context);
  EXPECT_EQ(FormatError(bad.status()).substr(0, 32), "p.yaml:3:12: no such column: bad");
}

TEST(Pipeline, WholeMessages) {
  EXPECT_EQ(Explain("stepz: {}\n"),
            "p.yaml:1:1: unknown key: stepz (did you mean steps?)\n  stepz: {}\n  ^\n");
  EXPECT_EQ(Explain("steps:\n  a:\n    reed: {path: x}\n"),
            "p.yaml:3:5: unknown key: reed (did you mean read?)\n      reed: {path: x}\n      ^\n");
  EXPECT_EQ(Explain("steps:\n  a: {from: b}\n  bb: {read: x}\n"),
            "p.yaml:2:13: unknown step: b (did you mean bb?)\n    a: {from: b}\n              ^\n");
  EXPECT_EQ(Explain("steps:\n  a: {from: b, write: x}\n  b: {from: c}\n  c: {from: a}\n"),
            "p.yaml:2:3: steps take rows from each other: a <- b <- c <- a\n"
            "    a: {from: b, write: x}\n    ^\n");
  EXPECT_EQ(Explain("steps:\n  a: {sql: SELECT 1 FROM a, write: x}\n"),
            "p.yaml:2:3: steps take rows from each other: a <- a\n"
            "    a: {sql: SELECT 1 FROM a, write: x}\n    ^\n");
  EXPECT_EQ(Explain("steps:\n  a:\n    read: {path: x.csv, contract: usage.yaml}\n    filter: >\n"
                    "      usage_kwh > 1\n      AND custmer_id = 2\n"),
            "p.yaml:6:11: unknown column: custmer_id (did you mean customer_id?)\n"
            "        AND custmer_id = 2\n            ^\n");
  EXPECT_EQ(
      Explain("steps:\n  events: {read: x}\n  a:\n    sql: |\n      SELECT *\n      FROM evnts\n"),
      "p.yaml:6:12: unknown step: evnts (did you mean events?)\n"
      "        FROM evnts\n             ^\n");
  EXPECT_EQ(Explain("apiVersion: v3.1.0\nkind: DataContract\n"),
            "p.yaml:1:1: this is a contract, not a pipeline\n  apiVersion: v3.1.0\n  ^\n");
}

TEST(Pipeline, WrongSteps) {
  const std::string read = kRead;
  EXPECT_EQ(StepError("{write: x}"),
            "p.yaml:2:3: the step a has no source (read, generate, from or sql)");
  EXPECT_EQ(StepError("{read: x, sql: SELECT 1}"),
            "p.yaml:2:21: the step a has two sources: read and sql (write a step for each)");
  EXPECT_EQ(StepError("{read: {path: x, contract: none.yaml}}"),
            "none.yaml: no such file or directory");
  EXPECT_EQ(StepError("{read: {path: x, contract: usage.yaml, table: usag}}"),
            "p.yaml:2:52: unknown table: usag (did you mean usage?)");
  EXPECT_EQ(StepError("{read: {path: x, delimiter: ab}}"),
            "p.yaml:2:34: delimiter: expected one ASCII character, found \"ab\" (or tab)");
  EXPECT_EQ(StepError("{read: {path: x, quote: ','}}"),
            "p.yaml:2:13: delimiter and quote are both ,");
  EXPECT_EQ(
      StepError("{read: x, filter: a > 1}"),
      "p.yaml:2:24: filter: the columns of this step are not known here (give the read step a "
      "contract)");
  EXPECT_EQ(StepError("{read: x, rejects: y}"),
            "p.yaml:2:25: rejects: the step a refuses no rows (only read with a contract and "
            "validate do)");
  EXPECT_EQ(
      StepError(read + "rejects: {path: y, max: 10 %}}"),
      "p.yaml:2:74: max: expected a number of rows or a percentage, found \"10 %\" (such as 100 "
      "or 10%)");
  EXPECT_EQ(StepError(read + "filter: usage_kwh}"),
            "p.yaml:2:58: filter: must be true or false, this is of the type double");
  EXPECT_EQ(StepError(read + "select: [custmer_id]}"),
            "p.yaml:2:59: unknown column: custmer_id (did you mean customer_id?)");
  EXPECT_EQ(StepError(read + "select: [usage_kwh, usage_kwh]}"),
            "p.yaml:2:70: select: duplicate column: usage_kwh");
  EXPECT_EQ(StepError(read + "dedupe: {key: customer_id, keep: latest}}"),
            "p.yaml:2:58: dedupe: keep: latest needs the key by");
  EXPECT_EQ(StepError(read + "dedupe: {key: customer_id, keep: newest}}").substr(0, 36),
            "p.yaml:2:83: unknown keep: newest (k");
  EXPECT_EQ(StepError(read + "window: {time: customer_id, every: 1 hour, count: true}}"),
            "p.yaml:2:65: window: the column customer_id is int, time needs a timestamp");
  EXPECT_EQ(StepError(read + "window: {time: start_time, every: 10 parsecs, count: true}}"),
            "p.yaml:2:84: every: expected a duration, found \"10 parsecs\" (such as 10 minutes, 1 "
            "hour or 1 day)");
  EXPECT_EQ(StepError(read + "window: {time: start_time, every: 1 hour}}"),
            "p.yaml:2:58: window: nothing is computed (count, sum, avg, min or max)");
  EXPECT_EQ(
      StepError(read + "window: {time: start_time, every: 1 hour, sum: start_time}}"),
      "p.yaml:2:58: window: start_time is timestamp, an aggregate needs an integer or a double "
      "(cast it with derive)");
  EXPECT_EQ(StepError(read + "anonymize: {columns: [customer_id]}}"),
            "p.yaml:2:61: anonymize needs the key key");
  EXPECT_EQ(StepError(read + "write: {path: x, format: avro}}"),
            "p.yaml:2:75: unknown format: avro (did you mean arrow?)");
  EXPECT_EQ(StepError(read + "write: {path: x, mode: replace_partitions}}"),
            "p.yaml:2:73: mode: replace_partitions needs partition_by");
  EXPECT_EQ(StepError(read + "write: {path: x, partition_by: [yeer]}}"),
            "p.yaml:2:82: unknown column: yeer (known: customer_id, usage_kwh, start_time)");
  EXPECT_EQ(StepError("{sql: 'SELECT * FROM ''data/x.csv'''}"),
            "p.yaml:2:27: sql: a step reads steps, not files: data/x.csv (add a step with read)");
  EXPECT_EQ(
      StepError("{sql: SELECT 1; DROP TABLE x}"),
      "p.yaml:2:22: sql: a second statement begins here (a step has one SELECT; write another "
      "step)");
}

TEST(Pipeline, KeysStaySecret) {
  const std::string error =
      Explain("steps:\n  a: {read: x, anonymize: {columns: a, key: s3cr3t}}\n");
  EXPECT_EQ(error,
            "p.yaml:2:45: key: expected env:NAME or file:PATH (a key does not belong into the "
            "pipeline; replace it if this was one)\n");
}

TEST(Pipeline, OutputsDoNotMeet) {
  EXPECT_EQ(
      Explain("steps:\n  a: {read: x, write: out/a}\n  b: {from: a, write: ./out/a/}\n"),
      "p.yaml:3:23: the steps a and b can't both be written to ./out/a/ (give each a path of its "
      "own)\n"
      "    b: {from: a, write: ./out/a/}\n                        ^\n");
  EXPECT_EQ(
      Explain("steps:\n  a: {read: x, write: out}\n  b: {from: a, write: out/b}\n").substr(0, 80),
      "p.yaml:3:23: the steps a and b can't be written into each other: out and out/b (");
}

TEST(Pipeline, Warnings) {
  EXPECT_EQ(Explain("parameters:\n  day: {type: date, default: today}\nsteps:\n  a: {read: x}\n"),
            "pipeline pipeline\n  $day = 2026-11-21\na: read x\n  -> columns known when it runs\n"
            "warning: p.yaml:4:3: nothing uses the step a\n"
            "warning: p.yaml:2:3: nothing uses the parameter day\n");
}

}  // namespace
}  // namespace tamis
