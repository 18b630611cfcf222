// Strict reading: what is accepted, and the whole message of what is not.
#include "spec/reader.h"

#include <gtest/gtest.h>

#include "spec/yaml.h"

namespace tamis {
namespace {

struct Person {
  std::string name;
  int64_t age = 0;
  bool active = false;
  std::optional<double> weight;
  std::vector<std::string> tags;
  std::string kind = "user";
};

const std::vector<std::string> kKinds = {"user", "admin"};

Status ReadPerson(const Node& node, Person* out) {
  MappingReader reader(node, "a person");
  reader.Required("name", &out->name);
  reader.Optional("age", &out->age);
  reader.Optional("active", &out->active);
  reader.Optional("weight", &out->weight);
  reader.Optional("tags", &out->tags);
  reader.OptionalEnum("kind", kKinds, &out->kind);
  reader.OptionalMapping("address");
  reader.OptionalSequence("friends");
  reader.Ignore({"note"});
  reader.Refuse("nick", "nick is gone", "use name");
  return reader.Finish();
}

std::string Error(std::string text) {
  auto source = std::make_shared<const SourceText>(SourceText{"p.yaml", std::move(text)});
  auto node = ParseYaml(source);
  if (!node.ok()) return FormatError(node.status());
  Person person;
  const Status status = ReadPerson(*node, &person);
  return status.ok() ? "" : FormatError(status);
}

TEST(Reader, Accepts) {
  auto source = std::make_shared<const SourceText>(SourceText{
      "p", "{name: 1.10, age: +7, active: TRUE, weight: 1e2, tags: [a, '2'], note: [x]}"});
  auto node = ParseYaml(source);
  Person person;
  ASSERT_TRUE(ReadPerson(*node, &person).ok());
  EXPECT_EQ(person.name, "1.10");
  EXPECT_EQ(person.age, 7);
  EXPECT_TRUE(person.active);
  EXPECT_EQ(person.weight, 100.0);
  EXPECT_EQ(person.tags, (std::vector<std::string>{"a", "2"}));
  EXPECT_EQ(Error("name: x\nage:\nweight: ~\n"), "");  // a null is an absent key
}

TEST(Reader, UnknownKeysComeFirst) {
  // The misspelt key explains why `name` is missing.
  EXPECT_EQ(Error("nmae: x\nage: y\n"),
            "p.yaml:1:1: unknown key: nmae (did you mean name?)\n  nmae: x\n  ^\n");
  EXPECT_EQ(
      Error("name: x\n  # c\nzzzzz: 1\n"),
      "p.yaml:3:1: unknown key: zzzzz (known: name, age, active, weight, tags, kind, address, "
      "friends, note)\n  zzzzz: 1\n  ^\n");
  EXPECT_EQ(Error("name: x\nnick: y\n"), "p.yaml:2:1: nick is gone (use name)\n  nick: y\n  ^\n");
}

TEST(Reader, WrongKinds) {
  EXPECT_EQ(Error("age: 1\n"), "p.yaml:1:1: a person needs the key name\n  age: 1\n  ^\n");
  EXPECT_EQ(Error("name:\n"), "p.yaml:1:1: name: a value is missing\n  name:\n  ^\n");
  EXPECT_EQ(Error("[a]\n"), "p.yaml:1:1: a person: expected a mapping, found a list\n  [a]\n  ^\n");
  EXPECT_EQ(Error("name: [a]\n"),
            "p.yaml:1:7: name: expected text, found a list\n  name: [a]\n        ^\n");
  EXPECT_EQ(Error("name: x\nage: '7'\n"),
            "p.yaml:2:6: age: expected an integer, found text \"7\"\n  age: '7'\n       ^\n");
  EXPECT_EQ(Error("name: x\nage: 7.5\n"),
            "p.yaml:2:6: age: expected an integer, found \"7.5\"\n  age: 7.5\n       ^\n");
  EXPECT_EQ(Error("name: x\nage: 99999999999999999999\n"),
            "p.yaml:2:6: age: expected an integer, found \"99999999999999999999\"\n"
            "  age: 99999999999999999999\n       ^\n");
  EXPECT_EQ(
      Error("name: x\nactive: yes\n"),
      "p.yaml:2:9: active: expected true or false, found \"yes\"\n  active: yes\n          ^\n");
  EXPECT_EQ(Error("name: x\nweight: nan\n"),
            "p.yaml:2:9: weight: expected a number, found \"nan\"\n  weight: nan\n          ^\n");
  EXPECT_EQ(Error("name: x\ntags: [[a]]\n"),
            "p.yaml:2:8: tags: expected text, found a list\n  tags: [[a]]\n         ^\n");
  EXPECT_EQ(Error("name: x\nkind: amdin\n"),
            "p.yaml:2:7: unknown kind: amdin (did you mean admin?)\n  kind: amdin\n        ^\n");
  EXPECT_EQ(Error("name: x\nfriends: {a: b}\n"),
            "p.yaml:2:10: friends: expected a list, found a mapping\n  friends: {a: b}\n"
            "           ^\n");
  EXPECT_EQ(
      Error("name: x\naddress: [a]\n"),
      "p.yaml:2:10: address: expected a mapping, found a list\n  address: [a]\n           ^\n");
}

}  // namespace
}  // namespace tamis
