// tamis generate: rows from a contract. Files of CSV and JSON lines are written as bytes by all
// threads; other outputs run as a plan of one step.
#include <charconv>
#include <limits>
#include <tuple>
#include <utility>

#include "base/memory.h"
#include "cli/command.h"
#include "cli/format_flags.h"
#include "cli/generate_explain.h"
#include "cli/generate_profile.h"
#include "cli/generate_slices.h"
#include "dataset/file_output.h"
#include "format/compress.h"
#include "local/generate_text.h"
#include "local/inject_report.h"
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
  std::vector<std::string> rows;
  std::string size;
  std::string seed;
  std::string codec;
  std::string compression;
  std::string mode = "overwrite";
  std::string file_size;
  std::vector<std::string> partition_by;
  bool force = false;
  bool explain = false;
  std::string inject;
  SliceFlags slices;
  ProfileFlags profile;
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

// The seed of all tables, if it is given.
Result<std::optional<uint64_t>> SeedOf(const GenerateFlags& flags) {
  if (flags.seed.empty()) return std::nullopt;
  return ParseNumber("--seed", flags.seed, std::numeric_limits<uint64_t>::max());
}

Result<uint64_t> SeedOf(const GenerateFlags& flags, const Table& table) {
  ARROW_ASSIGN_OR_RAISE(auto asked, SeedOf(flags));
  ARROW_ASSIGN_OR_RAISE(TableGenerate said, ReadTableGenerate(table));
  return asked.value_or(said.seed.value_or(0));
}

// `1000`, `orders=1000`.
Result<RowRequest> RowsAsked(const GenerateFlags& flags) {
  RowRequest request;
  ARROW_ASSIGN_OR_RAISE(request.seed, SeedOf(flags));
  for (const std::string& text : flags.rows) {
    const size_t equals = text.rfind('=');
    const std::string count = equals == std::string::npos ? text : text.substr(equals + 1);
    ARROW_ASSIGN_OR_RAISE(int64_t rows, ParseNumber<int64_t>("--rows", count, kRowsMax));
    if (equals == std::string::npos) {
      request.all = rows;
    } else {
      request.by_table[text.substr(0, equals)] = rows;
    }
  }
  return request;
}

// What is generated, and where it goes.
struct Job {
  std::shared_ptr<const Contract> contract;
  const Table* table = nullptr;
  GenerateContext context;
  std::shared_ptr<const RowProgram> program;
  std::unique_ptr<const TextProgram> text;  // null: not written as text
  std::string format;                       // as given or told by the name
  WriteSpec write;
  RowPart part;
  int64_t table_rows = 0;
  std::shared_ptr<const InjectPlan> faults;  // null: none
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
  if (flags.size.empty()) return job.context.rows.at(job.table->name);
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
  ARROW_ASSIGN_OR_RAISE(job->faults, InjectPlan::Make(*job->table, seed, flags.inject, medium));
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
  const bool is_sole = job.contract->tables.size() == 1;
  record->fields.emplace_back(is_sole ? "injected" : "injected " + job.table->name,
                              FaultsJson(counts, *job.table));
  record->lines += FaultLines(counts, *job.table);
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
  if (job.format.empty() && is_stream) {
    job.format = table->format.format == "jsonl" ? "jsonl" : "csv";
    job.write.format = job.format;
  }
  const bool is_file = is_stream || !FormatByName("", flags.out).empty();
  ARROW_ASSIGN_OR_RAISE(uint64_t seed, SeedOf(flags, *table));
  job.context.contract = job.contract.get();
  ARROW_ASSIGN_OR_RAISE(RowRequest request, RowsAsked(flags));
  job.context.seed = request.seed;
  ARROW_ASSIGN_OR_RAISE(job.context.rows, CountRows(*job.contract, request));
  ARROW_ASSIGN_OR_RAISE(job.program, CompileGenerator(*table, job.context));
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
  step.generate->table = job.table->name;
  step.generate->first_row = job.part.first_row;
  step.generate->row_count = job.part.row_count;
  step.generate->table_rows = job.table_rows;
  step.generate->inject = flags.inject;
  ARROW_ASSIGN_OR_RAISE(step.generate->seed, SeedOf(flags, *job.table));
  step.generate->run_seed = job.context.seed;
  step.generate->rows_by_table.insert(job.context.rows.begin(), job.context.rows.end());
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
  ARROW_ASSIGN_OR_RAISE(auto faults, InjectPlan::Make(table, slices.seed.value_or(0), flags.inject,
                                                      FaultMedium::kTyped));
  if (faults) {
    return UsageError("faults can't be injected into slices",
                      "--inject none, or leave --slices out");
  }
  ARROW_RETURN_NOT_OK(FillWriteSpec(flags, table, &slices.write));
  return GenerateSlices(flags.slices, slices, run, record);
}

// Whether all tables of the contract are made: several, none of them named, into a folder.
bool IsForAllTables(const GenerateFlags& flags, const Contract& contract) {
  if (contract.tables.size() < 2 || !flags.table.empty() || !flags.slices.slices.empty()) {
    return false;
  }
  auto target = LocalStorage()->Stat(flags.out);
  const bool is_stream = flags.out == "-" || (target.ok() && target->is_special);
  return !is_stream && FormatByName("", flags.out).empty();
}

// Each table in a file of its own in the folder: OUT/orders.csv.
Result<std::vector<Job>> MakeJobs(const GenerateFlags& flags,
                                  const std::shared_ptr<const Contract>& contract) {
  std::vector<Job> jobs;
  if (!IsForAllTables(flags, *contract)) {
    ARROW_ASSIGN_OR_RAISE(const Table* table, contract->FindTable(flags.table));
    ARROW_ASSIGN_OR_RAISE(Job job, MakeJob(flags, contract, table));
    jobs.push_back(std::move(job));
    return jobs;
  }
  if (!flags.size.empty() || !flags.partition_by.empty()) {
    return UsageError(
        flags.size.empty() ? "--partition-by is for one table" : "--size is for one table",
        "name it: --table " + contract->tables[0].name);
  }
  for (const Table& table : contract->tables) {
    GenerateFlags own = flags;
    own.table = table.name;
    own.out = flags.out + "/" + table.name + "." + (flags.format.empty() ? "csv" : flags.format);
    ARROW_ASSIGN_OR_RAISE(Job job, MakeJob(own, contract, &table));
    jobs.push_back(std::move(job));
  }
  return jobs;
}

Status RunJobs(const GenerateFlags& flags, const std::vector<Job>& jobs, const RunOptions& run,
               RunRecord* record) {
  double seconds = 0;
  for (const Job& job : jobs) {
    if (job.text) {
      ARROW_RETURN_NOT_OK(Recorded(run, record, [&] { return GenerateAsText(job, run, record); }));
    } else {
      ARROW_RETURN_NOT_OK(GenerateAsPlan(flags, job, run, record));
    }
    seconds += record->seconds;
  }
  record->seconds = seconds;
  return Status::OK();
}

Status Generate(Session& session, const GenerateFlags& flags, RunRecord* record) {
  if (flags.contract.empty()) {
    return UsageError("CONTRACT is missing", "tamis generate FILE.odcs.yaml -o OUT");
  }
  ARROW_ASSIGN_OR_RAISE(auto contract, LoadContract(flags.contract));
  if (!flags.slices.slices.empty()) {
    ARROW_ASSIGN_OR_RAISE(const Table* table, contract->FindTable(flags.table));
    ARROW_ASSIGN_OR_RAISE(RunOptions run, session.MakeRunOptions("generate"));
    run.replace_foreign = flags.force;
    return session.WithProgress([&] {
      return Recorded(run, record,
                      [&] { return GenerateAsSlices(flags, *contract, *table, run, record); });
    });
  }
  ARROW_ASSIGN_OR_RAISE(std::vector<Job> jobs, MakeJobs(flags, contract));
  ARROW_ASSIGN_OR_RAISE(RunOptions run, session.MakeRunOptions("generate"));
  run.replace_foreign = flags.force;
  return session.WithProgress([&] { return RunJobs(flags, jobs, run, record); });
}

}  // namespace

void AddGenerate(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand("generate", "Make rows from a contract");
  auto flags = std::make_shared<GenerateFlags>();
  command->add_option("CONTRACT", flags->contract, "Contract (ODCS)");
  command->add_option("--table", flags->table, "Table of the contract, if it has several")
      ->type_name("NAME");
  command
      ->add_option("-o,--out", flags->out,
                   "File or folder (default: standard output); all tables of a contract go into a "
                   "folder")
      ->type_name("OUT");
  command
      ->add_option("--rows", flags->rows,
                   "Rows of every table, or of one of several; may be repeated (default: 1000)")
      ->type_name("N|TABLE=N");
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
  AddProfileFlags(command, &flags->profile);
  command
      ->add_option("--inject", flags->inject,
                   "Faults, such as duplicates=1%,nulls=0.5%,malformed=1%,ragged=0.1%,late=2%")
      ->type_name("LIST");
  command->add_flag("--explain", flags->explain,
                    "Make nothing; print each column's generator and why it is that one");
  command->add_flag("--force", flags->force, "Replace files that tamis did not write");
  command->callback([flags, action] {
    *action = [flags](Session& session) {
      if (!flags->profile.sample.empty()) {
        return ProfileSample(session, flags->profile, flags->contract, flags->table, flags->out);
      }
      if (flags->explain) {
        auto request = RowsAsked(*flags);
        return request.ok() ? ExplainGenerate(session, flags->contract, flags->table, *request)
                            : session.Fail("generate", request.status());
      }
      RunRecord record;
      record.command = "generate";
      Status status = Generate(session, *flags, &record);
      return session.Report(record, status);
    };
  });
}

}  // namespace tamis
