// tamis inspect: schema, rows, sizes and a sample of files or a dataset.
#include <cstdio>

#include "base/memory.h"
#include "base/printable.h"
#include "cli/command.h"
#include "cli/format_flags.h"
#include "cli/print_table.h"
#include "local/input.h"

namespace tamis {
namespace {

struct InspectFlags {
  InputFlags input;
  int sample = 5;
};

struct Inspected {
  std::shared_ptr<arrow::Schema> schema;
  int64_t rows = 0;
  int64_t bad_rows = 0;
  int64_t files = 0;
  int64_t bytes = 0;
  std::vector<int64_t> nulls;
  std::vector<std::vector<std::string>> sample;
  std::vector<std::string> warnings;
};

Result<Inspected> Inspect(const InspectFlags& flags, const StopToken& stop) {
  ARROW_ASSIGN_OR_RAISE(ReadSpec read, MakeReadSpec(flags.input));
  ARROW_ASSIGN_OR_RAISE(Input input, OpenInput(LocalStorage(), read));
  Inspected found;
  found.schema = input.source->schema();
  found.files = static_cast<int64_t>(input.files.size());
  found.bytes = input.total_bytes;
  found.nulls.resize(static_cast<size_t>(found.schema->num_fields()));
  while (true) {
    if (stop.requested()) return Interrupted();
    ARROW_ASSIGN_OR_RAISE(auto chunk, input.source->Next());
    if (!chunk) break;
    found.rows += chunk->batch->num_rows();
    int32_t last = -1;
    for (const CellIssue& issue : chunk->issues) {
      found.bad_rows += issue.row != last;
      last = issue.row;
    }
    for (int i = 0; i < chunk->batch->num_columns(); ++i) {
      found.nulls[static_cast<size_t>(i)] += chunk->batch->column(i)->null_count();
    }
    int64_t wanted = flags.sample - static_cast<int64_t>(found.sample.size());
    if (wanted > 0) {
      ARROW_ASSIGN_OR_RAISE(auto rows, TextRows(*chunk->batch->Slice(0, wanted)));
      found.sample.insert(found.sample.end(), rows.begin(), rows.end());
    }
  }
  found.warnings = std::move(input.warnings);
  for (std::string& warning : input.source->Warnings()) {
    found.warnings.push_back(std::move(warning));
  }
  return found;
}

std::string Json(const std::string& path, const Inspected& found) {
  std::string columns;
  for (int i = 0; i < found.schema->num_fields(); ++i) {
    const auto& field = found.schema->field(i);
    columns += (i ? ", " : "") + std::string("{\"name\": ") + JsonText(field->name()) +
               ", \"type\": " + JsonText(field->type()->ToString()) +
               ", \"nulls\": " + std::to_string(found.nulls[static_cast<size_t>(i)]) + "}";
  }
  return FormatCommandJson("inspect", Status::OK(),
                           {{"path", JsonText(path)},
                            {"rows", std::to_string(found.rows)},
                            {"bad_rows", std::to_string(found.bad_rows)},
                            {"files", std::to_string(found.files)},
                            {"bytes", std::to_string(found.bytes)},
                            {"columns", "[" + columns + "]"},
                            {"warnings", JsonTexts(found.warnings)}});
}

void Print(const std::string& path, const Inspected& found) {
  std::printf("%s: %s row%s, %s in %s file%s\n\n", Printable(path).c_str(),
              FormatCount(found.rows).c_str(), found.rows == 1 ? "" : "s",
              FormatByteSize(found.bytes).c_str(), FormatCount(found.files).c_str(),
              found.files == 1 ? "" : "s");
  std::vector<std::vector<std::string>> columns;
  std::vector<std::string> header;
  for (int i = 0; i < found.schema->num_fields(); ++i) {
    const auto& field = found.schema->field(i);
    header.push_back(field->name());
    columns.push_back({field->name(), field->type()->ToString(),
                       FormatCount(found.nulls[static_cast<size_t>(i)])});
  }
  std::fputs(FormatTable({"column", "type", "nulls"}, columns).c_str(), stdout);
  if (found.bad_rows) {
    std::printf("\nrows that do not fit: %s (tamis validate says why)\n",
                FormatCount(found.bad_rows).c_str());
  }
  if (!found.sample.empty()) {
    std::printf("\n%s", FormatTable(header, found.sample).c_str());
  }
}

}  // namespace

void AddInspect(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("inspect", "Show schema, rows, sizes and a sample");
  auto flags = std::make_shared<InspectFlags>();
  AddInputFlags(command, &flags->input);
  command->add_option("--sample", flags->sample, "Rows to show (default: 5)")
      ->type_name("N")
      ->check(CLI::Range(0, 1000));
  command->callback([flags, action] {
    *action = [flags](Session& session) {
      auto found = Inspect(*flags, session.stop());
      if (!found.ok()) return session.Fail("inspect", found.status());
      if (session.flags().json) {
        std::fputs(Json(flags->input.path, *found).c_str(), stdout);
      } else {
        for (const std::string& warning : found->warnings) {
          if (session.flags().quiet) break;
          std::fprintf(stderr, "warning: %s\n", PrintableLines(warning).c_str());
        }
        Print(flags->input.path, *found);
      }
      return 0;
    };
  });
}

}  // namespace tamis
