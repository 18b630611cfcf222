// Flags of inputs. See format_flags.h.
#include "cli/format_flags.h"

#include <algorithm>
#include <charconv>

#include "base/source_text.h"
#include "contract/odcs.h"
#include "contract/options.h"

namespace tamis {

void AddInputFlags(CLI::App* command, InputFlags* flags) {
  command->add_option("IN", flags->path, "File, folder or pattern to read; - is standard input")
      ->required();
  command->add_option("--contract,-c", flags->contract, "Contract (ODCS) that the rows must keep")
      ->type_name("FILE");
  command->add_option("--table", flags->table, "Table of the contract, if it has several")
      ->type_name("NAME");
  for (const FormatOption& option : FormatOptionList()) {
    std::string name = option.name;
    std::replace(name.begin(), name.end(), '_', '-');
    std::string key = option.name;
    std::string value = *option.value ? option.value : "true|false";
    command
        ->add_option_function<std::string>(
            "--" + name, [flags, key](const std::string& text) { flags->format[key] = text; },
            option.help)
        ->type_name(value);
  }
}

Result<std::shared_ptr<const Contract>> LoadContract(const std::string& path) {
  ARROW_ASSIGN_OR_RAISE(auto source, ReadSourceText(path));
  ARROW_ASSIGN_OR_RAISE(Contract contract, ParseContract(source));
  return std::make_shared<const Contract>(std::move(contract));
}

Result<ReadSpec> MakeReadSpec(const InputFlags& flags) {
  ReadSpec read;
  read.path = flags.path;
  read.table = flags.table;
  if (!flags.contract.empty()) {
    ARROW_ASSIGN_OR_RAISE(read.contract, LoadContract(flags.contract));
    ARROW_ASSIGN_OR_RAISE(const Table* table, read.contract->FindTable(flags.table));
    read.format = table->format;
  } else if (flags.path.find(".tsv") != std::string::npos) {
    read.format.delimiter = '\t';
  }
  for (const auto& [name, text] : flags.format) {
    ARROW_RETURN_NOT_OK(SetFormatFlag(name, text, &read.format));
  }
  ARROW_RETURN_NOT_OK(CheckFormatOptions(read.format, Place{}));
  return read;
}

Result<WriteSpec::Mode> ParseWriteMode(const std::string& text) {
  if (text == "overwrite") return WriteSpec::Mode::kOverwrite;
  if (text == "append") return WriteSpec::Mode::kAppend;
  if (text == "replace_partitions") return WriteSpec::Mode::kReplacePartitions;
  return UsageError("--mode: unknown mode: " + text,
                    "known: overwrite, append, replace_partitions");
}

Status ParsePartitionBy(const std::vector<std::string>& parts, const arrow::Schema& schema,
                        WriteSpec* write) {
  for (const std::string& part : parts) {
    size_t equals = part.find('=');
    std::string name = part.substr(0, equals);
    std::string text = equals == std::string::npos ? "\"" + name + "\"" : part.substr(equals + 1);
    for (const DeriveSpec& other : write->partition_by) {
      if (other.name == name)
        return UsageError("--partition-by: the key " + name + " stands twice");
    }
    Place place;
    place.source = std::make_shared<SourceText>(SourceText{"--partition-by", text});
    place.line = place.column = 1;
    ARROW_ASSIGN_OR_RAISE(Expr value, Expr::Bind(text, place, schema, {}));
    write->partition_by.push_back({name, std::move(value)});
  }
  return Status::OK();
}

Status ParseRejectLimit(const std::string& text, RejectsSpec* rejects) {
  std::string digits = text;
  bool is_share = !digits.empty() && digits.back() == '%';
  if (is_share) digits.pop_back();
  double value = -1;
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  bool whole = error == std::errc() && end == digits.data() + digits.size() && value >= 0;
  if (!whole || (is_share && value > 100) ||
      (!is_share && value != static_cast<double>(static_cast<int64_t>(value)))) {
    return UsageError("--max-rejects: not a limit: " + text,
                      "a number of rows or a share, 100 or 5%");
  }
  if (is_share) {
    rejects->share_max = value / 100;
  } else {
    rejects->count_max = static_cast<int64_t>(value);
  }
  return Status::OK();
}

}  // namespace tamis
