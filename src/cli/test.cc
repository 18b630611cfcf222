// tamis test: runs cases (case_file.h), each in an empty folder of its own, by starting this
// program again.
#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/printable.h"
#include "base/source_text.h"
#include "base/utf8_sequence.h"
#include "cli/case_file.h"
#include "cli/command.h"
#include "cli/print_table.h"
#include "dataset/json.h"
#include "format/csv_sink.h"
#include "local/input.h"
#include "storage/glob.h"
#include "storage/path.h"
#include "storage/storage.h"
#include "text/utf8.h"

namespace tamis {
namespace {

namespace fs = std::filesystem;
using Kind = CaseSection::Kind;

struct TestFlags {
  std::string path;
  bool complete = false;
};

struct Finished {
  int exit_code = -1;
  std::string out;
  std::string error;
};

std::string ReadAll(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

// Words split at spaces; '...' and "..." keep theirs.
std::vector<std::string> SplitWords(const std::string& line) {
  std::vector<std::string> words;
  std::string word;
  bool begun = false;
  char quote = 0;
  for (char c : line) {
    if (quote ? c == quote : (c == '\'' || c == '"')) {
      quote = quote ? 0 : c;
      begun = true;
    } else if (c == ' ' && !quote) {
      if (begun) words.push_back(std::move(word));
      word.clear();
      begun = false;
    } else {
      word += c;
      begun = true;
    }
  }
  if (begun) words.push_back(std::move(word));
  return words;
}

// Runs this program in `folder` with its output in files there, so that nothing can block.
class Child {
 public:
  Child(fs::path folder, fs::path logs) : folder_(std::move(folder)), logs_(std::move(logs)) {}

  Result<Finished> Run(const std::vector<std::string>& words, const std::vector<std::string>& env) {
    std::string program = fs::read_symlink("/proc/self/exe").string();
    std::vector<char*> argv = {program.data()};
    std::vector<std::string> copy = words;
    for (std::string& word : copy) argv.push_back(word.data());
    argv.push_back(nullptr);
    std::vector<std::string> variables = env;
    for (char** at = environ; *at; ++at) variables.emplace_back(*at);
    std::vector<char*> envp;
    for (std::string& variable : variables) envp.push_back(variable.data());
    envp.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    std::string out = logs_ / "stdout", error = logs_ / "stderr";
    constexpr int kFlags = O_WRONLY | O_CREAT | O_TRUNC;
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, out.c_str(), kFlags, 0600);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, error.c_str(), kFlags, 0600);
    posix_spawn_file_actions_addchdir_np(&actions, folder_.c_str());
    pid_t pid = 0;
    int failed = posix_spawn(&pid, program.c_str(), &actions, nullptr, argv.data(), envp.data());
    posix_spawn_file_actions_destroy(&actions);
    if (failed) return IoErrorFromErrno(program, failed);
    int status = 0;
    waitpid(pid, &status, 0);
    Finished finished;
    finished.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    finished.out = ReadAll(out);
    finished.error = ReadAll(error);
    return finished;
  }

 private:
  fs::path folder_;
  fs::path logs_;
};

// The rows of a file or dataset as CSV.
Result<std::string> RowsAsCsv(const std::string& path) {
  ReadSpec read;
  read.path = path;
  ARROW_ASSIGN_OR_RAISE(Input input, OpenInput(LocalStorage(), read));
  ARROW_ASSIGN_OR_RAISE(auto formatter,
                        CsvFormatter::Make(input.source->schema(), FormatOptions()));
  std::string out = formatter.Header();
  while (true) {
    ARROW_ASSIGN_OR_RAISE(auto chunk, input.source->Next());
    if (!chunk) return out;
    ARROW_RETURN_NOT_OK(formatter.AppendRows(*chunk->batch, &out));
  }
}

// Text as a case file can hold it: UTF-8 without control characters, else \xNN.
std::string AsCaseText(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const size_t length = Utf8SequenceLength(text);
    const std::string_view one = text.substr(0, std::max<size_t>(length, 1));
    const bool is_kept = one == "\n" || one == "\t" || one == "\r" || one == "\f";
    out += is_kept ? std::string(one) : PrintableLines(one);
    text.remove_prefix(one.size());
  }
  return out;
}

// The bytes of a record as JSON, those that are not UTF-8 as \xNN.
std::string RawAsText(std::string_view raw) {
  std::string out = "\"";
  while (!raw.empty()) {
    const std::string_view valid = raw.substr(0, FindInvalidUtf8(raw));
    const std::string json = JsonText(valid);
    out.append(json, 1, json.size() - 2);
    raw.remove_prefix(valid.size());
    if (raw.empty()) break;
    out += PrintableLines(raw.substr(0, 1));
    raw.remove_prefix(1);
  }
  return out + "\"";
}

// A line for each reason: `line, byte offset, column, rule, value` and the record's bytes.
Result<std::string> RejectsAsText(const std::string& path) {
  ReadSpec read;
  read.path = path;
  ARROW_ASSIGN_OR_RAISE(Input input, OpenInput(LocalStorage(), read));
  std::string out;
  while (true) {
    ARROW_ASSIGN_OR_RAISE(auto chunk, input.source->Next());
    if (!chunk) return out;
    const arrow::RecordBatch& batch = *chunk->batch;
    const auto& reasons = static_cast<const arrow::ListArray&>(*batch.GetColumnByName("reasons"));
    const auto& parts = static_cast<const arrow::StructArray&>(*reasons.values());
    for (int64_t row = 0; row < batch.num_rows(); ++row) {
      ARROW_ASSIGN_OR_RAISE(std::string line, CellText(*batch.GetColumnByName("line"), row));
      ARROW_ASSIGN_OR_RAISE(std::string at, CellText(*batch.GetColumnByName("byte_offset"), row));
      const auto& raw = static_cast<const arrow::BinaryArray&>(*batch.GetColumnByName("raw"));
      out += "line " + line + ", byte " + at + ": " + RawAsText(raw.GetView(row)) + "\n";
      for (int64_t i = reasons.value_offset(row); i < reasons.value_offset(row + 1); ++i) {
        for (const char* name : {"column", "rule", "message"}) {
          ARROW_ASSIGN_OR_RAISE(std::string cell, CellText(*parts.GetFieldByName(name), i));
          out += (std::string_view(name) == "column" ? "  " : ", ") + (cell.empty() ? "-" : cell);
        }
        out += "\n";
      }
    }
  }
}

// `name: 10 in, 8 out, 2 rejected, 0 filtered, 0 deduplicated` for each step of `--json`.
Result<std::string> BooksAsText(const std::string& json) {
  const Result<Json> record = ParseJson(json);
  if (!record.ok()) return UsageError("the run printed no JSON: " + json);
  std::string out;
  const Json* steps = record->Find("steps");
  if (!steps) return UsageError("the run's JSON has no steps");
  for (const Json& step : steps->items) {
    const Json* name = step.Find("name");
    if (!name) return UsageError("a step has no name");
    const Json* books = step.Find("books");
    out += name->text + ":";
    const char* separator = " ";
    for (const char* key : {"rows_in", "rows_out", "rejected", "filtered", "deduplicated"}) {
      const Json* count = books ? books->Find(key) : nullptr;
      if (!count) return UsageError("a step has no books");
      std::string word = std::string_view(key).starts_with("rows_") ? key + 5 : key;
      out += separator + std::to_string(count->integer) + " " + word;
      separator = ", ";
    }
    out += "\n";
  }
  return out;
}

std::string FilesBelow(const fs::path& folder) {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_directory()) names.push_back(fs::relative(entry.path(), folder).string());
  }
  std::sort(names.begin(), names.end());
  std::string out;
  for (const std::string& name : names) out += name + "\n";
  return out;
}

// One case: its folder, what the last command did, and what was expected of it.
class CaseRun {
 public:
  CaseRun(std::vector<CaseSection>* sections, const fs::path& root)
      : sections_(*sections), folder_(root / "case"), logs_(root / "logs"), child_(folder_, logs_) {
    fs::remove_all(root);
    fs::create_directories(folder_);
    fs::create_directories(logs_);
  }

  /// The differences, as text; empty when the case passes. With `complete` expectations are
  /// rewritten instead.
  Result<std::string> Run(bool complete) {
    std::string differences;
    for (CaseSection& section : sections_) {
      if (!IsExpectation(section.kind)) {
        ARROW_RETURN_NOT_OK(Do(section));
        continue;
      }
      auto actual = Actual(section);
      std::string text = actual.ok() ? *actual : "cannot be read: " + FormatError(actual.status());
      text = AsCaseText(text);
      if (!text.empty() && text.back() != '\n') text += "\n";
      if (text == section.body) continue;
      if (complete) {
        section.body = text;
        continue;
      }
      differences += "  line " + std::to_string(section.line) + ": --- " + section.word + " " +
                     section.argument + "\n  expected:\n" + Indent(section.body) + "  found:\n" +
                     Indent(text);
    }
    bool said = std::any_of(sections_.begin(), sections_.end(), [](const CaseSection& section) {
      return section.kind == Kind::kError;
    });
    if (!said && last_.exit_code != 0) {
      differences += "  exit code " + std::to_string(last_.exit_code) + "\n" + Indent(last_.error);
    }
    return differences;
  }

 private:
  static std::string Indent(const std::string& text) {
    std::string out = "    ";
    for (size_t i = 0; i < text.size(); ++i) {
      out += text[i];
      if (text[i] == '\n' && i + 1 < text.size()) out += "    ";
    }
    if (out.back() != '\n') out += "\n";
    return out;
  }

  Status Do(const CaseSection& section) {
    if (section.kind == Kind::kFile) {
      fs::path path = folder_ / section.argument;
      std::string bytes = section.body;
      if (section.escaped) {
        ARROW_ASSIGN_OR_RAISE(bytes, Unescape(section.body));
      }
      fs::create_directories(path.parent_path());
      std::ofstream(path, std::ios::binary) << bytes;
    } else if (section.kind == Kind::kEnv) {
      size_t at = 0;
      for (size_t end; (end = section.body.find('\n', at)) != std::string::npos; at = end + 1) {
        env_.push_back(section.body.substr(at, end - at));
      }
    } else if (section.kind == Kind::kRun) {
      std::vector<std::string> words = SplitWords(section.argument);
      ARROW_ASSIGN_OR_RAISE(last_, child_.Run(words, env_));
    }
    return Status::OK();
  }

  Result<std::string> Actual(const CaseSection& section) {
    std::string path = (folder_ / section.argument).string();
    switch (section.kind) {
      case Kind::kStdout:
        return last_.out;
      case Kind::kError:
        return last_.error + "exit: " + std::to_string(last_.exit_code) + "\n";
      case Kind::kOut:
        return RowsAsCsv(path);
      case Kind::kRejects:
        return RejectsAsText(path);
      case Kind::kBooks:
        return BooksAsText(last_.out);
      default:
        return FilesBelow(path);
    }
  }

  std::vector<CaseSection>& sections_;
  fs::path folder_;
  fs::path logs_;
  Child child_;
  std::vector<std::string> env_ = {"NO_COLOR=1"};
  Finished last_;
};

// One case's verdict: empty when it passed.
Result<std::string> RunOne(const std::string& path, const TestFlags& flags, const fs::path& root) {
  ARROW_ASSIGN_OR_RAISE(auto source, ReadSourceText(path));
  ARROW_ASSIGN_OR_RAISE(auto sections, ParseCase(source));
  ARROW_ASSIGN_OR_RAISE(std::string differences, CaseRun(&sections, root).Run(flags.complete));
  if (flags.complete) {
    std::string text = FormatCase(sections);
    if (text != source->text) std::ofstream(path, std::ios::binary) << text;
  }
  return differences;
}

struct Verdict {
  std::string path;
  std::string failure;  // what differs, or why the case can't be run; empty: passed
};

int Report(const Session& session, const std::vector<Verdict>& verdicts) {
  const auto failed = std::count_if(verdicts.begin(), verdicts.end(),
                                    [](const Verdict& one) { return !one.failure.empty(); });
  const auto passed = static_cast<int64_t>(verdicts.size()) - failed;
  Status status;
  if (failed > 0)
    status = DataError(std::to_string(failed) + " of " + std::to_string(verdicts.size()) +
                       " cases failed");
  if (session.flags().json) {
    std::string cases;
    for (const Verdict& one : verdicts) {
      cases += (cases.empty() ? "" : ", ") + std::string("{\"path\": ") + JsonText(one.path) +
               ", \"passed\": " + (one.failure.empty() ? "true" : "false") +
               ", \"message\": " + JsonText(one.failure) + "}";
    }
    std::fputs(FormatCommandJson("test", status,
                                 {{"passed", std::to_string(passed)},
                                  {"failed", std::to_string(failed)},
                                  {"cases", "[" + cases + "]"}})
                   .c_str(),
               stdout);
  } else {
    std::printf("%lld passed, %lld failed\n", static_cast<long long>(passed),
                static_cast<long long>(failed));
  }
  return static_cast<int>(ExitCodeOf(status));
}

int RunTests(Session& session, const TestFlags& flags) {
  auto options = session.MakeRunOptions("test");
  if (!options.ok()) return session.Fail("test", options.status());
  std::string pattern =
      fs::is_directory(flags.path) ? JoinPath(flags.path, "**/*.case") : flags.path;
  auto files = ExpandPaths(*LocalStorage(), pattern);
  if (!files.ok()) return session.Fail("test", files.status());
  std::vector<Verdict> verdicts;
  for (const FileInfo& file : *files) {
    if (session.stop().requested()) return session.Fail("test", Interrupted());
    auto result = RunOne(file.path, flags, options->temp_directory);
    if (!result.ok()) {
      session.PrintError("test", result.status());
      verdicts.push_back({file.path, FormatError(result.status())});
      continue;
    }
    if (!result->empty()) {
      std::fprintf(stderr, "FAILED %s\n%s", file.path.c_str(), result->c_str());
    }
    verdicts.push_back({file.path, std::move(*result)});
  }
  return Report(session, verdicts);
}

}  // namespace

void AddTest(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("test", "Run cases: files, a command, what must come of it");
  auto flags = std::make_shared<TestFlags>();
  command->add_option("PATH", flags->path, "A .case file or a folder of them")->required();
  command->add_flag("--complete", flags->complete, "Write what came out into the cases");
  command->callback([flags, action] {
    *action = [flags](Session& session) { return RunTests(session, *flags); };
  });
}

}  // namespace tamis
