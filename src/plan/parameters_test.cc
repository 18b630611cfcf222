// What parameters become in paths, and which values they refuse.
#include "plan/parameters.h"

#include <gtest/gtest.h>

#include "spec/emit.h"
#include "spec/yaml.h"

namespace tamis {
namespace {

constexpr int64_t kRunTimeUs = 1'795'255'200'000'000;  // 2026-11-21T10:00:00Z

Result<ParameterSet> Read(std::string text, ParameterOverrides overrides = {}) {
  auto source = std::make_shared<const SourceText>(SourceText{"p", std::move(text)});
  ARROW_ASSIGN_OR_RAISE(Node node, ParseYaml(source));
  return ParameterSet::Read(&node, overrides, kRunTimeUs);
}

std::string Error(std::string text, ParameterOverrides overrides = {}) {
  auto set = Read(std::move(text), std::move(overrides));
  if (set.ok()) return "";
  const std::string whole = FormatError(set.status());
  return whole.substr(0, whole.find('\n'));
}

/// `text` with one parameter x of the type and value.
std::string Expand(const std::string& text, const std::string& type, const std::string& value) {
  auto set = Read("{x: {type: " + type + "}, y: {type: string, default: v}}", {{"x", value}});
  if (!set.ok()) return FormatError(set.status());
  auto path = set->ExpandPath(MakeText(text), "path");
  if (path.ok()) return *path;
  const std::string whole = FormatError(path.status());
  return "error: " + whole.substr(0, whole.size() - 1);
}

TEST(Parameters, Values) {
  auto set = Read(
      "{a: {type: date, default: yesterday}, b: {type: timestamp, default: now},\n"
      " c: {type: timestamp, default: 2026-01-02T03:04:05.5Z}, d: {type: double, default: 1e3},\n"
      " e: {type: bool, default: true}, f: {type: int, default: -7}, g: {type: date, default: "
      "2024-02-29},\n h: {type: timestamp, default: today}}");
  ASSERT_TRUE(set.ok()) << FormatError(set.status());
  std::string out;
  for (const auto& one : set->List()) out += one.name + "=" + one.value + " ";
  EXPECT_EQ(out,
            "a=2026-11-20 b=2026-11-21T10:00:00Z c=2026-01-02T03:04:05.500000Z d=1000 e=true f=-7 "
            "g=2024-02-29 h=2026-11-21T00:00:00Z ");
}

TEST(Parameters, WrongValues) {
  EXPECT_EQ(Error("{day: {type: dat}}"), "p:1:14: unknown type: dat (did you mean date?)");
  EXPECT_EQ(Error("{day: {type: date}}"),
            "p:1:2: the parameter day has no value (give it with --set day=VALUE, or a default)");
  EXPECT_EQ(Error("{day: {type: date, default: 2026-02-30}}"),
            "p:1:29: parameter day: not a date: 2026-02-30 (write 2026-01-31, today, yesterday or "
            "now)");
  EXPECT_EQ(Error("{n: {type: int, default: 1.5}}"), "p:1:26: parameter n: not an int: 1.5");
  EXPECT_EQ(Error("{n: {type: int}}", {{"n", "x"}}), "--set n: parameter n: not an int: x");
  EXPECT_EQ(Error("{number: {type: int}}", {{"numbr", "1"}}),
            "unknown parameter: numbr (did you mean number?)");
  EXPECT_EQ(Error("{1a: {type: int}}"),
            "p:1:2: not a parameter's name: 1a (letters, digits and underscores)");
}

TEST(Parameters, InPaths) {
  EXPECT_EQ(Expand("a/$x/b", "string", "v"), "a/v/b");
  EXPECT_EQ(Expand("a/$(x)y/$$b", "string", "v"), "a/vy/$b");
  EXPECT_EQ(Expand("$x", "path", "/tmp/../*.csv"), "/tmp/../*.csv");
  EXPECT_EQ(Expand("d=$x", "date", "2026-01-02"), "d=2026-01-02");
  EXPECT_EQ(Expand("a/$xx", "string", "v"), "error: unknown parameter: $xx (did you mean x?)");
  EXPECT_EQ(Expand("a/$", "string", "v"),
            "error: a parameter's name must follow $ (write $name or $(name), or $$ for a dollar)");
  EXPECT_EQ(Expand("a/$(x", "string", "v"),
            "error: a parameter's name must follow $ (write $name or $(name), or $$ for a dollar)");
}

TEST(Parameters, NothingLeavesItsFolder) {
  for (const char* value :
       {"a/b", "/etc", "..", ".", "", "*", "a?", "[x]", "{a,b}", "a\\b", "a\nb"}) {
    EXPECT_TRUE(Expand("data/$x/t", "string", value).starts_with("error: path: ")) << value;
  }
  EXPECT_TRUE(Expand("data/.$x/t", "string", ".").starts_with("error: path: "));
  EXPECT_TRUE(Expand("data/$x$x/t", "string", ".").starts_with("error: path: "));
  EXPECT_EQ(Expand("data/../$x/t", "string", "v"), "data/../v/t");  // the author may
  EXPECT_EQ(Expand("data/a$x/t", "string", ".."), "data/a../t");    // a name of its own
  EXPECT_EQ(Expand("data/$x/t", "string", "..."), "data/.../t");
}

}  // namespace
}  // namespace tamis
