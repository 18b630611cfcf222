// What a run did: rows, rejects, outputs, and the books that must balance. Does not run or measure.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status.h"

namespace tamis {

/// The rows of one step. They balance when rows_in = rows_out + rejected + filtered + deduplicated,
/// or, for a step that aggregates, rows_in = aggregated + rejected + filtered + deduplicated.
struct Books {
  int64_t rows_in = 0;
  int64_t rows_out = 0;
  int64_t rejected = 0;
  int64_t filtered = 0;
  int64_t deduplicated = 0;
  int64_t aggregated = 0;  // rows that went into groups, counted from the groups themselves
};

struct StepRecord {
  enum class Kind { kRows, kAggregate } kind = Kind::kRows;
  bool is_source = false;  // its rows come from outside: a read or generate step
  bool is_query = false;   // a sql step
  bool writes = false;     // its rows reach an output
  std::string next;        // the one step that takes its rows; "": none or several
  std::string name;
  Books books;
};

/// A refused row as it is shown to people.
struct RejectExample {
  std::string place;    // file:line
  std::string message;  // column: reason
};

struct RejectsRecord {
  std::string step;
  std::string path;
  int64_t count = 0;
  std::map<std::string, int64_t> by_rule;  // reasons, "rule column" -> rows
  std::vector<RejectExample> examples;     // the first few
};

struct OutputRecord {
  std::string step;
  std::string path;
  std::string format;
  int64_t rows = 0;
  int64_t bytes = 0;
  int64_t files = 0;
};

/// A rule of a whole table and what was found.
struct TableCheckRecord {
  std::string name;
  bool passed = false;
  std::string message;
};

/// The record of one run; `--json` prints it.
struct RunRecord {
  std::string command;
  std::string run_id;
  std::string started;  // UTC, ISO-8601
  double seconds = 0;
  int64_t bytes_in = 0;
  int64_t peak_memory_bytes = 0;
  int thread_count = 0;
  std::vector<StepRecord> steps;
  std::vector<RejectsRecord> rejects;
  std::vector<OutputRecord> outputs;
  std::vector<TableCheckRecord> table_checks;
  std::vector<std::string> warnings;
  /// What only this command knows: more keys of the JSON object with their values as JSON, and the
  /// lines that say the same to people, each with its line end.
  std::vector<std::pair<std::string, std::string>> fields;
  std::string lines;
};

/// DataError, naming the step and its figures, if a step's books don't balance. That is a bug of
/// tamis: the run must not publish.
Status CheckBooks(const RunRecord& record);

/// The run as one JSON object, version 1 (docs/cli.md); `status` is `ok`, `failed` or
/// `interrupted`.
std::string FormatRunJson(const RunRecord& record, const Status& status);

/// The same for commands whose answer isn't a run: version, command, status, `fields` (keys and
/// their values as JSON) and error.
std::string FormatCommandJson(const std::string& command, const Status& status,
                              const std::vector<std::pair<std::string, std::string>>& fields);

/// `output` as FormatRunJson has it.
std::string OutputJson(const OutputRecord& output);

/// The run in a few lines for people: rows in and out, rejects by reason with examples, outputs,
/// speed and memory.
std::string FormatRunSummary(const RunRecord& record, bool colors);

/// `1,234,567`.
std::string FormatCount(int64_t count);
/// `1,234,567 rows`, `1 row`.
std::string FormatRows(int64_t count);

/// `texts` as a JSON list.
std::string JsonTexts(const std::vector<std::string>& texts);

/// `text` as a JSON string with its quotes; bytes that are not UTF-8 become U+FFFD.
std::string JsonText(std::string_view text);

}  // namespace tamis
