// Options of foreign keys, children of parents, popular parents. See generate_reference.h.
#include "ops/generate_reference.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <numeric>

#include "base/hash.h"
#include "spec/reader.h"

namespace tamis {
namespace {

// Parents of a table of children at least, so that its order has no visible period.
constexpr uint64_t kParentsMin = 4096;
constexpr uint64_t kChildrenMax = uint64_t{1} << 20;

// Ranks of Zipf's law that are drawn one by one; behind them ranks of a segment are as likely.
constexpr uint64_t kSingleRanks = 1024;
constexpr uint64_t kSegmentsPerOctave = 64;
constexpr uint64_t kLeastShare = 16384;  // of all draws, of a segment

// Logarithms in integers, so that tables are the same on every machine: a libm promises no last
// digit.
constexpr int kLogBits = 40;

// log2(x) * 2^40, rounded down: each squaring of a number in [1, 2) gives one more digit.
uint64_t FixedLog2(uint64_t x) {
  int whole = 63 - std::countl_zero(x);
  const uint64_t normal = x << (63 - whole);  // 1 is 2^63
  unsigned __int128 mantissa = normal;
  uint64_t log = static_cast<uint64_t>(whole);
  for (int i = 0; i < kLogBits; ++i) {
    mantissa = mantissa * mantissa >> 63;
    uint64_t digit = mantissa >> 64 ? 1 : 0;
    mantissa >>= digit;
    log = log << 1 | digit;
  }
  return log;
}

uint64_t SquareRoot(unsigned __int128 x) {
  uint64_t root = 0;
  for (int bit = 63; bit >= 0; --bit) {
    uint64_t more = root | uint64_t{1} << bit;
    if (static_cast<unsigned __int128>(more) * more <= x) root = more;
  }
  return root;
}

// 2^(40 - x / 2^40), rounded down; 0 for what is less than 1.
uint64_t FixedExp2Minus(uint64_t x) {
  uint64_t whole = x >> kLogBits;
  if (whole > 40) return 0;
  auto power = static_cast<unsigned __int128>(1) << 62;  // 1 is 2^62
  uint64_t root = uint64_t{1} << 61;                     // 1/2, then its square roots
  for (int i = kLogBits - 1; i >= 0; --i) {
    root = SquareRoot(static_cast<unsigned __int128>(root) << 62);
    if (x >> i & 1) power = power * root >> 62;
  }
  return static_cast<uint64_t>(power >> (62 - 40)) >> whole;
}

// rank^-exponent * 2^40.
uint64_t ZipfWeight(uint64_t rank, uint64_t exponent_hundredths) {
  auto log = static_cast<unsigned __int128>(FixedLog2(rank)) * exponent_hundredths / 100;
  return FixedExp2Minus(static_cast<uint64_t>(log));
}

// Consecutive ranks, from 0, that are about as likely.
struct Segment {
  int64_t first = 0;
  int64_t count = 0;
  __int128 weight = 0;
};

std::vector<Segment> ZipfSegments(uint64_t row_count, uint64_t exponent_hundredths) {
  std::vector<Segment> segments;
  for (uint64_t first = 0; first < row_count;) {
    uint64_t width = first < kSingleRanks ? 1 : std::bit_floor(first) / kSegmentsPerOctave;
    width = std::min(width, row_count - first);
    uint64_t weight = ZipfWeight(first + (width + 1) / 2, exponent_hundredths);
    segments.push_back({static_cast<int64_t>(first), static_cast<int64_t>(width),
                        static_cast<__int128>(weight) * static_cast<int64_t>(width)});
    first += width;
  }
  return segments;
}

// Joins segments that are too unlikely for an entry of their own with those before.
std::vector<Segment> Joined(const std::vector<Segment>& segments, __int128 least) {
  std::vector<Segment> joined;
  for (const Segment& segment : segments) {
    if (!joined.empty() && joined.back().weight < least) {
      joined.back().count += segment.count;
      joined.back().weight += segment.weight;
    } else {
      joined.push_back(segment);
    }
  }
  return joined;
}

Status ReadChildren(const Node& node, ReferenceSpec* spec) {
  spec->kind = ReferenceSpec::Kind::kChildren;
  spec->place = node.place;
  if (node.is_scalar()) {
    ARROW_ASSIGN_OR_RAISE(int64_t count, ReadInt(node, "children"));
    spec->child_counts = {count};
    spec->child_weights = {1};
  } else {
    ARROW_RETURN_NOT_OK(ExpectMapping(node, "children"));
    MappingReader reader(node, "children");
    int64_t from = 0, to = 0;
    std::vector<std::string> weights, values;
    bool range = reader.Optional("from", &from);
    range |= reader.Optional("to", &to);
    reader.Optional("values", &values);
    reader.Optional("weights", &weights);
    ARROW_RETURN_NOT_OK(reader.Finish());
    if (range == !values.empty() || (range && !weights.empty()) || from < 0 || to < from ||
        to > 100'000 || (!weights.empty() && weights.size() != values.size())) {
      return UsageErrorAt(node.place, "children say no range and no list of numbers",
                          "{from: 0, to: 5}, or {values: [0, 1, 5], weights: [50, 30, 20]}");
    }
    for (int64_t count = from; range && count <= to; ++count) spec->child_counts.push_back(count);
    for (const Node& item : values.empty() ? std::vector<Node>() : node.Find("values")->items) {
      ARROW_ASSIGN_OR_RAISE(int64_t count, ReadInt(item, "children"));
      spec->child_counts.push_back(count);
    }
    spec->child_weights.assign(spec->child_counts.size(), 1);
    for (size_t i = 0; i < weights.size(); ++i) {
      const Node& item = node.Find("weights")->items[i];
      ARROW_ASSIGN_OR_RAISE(int64_t weight, ReadInt(item, "weights"));
      if (weight < 0) return UsageErrorAt(item.place, "a weight is 0 or more");
      spec->child_weights[i] = static_cast<uint64_t>(weight);
    }
  }
  for (int64_t count : spec->child_counts) {
    if (count < 0) return UsageErrorAt(node.place, "a parent has 0 children or more");
  }
  return Status::OK();
}

Status ReadZipf(const Node& node, ReferenceSpec* spec) {
  ARROW_ASSIGN_OR_RAISE(double exponent, ReadDouble(node, "exponent"));
  if (!(exponent >= 0.01 && exponent <= 10)) {
    return UsageErrorAt(node.place, "an exponent is 0.01 to 10, in hundredths");
  }
  spec->zipf_hundredths = static_cast<uint64_t>(std::lround(exponent * 100));
  return Status::OK();
}

}  // namespace

Result<Share> ReadShare(const Node& node, std::string_view what) {
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(node, what));
  constexpr size_t kDigitsMax = 9;
  Share share;
  size_t point = text.find('.');
  std::string digits = text;
  size_t after = 0;
  if (point != std::string::npos) {
    digits.erase(point, 1);
    after = text.size() - point - 1;
  }
  auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), share.often);
  bool whole = error == std::errc() && end == digits.data() + digits.size();
  for (size_t i = 0; i < after && i <= kDigitsMax; ++i) share.of *= 10;
  if (!whole || after > kDigitsMax || share.often > share.of) {
    return UsageErrorAt(node.place, std::string(what) + " is not a share: " + text,
                        "0 to 1, such as 0.05");
  }
  return share;
}

Result<ChildTable> ChildTable::Make(const std::vector<int64_t>& counts,
                                    const std::vector<uint64_t>& weights, uint64_t key,
                                    const Place& place) {
  uint64_t divisor = 0, parents = 0, children = 0;
  for (uint64_t weight : weights) divisor = std::gcd(divisor, weight);
  if (divisor == 0) return UsageErrorAt(place, "all weights are 0");
  for (size_t i = 0; i < counts.size(); ++i) {
    parents += weights[i] / divisor;
    children += weights[i] / divisor * static_cast<uint64_t>(counts[i]);
    if (parents > kChildrenMax || children > kChildrenMax) {
      return UsageErrorAt(place, "children are more than fit a table of 1048576",
                          "fewer children, or weights that reduce to smaller whole numbers");
    }
  }
  if (children == 0) return UsageErrorAt(place, "no parent has children");
  uint64_t repeat = std::clamp(kParentsMin / parents, uint64_t{1}, kChildrenMax / children);
  std::vector<int64_t> of_parent;
  for (size_t i = 0; i < counts.size(); ++i) {
    of_parent.insert(of_parent.end(), weights[i] / divisor * repeat, counts[i]);
  }
  // The shuffle of Fisher and Yates.
  for (size_t i = of_parent.size(); i > 1; --i) {
    std::swap(of_parent[i - 1], of_parent[Below(XxHash64(i, key), i)]);
  }
  ChildTable table;
  auto parent = std::make_shared<ValueTable>(), number = std::make_shared<ValueTable>();
  for (size_t i = 0; i < of_parent.size(); ++i) {
    table.first_child_.push_back(static_cast<int64_t>(parent->size()));
    table.children_max_ = std::max(table.children_max_, of_parent[i]);
    for (int64_t n = 0; n < of_parent[i]; ++n) {
      parent->push_back(static_cast<int64_t>(i));
      number->push_back(n);
    }
  }
  table.parent_ = std::move(parent);
  table.number_ = std::move(number);
  return table;
}

Result<int64_t> ChildTable::CountChildren(int64_t parents) const {
  int64_t whole = 0;
  int64_t rest = first_child_[static_cast<size_t>(parents % parent_count())];
  if (__builtin_mul_overflow(parents / parent_count(), child_count(), &whole) ||
      __builtin_add_overflow(whole, rest, &whole)) {
    return UsageError("children of " + std::to_string(parents) + " rows are too many to count");
  }
  return whole;
}

const Relationship* ReferenceOf(const Table& table, std::string_view column) {
  const Relationship* widest = nullptr;
  for (const Relationship& relationship : table.relationships) {
    const std::vector<std::string>& columns = relationship.columns;
    bool has = std::find(columns.begin(), columns.end(), column) != columns.end();
    if (has && (!widest || columns.size() > widest->columns.size())) widest = &relationship;
  }
  return widest;
}

std::vector<std::vector<std::string>> KeysOfSeveral(const Table& table) {
  std::vector<std::vector<std::string>> keys;
  std::vector<std::string> primary = table.PrimaryKey();
  if (primary.size() > 1) keys.push_back(primary);
  for (const TableRule& rule : table.table_rules) {
    const bool is_unique = rule.metric == "duplicateValues" && rule.comparison == "mustBe" &&
                           rule.value == 0 && rule.columns.size() > 1;
    if (!is_unique) continue;
    const bool has_unique =
        std::any_of(rule.columns.begin(), rule.columns.end(), [&](const std::string& name) {
          const int index = table.ColumnIndex(name);
          return index >= 0 && (table.columns[static_cast<size_t>(index)].unique ||
                                primary == std::vector<std::string>{name});
        });
    if (!has_unique) keys.push_back(rule.columns);
  }
  return keys;
}

std::vector<std::string> KeyOfSeveral(const Table& table) {
  std::vector<std::vector<std::string>> keys = KeysOfSeveral(table);
  return keys.empty() ? std::vector<std::string>() : keys[0];
}

std::string ReferenceName(const Table& table, const Relationship& relationship) {
  std::string name = table.name + ".";
  for (size_t i = 0; i < relationship.columns.size(); ++i) {
    name += (i > 0 ? "+" : "") + relationship.columns[i];
  }
  return name;
}

Result<ReferenceSpec> ReadReference(const Table& table, const Relationship& relationship) {
  ReferenceSpec spec;
  bool said = false;
  for (const std::string& name : relationship.columns) {
    const Column& column = table.columns[static_cast<size_t>(table.ColumnIndex(name))];
    if (!column.generate || !column.generate->is_mapping()) continue;
    auto find = [&](const char* key) { return column.generate->Find(key); };
    if (const Node* node = find("null_rate")) {
      ARROW_ASSIGN_OR_RAISE(spec.null_rate, ReadShare(*node, "null_rate"));
    }
    const Node* distribution = find("distribution");
    const Node* children = find("children");
    const Node* exponent = find("exponent");
    const Node* first = distribution ? distribution : children ? children : exponent;
    if (!first) continue;
    if (said || (distribution && children)) {
      return UsageErrorAt(first->place, "a foreign key has one distribution or children");
    }
    said = true;
    spec.place = first->place;
    if (children) ARROW_RETURN_NOT_OK(ReadChildren(*children, &spec));
    if (distribution) {
      static const std::vector<std::string> kKnown = {"uniform", "zipf"};
      ARROW_ASSIGN_OR_RAISE(std::string kind, ReadEnum(*distribution, "distribution", kKnown));
      if (kind == "zipf") spec.kind = ReferenceSpec::Kind::kZipf;
    }
    if (exponent && spec.kind != ReferenceSpec::Kind::kZipf) {
      return UsageErrorAt(exponent->place, "exponent belongs to distribution: zipf");
    }
    if (exponent) ARROW_RETURN_NOT_OK(ReadZipf(*exponent, &spec));
  }
  return spec;
}

Result<ChildTable> ChildTableOf(const Table& table, const Relationship& relationship,
                                const ReferenceSpec& spec, uint64_t seed) {
  std::string name = ReferenceName(table, relationship) + ".children";
  return ChildTable::Make(spec.child_counts, spec.child_weights, ColumnKey(name, seed), spec.place);
}

ChildPlace PlaceChild(ProgramBuilder& builder, const std::string& name, const ChildTable& children,
                      int64_t parent_rows) {
  Register child_count = builder.Constant(children.child_count());
  Register row = builder.Row();
  Register table = builder.Divide(row, child_count);
  Register child = builder.Modulo(row, child_count);
  Register parent = builder.Lookup(child, children.parent());
  // Each table of parents begins elsewhere in the same order. The last one may have fewer parents.
  int64_t parent_count = children.parent_count();
  Register turn = 0;
  {
    AtRow at(&builder, table, builder.seed());
    turn = builder.Uniform(name + ".turn", static_cast<uint64_t>(parent_count));
  }
  Register all = builder.Constant(parent_count);
  Register rest = builder.Constant(std::max<int64_t>(parent_rows % parent_count, 1));
  Register is_whole = builder.Less(table, builder.Constant(parent_rows / parent_count));
  Register turned = builder.Modulo(builder.Add(parent, turn), builder.Select(is_whole, all, rest));
  Register found = builder.Add(builder.Multiply(table, all), turned);
  return {builder.Narrow(found, 0, std::max<int64_t>(parent_rows - 1, 0)),
          builder.Lookup(child, children.number())};
}

Register DrawZipf(ProgramBuilder& builder, const std::string& name, uint64_t row_count,
                  uint64_t exponent_hundredths) {
  std::vector<Segment> segments = ZipfSegments(row_count, exponent_hundredths);
  __int128 total = 0;
  for (const Segment& segment : segments) total += segment.weight;
  segments = Joined(segments, total / kLeastShare);
  auto firsts = std::make_shared<ValueTable>(), counts = std::make_shared<ValueTable>();
  std::vector<uint64_t> weights;
  for (const Segment& segment : segments) {
    firsts->push_back(segment.first);
    counts->push_back(segment.count);
    weights.push_back(static_cast<uint64_t>((segment.weight << 32) / total));
  }
  Register segment = builder.Weighted(name + ".popularity", MakeQuantiles(weights, kQuantilesMax));
  Register rank = builder.UniformEach(name + ".rank", builder.Lookup(segment, firsts),
                                      builder.Lookup(segment, counts));
  return builder.Permute(name + ".rows", rank, row_count);
}

}  // namespace tamis
