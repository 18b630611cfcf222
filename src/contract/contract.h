// What a table promises: columns, types, rules, and how its bytes are laid out. Immutable; does no
// I/O. The file format is the Open Data Contract Standard (ODCS) 3.0 to 3.2; src/contract/odcs.h
// reads and writes it.
#pragma once

#include <arrow/type_fwd.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/status.h"
#include "spec/node.h"

namespace tamis {

/// One bound of a range, kept as the text of the contract; typed checks parse it once for the
/// column's type.
struct Bound {
  std::string text;
  bool exclusive = false;
  Place place;
};

/// The divisor of multipleOf: a decimal number above 0, as the contract writes it.
struct Divisor {
  std::string text;
  Place place;
};

/// A foreign key: this table's columns refer to columns of another table of the same contract.
struct Relationship {
  std::vector<std::string> columns;
  std::string to_table;
  std::vector<std::string> to_columns;
  Place place;
};

/// A rule of the whole row: an SQL boolean in the expression language (docs/contract.md). A row
/// passes unless the expression is false (NULL passes, as in an SQL CHECK).
struct RowRule {
  std::string name;  // the rule's name in rejects; its text when it has none
  std::string expression;
  Place place;
  std::shared_ptr<const Node> other;  // legal keys without a meaning here, as written; may be null
};

/// A rule of the whole table, an ODCS quality metric: rowCount, nullValues, missingValues,
/// invalidValues, duplicateValues, and its comparison.
struct TableRule {
  std::string name;
  std::string metric;
  std::string column;                // empty: the whole table
  std::vector<std::string> columns;  // for duplicateValues over several columns
  std::vector<std::string> values;   // of invalidValues: the valid ones; of missingValues: those
                                     // that count as missing beside NULL
  std::string pattern;               // of invalidValues: RE2 syntax, must match somewhere
  std::string comparison;  // mustBe, mustNotBe, mustBeGreaterThan, mustBeGreaterOrEqualTo,
                           // mustBeLessThan, mustBeLessOrEqualTo, mustBeBetween, mustNotBeBetween
                           // (between includes both ends)
  double value = 0;
  double value_to = 0;   // of mustBeBetween and mustNotBeBetween
  bool percent = false;  // unit: percent of the rows
  Place place;
  std::shared_ptr<const Node> other;  // legal keys without a meaning here, as written; may be null
};

/// A column of a fixed-width file: zero-based byte offset and width.
struct FixedField {
  int64_t offset = 0;
  int64_t width = 0;
};

/// One column. A nested struct or list has its parts in `children`.
struct Column {
  std::string name;
  std::string description;
  std::string logical_type;  // as written: integer, number, string, boolean, date, timestamp, time,
                             // object, array
  std::string physical_type;  // as written: bigint, decimal(10,2), varchar(20), ...
  std::shared_ptr<arrow::DataType> type;
  std::vector<Column> children;
  Place place;

  bool required = false;  // no NULL; for float and double also no NaN
  bool unique = false;
  int primary_key_position = 0;  // from 1; 0: not part of the primary key
  std::optional<Bound> minimum, maximum;
  std::optional<Divisor> multiple_of;
  std::optional<int64_t> min_length, max_length;  // in Unicode code points
  std::optional<int64_t> physical_length;         // of varchar(n), char(n): a maximum as well; of
                                                  // varbinary(n) in bytes
  std::string pattern;  // RE2 syntax, must match somewhere (ODCS: anchored only if it says so)
  std::string format;   // ODCS format: date-time pattern, or email, uuid, uri, ipv4, ...
  std::vector<std::string> enum_values;
  std::string classification;

  std::optional<FixedField> fixed;
  std::shared_ptr<const Node> generate;   // tamis.generate, as written
  std::shared_ptr<const Node> anonymize;  // tamis.anonymize, as written
  std::shared_ptr<const Node> ddl;        // tamis.ddl, as written: what only a database knows
  std::shared_ptr<const Node> other;      // legal keys without a meaning here, as written
};

/// What becomes of members of JSON lines that the contract doesn't have.
enum class ExtraMembers : uint8_t {
  kWarn,    // left out, and a warning names them
  kReject,  // the row is refused
  kIgnore,  // left out
};

/// How the bytes of a table are laid out (tamis.format, or the flags of the same names).
struct FormatOptions {
  std::string format;  // csv, jsonl, fixed, parquet, orc, arrow; "" = by the file's name
  char delimiter = ',';
  char quote = '"';   // '\0': no quoting
  char escape = '"';  // equal to quote: a doubled quote; '\\': backslash
  bool header = true;
  int64_t skip_lines = 0;
  char comment = '\0';             // '\0': none; else lines that begin with it are not records
  std::string encoding = "utf-8";  // utf-8 or latin-1
  std::vector<std::string> null_values = {
      ""};                             // of an unquoted field; a quoted "" is the empty string
  std::string timestamp_zone = "UTC";  // what a timestamp without zone or offset means
  ExtraMembers extra = ExtraMembers::kWarn;  // of JSON lines that are read
  bool write_nulls = true;                   // to JSON lines: as null; else the member is left out
};

/// One table of a contract.
struct Table {
  std::string name;
  std::string physical_name;
  std::string description;
  std::vector<Column> columns;
  std::vector<RowRule> row_rules;
  std::vector<TableRule> table_rules;
  std::vector<Relationship> relationships;
  FormatOptions format;
  std::shared_ptr<const Node> generate;   // tamis.generate of the schema: rows, seed, locale
  std::shared_ptr<const Node> anonymize;  // tamis.anonymize of the schema, as written
  std::shared_ptr<const Node> ddl;        // tamis.ddl of the schema, as written
  std::shared_ptr<const Node> other;      // legal keys without a meaning here, as written
  Place place;

  /// Index of the column of that name, or -1.
  int ColumnIndex(std::string_view column_name) const;
  /// Names of the primary key's columns in order; empty if there is none.
  std::vector<std::string> PrimaryKey() const;
  /// The Arrow schema: a field is nullable unless the column is required.
  std::shared_ptr<arrow::Schema> ArrowSchema() const;
};

/// A contract: one or more tables.
struct Contract {
  std::string id;
  std::string name;
  std::string version;
  std::string status;
  std::string api_version;
  std::string description;
  std::vector<Table> tables;
  std::shared_ptr<const Node> other;  // legal keys without a meaning here, as written
  std::vector<std::string> warnings;  // `place: what is accepted but not done`
  std::shared_ptr<const SourceText> source;

  /// The table of that name, or the only one when `name` is empty. UsageError with the known names
  /// otherwise.
  Result<const Table*> FindTable(std::string_view name) const;
};

/// A table whose columns are all optional text, for files without a contract.
Table TextTable(const std::vector<std::string>& column_names, FormatOptions format);

}  // namespace tamis
