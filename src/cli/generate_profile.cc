// See generate_profile.h.
#include "cli/generate_profile.h"

#include <sys/random.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>

#include "base/dictionary.h"
#include "base/hash.h"
#include "base/printable.h"
#include "cli/format_flags.h"
#include "cli/print_table.h"
#include "contract/odcs.h"
#include "contract/types.h"
#include "dataset/file_output.h"
#include "local/input.h"
#include "local/profile_column.h"
#include "ops/generate_compile.h"
#include "ops/profile.h"
#include "report/run_record.h"
#include "storage/storage.h"

namespace tamis {
namespace {

// What came of a sample.
struct Profiled {
  Contract contract;
  std::string table;
  int64_t row_count = 0;
  std::vector<ProfiledColumn> columns;
  std::vector<std::string> warnings;
};

uint64_t RandomSeed() {
  uint64_t seed = 0;
  if (getrandom(&seed, sizeof(seed), 0) != static_cast<ssize_t>(sizeof(seed))) std::abort();
  return seed;
}

Result<std::optional<uint64_t>> NoiseSeed(const ProfileFlags& flags) {
  if (flags.noise_seed.empty()) return std::nullopt;
  uint64_t seed = 0;
  const char* end = flags.noise_seed.data() + flags.noise_seed.size();
  auto parsed = std::from_chars(flags.noise_seed.data(), end, seed);
  if (parsed.ec == std::errc() && parsed.ptr == end) return seed;
  return UsageError("--noise-seed: not a whole number: " + flags.noise_seed);
}

Status CheckFlags(const ProfileFlags& flags) {
  if (!(flags.epsilon >= 0.01 && flags.epsilon <= 100)) {
    return UsageError("--epsilon: 0.01 to 100", "smaller is more private and less exact");
  }
  if (flags.shared_by < 2) return UsageError("--shared-by: at least 2 rows share a value");
  return Status::OK();
}

// The rows of the sample, column by column.
struct Sample {
  Input input;
  std::vector<ColumnSample> columns;
  int64_t row_count = 0;
};

Result<Sample> ReadSample(const ReadSpec& read, uint64_t seed, Session& session) {
  Sample sample;
  ARROW_ASSIGN_OR_RAISE(sample.input, OpenInput(LocalStorage(), read));
  Source& source = *sample.input.source;
  const auto count = static_cast<size_t>(source.schema()->num_fields());
  sample.columns = std::vector<ColumnSample>(count);
  RowReservoir reservoir(seed);
  while (true) {
    if (session.stop().requested()) return Interrupted();
    ARROW_ASSIGN_OR_RAISE(std::optional<Chunk> chunk, source.Next());
    if (!chunk) break;
    const arrow::RecordBatch& batch = *chunk->batch;
    auto kept = reservoir.Place(batch.num_rows());
    for (size_t i = 0; i < count; ++i) {
      ARROW_RETURN_NOT_OK(sample.columns[i].Add(*batch.column(static_cast<int>(i)), kept));
    }
    sample.row_count += batch.num_rows();
    session.progress().rows_read += batch.num_rows();
  }
  if (sample.row_count == 0) {
    return DataError(read.path + ": there are no rows to profile", "the sample needs rows");
  }
  return sample;
}

// A column that no contract tells about.
Column Described(const arrow::Field& field, const ColumnSample& sample, bool is_text_file) {
  Column column;
  column.name = field.name();
  column.type = DictionaryValueType(field.type());
  if (is_text_file && column.type->id() == arrow::Type::STRING) {
    column.type = sample.types().Type();
  }
  column.logical_type = LogicalTypeName(*column.type);
  column.physical_type = PhysicalTypeName(*column.type);
  return column;
}

std::string TableNameOf(const std::string& path) {
  std::string name = std::filesystem::path(path).filename();
  name = name.substr(0, name.find('.'));
  for (char& c : name) {
    if (!std::isalnum(static_cast<unsigned char>(c))) c = '_';
  }
  return name.empty() || name == "_" ? "sample" : name;
}

Contract NewContract(const std::string& path) {
  Contract contract;
  contract.api_version = "v3.1.0";
  contract.id = TableNameOf(path);
  contract.version = "1.0.0";
  contract.status = "draft";
  contract.description =
      "Made by tamis generate --profile: rows are made up, after the "
      "distributions of a sample.";
  Table table;
  table.name = contract.id;
  contract.tables.push_back(std::move(table));
  return contract;
}

// Leaves out generators that the contract's own rules refuse, with a warning.
Status DropRefused(Table* table, Profiled* profiled) {
  Table trial = *table;
  trial.relationships.clear();
  for (Column& column : trial.columns) {
    Table alone = trial;
    alone.columns = {column};
    alone.row_rules.clear();
    alone.table_rules.clear();
    Status status = CompileGenerator(alone, 0).status();
    if (status.ok()) continue;
    Column& own = table->columns[static_cast<size_t>(table->ColumnIndex(column.name))];
    if (!own.generate) continue;
    profiled->warnings.push_back("column " + column.name +
                                 " is not made after the sample: " + status.message());
    own.generate.reset();
  }
  return Status::OK();
}

Result<Profiled> Profile(Session& session, const ProfileFlags& flags, const std::string& contract,
                         const std::string& table_name) {
  ARROW_RETURN_NOT_OK(CheckFlags(flags));
  ARROW_ASSIGN_OR_RAISE(auto seed, NoiseSeed(flags));
  InputFlags input;
  input.path = flags.sample;
  input.contract = contract;
  input.table = table_name;
  ARROW_ASSIGN_OR_RAISE(ReadSpec read, MakeReadSpec(input));
  std::optional<Sample> sample;
  ARROW_RETURN_NOT_OK(session.WithProgress([&] {
    return ReadSample(read, seed ? XxHash64(1, *seed) : RandomSeed(), session)
        .Value(&sample.emplace());
  }));
  Profiled profiled;
  profiled.row_count = sample->row_count;
  profiled.warnings = sample->input.warnings;
  profiled.contract = read.contract ? *read.contract : NewContract(flags.sample);
  const std::string format = FormatByName("", flags.sample);
  const bool is_text = format.empty() || format == "csv" || format == "jsonl";
  ARROW_ASSIGN_OR_RAISE(const Table* found, profiled.contract.FindTable(table_name));
  Table& table =
      profiled.contract.tables[static_cast<size_t>(found - profiled.contract.tables.data())];
  profiled.table = table.name;
  Noise noise(seed);
  const arrow::Schema& schema = *sample->input.source->schema();
  for (int i = 0; i < schema.num_fields(); ++i) {
    const ColumnSample& seen = sample->columns[static_cast<size_t>(i)];
    int index = read.contract ? table.ColumnIndex(schema.field(i)->name()) : -1;
    if (read.contract && index < 0) continue;
    if (index < 0) {
      index = static_cast<int>(table.columns.size());
      table.columns.push_back(Described(*schema.field(i), seen, is_text));
    }
    Column& column = table.columns[static_cast<size_t>(index)];
    ARROW_ASSIGN_OR_RAISE(ProfiledColumn made,
                          ProfileColumn(column, seen, {flags.epsilon, flags.shared_by}, &noise));
    column = made.column;
    profiled.columns.push_back(std::move(made));
  }
  ARROW_RETURN_NOT_OK(DropRefused(&table, &profiled));
  return profiled;
}

Status WriteText(const std::string& path, const std::string& text, const std::string& run_id) {
  ARROW_ASSIGN_OR_RAISE(auto output,
                        FileOutput::Open(LocalStorage(), path, run_id, /*durable=*/false));
  ARROW_RETURN_NOT_OK(output->file().Append(text));
  return output->Commit();
}

void Report(Session& session, const Profiled& profiled, const std::string& out) {
  if (session.flags().json) {
    std::string columns;
    for (const ProfiledColumn& made : profiled.columns) {
      columns += (columns.empty() ? "" : ", ") + ("{\"name\": " + JsonText(made.column.name)) +
                 ", \"type\": " + JsonText(made.column.type->ToString()) +
                 ", \"told\": " + JsonText(made.told) + "}";
    }
    std::fputs(FormatCommandJson("generate", Status::OK(),
                                 {{"contract", JsonText(out)},
                                  {"table", JsonText(profiled.table)},
                                  {"rows", std::to_string(profiled.row_count)},
                                  {"columns", "[" + columns + "]"},
                                  {"warnings", JsonTexts(profiled.warnings)}})
                   .c_str(),
               out == "-" ? stderr : stdout);
    return;
  }
  if (session.flags().quiet) return;
  for (const std::string& warning : profiled.warnings) {
    std::fprintf(stderr, "warning: %s\n", PrintableLines(warning).c_str());
  }
  std::vector<std::vector<std::string>> rows;
  for (const ProfiledColumn& made : profiled.columns) {
    rows.push_back({made.column.name, made.column.type->ToString(), made.told});
  }
  std::fputs(FormatTable({"column", "type", "what the contract tells"}, rows).c_str(), stderr);
  std::fprintf(stderr, "%s of the sample -> %s\n", FormatRows(profiled.row_count).c_str(),
               Printable(out).c_str());
}

}  // namespace

void AddProfileFlags(CLI::App* command, ProfileFlags* flags) {
  command
      ->add_option("--profile", flags->sample,
                   "Write a contract whose rows follow this sample, with noise")
      ->type_name("SAMPLE");
  command->add_option("--epsilon", flags->epsilon, "Of profiles: smaller is noisier (default: 1)")
      ->type_name("X");
  command
      ->add_option("--shared-by", flags->shared_by,
                   "Of profiles: only values of at least N rows (default: 10)")
      ->type_name("N");
  command
      ->add_option("--noise-seed", flags->noise_seed,
                   "Of profiles, for tests: noise that can be repeated, and taken off")
      ->type_name("N");
}

int ProfileSample(Session& session, const ProfileFlags& flags, const std::string& contract,
                  const std::string& table, const std::string& out) {
  auto profiled = Profile(session, flags, contract, table);
  if (!profiled.ok()) return session.Fail("generate", profiled.status());
  Status written = WriteText(out, WriteContract(profiled->contract), MakeRunId());
  if (!written.ok()) return session.Fail("generate", written);
  Report(session, *profiled, out);
  return static_cast<int>(ExitCode::kDone);
}

}  // namespace tamis
