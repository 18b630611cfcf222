// Which columns a table's row rules keep in order: `due_on > lent_on`. Makes nothing.
#pragma once

#include <string>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"

namespace tamis {

/// A column that another one may not come before.
struct EarlierColumn {
  std::string name;
  bool is_strict = false;  // nor be equal to it
};

/// The columns that `column` has to follow by the table's row rules, those of its own type: each
/// rule, or operand of its ANDs, that compares two columns, maybe behind `... IS NULL OR`.
std::vector<EarlierColumn> EarlierColumns(const Table& table, const Column& column);

}  // namespace tamis
