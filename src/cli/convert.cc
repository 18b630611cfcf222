// tamis convert: any format to any other. The plan of one step that reads and writes.
#include "cli/command.h"
#include "cli/format_flags.h"

namespace tamis {
namespace {

struct ConvertFlags {
  InputFlags input;
  std::string out;
  std::string to_format;
  std::string rejects;
  std::string max_rejects;
  std::string mode = "overwrite";
  std::vector<std::string> partition_by;
  std::string codec;
  std::string compression;
  bool force = false;
};

Result<WriteSpec> MakeWriteSpec(const ConvertFlags& flags, const ReadSpec& read) {
  WriteSpec write;
  write.path = flags.out;
  write.format = flags.to_format;
  write.codec = flags.codec;
  write.compression = flags.compression;
  write.csv.write_nulls = read.format.write_nulls;
  ARROW_ASSIGN_OR_RAISE(write.mode, ParseWriteMode(flags.mode));
  if (flags.partition_by.empty()) return write;
  if (!read.contract) {
    return UsageError("--partition-by needs --contract", "partition columns must have a type");
  }
  ARROW_ASSIGN_OR_RAISE(const Table* table, read.contract->FindTable(read.table));
  ARROW_RETURN_NOT_OK(ParsePartitionBy(flags.partition_by, *table->ArrowSchema(), &write));
  return write;
}

Result<Plan> MakePlan(const ConvertFlags& flags) {
  Step step;
  step.name = "convert";
  ARROW_ASSIGN_OR_RAISE(step.read, MakeReadSpec(flags.input));
  ARROW_ASSIGN_OR_RAISE(step.write, MakeWriteSpec(flags, *step.read));
  if (!flags.rejects.empty() || !flags.max_rejects.empty()) {
    step.rejects.emplace();
    step.rejects->path = flags.rejects;
    if (!flags.max_rejects.empty()) {
      ARROW_RETURN_NOT_OK(ParseRejectLimit(flags.max_rejects, &*step.rejects));
    }
  }
  Plan plan;
  plan.name = "convert";
  plan.steps.push_back(std::move(step));
  return plan;
}

}  // namespace

void AddConvert(CLI::App& app, Action* action) {
  auto* command = app.add_subcommand(
      "convert", "Convert CSV, JSON lines, Parquet, ORC and Arrow into each other");
  auto flags = std::make_shared<ConvertFlags>();
  AddInputFlags(command, &flags->input);
  command
      ->add_option("OUT", flags->out,
                   "File (.parquet, .csv, .jsonl, .orc, ...), - or dataset folder")
      ->required();
  command->add_option("--to", flags->to_format, "Format of OUT, where its name does not tell")
      ->type_name("csv|jsonl|parquet|orc|arrow");
  command->add_option("--rejects", flags->rejects, "Where refused rows go")->type_name("PATH");
  command->add_option("--max-rejects", flags->max_rejects, "Fail if more rows are refused")
      ->type_name("N|P%");
  command->add_option("--mode", flags->mode, "What happens to rows that are there")
      ->type_name("overwrite|append|replace_partitions");
  command
      ->add_option("--partition-by", flags->partition_by,
                   "Hive partitions: column or name=expression")
      ->delimiter(',')
      ->type_name("LIST");
  command->add_option("--codec", flags->codec, "Of Parquet and ORC")->type_name("none|snappy|zstd");
  command
      ->add_option("--compression", flags->compression,
                   "Of CSV and JSON lines; by default the name says")
      ->type_name("none|gzip|zstd");
  command->add_flag("--force", flags->force, "Replace files that tamis did not write");
  command->callback([flags, action] {
    *action = [flags](Session& session) {
      auto plan = MakePlan(*flags);
      if (!plan.ok()) {
        RunRecord record;
        record.command = "convert";
        return session.Report(record, plan.status());
      }
      return RunAndReport(session, "convert", *plan, flags->force);
    };
  });
}

}  // namespace tamis
