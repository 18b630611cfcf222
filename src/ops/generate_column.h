// Builds one column of a row program: chooses its provider, reads the options that all providers
// share, and takes nested types apart. Does not know other columns.
#pragma once

#include <string>

#include "base/status.h"
#include "ops/generate_scope.h"
#include "ops/provider.h"

namespace tamis {

/// Where a column stands.
struct ColumnPlace {
  const Table& table;
  const Column& column;
  std::string path;  // what the names of its draws begin with (ColumnScope)
  ProgramBuilder& builder;
  RowColumns& row;
};

/// How the column is made.
Result<ColumnOutput> BuildColumn(const ColumnPlace& place);

/// The provider that makes a flat column of a table: `reference` for a foreign key, child_number
/// for the rest of the primary key of children, else what ChooseProvider says.
Result<ProviderChoice> ChooseGenerator(const Table& table, const Column& column);

}  // namespace tamis
