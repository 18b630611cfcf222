// See generate_slices.h.
#include "cli/generate_slices.h"

#include "local/input.h"
#include "local/slice_dataset.h"
#include "local/slices.h"
#include "ops/generate_compile.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

constexpr const char* kSliceKey = "slice";

std::string Joined(const std::vector<std::string>& names) {
  constexpr size_t kNamesMax = 10;
  std::string text;
  for (size_t i = 0; i < names.size() && i < kNamesMax; ++i) {
    text += (i > 0 ? ", " : "") + names[i];
  }
  if (names.size() > kNamesMax) text += ", ... (" + std::to_string(names.size()) + ")";
  return text;
}

Status CheckOutput(const WriteSpec& write) {
  if (write.path.empty() || write.path == "-" || !FormatByName("", write.path).empty()) {
    return UsageError("--slices writes a folder of partitions, not " +
                          (write.path.empty() ? "a stream" : write.path),
                      "-o DIR");
  }
  return Status::OK();
}

Result<SlicePlan> ReadPlan(const SliceFlags& flags, const SliceRun& slices) {
  ARROW_ASSIGN_OR_RAISE(SliceArgument argument, ParseSliceArgument(flags.slices));
  SliceChoice choice;
  ARROW_ASSIGN_OR_RAISE(choice.scale, RowScale::Parse(flags.scale));
  choice.range = argument.range;
  choice.part = slices.part;
  choice.parts = slices.parts;
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadWholeFile(*LocalStorage(), argument.path));
  auto source = std::make_shared<const SourceText>(SourceText{argument.path, std::move(text)});
  ARROW_ASSIGN_OR_RAISE(auto lines, ParseSlices(source));
  return PlanSlices(lines, *slices.contract, *slices.table, choice);
}

void Warn(const SlicePlan& plan, const SliceTables& tables, RunRecord* record) {
  if (!plan.vanished.empty()) {
    record->warnings.push_back(std::to_string(plan.vanished.size()) +
                               (plan.vanished.size() == 1 ? " slice has" : " slices have") +
                               " no rows at this scale: " + Joined(plan.vanished));
  }
  if (!plan.unused_tables.empty()) {
    record->warnings.push_back("tables of the slices file that the contract does not have: " +
                               Joined(plan.unused_tables));
  }
  for (const std::string& key : tables.UnusedKeys()) {
    record->warnings.push_back("tamis.generate has generators for slice " + key +
                               ", which is not among the slices made");
  }
}

Result<SliceDatasetSpec> MakeSpec(const SliceRun& slices, const SlicePlan& plan,
                                  SliceTables* tables) {
  SliceDatasetSpec spec;
  spec.key = kSliceKey;
  spec.csv = slices.write.csv;
  spec.emptied = plan.empty;
  spec.slices = plan.chosen;
  for (const Slice& slice : spec.slices) {
    ARROW_ASSIGN_OR_RAISE(size_t index, tables->IndexOf(slice.name));
    spec.program_of_slice.push_back(index);
  }
  RowRequest request;
  request.seed = slices.seed;
  int64_t& rows = request.by_table[slices.table->name];
  for (const Slice& slice : plan.slices) rows += slice.row_count;
  GenerateContext context{slices.contract, {}, slices.seed};
  ARROW_ASSIGN_OR_RAISE(context.rows, CountRows(*slices.contract, request));
  for (const Table& table : tables->tables()) {
    ARROW_ASSIGN_OR_RAISE(auto program, CompileGenerator(table, context));
    spec.programs.push_back(std::move(program));
  }
  return spec;
}

}  // namespace

void AddSliceFlags(CLI::App* command, SliceFlags* flags) {
  command
      ->add_option("--slices", flags->slices,
                   "Lines of `table | slice | rows`: the rows of each slice, written as slice=N; "
                   "FILE[a..b] makes some of them")
      ->type_name("FILE");
  command->add_option("--scale", flags->scale, "Multiplies the rows of slices (default: 1)")
      ->type_name("X");
}

Status GenerateSlices(const SliceFlags& flags, const SliceRun& slices, const RunOptions& run,
                      RunRecord* record) {
  ARROW_RETURN_NOT_OK(CheckOutput(slices.write));
  ARROW_ASSIGN_OR_RAISE(SlicePlan plan, ReadPlan(flags, slices));
  ARROW_ASSIGN_OR_RAISE(SliceTables tables, SliceTables::Make(*slices.table, kSliceKey));
  ARROW_ASSIGN_OR_RAISE(SliceDatasetSpec spec, MakeSpec(slices, plan, &tables));
  Warn(plan, tables, record);
  OutputContext context;
  context.storage = LocalStorage();
  context.run_id = run.run_id;
  context.thread_count = run.thread_count;
  context.memory_bytes = run.memory_bytes;
  context.stop = run.stop;
  context.replace_foreign = run.replace_foreign;
  ARROW_ASSIGN_OR_RAISE(OutputRecord output,
                        WriteSliceDataset(spec, slices.write, context, &run.progress->rows_read));
  StepRecord step;
  step.name = output.step = "generate";
  step.is_source = step.writes = true;
  step.books.rows_in = step.books.rows_out = output.rows;
  record->steps.push_back(step);
  record->bytes_in = output.bytes;
  record->outputs.push_back(output);
  SliceSkew skew = MeasureSkew(spec.slices);
  record->fields.emplace_back("skew", SkewJson(skew));
  record->lines += SkewLines(skew);
  return Status::OK();
}

}  // namespace tamis
