// tamis generate: rows from a contract. CSV is written as bytes by all threads; other formats run
// as a plan of one step.
#include <charconv>
#include <limits>
#include <tuple>
#include <utility>

#include "cli/command.h"
#include "cli/format_flags.h"
#include "cli/generate_slices.h"
#include "dataset/file_output.h"
#include "local/generate_csv.h"
#include "local/input.h"
#include "local/output.h"
#include "ops/generate_compile.h"
#include "ops/generate_text.h"
#include "storage/storage.h"

namespace tamis {
namespace {

struct GenerateFlags {
  std::string contract;
  std::string table;
  std::string out = "-";
  std::string format;
  std::string part;
  std::string rows = "1000";
  std::string seed = "0";
  std::string codec;
  bool force = false;
  SliceFlags slices;
};

constexpr int64_t kRowsMax = 1'000'000'000'000'000'000;

// A whole number; `_` may stand between digits.
template <typename T>
Result<T> ParseNumber(const std::string& flag, const std::string& text, T max) {
  std::string digits = text;
  std::erase(digits, '_');
  T value = 0;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  bool whole = error == std::errc() && end == digits.data() + digits.size() && !digits.empty();
  if (whole && value >= 0 && value <= max) return value;
  return UsageError(flag + ": not a whole number from 0 to " + std::to_string(max) + ": " + text);
}

// `2/8`: part 2 of 8. Without the flag, the one part of one.
Result<std::pair<int64_t, int64_t>> ParsePart(const GenerateFlags& flags) {
  if (flags.part.empty()) return std::pair<int64_t, int64_t>(1, 1);
  int64_t part = 0, parts = 0;
  const char* end = flags.part.data() + flags.part.size();
  auto first = std::from_chars(flags.part.data(), end, part);
  bool whole = first.ec == std::errc() && first.ptr < end && *first.ptr == '/';
  if (whole) {
    auto second = std::from_chars(first.ptr + 1, end, parts);
    whole = second.ec == std::errc() && second.ptr == end;
  }
  if (!whole) return UsageError("--part: not a part: " + flags.part, "I/N, such as 2/8");
  return std::pair(part, parts);
}

Result<RowPart> PartOf(const GenerateFlags& flags) {
  ARROW_ASSIGN_OR_RAISE(int64_t rows, ParseNumber<int64_t>("--rows", flags.rows, kRowsMax));
  ARROW_ASSIGN_OR_RAISE(auto part, ParsePart(flags));
  return PartOfRows(rows, part.first, part.second);
}

Result<GenerateSummary> WriteCsv(const GenerateFlags& flags, const Table& table,
                                 const std::shared_ptr<const RowProgram>& program,
                                 const RowPart& part, const RunOptions& run) {
  ARROW_ASSIGN_OR_RAISE(auto csv, CsvProgram::Make(program, table.format));
  ARROW_ASSIGN_OR_RAISE(auto output,
                        FileOutput::Open(LocalStorage(), flags.out, run.run_id, /*durable=*/false));
  auto blocks =
      output->is_seekable() ? BlocksAtOffsets(&output->file()) : BlocksInOrder(&output->file());
  ARROW_ASSIGN_OR_RAISE(auto summary, GenerateCsv(csv, part, run.thread_count, *blocks, *run.stop,
                                                  &run.progress->rows_read));
  ARROW_RETURN_NOT_OK(output->Commit());
  return summary;
}

Result<uint64_t> SeedOf(const GenerateFlags& flags) {
  return ParseNumber("--seed", flags.seed, std::numeric_limits<uint64_t>::max());
}

Status GenerateAsCsv(const GenerateFlags& flags, const Table& table, const RowPart& part,
                     const RunOptions& run, RunRecord* record) {
  ARROW_ASSIGN_OR_RAISE(uint64_t seed, SeedOf(flags));
  ARROW_ASSIGN_OR_RAISE(auto program, CompileGenerator(table, seed));
  ARROW_ASSIGN_OR_RAISE(auto summary, WriteCsv(flags, table, program, part, run));
  StepRecord step;
  step.name = "generate";
  step.is_source = true;
  step.books.rows_in = step.books.rows_out = summary.row_count;
  record->steps.push_back(step);
  record->bytes_in = summary.byte_count;
  record->outputs.push_back(
      {"generate", flags.out, "csv", summary.row_count, summary.byte_count, 1});
  return Status::OK();
}

Status GenerateAsPlan(const GenerateFlags& flags, std::shared_ptr<const Contract> contract,
                      const RowPart& part, const RunOptions& run, RunRecord* record) {
  Step step;
  step.name = "generate";
  step.generate.emplace();
  step.generate->contract = std::move(contract);
  step.generate->table = flags.table;
  step.generate->first_row = part.first_row;
  step.generate->row_count = part.row_count;
  ARROW_ASSIGN_OR_RAISE(step.generate->seed, SeedOf(flags));
  step.write.emplace();
  step.write->path = flags.out;
  step.write->format = flags.format;
  step.write->codec = flags.codec;
  Plan plan;
  plan.name = "generate";
  plan.steps.push_back(std::move(step));
  return RunPlan(plan, run, record);
}

Status GenerateAsSlices(const GenerateFlags& flags, const Contract& contract, const Table& table,
                        const RunOptions& run, RunRecord* record) {
  SliceRun slices;
  slices.contract = &contract;
  slices.table = &table;
  ARROW_ASSIGN_OR_RAISE(slices.seed, SeedOf(flags));
  ARROW_ASSIGN_OR_RAISE(auto part, ParsePart(flags));
  std::tie(slices.part, slices.parts) = part;
  ARROW_RETURN_NOT_OK(PartOfRows(0, slices.part, slices.parts).status());
  slices.write.path = flags.out;
  slices.write.format = flags.format;
  slices.write.codec = flags.codec;
  slices.write.csv = table.format;
  return GenerateSlices(flags.slices, slices, run, record);
}

Status Generate(Session& session, const GenerateFlags& flags, RunRecord* record) {
  ARROW_ASSIGN_OR_RAISE(auto contract, LoadContract(flags.contract));
  ARROW_ASSIGN_OR_RAISE(const Table* table, contract->FindTable(flags.table));
  if (!flags.slices.slices.empty()) {
    ARROW_ASSIGN_OR_RAISE(RunOptions run, session.MakeRunOptions("generate"));
    run.replace_foreign = flags.force;
    return session.WithProgress([&] {
      return Recorded(run, record,
                      [&] { return GenerateAsSlices(flags, *contract, *table, run, record); });
    });
  }
  ARROW_ASSIGN_OR_RAISE(RowPart part, PartOf(flags));
  ARROW_RETURN_NOT_OK(CheckOutputName(flags.out, flags.format, Place()));
  ARROW_ASSIGN_OR_RAISE(RunOptions run, session.MakeRunOptions("generate"));
  run.replace_foreign = flags.force;
  std::string format = FormatByName(flags.format, flags.out);
  auto target = LocalStorage()->Stat(flags.out);
  bool is_stream = flags.out == "-" || (target.ok() && target->is_special);
  bool as_csv = format == "csv" || (format.empty() && is_stream);
  return session.WithProgress([&] {
    if (!as_csv) return GenerateAsPlan(flags, contract, part, run, record);
    return Recorded(run, record, [&] { return GenerateAsCsv(flags, *table, part, run, record); });
  });
}

}  // namespace

void AddGenerate(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("generate", "Make rows from a contract");
  auto flags = std::make_shared<GenerateFlags>();
  command->add_option("CONTRACT", flags->contract, "Contract (ODCS)")->required();
  command->add_option("--table", flags->table, "Table of the contract, if it has several")
      ->type_name("NAME");
  command->add_option("-o,--out", flags->out, "File or folder (default: standard output)")
      ->type_name("OUT");
  command->add_option("--rows", flags->rows, "Rows of the whole table (default: 1000)")
      ->type_name("N");
  command->add_option("--seed", flags->seed, "Another seed makes other rows (default: 0)")
      ->type_name("N");
  command->add_option("--part", flags->part, "Only part I of N; parts put together are the whole")
      ->type_name("I/N");
  command->add_option("--format", flags->format, "Where OUT's name does not tell")
      ->type_name("csv|parquet|arrow");
  command->add_option("--codec", flags->codec, "Of Parquet")->type_name("none|snappy|zstd");
  AddSliceFlags(command, &flags->slices);
  command->add_flag("--force", flags->force, "Replace files that tamis did not write");
  command->callback([flags, action] {
    *action = [flags](Session& session) {
      RunRecord record;
      record.command = "generate";
      Status status = Generate(session, *flags, &record);
      return session.Report(record, status);
    };
  });
}

}  // namespace tamis
