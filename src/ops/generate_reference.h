// Foreign keys of generated tables: which row of its parent a row refers to, by recomputation: no
// parent is read and nothing is kept. Does not make the columns of the parent.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/program_builder.h"
#include "ops/word_list.h"

namespace tamis {

/// A probability as `often` of `of` draws, exactly as it is written: 0.25 is 25 of 100.
struct Share {
  uint64_t often = 0;
  uint64_t of = 1;
};

/// Reads `null_rate`: a decimal number from 0 to 1 of up to 9 digits after the point.
Result<Share> ReadShare(const Node& node, std::string_view what);

/// How many children each parent has, exactly in the proportions that are asked for: of every
/// `parent_count` parents, the table says in a fixed random order how many each has. So the parent
/// of a child is a division and a lookup away, and so is its number among its siblings.
class ChildTable {
 public:
  /// `weights[n]` parents of each sum of weights have `counts[n]` children. UsageError at `place`
  /// if that is too large for a table, or if nobody has children.
  static Result<ChildTable> Make(const std::vector<int64_t>& counts,
                                 const std::vector<uint64_t>& weights, uint64_t key,
                                 const Place& place);

  int64_t parent_count() const { return static_cast<int64_t>(first_child_.size()); }
  int64_t child_count() const { return static_cast<int64_t>(parent_->size()); }
  int64_t children_max() const { return children_max_; }
  /// Children of the first `parents` parents.
  Result<int64_t> CountChildren(int64_t parents) const;
  /// By child of a table: its parent within the table, and its number among its siblings.
  const std::shared_ptr<const ValueTable>& parent() const { return parent_; }
  const std::shared_ptr<const ValueTable>& number() const { return number_; }

 private:
  std::vector<int64_t> first_child_;  // by parent
  std::shared_ptr<const ValueTable> parent_;
  std::shared_ptr<const ValueTable> number_;
  int64_t children_max_ = 0;
};

/// What `tamis.generate` of its columns says of a foreign key.
struct ReferenceSpec {
  enum class Kind { kUniform, kZipf, kChildren };
  Kind kind = Kind::kUniform;
  Share null_rate;
  uint64_t zipf_hundredths = 100;  // the exponent, times 100
  std::vector<int64_t> child_counts;
  std::vector<uint64_t> child_weights;
  Place place;
};

/// Reads the options of all columns of a foreign key: null_rate, distribution, exponent, children;
/// each may stand at one of them.
Result<ReferenceSpec> ReadReference(const Table& table, const Relationship& relationship);

/// The relationship that makes a column, or nullptr: of several the one with most columns.
const Relationship* ReferenceOf(const Table& table, std::string_view column);

/// The columns that are unique only together: the primary key if it has several, else those of the
/// first UNIQUE of several (duplicateValues, mustBe: 0) without a column that is unique by itself.
std::vector<std::string> KeyOfSeveral(const Table& table);
/// The same for every such UNIQUE and the primary key.
std::vector<std::vector<std::string>> KeysOfSeveral(const Table& table);

/// Name of the draws of a foreign key: `table.column`, with `+` between several.
std::string ReferenceName(const Table& table, const Relationship& relationship);

/// The table of children of a foreign key of kind kChildren, under the seed of its table.
Result<ChildTable> ChildTableOf(const Table& table, const Relationship& relationship,
                                const ReferenceSpec& spec, uint64_t seed);

/// Which parent a child has, and which of its children it is.
struct ChildPlace {
  Register parent = 0;
  Register number = 0;
};

/// Of the current row among the children of `parent_rows` parents.
ChildPlace PlaceChild(ProgramBuilder& builder, const std::string& name, const ChildTable& children,
                      int64_t parent_rows);

/// A row in [0, row_count) drawn by Zipf's law: the k-th most popular one in proportion to
/// 1 / k^exponent. Which row is how popular is a permutation.
Register DrawZipf(ProgramBuilder& builder, const std::string& name, uint64_t row_count,
                  uint64_t exponent_hundredths);

}  // namespace tamis
