// Slices files, scale, ranges, parts and skew.
#include "local/slices.h"

#include <gtest/gtest.h>

#include "contract/odcs.h"

namespace tamis {
namespace {

std::shared_ptr<const SourceText> Text(std::string text) {
  return std::make_shared<const SourceText>(SourceText{"s.txt", std::move(text)});
}

Contract ContractOf(const std::string& generate) {
  std::string yaml =
      "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nstatus: active\nschema:\n"
      "  - name: sales\n    physicalName: mart.sales_fact\n";
  if (!generate.empty()) {
    yaml += "    customProperties:\n      - {property: tamis.generate, value: " + generate + "}\n";
  }
  yaml +=
      "    properties:\n      - {name: slice, logicalType: integer}\n"
      "      - {name: id, logicalType: integer}\n"
      "      - name: amount\n        logicalType: integer\n"
      "        customProperties:\n"
      "          - {property: tamis.generate, value: {provider: integer, from: 1, to: 9}}\n"
      "  - {name: other, properties: [{name: id, logicalType: integer}]}\n";
  auto contract = ParseContract(Text(yaml));
  EXPECT_TRUE(contract.ok()) << contract.status().ToString();
  return *contract;
}

TEST(Slices, ReadsWhatPsqlPrints) {
  auto lines = ParseSlices(
      Text("\xEF\xBB\xBF table | slice |   rows\n-------+-------+-----------\n"
           " sales |     0 | 1,234,567\r\nsales|1|1_000\n\n# note\nother | x | 0\n(3 rows)\n"));
  ASSERT_TRUE(lines.ok()) << lines.status().ToString();
  ASSERT_EQ(lines->size(), 3);
  EXPECT_EQ((*lines)[0].row_count, 1234567);
  EXPECT_EQ((*lines)[1].row_count, 1000);
  EXPECT_EQ((*lines)[2].slice, "x");
}

TEST(Slices, RefusesBadLinesWithTheirPlace) {
  const std::pair<const char*, const char*> cases[] = {
      {"a | 1 | 2\na | 2\n",
       "s.txt:2:1: expected 3 fields, found 2 (a line is: table | slice | rows)\n  a | 2\n  ^\n"},
      {"a | 1 |\n", "s.txt:1:8: the number of rows is missing (a line is: table | slice | rows)\n"},
      {"a | 1 | 12x\n",
       "s.txt:1:9: not a number of rows: 12x (a whole number from 0 to 10^18, such as 1234567, "
       "1_234_567 or 1,234,567)\n"},
      {"a | 1 | 1,23,456\n", "s.txt:1:9: not a number of rows: 1,23,456"},
      {"a | 1 | -5\n", "s.txt:1:9: not a number of rows: -5"},
      {"a | 1 | 9999999999999999999999\n", "s.txt:1:9: not a number of rows"},
      {"a | 1 | 5\nb | 1 | 5\n a |  1 | 6\n",
       "s.txt:3:7: slice 1 of a comes twice (it is also in line 1)\n"},
      {"a | 1 | 5\n(2 rows)\n", "s.txt:2:1: it says 2 rows, but above there are 1"},
      {"# nothing\n", "s.txt: there are no slices"},
  };
  for (const auto& [text, message] : cases) {
    auto lines = ParseSlices(Text(text));
    ASSERT_FALSE(lines.ok()) << text;
    EXPECT_EQ(FormatError(lines.status()).substr(0, std::string(message).size()), message) << text;
  }
}

TEST(Slices, ScalesExactlyAndRoundsHalvesUp) {
  auto scaled = [](const char* scale, int64_t rows) {
    return RowScale::Parse(scale).ValueOrDie().Apply(rows).ValueOrDie();
  };
  EXPECT_EQ(scaled("1e-6", 123'456'789), 123);
  EXPECT_EQ(scaled("1e-6", 500'000), 1);
  EXPECT_EQ(scaled("1e-6", 499'999), 0);
  EXPECT_EQ(scaled("0.1", 25), 3);
  EXPECT_EQ(scaled("0.000001", 1'500'000), 2);
  EXPECT_EQ(scaled("2.5e1", 3), 75);
  EXPECT_EQ(scaled("1", 1'000'000'000'000'000'000), 1'000'000'000'000'000'000);
  for (const char* bad : {"", "0", "-1", "x", "1e", "1e99", "1.2.3", ".", "1e-19"}) {
    EXPECT_FALSE(RowScale::Parse(bad).ok()) << bad;
  }
  EXPECT_FALSE(RowScale::Parse("1e3").ValueOrDie().Apply(int64_t{1} << 59).ok());
}

TEST(Slices, TakesRangesOffTheArgument) {
  auto range = [](const char* text) { return ParseSliceArgument(text).ValueOrDie(); };
  EXPECT_FALSE(range("s.txt").range);
  EXPECT_EQ(range("d/s.txt[3..5]").path, "d/s.txt");
  EXPECT_EQ(range("s[3..5]").range->first, 3);
  EXPECT_EQ(range("s[3..5]").range->last, 5);
  EXPECT_EQ(range("s[7]").range->last, 7);
  EXPECT_EQ(range("s[3..]").range->last, INT64_MAX);
  EXPECT_EQ(range("s[..3]").range->first, INT64_MIN);
  for (const char* bad : {"s[]", "s[..]", "s[b]", "s[5..3]"}) {
    EXPECT_FALSE(ParseSliceArgument(bad).ok()) << bad;
  }
}

// A row belongs to the same slice with the same number, whatever is chosen.
TEST(Slices, NumbersRowsWhateverIsChosen) {
  Contract contract = ContractOf("");
  const Table& table = contract.tables[0];
  auto lines = ParseSlices(Text("sales | 0 | 10\nother | 0 | 99\nmart.sales_fact | 1 | 0\n"
                                "sales | 2 | 7\nsales | 3 | 3\nelsewhere | 1 | 1\n"))
                   .ValueOrDie();
  SliceChoice all;
  SlicePlan plan = PlanSlices(lines, contract, table, all).ValueOrDie();
  ASSERT_EQ(plan.chosen.size(), 3);
  EXPECT_EQ(plan.chosen[1].first_row, 10);
  EXPECT_EQ(plan.chosen[2].first_row, 17);
  EXPECT_EQ(plan.empty, std::vector<std::string>{"1"});
  EXPECT_TRUE(plan.vanished.empty());
  EXPECT_EQ(plan.unused_tables, std::vector<std::string>{"elsewhere"});

  SliceChoice some = all;
  some.range = SliceRange{2, 3};
  SlicePlan ranged = PlanSlices(lines, contract, table, some).ValueOrDie();
  ASSERT_EQ(ranged.chosen.size(), 2);
  EXPECT_EQ(ranged.chosen[0].first_row, 10);

  for (int64_t parts : {1, 2, 3, 7, 40}) {
    int64_t next = 0;
    for (int64_t part = 1; part <= parts; ++part) {
      SliceChoice choice = all;
      choice.part = part;
      choice.parts = parts;
      for (const Slice& slice : PlanSlices(lines, contract, table, choice).ValueOrDie().chosen) {
        EXPECT_EQ(slice.first_row, next);
        EXPECT_GT(slice.row_count, 0);
        next += slice.row_count;
      }
    }
    EXPECT_EQ(next, 20);
  }
  some.range = SliceRange{50, 60};
  EXPECT_FALSE(PlanSlices(lines, contract, table, some).ok());
}

TEST(Slices, SaysWhatVanishesAndWhatIsNotThere) {
  Contract contract = ContractOf("");
  auto lines = ParseSlices(Text("sales | 1 | 100\nsales | 2 | 4000\n")).ValueOrDie();
  SliceChoice choice;
  choice.scale = RowScale::Parse("1e-3").ValueOrDie();
  SlicePlan plan = PlanSlices(lines, contract, contract.tables[0], choice).ValueOrDie();
  EXPECT_EQ(plan.vanished, std::vector<std::string>{"1"});
  auto none = PlanSlices(ParseSlices(Text("salse | 1 | 1\n")).ValueOrDie(), contract,
                         contract.tables[0], {});
  EXPECT_EQ(FormatError(none.status()),
            "s.txt:1:1: no slice of table sales (did you mean salse?)\n"
            "  salse | 1 | 1\n  ^\n");
}

TEST(Slices, MeasuresSkew) {
  SliceSkew even = MeasureSkew({{"a", 0, 5}, {"b", 0, 5}, {"c", 0, 5}, {"d", 0, 5}});
  EXPECT_DOUBLE_EQ(even.gini, 0);
  EXPECT_DOUBLE_EQ(even.max_to_mean, 1);
  SliceSkew skew = MeasureSkew({{"a", 0, 1}, {"b", 0, 3}, {"c", 0, 96}, {"d", 0, 0}});
  // By the definition: mean absolute difference over twice the mean = (2*290+... )/(2*16*25).
  EXPECT_NEAR(skew.gini, (1 + 96 + 0 + 1 + 2 + 93 + 3 + 95 - 1 + 96 - 96 + 0) * 2 / (2 * 16 * 25.0),
              0.01);
  EXPECT_EQ(skew.median, 1);
  EXPECT_EQ(skew.min, 0);
  EXPECT_EQ(skew.largest[0].name, "c");
  EXPECT_DOUBLE_EQ(skew.top_tenth_share, 0.96);
}

TEST(Slices, GivesSlicesTheirOwnGenerators) {
  Contract contract =
      ContractOf("{slices: {2: {amount: {to: 5}}, 1..3: {amount: {from: 2}, id: sequence}}}");
  auto tables = SliceTables::Make(contract.tables[0], "slice").ValueOrDie();
  EXPECT_EQ(tables.IndexOf("9").ValueOrDie(), 0);
  size_t one = tables.IndexOf("1").ValueOrDie(), two = tables.IndexOf("2").ValueOrDie();
  EXPECT_EQ(tables.IndexOf("3").ValueOrDie(), one);
  ASSERT_EQ(tables.tables().size(), 3);
  EXPECT_EQ(tables.tables()[0].columns.size(), 2);  // slice is in the folders' names
  const Node& amount = *tables.tables()[two].columns[1].generate;
  EXPECT_EQ(amount.Find("provider")->scalar, "integer");
  EXPECT_EQ(amount.Find("from")->scalar, "2");
  EXPECT_EQ(amount.Find("to")->scalar, "5");
  EXPECT_EQ(tables.tables()[one].columns[0].generate->scalar, "sequence");
  EXPECT_TRUE(tables.UnusedKeys().empty());

  auto wrong = SliceTables::Make(ContractOf("{slices: {2: {amuont: word}}}").tables[0], "slice");
  ASSERT_FALSE(wrong.ok());
  EXPECT_NE(FormatError(wrong.status()).find("unknown column: amuont (did you mean amount?)"),
            std::string::npos);
}

}  // namespace
}  // namespace tamis
