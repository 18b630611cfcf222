// Nodes to YAML text, readable and stable. Does not decide what is written.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "spec/node.h"

namespace tamis {

/// Makes nodes without a place. MakeText marks text as quoted where YAML 1.1 or 1.2 would read it
/// as a number, a date, a boolean or null; MakeWord writes `text` plain (numbers, true, names).
Node MakeText(std::string_view text);
Node MakeWord(std::string_view text);
Node MakeNull();
Node MakeSequence(std::vector<Node> items = {});
Node MakeStrings(const std::vector<std::string>& texts);
Node MakeMapping();
/// Appends an entry to a mapping.
void Put(Node* mapping, std::string_view key, Node value);

/// Writes `node` as a YAML document that ParseYaml reads back as the same kinds, texts and quoting
/// (a plain scalar that only quotes can hold becomes quoted). Block style; short lists of scalars
/// in brackets.
std::string EmitYaml(const Node& node);

/// Writes `node` as JSON: plain scalars that are numbers, booleans or null under the YAML 1.2 core
/// schema keep their types, everything else is a string. `indent` spaces a level; 0: one line.
std::string EmitJson(const Node& node, int indent = 2);

}  // namespace tamis
