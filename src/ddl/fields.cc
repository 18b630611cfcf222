// The short form of a contract. See ddl.h.
#include <arrow/type.h>
#include <arrow/type_traits.h>

#include "ddl/ddl.h"
#include "ddl/sql_type.h"
#include "spec/emit.h"

namespace tamis {
namespace {

/// The name of the type without its numbers.
std::string DataType(const Column& column) {
  std::string text = column.physical_type.empty() ? column.logical_type : column.physical_type;
  if (column.ddl && column.ddl->Find("type")) text = column.ddl->Find("type")->scalar;
  return text.substr(0, text.find('('));
}

Node FieldNode(const Column& column, const GeneratorName& generator) {
  const SqlType type = TypeOfColumn(column);
  Node node = MakeMapping();
  const auto number = [](int64_t value) { return MakeWord(std::to_string(value)); };
  const auto flag = [](bool value) { return MakeWord(value ? "true" : "false"); };
  Put(&node, "name", MakeText(column.name));
  Put(&node, "data_type", MakeText(DataType(column)));
  if (type.length) Put(&node, "length", number(*type.length));
  if (type.precision) {
    Put(&node, "precision", number(*type.precision));
    Put(&node, "scale", number(type.scale));
  }
  Put(&node, "not_null", flag(column.required));
  Put(&node, "primary_key", flag(column.primary_key_position > 0));
  Put(&node, "unique", flag(column.unique));
  const std::string name = generator ? generator(column) : "";
  if (!name.empty()) Put(&node, "generator", MakeText(name));
  return node;
}

}  // namespace

std::string WriteFields(const Contract& contract, const GeneratorName& generator) {
  std::string out;
  for (const Table& table : contract.tables) {
    Node data = MakeSequence();
    for (const Column& column : table.columns) data.items.push_back(FieldNode(column, generator));
    Node document = MakeMapping();
    if (contract.tables.size() > 1) Put(&document, "table", MakeText(table.name));
    Put(&document, "data", std::move(data));
    out += (out.empty() ? "" : "---\n") + EmitYaml(document);
  }
  return out;
}

}  // namespace tamis
