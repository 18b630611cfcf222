// Checks and prints run records. See run_record.h.
#include "report/run_record.h"

#include <algorithm>
#include <cstdio>

#include "base/memory.h"
#include "base/printable.h"

namespace tamis {
namespace {

const StepRecord* FindStep(const RunRecord& record, const std::string& name) {
  for (const StepRecord& step : record.steps) {
    if (step.name == name) return &step;
  }
  return nullptr;
}

// Of the run: each row from outside once, and what became of it until it first reached an output,
// a query or several steps.
Books Total(const RunRecord& record) {
  Books total;
  for (const StepRecord& source : record.steps) {
    if (!source.is_source) continue;
    total.rows_in += source.books.rows_in;
    const StepRecord* step = &source;
    while (step && !step->is_query) {
      total.rejected += step->books.rejected;
      total.filtered += step->books.filtered;
      total.deduplicated += step->books.deduplicated;
      bool ends = step->writes || step->kind == StepRecord::Kind::kAggregate;
      step = ends ? nullptr : FindStep(record, step->next);
    }
  }
  total.rows_out = total.rows_in - total.rejected - total.filtered - total.deduplicated;
  return total;
}

std::string BooksJson(const Books& books) {
  return "{\"rows_in\": " + std::to_string(books.rows_in) +
         ", \"rows_out\": " + std::to_string(books.rows_out) +
         ", \"rejected\": " + std::to_string(books.rejected) +
         ", \"filtered\": " + std::to_string(books.filtered) +
         ", \"deduplicated\": " + std::to_string(books.deduplicated) + "}";
}

std::string CountsJson(const std::map<std::string, int64_t>& counts) {
  std::string out = "{";
  for (const auto& [name, count] : counts) {
    out += (out.size() > 1 ? ", " : "") + JsonText(name) + ": " + std::to_string(count);
  }
  return out + "}";
}

template <typename Item, typename Print>
std::string ListJson(const std::vector<Item>& items, Print print) {
  std::string out = "[";
  for (const Item& item : items) out += (out.size() > 1 ? ", " : "") + print(item);
  return out + "]";
}

std::string RejectsJson(const RunRecord& record) {
  std::map<std::string, int64_t> by_rule;
  std::string path;
  for (const RejectsRecord& rejects : record.rejects) {
    for (const auto& [rule, count] : rejects.by_rule) by_rule[rule] += count;
    if (path.empty()) path = rejects.path;
  }
  return "{\"path\": " + (path.empty() ? "null" : JsonText(path)) +
         ", \"by_rule\": " + CountsJson(by_rule) + "}";
}

std::string ErrorJson(const Status& status) {
  if (status.ok()) return "null";
  std::string place, hint;
  if (auto detail = std::dynamic_pointer_cast<ErrorDetail>(status.detail())) {
    place = detail->place().ToString();
    hint = detail->hint();
  }
  return "{\"message\": " + JsonText(status.message()) + ", \"place\": " + JsonText(place) +
         ", \"hint\": " + JsonText(hint) +
         ", \"exit_code\": " + std::to_string(static_cast<int>(ExitCodeOf(status))) + "}";
}

const char* StatusName(const Status& status) {
  if (status.ok()) return "ok";
  return ExitCodeOf(status) == ExitCode::kInterrupted ? "interrupted" : "failed";
}

std::string Percent(int64_t part, int64_t whole) {
  char text[32];
  double share = whole ? 100.0 * static_cast<double>(part) / static_cast<double>(whole) : 0;
  std::snprintf(text, sizeof(text), share > 0 && share < 0.1 ? "<0.1%%" : "%.1f%%", share);
  return text;
}

std::string Paint(const char* code, const std::string& text, bool colors) {
  return colors ? std::string("\x1b[") + code + "m" + text + "\x1b[0m" : text;
}

std::string StepLine(const StepRecord& step, size_t width) {
  std::string out = "  " + step.name + std::string(width - step.name.size(), ' ') + "  " +
                    FormatCount(step.books.rows_in) + " in, " + FormatCount(step.books.rows_out) +
                    " out";
  if (step.books.rejected) out += ", " + FormatCount(step.books.rejected) + " rejected";
  if (step.books.filtered) out += ", " + FormatCount(step.books.filtered) + " filtered";
  if (step.books.deduplicated) {
    out += ", " + FormatCount(step.books.deduplicated) + " deduplicated";
  }
  return out + "\n";
}

std::string RejectLines(const RejectsRecord& rejects, int64_t rows_in, bool colors) {
  std::string out = Paint(
      "33",
      "  rejected " + FormatRows(rejects.count) + " (" + Percent(rejects.count, rows_in) + ")",
      colors);
  if (!rejects.path.empty()) out += " -> " + Printable(rejects.path);
  out += "\n";
  std::vector<std::pair<int64_t, std::string>> sorted;
  size_t width = 0;
  for (const auto& [rule, count] : rejects.by_rule) {
    sorted.emplace_back(-count, rule);
    width = std::max(width, FormatCount(count).size());
  }
  std::sort(sorted.begin(), sorted.end());
  for (const auto& [count, rule] : sorted) {
    std::string text = FormatCount(-count);
    out += "    " + std::string(width - text.size(), ' ') + text + "  " + Printable(rule) + "\n";
  }
  for (const RejectExample& example : rejects.examples) {
    out += "    e.g. " + Printable(example.place) + ": " + Printable(example.message) + "\n";
  }
  return out;
}

void AppendCode(unsigned char c, std::string* out) {
  char code[8];
  std::snprintf(code, sizeof(code), "\\u%04x", c);
  *out += code;
}

}  // namespace

std::string JsonText(std::string_view text) {
  std::string out = "\"";
  for (size_t i = 0; i < text.size(); ++i) {
    auto c = static_cast<unsigned char>(text[i]);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += static_cast<char>(c);
    } else if (c == '\n') {
      out += "\\n";
    } else if (c < 0x20 || c == 0x7f) {
      AppendCode(c, &out);
    } else if (c < 0x80) {
      out += static_cast<char>(c);
    } else {
      size_t length = c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : c >= 0xc2 ? 2 : 0;
      bool whole = length > 0 && i + length <= text.size();
      for (size_t k = 1; whole && k < length; ++k) {
        whole = (static_cast<unsigned char>(text[i + k]) & 0xc0) == 0x80;
      }
      if (!whole) {
        out += "\xef\xbf\xbd";
        continue;
      }
      const auto second = static_cast<unsigned char>(text[i + 1]);
      if (c == 0xc2 && second < 0xa0) {
        AppendCode(second, &out);  // U+0080 to U+009F, which terminals obey
      } else {
        out.append(text.substr(i, length));
      }
      i += length - 1;
    }
  }
  return out + "\"";
}

std::string OutputJson(const OutputRecord& output) {
  return "{\"step\": " + JsonText(output.step) + ", \"path\": " + JsonText(output.path) +
         ", \"format\": " + JsonText(output.format) + ", \"rows\": " + std::to_string(output.rows) +
         ", \"bytes\": " + std::to_string(output.bytes) +
         ", \"files\": " + std::to_string(output.files) + "}";
}

std::string JsonTexts(const std::vector<std::string>& texts) {
  return ListJson(texts, [](const std::string& text) { return JsonText(text); });
}

std::string FormatCount(int64_t count) {
  std::string digits = std::to_string(count);
  size_t first = digits[0] == '-' ? 1 : 0;
  for (size_t at = digits.size(); at > first + 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string FormatRows(int64_t count) {
  return FormatCount(count) + (count == 1 ? " row" : " rows");
}

Status CheckBooks(const RunRecord& record) {
  for (const StepRecord& step : record.steps) {
    const Books& books = step.books;
    bool aggregates = step.kind == StepRecord::Kind::kAggregate;
    int64_t accounted = (aggregates ? books.aggregated : books.rows_out) + books.rejected +
                        books.filtered + books.deduplicated;
    if (accounted == books.rows_in) continue;
    return DataError("step " + step.name +
                         ": the books don't balance: " + std::to_string(books.rows_in) +
                         " rows in, " + std::to_string(accounted) + " accounted for",
                     "this is a bug of tamis; nothing was published");
  }
  return Status::OK();
}

std::string FormatRunJson(const RunRecord& record, const Status& status) {
  std::string out = "{\"version\": 1, \"command\": " + JsonText(record.command) +
                    ", \"status\": \"" + StatusName(status) + "\"" +
                    ", \"books\": " + BooksJson(Total(record)) +
                    ", \"rejects\": " + RejectsJson(record) +
                    ", \"outputs\": " + ListJson(record.outputs, OutputJson);
  out +=
      ", \"steps\": " + ListJson(record.steps, [](const StepRecord& step) {
        return "{\"name\": " + JsonText(step.name) + ", \"books\": " + BooksJson(step.books) + "}";
      });
  out += ", \"table_checks\": " + ListJson(record.table_checks, [](const TableCheckRecord& check) {
           return "{\"name\": " + JsonText(check.name) +
                  ", \"passed\": " + (check.passed ? "true" : "false") +
                  ", \"message\": " + JsonText(check.message) + "}";
         });
  out += ", \"warnings\": " + JsonTexts(record.warnings);
  for (const auto& [key, value] : record.fields) out += ", " + JsonText(key) + ": " + value;
  char seconds[32];
  std::snprintf(seconds, sizeof(seconds), "%.3f", record.seconds);
  out += ", \"run_id\": " + JsonText(record.run_id) + ", \"started\": " + JsonText(record.started) +
         ", \"seconds\": " + seconds + ", \"bytes_in\": " + std::to_string(record.bytes_in) +
         ", \"peak_memory_bytes\": " + std::to_string(record.peak_memory_bytes) +
         ", \"threads\": " + std::to_string(record.thread_count) +
         ", \"error\": " + ErrorJson(status) + "}\n";
  return out;
}

std::string FormatCommandJson(const std::string& command, const Status& status,
                              const std::vector<std::pair<std::string, std::string>>& fields) {
  std::string out = "{\"version\": 1, \"command\": " + JsonText(command) + ", \"status\": \"" +
                    StatusName(status) + "\"";
  for (const auto& [key, value] : fields) out += ", " + JsonText(key) + ": " + value;
  return out + ", \"error\": " + ErrorJson(status) + "}\n";
}

std::string FormatRunSummary(const RunRecord& record, bool colors) {
  std::string out;
  size_t width = 0;
  for (const StepRecord& step : record.steps) width = std::max(width, step.name.size());
  for (const StepRecord& step : record.steps) out += StepLine(step, width);
  for (const RejectsRecord& rejects : record.rejects) {
    int64_t rows_in = 0;
    for (const StepRecord& step : record.steps) {
      if (step.name == rejects.step) rows_in = step.books.rows_in;
    }
    if (rejects.count) out += RejectLines(rejects, rows_in, colors);
  }
  for (const TableCheckRecord& check : record.table_checks) {
    out += check.passed ? Paint("32", "  passed ", colors) : Paint("31", "  failed ", colors);
    out += Printable(check.name) + ": " + Printable(check.message) + "\n";
  }
  out += record.lines;
  for (const OutputRecord& output : record.outputs) {
    out += "  wrote " + Printable(output.path) + ": " + FormatRows(output.rows) + ", " +
           FormatByteSize(output.bytes);
    if (output.files > 1) out += ", " + FormatCount(output.files) + " files";
    out += "\n";
  }
  Books total = Total(record);
  char speed[64];
  double rate =
      record.seconds > 0 ? static_cast<double>(record.bytes_in) / 1e6 / record.seconds : 0;
  std::snprintf(speed, sizeof(speed), "%.2f s", record.seconds);
  out += Paint("1",
               FormatRows(total.rows_in) + " in, " + FormatCount(total.rows_out) + " out, " +
                   FormatCount(total.rejected) + " rejected",
               colors) +
         " in " + speed;
  if (rate > 0) {
    std::snprintf(speed, sizeof(speed), " (%.0f MB/s)", rate);
    out += speed;
  }
  return out + ", " + FormatByteSize(record.peak_memory_bytes) + " of memory\n";
}

}  // namespace tamis
