// tamis anonymize: columns to pseudonyms. CSV is passed through byte by byte; other formats run as
// a plan of one step.
#include <cstdio>
#include <set>

#include "cli/command.h"
#include "cli/format_flags.h"
#include "local/anonymize_csv.h"
#include "local/input.h"
#include "local/output.h"
#include "spec/reader.h"
#include "storage/glob.h"
#include "storage/path.h"
#include "storage/storage.h"

namespace tamis {
namespace {

struct AnonymizeFlags {
  InputFlags input;
  std::string out;
  std::vector<std::string> columns;
  std::string method = "hmac-sha256";
  std::string key;
  std::string domain;
  int length = 16;
  bool force = false;
};

// The options of one column's tamis.anonymize.
Status ReadAnonymize(const Column& column, AnonymizeFlags* flags) {
  if (column.anonymize->is_scalar()) return Status::OK();
  MappingReader reader(*column.anonymize, "tamis.anonymize");
  reader.Optional("method", &flags->method);
  reader.Optional("domain", &flags->domain);
  int64_t length = flags->length;
  reader.Optional("length", &length);
  flags->length = static_cast<int>(length);
  return reader.Finish();
}

// Columns come from --columns, or from the contract's tamis.anonymize with its options.
Result<std::vector<std::string>> ColumnsToHide(const ReadSpec& read, AnonymizeFlags* flags) {
  if (!flags->columns.empty()) return flags->columns;
  std::vector<std::string> columns;
  AnonymizeFlags first;
  if (read.contract) {
    ARROW_ASSIGN_OR_RAISE(const Table* table, read.contract->FindTable(read.table));
    for (const Column& column : table->columns) {
      if (!column.anonymize) continue;
      AnonymizeFlags own = *flags;
      ARROW_RETURN_NOT_OK(ReadAnonymize(column, &own));
      if (columns.empty()) first = own;
      if (own.domain != first.domain || own.length != first.length || own.method != first.method) {
        return UsageErrorAt(
            column.place,
            "tamis.anonymize of " + column.name + " differs from that of " + columns[0],
            "one call takes one method, domain and length");
      }
      columns.push_back(column.name);
    }
    if (!columns.empty()) *flags = std::move(first);
  }
  if (columns.empty()) {
    return UsageError("no columns to anonymize",
                      "name them with --columns a,b,c or with tamis.anonymize in the contract");
  }
  return columns;
}

Status CheckFlags(const AnonymizeFlags& flags) {
  if (flags.method != "hmac-sha256" && flags.method != "hmac") {
    return UsageError("--method: unknown method: " + flags.method, "known: hmac-sha256");
  }
  if (flags.key.empty()) {
    return UsageError("--key is missing",
                      "--key env:NAME or --key file:PATH; never the key itself");
  }
  return Status::OK();
}

// One CSV file to one other.
struct CsvCopy {
  std::string from;
  std::string to;
};

// A file or stream goes to OUT; the files of a folder or pattern keep their names in the folder
// OUT.
Result<std::vector<CsvCopy>> CopiesOf(const std::string& in, const std::string& out) {
  if (in == "-") return std::vector<CsvCopy>{{in, out}};
  auto info = LocalStorage()->Stat(in);
  if (info.ok() && !info->is_directory) return std::vector<CsvCopy>{{in, out}};
  ARROW_ASSIGN_OR_RAISE(auto files, ExpandPaths(*LocalStorage(), in));
  std::vector<CsvCopy> copies;
  std::set<std::string> names;
  for (const FileInfo& file : files) {
    std::string name = BaseName(file.path);
    if (!names.insert(name).second) {
      return UsageError(in + ": two files are called " + name, "anonymize them by themselves");
    }
    copies.push_back({file.path, JoinPath(out, name)});
  }
  if (out == "-" || !FormatByName("", out).empty()) {
    return UsageError(out + ": the files of " + in + " need a folder", "name one with -o");
  }
  return copies;
}

void WarnOf(const CsvCopy& copy, const AnonymizeCsvSummary& summary, RunRecord* record) {
  std::string where = copy.from == "-" ? "" : copy.from + ": ";
  if (summary.ragged_rows) {
    record->warnings.push_back(where + FormatCount(summary.ragged_rows) +
                               " rows have fewer or more fields than the header; they were kept");
  }
  if (summary.odd_quote_rows) {
    record->warnings.push_back(
        where + FormatCount(summary.odd_quote_rows) +
        " rows have text after a closing quote; it was taken as part of the value");
  }
}

Status AnonymizeText(const AnonymizeFlags& flags, const ReadSpec& read,
                     std::vector<std::string> columns, const RunOptions& run, RunRecord* record) {
  ARROW_ASSIGN_OR_RAISE(Secret key, LoadSecret(flags.key));
  ARROW_ASSIGN_OR_RAISE(auto pseudonymizer, Pseudonymizer::Make(key, {flags.domain, flags.length}));
  AnonymizeCsvOptions options;
  options.columns = std::move(columns);
  options.format = read.format;
  options.thread_count = run.thread_count;
  options.run_id = run.run_id;
  options.durable = false;
  options.stop = run.stop;
  options.bytes_read = &run.progress->bytes_read;
  options.rows_written = &run.progress->rows_read;
  StepRecord step;
  step.name = "anonymize";
  step.is_source = true;
  step.writes = true;
  ARROW_ASSIGN_OR_RAISE(auto copies, CopiesOf(read.path, flags.out));
  for (const CsvCopy& copy : copies) {
    ARROW_ASSIGN_OR_RAISE(
        AnonymizeCsvSummary summary,
        AnonymizeCsv(LocalStorage(), copy.from, copy.to, *pseudonymizer, options));
    step.books.rows_in += summary.rows;
    record->bytes_in += summary.bytes_in;
    record->outputs.push_back({"anonymize", copy.to, "csv", summary.rows, summary.bytes_out, 1});
    WarnOf(copy, summary, record);
  }
  step.books.rows_out = step.books.rows_in;
  record->steps.push_back(step);
  return Status::OK();
}

Status AnonymizeColumnar(const AnonymizeFlags& flags, const ReadSpec& read,
                         std::vector<std::string> columns, const RunOptions& run,
                         RunRecord* record) {
  Step step;
  step.name = "anonymize";
  step.read = read;
  AnonymizeSpec spec;
  spec.columns = std::move(columns);
  spec.key_source = flags.key;
  spec.domain = flags.domain;
  spec.length = flags.length;
  step.anonymize.push_back(std::move(spec));
  step.write.emplace();
  step.write->path = flags.out;
  Plan plan;
  plan.name = "anonymize";
  plan.steps.push_back(std::move(step));
  return RunPlan(plan, run, record);
}

// A folder's or pattern's format is that of its first file.
Result<std::string> FormatOf(const ReadSpec& read) {
  std::string format = FormatByName(read.format.format, read.path);
  if (!format.empty() || read.path == "-") return format;
  ARROW_ASSIGN_OR_RAISE(auto files, ExpandPaths(*LocalStorage(), read.path));
  return FormatByName("", files[0].path);
}

Status Anonymize(Session& session, AnonymizeFlags flags, RunRecord* record) {
  ARROW_ASSIGN_OR_RAISE(ReadSpec read, MakeReadSpec(flags.input));
  ARROW_ASSIGN_OR_RAISE(auto columns, ColumnsToHide(read, &flags));
  ARROW_RETURN_NOT_OK(CheckFlags(flags));
  ARROW_RETURN_NOT_OK(CheckOutputName(flags.out, "", Place()));
  ARROW_ASSIGN_OR_RAISE(RunOptions run, session.MakeRunOptions("anonymize"));
  run.replace_foreign = flags.force;
  ARROW_ASSIGN_OR_RAISE(std::string format, FormatOf(read));
  std::string out_format = FormatByName("", flags.out);
  bool text = (format.empty() || format == "csv") && (out_format.empty() || out_format == "csv");
  return session.WithProgress([&] {
    if (!text) return AnonymizeColumnar(flags, read, std::move(columns), run, record);
    return Recorded(run, record,
                    [&] { return AnonymizeText(flags, read, std::move(columns), run, record); });
  });
}

}  // namespace

void AddAnonymize(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("anonymize", "Replace columns by pseudonyms (HMAC-SHA256)");
  auto flags = std::make_shared<AnonymizeFlags>();
  AddInputFlags(command, &flags->input);
  command->add_option("-o,--out", flags->out, "File to write; - is standard output")
      ->required()
      ->type_name("OUT");
  command->add_option("--columns", flags->columns, "Columns to replace")
      ->delimiter(',')
      ->type_name("a,b,c");
  command->add_option("--method", flags->method, "How (hmac-sha256)")->type_name("M");
  command->add_option("--key", flags->key, "Where the key is: env:NAME or file:PATH")
      ->type_name("SOURCE");
  command->add_option("--domain", flags->domain, "Pseudonyms of other domains can't be linked")
      ->type_name("NAME");
  command->add_option("--length", flags->length, "Characters of a pseudonym (default: 16)")
      ->type_name("N");
  command->add_flag("--force", flags->force, "Replace files that tamis did not write");
  command->callback([flags, action] {
    *action = [flags](Session& session) {
      RunRecord record;
      record.command = "anonymize";
      Status status = Anonymize(session, *flags, &record);
      return session.Report(record, status);
    };
  });
}

}  // namespace tamis
