// See generate_explain.h.
#include "cli/generate_explain.h"

#include <cstdio>

#include "base/dictionary.h"
#include "cli/format_flags.h"
#include "cli/print_table.h"
#include "ops/generate_batch.h"
#include "ops/generate_compile.h"
#include "spec/emit.h"

namespace tamis {
namespace {

// What is said of a column, in the order of the table's headings.
struct Explained {
  std::string column, type, provider, options, reason, confidence, example;
};

struct ExplainedTable {
  std::string name;
  std::vector<Explained> columns;
};

std::string ConfidenceText(double confidence) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", confidence);
  return text;
}

// A column and, behind it, the fields of a struct: address.city.
void AddColumn(const ColumnOutput& output, const std::string& prefix,
               std::vector<Explained>* columns) {
  Explained column;
  column.column = prefix + output.name;
  column.type = output.type->ToString();
  if (output.origin) {
    column.provider = output.origin->provider;
    column.options = output.origin->options;
    column.reason = output.origin->reason;
    column.confidence = ConfidenceText(output.origin->confidence);
  }
  columns->push_back(std::move(column));
  if (output.type->id() != arrow::Type::STRUCT) return;
  for (const ColumnOutput& child : output.children) {
    AddColumn(child, prefix + output.name + ".", columns);
  }
}

Result<ExplainedTable> ExplainTable(const Table& table, const GenerateContext& context) {
  ARROW_ASSIGN_OR_RAISE(auto program, CompileGenerator(table, context));
  ARROW_ASSIGN_OR_RAISE(BatchProgram batches, BatchProgram::Make(program));
  ARROW_ASSIGN_OR_RAISE(auto batch, batches.Rows(0, 1));
  ARROW_ASSIGN_OR_RAISE(batch, DecodeDictionaries(*batch));
  ExplainedTable explained;
  explained.name = table.name;
  for (size_t i = 0; i < program->columns.size(); ++i) {
    size_t first = explained.columns.size();
    AddColumn(program->columns[i], "", &explained.columns);
    ARROW_ASSIGN_OR_RAISE(explained.columns[first].example,
                          CellText(*batch->column(static_cast<int>(i)), 0));
  }
  return explained;
}

Result<std::vector<ExplainedTable>> Explain(const std::string& path, const std::string& name,
                                            const RowRequest& request) {
  ARROW_ASSIGN_OR_RAISE(auto contract, LoadContract(path));
  GenerateContext context;
  context.contract = contract.get();
  context.seed = request.seed;
  ARROW_ASSIGN_OR_RAISE(context.rows, CountRows(*contract, request));
  std::vector<ExplainedTable> tables;
  if (!name.empty()) ARROW_RETURN_NOT_OK(contract->FindTable(name).status());
  for (const Table& table : contract->tables) {
    if (!name.empty() && table.name != name) continue;
    ARROW_ASSIGN_OR_RAISE(ExplainedTable explained, ExplainTable(table, context));
    tables.push_back(std::move(explained));
  }
  return tables;
}

std::string Json(const std::vector<ExplainedTable>& tables) {
  Node list = MakeSequence();
  for (const ExplainedTable& table : tables) {
    Node columns = MakeSequence();
    for (const Explained& column : table.columns) {
      Node item = MakeMapping();
      Put(&item, "column", MakeText(column.column));
      Put(&item, "type", MakeText(column.type));
      Put(&item, "provider", MakeText(column.provider));
      Put(&item, "options", MakeText(column.options));
      Put(&item, "why", MakeText(column.reason));
      Put(&item, "confidence", MakeWord(column.confidence.empty() ? "null" : column.confidence));
      Put(&item, "example", MakeText(column.example));
      columns.items.push_back(std::move(item));
    }
    Node item = MakeMapping();
    Put(&item, "table", MakeText(table.name));
    Put(&item, "columns", std::move(columns));
    list.items.push_back(std::move(item));
  }
  Node object = MakeMapping();
  Put(&object, "version", MakeWord("1"));
  Put(&object, "command", MakeText("generate"));
  Put(&object, "status", MakeText("ok"));
  Put(&object, "tables", std::move(list));
  return EmitJson(object) + "\n";
}

std::string TextOf(const std::vector<ExplainedTable>& tables) {
  std::string text;
  for (const ExplainedTable& table : tables) {
    std::vector<std::vector<std::string>> rows;
    for (const Explained& column : table.columns) {
      rows.push_back({column.column, column.type, column.provider, column.options, column.reason,
                      column.confidence, column.example});
    }
    text += (text.empty() ? "" : "\n") + table.name + "\n";
    text += FormatTable({"column", "type", "provider", "options", "why", "confidence", "example"},
                        rows);
  }
  return text;
}

}  // namespace

int ExplainGenerate(Session& session, const std::string& contract, const std::string& table,
                    const RowRequest& request) {
  auto tables = Explain(contract, table, request);
  if (!tables.ok()) return session.Fail("generate", tables.status());
  std::fputs((session.flags().json ? Json(*tables) : TextOf(*tables)).c_str(), stdout);
  return 0;
}

}  // namespace tamis
