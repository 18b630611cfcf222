// tamis sql: a query over files, by embedded DuckDB. Prints a table on a terminal, CSV otherwise.
#include <unistd.h>

#include <cstdio>
#include <filesystem>

#include "cli/command.h"
#include "cli/print_table.h"
#include "format/csv_sink.h"
#include "local/duckdb.h"
#include "local/output.h"
#include "storage/path.h"
#include "storage/storage.h"

namespace tamis {
namespace {

struct SqlFlags {
  std::string query;
  std::string out = "-";
};

constexpr int64_t kShownRows = 1000;

Status PrintTable(Source& source) {
  std::vector<std::vector<std::string>> rows;
  int64_t count = 0;
  while (true) {
    ARROW_ASSIGN_OR_RAISE(auto chunk, source.Next());
    if (!chunk) break;
    count += chunk->batch->num_rows();
    int64_t shown = kShownRows - static_cast<int64_t>(rows.size());
    ARROW_ASSIGN_OR_RAISE(auto text,
                          TextRows(*chunk->batch->Slice(0, std::max<int64_t>(shown, 0))));
    rows.insert(rows.end(), text.begin(), text.end());
  }
  std::vector<std::string> header;
  for (const auto& field : source.schema()->fields()) header.push_back(field->name());
  std::fputs(FormatTable(header, rows).c_str(), stdout);
  std::fprintf(stderr, "%s rows%s\n", FormatCount(count).c_str(),
               count > kShownRows ? ", the first 1,000 are shown" : "");
  return Status::OK();
}

Result<OutputRecord> WriteRows(Source& source, const SqlFlags& flags, const RunOptions& options) {
  WriteSpec write;
  write.path = flags.out;
  OutputContext context;
  context.storage = LocalStorage();
  context.run_id = options.run_id;
  context.thread_count = options.thread_count;
  context.memory_bytes = options.memory_bytes;
  ARROW_ASSIGN_OR_RAISE(auto output, Output::Open(write, source.schema(), context));
  while (true) {
    ARROW_ASSIGN_OR_RAISE(auto chunk, source.Next());
    if (!chunk) break;
    ARROW_RETURN_NOT_OK(output->Write(chunk->index, chunk->batch));
    if (options.stop->requested()) return Interrupted();
  }
  ARROW_RETURN_NOT_OK(output->Finish());
  return output->Commit({});
}

// `FROM 'folder'` is an unknown table for DuckDB.
Status HintAtFolder(const Status& status) {
  constexpr std::string_view kBefore = "Table with name ", kAfter = " does not exist";
  const std::string& message = status.message();
  const size_t begin = message.find(kBefore);
  const size_t end = message.find(kAfter, begin);
  auto detail = std::dynamic_pointer_cast<ErrorDetail>(status.detail());
  if (begin == std::string::npos || end == std::string::npos || !detail) return status;
  const size_t name_begin = begin + kBefore.size();
  const std::string name = message.substr(name_begin, end - name_begin);
  std::error_code error;
  if (!std::filesystem::is_directory(name, error)) return status;
  return UsageErrorAt(detail->place(), name + " is a folder",
                      "name its files: FROM '" + JoinPath(name, "**/*.parquet") + "'");
}

Result<OutputRecord> RunSql(Session& session, const SqlFlags& flags) {
  if (session.flags().json && flags.out == "-") {
    return UsageError("--json: the rows themselves go to standard output",
                      "name a file for them with -o");
  }
  ARROW_ASSIGN_OR_RAISE(RunOptions options, session.MakeRunOptions("sql"));
  DuckdbOptions duckdb;
  duckdb.files = DuckdbOptions::Files::kAny;
  duckdb.memory_bytes = options.memory_bytes;
  duckdb.thread_count = options.thread_count;
  duckdb.temp_directory = options.temp_directory;
  duckdb.stop = options.stop;
  ARROW_ASSIGN_OR_RAISE(auto engine, DuckdbEngine::Open(duckdb));
  Place place;
  place.source = std::make_shared<SourceText>(SourceText{"query", flags.query});
  auto source = engine->Query(flags.query, {}, place);
  if (!source.ok()) return HintAtFolder(source.status());
  const bool to_people = flags.out == "-" && isatty(STDOUT_FILENO) == 1;
  if (!to_people) return WriteRows(**source, flags, options);
  ARROW_RETURN_NOT_OK(PrintTable(**source));
  return OutputRecord();
}

}  // namespace

void AddSql(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("sql", "Query files: tamis sql \"FROM 'out/**/*.parquet'\"");
  auto flags = std::make_shared<SqlFlags>();
  command->add_option("QUERY", flags->query, "One SELECT in DuckDB's SQL")->required();
  command
      ->add_option("-o,--out", flags->out,
                   "File or folder for the result (default: standard output)")
      ->type_name("OUT");
  command->callback([flags, action] {
    *action = [flags](Session& session) {
      auto output = RunSql(session, *flags);
      if (!output.ok()) return session.Fail("sql", output.status());
      if (session.flags().json) {
        output->step = "sql";
        std::fputs(FormatCommandJson("sql", Status::OK(),
                                     {{"rows", std::to_string(output->rows)},
                                      {"outputs", "[" + OutputJson(*output) + "]"}})
                       .c_str(),
                   stdout);
      }
      return 0;
    };
  });
}

}  // namespace tamis
