// SQL table definitions (DDL) to and from contracts, in eleven dialects. Does no I/O.
//
// docs/ddl.md says what becomes what; docs/adding-a-dialect.md how to add a dialect.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "spec/node.h"

namespace tamis {

/// Something to know about a place of the DDL, or of the contract.
struct DdlMessage {
  Place place;
  std::string text;

  /// `place: text`.
  std::string ToString() const;
};

/// What a DDL text says.
struct ParsedDdl {
  Contract contract;                 // its places point into the DDL
  std::string dialect;               // by name
  std::string reason;                // what the dialect was recognized by; "" if it was named
  std::vector<DdlMessage> warnings;  // what is kept, but narrower or not checked
  std::vector<DdlMessage> not_used;  // statements that define nothing
  std::vector<Status> errors;        // what was not understood, in the order of the text
};

/// Parses a DDL text; `dialect` is one of DdlDialectNames(), or `auto`. All that could be read
/// stands in the result beside the errors. UsageError for an unknown dialect.
Result<ParsedDdl> ParseDdl(const std::shared_ptr<const SourceText>& source,
                           std::string_view dialect);

/// A contract as DDL.
struct PrintedDdl {
  std::string text;
  std::vector<DdlMessage> warnings;  // what is narrower in this dialect or can't be said in it
};

/// Prints all tables of `contract`. UsageError at a tamis.ddl that contradicts the contract or
/// that this version doesn't know.
Result<PrintedDdl> PrintDdl(const Contract& contract, std::string_view dialect);

/// redshift, postgresql, ...
std::vector<std::string> DdlDialectNames();

/// The name of what would make a column's values, for WriteFields; "" for nothing.
using GeneratorName = std::function<std::string(const Column&)>;

/// The short form of a contract: for each table one YAML document with a list `data` of {name,
/// data_type, length, precision, not_null, primary_key, unique, generator}; several tables have a
/// key `table` each.
std::string WriteFields(const Contract& contract, const GeneratorName& generator);

}  // namespace tamis
