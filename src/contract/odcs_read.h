// The parts of the ODCS reader, which share one state. Only odcs*.cc include it.
#pragma once

#include <arrow/type_fwd.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "spec/node.h"

namespace tamis {

/// Reads one contract whose shape has been checked (odcs_shape.h): every key exists and holds the
/// kind that the standard says.
class OdcsReader {
 public:
  OdcsReader(std::shared_ptr<const SourceText> source, int minor_version)
      : source_(std::move(source)), minor_version_(minor_version) {}

  Result<Contract> Read(const Node& root, std::vector<std::string> warnings);

 private:
  // odcs_read.cc: the document and its tables.
  Status ReadServers(const Node& root, FormatOptions* format);
  Status ReadTable(const Node& node, const FormatOptions& format, Table* table);
  Status ReadTableTamis(const Node& node, Table* table, std::vector<Node>* others);
  Status CheckPrimaryKey(const Node& node, Table* table);
  Status CheckFixedFields(const Table& table);
  Status ApplyDefaultZone(Table* table);

  // odcs_column.cc: one column.
  Status ReadColumns(const Node& list, Table* table, std::vector<Column>* columns);
  Status ReadColumn(const Node& node, Table* table, Column* column);
  void KeepNestedRules(const Node& node, std::vector<Node>* quality,
                       std::vector<Node>* relationships);
  Status ReadType(const Node& node, Table* table, Column* column);
  Status ReadParts(const Node& node, Table* table, Column* column);
  Status ReadOptions(const Node& node, Column* column, Node* kept);
  Status CheckTextFormat(const Node& format);
  Status ReadNumberFormat(const Node& options, Column* column, bool has_physical_type);
  Status ReadZoneOptions(const Node& options, Column* column, bool has_physical_type);
  Status ReadBounds(const Node& options, Column* column);
  Status ReadMultipleOf(const Node& options, Column* column);
  Status ReadLengths(const Node& options, Column* column);
  Status ReadEnumValues(const Node& node, Column* column);
  Status ReadColumnTamis(const Node& node, Column* column, std::vector<Node>* others);

  // odcs_quality.cc: rules and relationships.
  Status ReadQuality(const Node& node, Table* table, Column* column, std::vector<Node>* kept);
  Status ReadRule(const Node& rule, Table* table, Column* column, bool* done);
  Status ReadRowRule(const Node& rule, Table* table, bool* done);
  Status ReadMetric(const Node& rule, Table* table, Column* column, bool* done);
  Status CheckRules(const Table& table);
  Status ReadRelationships(const Node& node, const std::string& column, std::vector<Node>* kept);
  Status ResolveRelationships();

  void Warn(const Place& place, const std::string& message) {
    contract_.warnings.push_back(place.ToString() + ": " + message);
  }

  std::shared_ptr<const SourceText> source_;
  int minor_version_;
  Contract contract_;
  int nesting_ = 0;  // how many nested types the column that is being read lies in

  struct RowRuleText {
    size_t table_index = 0;
    const Node* node = nullptr;
  };
  std::vector<RowRuleText> row_rule_texts_;

  struct Reference {
    size_t table_index = 0;  // of the table whose column refers
    std::string column;      // of a relationship that stands in a column, else ""
    const Node* node = nullptr;
  };
  std::vector<Reference> references_;

  struct DefaultZone {
    std::string zone;
    Place place;
  };
  std::vector<DefaultZone> default_zones_;  // of the table that is being read
};

/// The entries of `mapping` whose keys are not in `keys`, and the lists in `lists` that are not
/// empty; null when there are none.
std::shared_ptr<const Node> KeepRest(
    const Node& mapping, const std::vector<std::string>& keys,
    const std::vector<std::pair<std::string, std::vector<Node>>>& lists);

/// The custom properties of a node: those of tamis by name, which must be in `known`, and others.
struct CustomProperties {
  std::vector<std::pair<std::string, const Node*>> tamis;
  std::vector<Node> others;
};
Result<CustomProperties> SplitCustomProperties(const Node& node,
                                               const std::vector<std::string>& known);

/// UsageError unless `pattern` is RE2 syntax.
Status CheckPattern(const Place& place, const std::string& pattern);

}  // namespace tamis
