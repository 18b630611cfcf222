// YAML text to nodes with line and column. Does not read files; does not know what keys mean.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "spec/node.h"

namespace tamis {

/// What a YAML text may hold at most. Aliases are expanded, so a few lines could ask for terabytes.
struct YamlLimits {
  int depth_max = 64;
  int64_t nodes_max = 1'000'000;      // after expansion
  int64_t alias_nodes_max = 100'000;  // nodes that were made by aliases
  int64_t text_bytes_max = 16 << 20;
  int64_t key_bytes_max = 160;  // escaped they fit into the 1024 that YAML allows before a colon
};

/// Parses one YAML document. UsageError with a place for what is not YAML, a duplicate or
/// non-scalar key, a tag (other than the core ones), a merge key, a second document, an empty
/// text, invalid UTF-8, and what exceeds `limits`.
Result<Node> ParseYaml(const std::shared_ptr<const SourceText>& source,
                       const YamlLimits& limits = YamlLimits());

/// The place in the file of byte `offset` of a scalar's text, through quotes, escapes, folding and
/// block indentation. At the end of the text: just after its last character.
Place PlaceInScalar(const Node& scalar, size_t offset);

}  // namespace tamis
