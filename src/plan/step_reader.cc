// Reads a step's source, checks and row-wise parts. See step_reader.h; window, anonymize and write
// are in step_outputs.cc.
#include "plan/step_reader.h"

#include <arrow/type.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <set>
#include <utility>

#include "base/suggest.h"
#include "contract/expression.h"
#include "contract/options.h"
#include "contract/types.h"
#include "plan/sql_shape.h"
#include "spec/reader.h"
#include "spec/yaml.h"

namespace tamis {
namespace {

/// An error that comes from a callback and knows no place gets the pipeline's.
Status PlaceError(const Status& status, const Place& place) {
  const auto* detail = dynamic_cast<const ErrorDetail*>(status.detail().get());
  if (status.ok() || (detail && detail->place().source)) return status;
  return UsageErrorAt(place, status.message(), detail ? detail->hint() : "");
}

/// The keys of format options in a read or write step, beside its own.
std::vector<std::string> OptionKeys(bool with_format) {
  std::vector<std::string> names = FormatOptionNames();
  if (!with_format) std::erase(names, "format");
  return names;
}

Status SetOptions(const Node& node, const std::vector<std::string>& names, FormatOptions* options) {
  for (const std::string& name : names) {
    if (const Node* value = node.Find(name)) {
      ARROW_RETURN_NOT_OK(SetFormatOption(name, *value, options));
    }
  }
  return CheckFormatOptions(*options, node.place);
}

std::shared_ptr<arrow::Schema> WithField(const arrow::Schema& schema,
                                         const std::shared_ptr<arrow::Field>& field) {
  const int index = schema.GetFieldIndex(field->name());
  return index >= 0 ? *schema.SetField(index, field) : *schema.AddField(schema.num_fields(), field);
}

}  // namespace

const std::vector<std::string>& StepKeys() {
  static const std::vector<std::string> kKeys = {
      "read",   "generate", "from",   "sql",       "rejects", "validate", "filter",
      "derive", "dedupe",   "window", "anonymize", "select",  "write",    "description"};
  return kKeys;
}

Status ReadStepSource(const Node& node, const ParameterSet& parameters, Step* step) {
  MappingReader reader(node, "a step");
  reader.Ignore(StepKeys());
  ARROW_RETURN_NOT_OK(reader.Finish());
  std::vector<std::string> sources;
  for (const char* key : {"read", "generate", "from", "sql"}) {
    const Node* value = node.Find(key);
    if (!value) continue;
    if (value->is_null())
      return UsageErrorAt(value->place, std::string(key) + ": a value is missing");
    sources.emplace_back(key);
  }
  if (sources.empty()) {
    return UsageErrorAt(step->place, "the step " + step->name + " has no source",
                        "read, generate, from or sql");
  }
  const bool from_and_sql = sources.size() == 2 && sources[0] == "from" && sources[1] == "sql";
  if (sources.size() > 1 && !from_and_sql) {
    return UsageErrorAt(
        node.Find(sources[1])->place,
        "the step " + step->name + " has two sources: " + sources[0] + " and " + sources[1],
        "write a step for each");
  }
  if (const Node* from = node.Find("from")) {
    ARROW_ASSIGN_OR_RAISE(std::string name, ReadString(*from, "from"));
    step->from = FromSpec{std::move(name), from->place};
  }
  const Node* sql = node.Find("sql");
  if (!sql) return Status::OK();
  ARROW_RETURN_NOT_OK(ReadString(*sql, "sql").status());
  ARROW_ASSIGN_OR_RAISE(SqlNames names, ListSqlNames(*sql));
  if (names.words.empty()) return UsageErrorAt(sql->place, "sql: a SELECT is expected");
  for (const SqlName& parameter : names.parameters) {
    ARROW_RETURN_NOT_OK(parameters.Use(parameter.name, PlaceInScalar(*sql, parameter.offset)));
  }
  if (!names.files.empty()) {
    return UsageErrorAt(PlaceInScalar(*sql, names.files[0].offset),
                        "sql: a step reads steps, not files: " + names.files[0].name,
                        "add a step with read");
  }
  step->sql = SqlSpec{PlainParameters(*sql), {}, PlaceInScalar(*sql, 0), std::nullopt};
  return Status::OK();
}

Status StepReader::Read(const Node& node, const std::map<std::string, const Step*>& done,
                        Step* step) {
  struct Part {
    const char* key;
    Status (StepReader::*read)(const Node& node, Step* step);
  };
  static constexpr std::array<Part, 2> kSources = {
      {{"read", &StepReader::ReadRead}, {"generate", &StepReader::ReadGenerate}}};
  static constexpr std::array<Part, 9> kParts = {{{"validate", &StepReader::ReadValidate},
                                                  {"rejects", &StepReader::ReadRejects},
                                                  {"filter", &StepReader::ReadFilter},
                                                  {"derive", &StepReader::ReadDerive},
                                                  {"dedupe", &StepReader::ReadDedupe},
                                                  {"window", &StepReader::ReadWindow},
                                                  {"anonymize", &StepReader::ReadAnonymize},
                                                  {"select", &StepReader::ReadSelect},
                                                  {"write", &StepReader::ReadWrite}}};
  schema_ = nullptr;
  auto run = [&](const Part& part) {
    const Node* value = node.Find(part.key);
    if (!value) return Status::OK();
    if (value->is_null()) {
      return UsageErrorAt(value->place, std::string(part.key) + ": a value is missing");
    }
    return (this->*part.read)(*value, step);
  };
  for (const Part& part : kSources) ARROW_RETURN_NOT_OK(run(part));
  ARROW_RETURN_NOT_OK(DescribeSource(node, done, step));
  step->source_schema = schema_;
  for (const Part& part : kParts) ARROW_RETURN_NOT_OK(run(part));
  step->schema = schema_;
  return Status::OK();
}

Result<std::shared_ptr<const Contract>> StepReader::LoadContract(const Node& node) {
  ARROW_ASSIGN_OR_RAISE(std::string path, parameters_.ExpandPath(node, "contract"));
  if (!context_.load_contract) {
    return UsageErrorAt(node.place, "contracts can't be loaded here: " + path);
  }
  auto contract = context_.load_contract(path);
  if (contract.ok()) return contract;
  // A missing file is an I/O error; the place says which line of the pipeline asked for it.
  const auto* detail = dynamic_cast<const ErrorDetail*>(contract.status().detail().get());
  if (detail && detail->exit_code() == ExitCode::kIo) return contract.status();
  return PlaceError(contract.status(), node.place);
}

Status StepReader::FindTable(const Node& node, const std::shared_ptr<const Contract>& contract,
                             std::string* table) {
  const Node* name = node.Find("table");
  if (name) ARROW_RETURN_NOT_OK(ReadString(*name, "table").status());
  auto found = contract->FindTable(name ? name->scalar : "");
  if (found.ok()) {
    *table = (*found)->name;
    return Status::OK();
  }
  const auto* detail = dynamic_cast<const ErrorDetail*>(found.status().detail().get());
  return UsageErrorAt(name ? name->place : node.place, found.status().message(),
                      detail ? detail->hint() : "");
}

Status StepReader::ReadRead(const Node& node, Step* step) {
  ReadSpec read;
  read.place = node.place;
  if (node.is_scalar()) {
    ARROW_ASSIGN_OR_RAISE(read.path, parameters_.ExpandPath(node, "read"));
    step->read = std::move(read);
    return Status::OK();
  }
  MappingReader reader(node, "read");
  const Node* path = reader.RequiredNode("path");
  const Node* contract = reader.OptionalNode("contract");
  const Node* table = reader.OptionalNode("table");
  const std::vector<std::string> names = OptionKeys(/*with_format=*/true);
  reader.Ignore(names);
  ARROW_RETURN_NOT_OK(reader.Finish());
  ARROW_ASSIGN_OR_RAISE(read.path, parameters_.ExpandPath(*path, "path"));
  if (contract) {
    ARROW_ASSIGN_OR_RAISE(read.contract, LoadContract(*contract));
    ARROW_RETURN_NOT_OK(FindTable(node, read.contract, &read.table));
    ARROW_ASSIGN_OR_RAISE(const Table* found, read.contract->FindTable(read.table));
    read.format = found->format;
    for (const std::string& warning : read.contract->warnings) warnings_->push_back(warning);
  } else if (table) {
    return UsageErrorAt(table->place, "table: only a contract has tables", "add contract");
  }
  ARROW_RETURN_NOT_OK(SetOptions(node, names, &read.format));
  step->read = std::move(read);
  return Status::OK();
}

Status StepReader::ReadGenerate(const Node& node, Step* step) {
  GenerateSpec generate;
  generate.place = node.place;
  MappingReader reader(node, "generate");
  const Node* contract = reader.RequiredNode("contract");
  const Node* rows = reader.OptionalNode("rows");
  const Node* seed = reader.OptionalNode("seed");
  reader.Ignore({"table"});
  ARROW_RETURN_NOT_OK(reader.Finish());
  ARROW_ASSIGN_OR_RAISE(generate.contract, LoadContract(*contract));
  ARROW_RETURN_NOT_OK(FindTable(node, generate.contract, &generate.table));
  ARROW_ASSIGN_OR_RAISE(const Table* table, generate.contract->FindTable(generate.table));
  // The contract's own tamis.generate says the defaults.
  const Node* rows_default = table->generate ? table->generate->Find("rows") : nullptr;
  const Node* seed_default = table->generate ? table->generate->Find("seed") : nullptr;
  const bool is_own_seed = !seed;
  if (!rows) rows = rows_default;
  if (!seed) seed = seed_default;
  if (!rows) return UsageErrorAt(node.place, "generate needs the key rows", "such as rows: 1000");
  ARROW_ASSIGN_OR_RAISE(generate.row_count, parameters_.ExpandInt(*rows, "rows"));
  if (generate.row_count < 0) {
    return UsageErrorAt(rows->place,
                        "rows: expected 0 or more, found " + std::to_string(generate.row_count));
  }
  if (seed) {
    ARROW_ASSIGN_OR_RAISE(int64_t value, parameters_.ExpandInt(*seed, "seed"));
    generate.seed = static_cast<uint64_t>(value);
    if (!is_own_seed) generate.run_seed = generate.seed;
  }
  step->generate = std::move(generate);
  return Status::OK();
}

Status StepReader::DescribeSource(const Node& node, const std::map<std::string, const Step*>& done,
                                  Step* step) {
  if (step->sql) return DescribeSql(node, done, step);
  if (step->from) {
    schema_ = done.at(step->from->step)->schema;
  } else if (step->generate) {
    ARROW_ASSIGN_OR_RAISE(const Table* table,
                          step->generate->contract->FindTable(step->generate->table));
    schema_ = table->ArrowSchema();
  } else if (step->read->contract) {
    ARROW_ASSIGN_OR_RAISE(const Table* table, step->read->contract->FindTable(step->read->table));
    schema_ = table->ArrowSchema();
  } else if (context_.describe_read) {
    auto described = context_.describe_read(*step->read);
    // A file that can't be read is an I/O error, which the run itself would meet as well.
    ARROW_RETURN_NOT_OK(described.status());
    schema_ = std::move(*described);
  }
  return Status::OK();
}

Status StepReader::DescribeSql(const Node& node, const std::map<std::string, const Step*>& done,
                               Step* step) {
  const Node& text = *node.Find("sql");
  SqlSpec& sql = *step->sql;
  std::map<std::string, Schema> tables;
  bool all_known = true;
  for (const std::string& name : sql.tables) {
    tables[name] = done.at(name)->schema;
    all_known &= tables[name] != nullptr;
  }
  if (sql.tables.size() == 1 && tables[sql.tables[0]]) {
    const arrow::Schema& input = *tables[sql.tables[0]];
    sql.shape = RecognizeGroupSum(text, sql.tables[0], input);
    if (sql.shape) {
      schema_ = GroupSumSchema(*sql.shape, input);
      return Status::OK();
    }
  }
  if (!all_known || !context_.describe_sql) return Status::OK();
  auto described = context_.describe_sql(sql, tables, parameters_.values());
  if (!described.ok()) return PlaceError(described.status(), sql.place);
  schema_ = std::move(*described);
  return Status::OK();
}

Status StepReader::ReadValidate(const Node& node, Step* step) {
  ValidateSpec validate;
  validate.place = node.place;
  MappingReader reader(node, "validate");
  const Node* contract = reader.RequiredNode("contract");
  reader.Ignore({"table"});
  ARROW_RETURN_NOT_OK(reader.Finish());
  if (step->read && step->read->contract) {
    return UsageErrorAt(node.place, "validate: read checks the rows against its contract already",
                        "remove one of the two");
  }
  ARROW_ASSIGN_OR_RAISE(validate.contract, LoadContract(*contract));
  ARROW_RETURN_NOT_OK(FindTable(node, validate.contract, &validate.table));
  ARROW_ASSIGN_OR_RAISE(const Table* table, validate.contract->FindTable(validate.table));
  for (const Column& column : table->columns) {
    if (!schema_) break;
    const auto field = schema_->GetFieldByName(column.name);
    if (!field) {
      return UsageErrorAt(node.place, "validate: the step has no column " + column.name,
                          DidYouMean(column.name, schema_->field_names()));
    }
    if (!field->type()->Equals(column.type)) {
      return UsageErrorAt(node.place,
                          "validate: the column " + column.name + " is " +
                              PhysicalTypeName(*field->type()) + ", the contract says " +
                              PhysicalTypeName(*column.type),
                          "cast it with derive in a step before");
    }
  }
  step->validate = std::move(validate);
  return Status::OK();
}

Status StepReader::ReadRejects(const Node& node, Step* step) {
  RejectsSpec rejects;
  rejects.place = node.place;
  const bool has_contract = (step->read && step->read->contract) || step->validate;
  if (!has_contract) {
    return UsageErrorAt(node.place, "rejects: the step " + step->name + " refuses no rows",
                        "only read with a contract and validate do");
  }
  if (node.is_scalar()) {
    ARROW_ASSIGN_OR_RAISE(rejects.path, parameters_.ExpandPath(node, "rejects"));
    step->rejects = std::move(rejects);
    return Status::OK();
  }
  MappingReader reader(node, "rejects");
  const Node* path = reader.RequiredNode("path");
  const Node* max = reader.OptionalNode("max");
  ARROW_RETURN_NOT_OK(reader.Finish());
  ARROW_ASSIGN_OR_RAISE(rejects.path, parameters_.ExpandPath(*path, "path"));
  if (max) {
    ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(*max, "max"));
    double share = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), share);
    const bool is_percent = error == std::errc() && std::string_view(end) == "%";
    if (is_percent && share >= 0 && share <= 100) {
      rejects.share_max = share / 100;
    } else {
      auto count = parameters_.ExpandInt(*max, "max");
      if (!count.ok() || *count < 0) {
        return UsageErrorAt(
            max->place, "max: expected a number of rows or a percentage, found " + Describe(*max),
            "such as 100 or 10%");
      }
      rejects.count_max = *count;
    }
  }
  step->rejects = std::move(rejects);
  return Status::OK();
}

Result<Expr> StepReader::Bind(const Node& text, const std::string& what) {
  ARROW_RETURN_NOT_OK(ReadString(text, what).status());
  if (!schema_) {
    return UsageErrorAt(text.place, what + ": the columns of this step are not known here",
                        "give the read step a contract");
  }
  ARROW_ASSIGN_OR_RAISE(ExprNames names, ListNames(text.scalar, PlaceInScalar(text, 0)));
  for (const std::string& name : names.parameters) {
    ARROW_RETURN_NOT_OK(parameters_.Use(name, text.place));
  }
  return BindScalar(text, *schema_, parameters_.values());
}

Status StepReader::ReadFilter(const Node& node, Step* step) {
  ARROW_ASSIGN_OR_RAISE(Expr filter, Bind(node, "filter"));
  if (filter.type()->id() != arrow::Type::BOOL) {
    return UsageErrorAt(node.place, "filter: must be true or false, this is of the type " +
                                        PhysicalTypeName(*filter.type()));
  }
  step->filter = std::move(filter);
  return Status::OK();
}

Status StepReader::ReadDerive(const Node& node, Step* step) {
  ARROW_RETURN_NOT_OK(ExpectMapping(node, "derive"));
  for (const auto& [name, text] : node.entries) {
    if (name.scalar.empty()) return UsageErrorAt(name.place, "derive: a column needs a name");
    ARROW_ASSIGN_OR_RAISE(Expr value, Bind(text, name.scalar));
    schema_ = WithField(*schema_, arrow::field(name.scalar, value.type()));
    step->derive.push_back(DeriveSpec{name.scalar, std::move(value)});
  }
  return Status::OK();
}

Status StepReader::CheckColumn(const Node& name) const {
  if (!schema_ || schema_->GetFieldIndex(name.scalar) >= 0) return Status::OK();
  return UsageErrorAt(name.place, "unknown column: " + name.scalar,
                      DidYouMean(name.scalar, schema_->field_names()));
}

Result<std::vector<std::string>> StepReader::ReadColumns(const Node& node,
                                                         const std::string& what) const {
  ARROW_ASSIGN_OR_RAISE(std::vector<std::string> names, ReadStringOrStrings(node, what));
  if (names.empty()) return UsageErrorAt(node.place, what + ": at least one column is needed");
  std::set<std::string> seen;
  for (size_t i = 0; i < names.size(); ++i) {
    const Node& item = node.is_scalar() ? node : node.items[i];
    ARROW_RETURN_NOT_OK(CheckColumn(item));
    if (!seen.insert(names[i]).second) {
      return UsageErrorAt(item.place, what + ": duplicate column: " + names[i]);
    }
  }
  return names;
}

Status StepReader::ReadDedupe(const Node& node, Step* step) {
  static const std::vector<std::string> kKeeps = {"first", "last", "latest", "earliest"};
  DedupeSpec dedupe;
  dedupe.place = node.place;
  std::string keep = "first";
  MappingReader reader(node, "dedupe");
  const Node* key = reader.RequiredNode("key");
  reader.OptionalEnum("keep", kKeeps, &keep);
  const Node* by = reader.OptionalNode("by");
  ARROW_RETURN_NOT_OK(reader.Finish());
  ARROW_ASSIGN_OR_RAISE(dedupe.key, ReadColumns(*key, "key"));
  const bool needs_by = keep == "latest" || keep == "earliest";
  if (needs_by != (by != nullptr)) {
    return UsageErrorAt(by ? by->place : node.place,
                        needs_by ? "dedupe: keep: " + keep + " needs the key by"
                                 : "dedupe: by belongs to keep: latest or earliest");
  }
  if (by) {
    ARROW_ASSIGN_OR_RAISE(dedupe.by, ReadString(*by, "by"));
    ARROW_RETURN_NOT_OK(CheckColumn(*by));
  }
  using Keep = DedupeSpec::Keep;
  dedupe.keep = keep == "first"    ? Keep::kFirst
                : keep == "last"   ? Keep::kLast
                : keep == "latest" ? Keep::kLatest
                                   : Keep::kEarliest;
  step->dedupe = std::move(dedupe);
  return Status::OK();
}

Status StepReader::ReadSelect(const Node& node, Step* step) {
  if (!node.is_sequence() && !node.is_mapping()) {
    return UsageErrorAt(node.place,
                        "select: expected a list of columns or a mapping "
                        "`new_name: column`, found " +
                            Describe(node));
  }
  arrow::FieldVector fields;
  std::set<std::string> seen;
  auto add = [&](const Node& name, const Node& column) -> Status {
    ARROW_RETURN_NOT_OK(ReadString(column, "select").status());
    ARROW_RETURN_NOT_OK(CheckColumn(column));
    if (!seen.insert(name.scalar).second) {
      return UsageErrorAt(name.place, "select: duplicate column: " + name.scalar);
    }
    step->select.push_back(SelectItem{column.scalar, name.scalar});
    if (schema_) {
      fields.push_back(schema_->GetFieldByName(column.scalar)->WithName(name.scalar));
    }
    return Status::OK();
  };
  for (const Node& item : node.items) ARROW_RETURN_NOT_OK(add(item, item));
  for (const auto& [name, column] : node.entries) ARROW_RETURN_NOT_OK(add(name, column));
  if (step->select.empty()) {
    return UsageErrorAt(node.place, "select: at least one column is needed");
  }
  if (schema_) schema_ = arrow::schema(std::move(fields));
  return Status::OK();
}

}  // namespace tamis
