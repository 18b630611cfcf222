// tamis generate: rows from a contract. Files of CSV and JSON lines are written as bytes by all
// threads; other outputs run as a plan of one step.
#include <charconv>
#include <limits>
#include <tuple>
#include <utility>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/format_flags.h"
#include "cli/generate_slices.h"
#include "dataset/file_output.h"
#include "format/compress.h"
#include "local/generate_text.h"
#include "local/input.h"
#include "local/output.h"
#include "ops/generate_compile.h"
#include "ops/generate_json.h"
#include "ops/generate_text.h"
#include "ops/inject.h"
#include "ops/inject_text.h"
#include "storage/borrowed.h"
#include "storage/storage.h"

namespace tamis {
namespace {

struct GenerateFlags {
  std::string contract;
  std::string table;
  std::string out = "-";
  std::string format;
  std::string part;
  std::string rows;
  std::string size;
  std::string seed = "0";
  std::string codec;
  std::string compression;
  std::string mode = "overwrite";
  std::string file_size;
  std::vector<std::string> partition_by;
  bool force = false;
  std::string inject;
  SliceFlags slices;
};

constexpr int64_t kRowsDefault = 1000;
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

Result<uint64_t> SeedOf(const GenerateFlags& flags) {
  return ParseNumber("--seed", flags.seed, std::numeric_limits<uint64_t>::max());
}

// What is generated, and where it goes.
struct Job {
  std::shared_ptr<const Contract> contract;
  const Table* table = nullptr;
  std::shared_ptr<const RowProgram> program;
  std::unique_ptr<const TextProgram> text;  // null: not written as text
  std::string format;                       // as given or told by the name
  WriteSpec write;
  RowPart part;
  int64_t table_rows = 0;
  std::shared_ptr<const FaultPlan> faults;  // null: none
};

template <typename Program>
Result<std::unique_ptr<const TextProgram>> MakeText(const Job& job) {
  ARROW_ASSIGN_OR_RAISE(Program program, Program::Make(job.program, job.write.csv));
  return std::make_unique<const Program>(std::move(program));
}

// Null where only the way by Arrow can write it.
Result<std::unique_ptr<const TextProgram>> TextOf(const Job& job, const std::string& format) {
  if (format == "csv") return MakeText<CsvProgram>(job);
  auto json = MakeText<JsonProgram>(job);
  if (json.status().IsNotImplemented()) return nullptr;
  return json;
}

// The text that --size measures where the output is none: CSV, or JSON lines if columns are nested.
std::string MeasuredFormat(const Job& job) {
  if (job.format == "csv" || job.format == "jsonl") return job.format;
  for (const ColumnOutput& column : job.program->columns) {
    if (!column.children.empty() || column.count != kAlways) return "jsonl";
  }
  return "csv";
}

Result<int64_t> RowCount(const GenerateFlags& flags, const Job& job) {
  if (flags.size.empty()) {
    if (flags.rows.empty()) return kRowsDefault;
    return ParseNumber<int64_t>("--rows", flags.rows, kRowsMax);
  }
  if (!flags.rows.empty()) return UsageError("--rows and --size say the same: give one of them");
  auto bytes = ParseByteSize(flags.size);
  if (!bytes.ok()) return UsageError("--size: not a size: " + flags.size, "such as 100GB");
  ARROW_ASSIGN_OR_RAISE(auto text, TextOf(job, MeasuredFormat(job)));
  if (!text) return UsageError("--size: the length of these rows is not known", "give --rows");
  return RowsOfSize(*text, *bytes);
}

Status FillWriteSpec(const GenerateFlags& flags, const Table& table, WriteSpec* write) {
  write->path = flags.out;
  write->format = flags.format;
  write->codec = flags.codec;
  write->compression = flags.compression;
  write->csv = table.format;
  if (IsTsvName(flags.out) && write->csv.delimiter == FormatOptions().delimiter) {
    write->csv.delimiter = '\t';
  }
  ARROW_ASSIGN_OR_RAISE(write->mode, ParseWriteMode(flags.mode));
  if (!flags.file_size.empty()) {
    auto bytes = ParseByteSize(flags.file_size);
    if (!bytes.ok() || *bytes < 1) {
      return UsageError("--file-size: not a size: " + flags.file_size, "such as 128MB");
    }
    write->file_bytes_max = *bytes;
  }
  ARROW_RETURN_NOT_OK(ParsePartitionBy(flags.partition_by, *table.ArrowSchema(), write));
  if (write->mode == WriteSpec::Mode::kReplacePartitions && write->partition_by.empty() &&
      flags.slices.slices.empty()) {
    return UsageError("--mode replace_partitions needs --partition-by");
  }
  return CheckOutputName(flags.out, flags.format, Place());
}

// One file whose text needs nothing of a dataset.
bool IsTextFile(const Job& job) {
  const WriteSpec& write = job.write;
  return (job.format == "csv" || job.format == "jsonl") && write.partition_by.empty() &&
         write.file_bytes_max == 0 && write.mode == WriteSpec::Mode::kOverwrite;
}

// Draws the faults, and puts them into text; those of batches are the plan's.
Status AddFaults(const GenerateFlags& flags, uint64_t seed, Job* job) {
  const bool is_json = job->format == "jsonl";
  FaultMedium medium = !job->text ? FaultMedium::kTyped
                       : is_json  ? FaultMedium::kJsonLines
                                  : FaultMedium::kCsv;
  ARROW_ASSIGN_OR_RAISE(job->faults, FaultPlan::Make(*job->table, seed, flags.inject, medium));
  if (!job->faults || !job->text) return Status::OK();
  return WithFaults(std::move(job->text), job->faults, {0, job->table_rows}, *job->table, medium,
                    job->write.csv)
      .Value(&job->text);
}

// Says what was injected; returns the rows that came on top.
int64_t ReportFaults(const Job& job, RunRecord* record) {
  if (!job.faults) return 0;
  FaultCounts counts =
      job.faults->Count({0, job.table_rows}, job.part.first_row, job.part.row_count);
  record->fields.emplace_back("injected", FaultsJson(counts));
  record->lines += FaultLines(counts);
  return counts.copies;
}

Result<Job> MakeJob(const GenerateFlags& flags, std::shared_ptr<const Contract> contract,
                    const Table* table) {
  Job job;
  job.contract = std::move(contract);
  job.table = table;
  ARROW_RETURN_NOT_OK(FillWriteSpec(flags, *table, &job.write));
  job.format = FormatByName(flags.format, flags.out);
  auto target = LocalStorage()->Stat(flags.out);
  const bool is_stream = flags.out == "-" || (target.ok() && target->is_special);
  if (job.format.empty() && is_stream) job.format = "csv";
  const bool is_file = is_stream || !FormatByName("", flags.out).empty();
  ARROW_ASSIGN_OR_RAISE(uint64_t seed, SeedOf(flags));
  ARROW_ASSIGN_OR_RAISE(job.program, CompileGenerator(*table, seed));
  ARROW_ASSIGN_OR_RAISE(auto part, ParsePart(flags));
  if (part.second > 1 && !is_file && job.write.mode == WriteSpec::Mode::kOverwrite) {
    return UsageError("--part: each part would replace the folder " + flags.out,
                      "give --mode append, or a folder to each part");
  }
  ARROW_ASSIGN_OR_RAISE(job.table_rows, RowCount(flags, job));
  ARROW_ASSIGN_OR_RAISE(job.part, PartOfRows(job.table_rows, part.first, part.second));
  if (is_file && IsTextFile(job)) {
    ARROW_RETURN_NOT_OK(CheckTextOutput(job.write, job.format));
    ARROW_ASSIGN_OR_RAISE(job.text, TextOf(job, job.format));
  }
  ARROW_RETURN_NOT_OK(AddFaults(flags, seed, &job));
  return job;
}

Result<GenerateSummary> WriteText(const Job& job, const RunOptions& run) {
  ARROW_ASSIGN_OR_RAISE(auto output, FileOutput::Open(LocalStorage(), job.write.path, run.run_id,
                                                      /*durable=*/false));
  ARROW_ASSIGN_OR_RAISE(Compression compression,
                        CompressionByName(job.write.compression, job.write.path));
  std::unique_ptr<WritableFile> file = std::make_unique<BorrowedFile>(&output->file());
  ARROW_ASSIGN_OR_RAISE(file, CompressedFile(std::move(file), compression, run.thread_count));
  const bool at_offsets = output->is_seekable() && compression == Compression::kNone;
  auto blocks = at_offsets ? BlocksAtOffsets(file.get()) : BlocksInOrder(file.get());
  ARROW_ASSIGN_OR_RAISE(auto summary, GenerateText(*job.text, job.part, run.thread_count, *blocks,
                                                   *run.stop, &run.progress->rows_read));
  ARROW_RETURN_NOT_OK(file->Close());
  ARROW_RETURN_NOT_OK(output->Commit());
  return summary;
}

Status GenerateAsText(const Job& job, const RunOptions& run, RunRecord* record) {
  ARROW_ASSIGN_OR_RAISE(auto summary, WriteText(job, run));
  summary.row_count += ReportFaults(job, record);
  StepRecord step;
  step.name = "generate";
  step.is_source = true;
  step.books.rows_in = step.books.rows_out = summary.row_count;
  record->steps.push_back(step);
  record->bytes_in = summary.byte_count;
  auto written = LocalStorage()->Stat(job.write.path);
  const bool is_file = written.ok() && !written->is_special && job.write.path != "-";
  record->outputs.push_back({"generate", job.write.path, job.format, summary.row_count,
                             is_file ? written->size_bytes : summary.byte_count, 1});
  return Status::OK();
}

Status GenerateAsPlan(const GenerateFlags& flags, const Job& job, const RunOptions& run,
                      RunRecord* record) {
  Step step;
  step.name = "generate";
  step.generate.emplace();
  step.generate->contract = job.contract;
  step.generate->table = flags.table;
  step.generate->first_row = job.part.first_row;
  step.generate->row_count = job.part.row_count;
  step.generate->table_rows = job.table_rows;
  step.generate->inject = flags.inject;
  ARROW_ASSIGN_OR_RAISE(step.generate->seed, SeedOf(flags));
  step.write = job.write;
  Plan plan;
  plan.name = "generate";
  plan.steps.push_back(std::move(step));
  ARROW_RETURN_NOT_OK(RunPlan(plan, run, record));
  ReportFaults(job, record);
  return Status::OK();
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
  if (!flags.size.empty() || !flags.rows.empty()) {
    return UsageError("--slices says how many rows there are: leave --rows and --size out");
  }
  ARROW_ASSIGN_OR_RAISE(auto faults,
                        FaultPlan::Make(table, slices.seed, flags.inject, FaultMedium::kTyped));
  if (faults) {
    return UsageError("faults can't be injected into slices",
                      "--inject none, or leave --slices out");
  }
  ARROW_RETURN_NOT_OK(FillWriteSpec(flags, table, &slices.write));
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
  ARROW_ASSIGN_OR_RAISE(Job job, MakeJob(flags, contract, table));
  ARROW_ASSIGN_OR_RAISE(RunOptions run, session.MakeRunOptions("generate"));
  run.replace_foreign = flags.force;
  return session.WithProgress([&] {
    if (!job.text) return GenerateAsPlan(flags, job, run, record);
    return Recorded(run, record, [&] { return GenerateAsText(job, run, record); });
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
  command->add_option("--size", flags->size, "As many rows as make this much text, such as 100GB")
      ->type_name("SIZE");
  command->add_option("--seed", flags->seed, "Another seed makes other rows (default: 0)")
      ->type_name("N");
  command->add_option("--part", flags->part, "Only part I of N; parts put together are the whole")
      ->type_name("I/N");
  command->add_option("--format", flags->format, "Where OUT's name does not tell")
      ->type_name("csv|jsonl|parquet|orc|arrow");
  command->add_option("--codec", flags->codec, "Of Parquet and ORC")->type_name("none|snappy|zstd");
  command
      ->add_option("--compression", flags->compression,
                   "Of CSV and JSON lines; by default the name says")
      ->type_name("none|gzip|zstd");
  command->add_option("--mode", flags->mode, "What happens to rows that are there, in a folder")
      ->type_name("overwrite|append|replace_partitions");
  command
      ->add_option("--partition-by", flags->partition_by,
                   "Hive partitions: column or name=expression")
      ->delimiter(',')
      ->type_name("LIST");
  command->add_option("--file-size", flags->file_size, "About what a file in a folder should have")
      ->type_name("SIZE");
  AddSliceFlags(command, &flags->slices);
  command
      ->add_option("--inject", flags->inject,
                   "Faults, such as duplicates=1%,nulls=0.5%,malformed=1%,ragged=0.1%,late=2%")
      ->type_name("LIST");
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
