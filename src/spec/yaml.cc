// Builds nodes from yaml-cpp's events. See yaml.h.
#include "spec/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include <cstring>
#include <map>
#include <sstream>
#include <unordered_set>
#include <utility>
#include <vector>

#include "base/source_text.h"

namespace tamis {
namespace {

/// Carries a Status out of yaml-cpp's parser, which has no other way to stop. Caught in ParseYaml.
struct Stop {
  Status status;
};

constexpr std::string_view kCoreTagPrefix = "tag:yaml.org,2002:";

int64_t CountNodes(const Node& node) {
  int64_t count = 1;
  for (const Node& item : node.items) count += CountNodes(item);
  for (const auto& [key, value] : node.entries) count += 1 + CountNodes(value);
  return count;
}

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

/// Byte offset in the source of a place; npos when unknown.
size_t OffsetOf(const Place& place) {
  if (!place.source || place.line < 1 || place.column < 1) return std::string::npos;
  const std::string& text = place.source->text;
  size_t begin = 0;
  for (int64_t at = 1; at < place.line; ++at) {
    begin = text.find('\n', begin);
    if (begin == std::string::npos) return begin;
    ++begin;
  }
  const size_t offset = begin + static_cast<size_t>(place.column - 1);
  return offset <= text.size() ? offset : std::string::npos;
}

/// Offset behind the quote that closes a scalar whose content begins at `at`; npos when none does.
size_t CloseOffset(const std::string& text, size_t at, char quote) {
  for (; at < text.size(); ++at) {
    if (quote == '"' && text[at] == '\\') {
      ++at;
    } else if (text[at] == quote) {
      if (quote == '"' || at + 1 >= text.size() || text[at + 1] != quote) return at + 1;
      ++at;  // '' is a quote inside
    }
  }
  return std::string::npos;
}

/// Offset of the first byte of a scalar's content: after its anchor, tag, quote or block header.
size_t ContentOffset(const std::string& text, size_t at, char* style) {
  while (at < text.size() && (text[at] == '&' || text[at] == '!')) {
    while (at < text.size() && !IsBlank(text[at])) ++at;
    while (at < text.size() && IsBlank(text[at])) ++at;
  }
  *style = at < text.size() ? text[at] : ' ';
  if (*style == '"' || *style == '\'') return at + 1;
  if (*style == '|' || *style == '>') {
    while (at < text.size() && text[at] != '\n') ++at;
  }
  return at;
}

/// Whether the bracket at `at` is closed: every bracket in it has its own end.
bool IsClosed(const std::string& text, size_t at) {
  std::string open;
  char before = ' ';
  for (; at < text.size(); before = text[at++]) {
    const char c = text[at];
    const bool begins = IsBlank(before) || std::strchr("[{,:", before) != nullptr;
    if ((c == '"' || c == '\'') && begins) {
      const size_t end = CloseOffset(text, at + 1, c);
      if (end == std::string::npos) return false;
      at = end - 1;
    } else if (c == '#' && IsBlank(before)) {
      while (at + 1 < text.size() && text[at + 1] != '\n') ++at;
    } else if (c == '[' || c == '{') {
      open += c;
    } else if (c == ']' || c == '}') {
      if (open.back() != (c == ']' ? '[' : '{')) return false;
      open.pop_back();
      if (open.empty()) return true;
    }
  }
  return false;
}

class NodeBuilder : public YAML::EventHandler {
 public:
  NodeBuilder(std::shared_ptr<const SourceText> source, const YamlLimits& limits)
      : source_(std::move(source)), limits_(limits) {
    line_begins_.push_back(0);
    const std::string& text = source_->text;
    for (size_t at = text.find('\n'); at != std::string::npos; at = text.find('\n', at + 1)) {
      line_begins_.push_back(at + 1);
    }
  }

  Node& root() { return root_; }
  /// Where the innermost collection begins whose end has not come yet.
  Place open_place() const { return open_.empty() ? Place{} : open_.back().node.place; }

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (++documents_ > 1) {
      Fail(At(mark), "a second document begins here", "one document a file is expected");
    }
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Node node;
    node.place = At(mark);
    // The mark of an absent value is where the next thing begins: its key is the better place.
    if (!open_.empty() && open_.back().has_key && node.place.line > open_.back().key.place.line) {
      node.place = open_.back().key.place;
    }
    Add(std::move(node), anchor);
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override {
    Node node;
    node.kind = Node::Kind::kScalar;
    node.place = At(mark);
    node.scalar = value;
    // yaml-cpp says "!" for a quoted or block scalar and "?" for a plain one.
    node.quoted = tag == "!" || tag == std::string(kCoreTagPrefix) + "str";
    CheckTag(tag, {"str", "int", "float", "bool", "null"}, node.place);
    if (tag == "!") CheckClosed(node.place);
    Add(std::move(node), anchor);
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value) override {
    Open(Node::Kind::kSequence, "seq", mark, tag, anchor);
  }
  void OnSequenceEnd() override { Close(); }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value) override {
    Open(Node::Kind::kMapping, "map", mark, tag, anchor);
  }
  void OnMapEnd() override { Close(); }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    auto found = anchors_.find(anchor);
    if (found == anchors_.end()) Fail(At(mark), "an alias inside its own anchor");
    alias_nodes_ += found->second.node_count;
    if (alias_nodes_ > limits_.alias_nodes_max) {
      Fail(At(mark),
           "aliases expand to more than " + std::to_string(limits_.alias_nodes_max) + " values");
    }
    nodes_ += found->second.node_count - 1;
    if (static_cast<int>(open_.size()) + found->second.depth > limits_.depth_max) TooDeep(At(mark));
    Add(Node(found->second.node), 0, found->second.depth);
  }

 private:
  /// A collection whose end has not come yet.
  struct Level {
    Node node;
    YAML::anchor_t anchor = 0;
    bool has_key = false;
    Node key;
    std::unordered_set<std::string> keys;
    int depth_below = 0;
  };
  struct Anchored {
    Node node;
    int64_t node_count = 0;
    int depth = 0;
  };

  [[noreturn]] void Fail(Place place, std::string message, std::string hint = "") {
    throw Stop{UsageErrorAt(std::move(place), std::move(message), std::move(hint))};
  }
  /// yaml-cpp 0.7 lets a quote end at the end of the file.
  void CheckClosed(const Place& place) {
    const auto line = static_cast<size_t>(place.line - 1);
    if (line >= line_begins_.size()) return;
    const size_t begin = line_begins_[line] + static_cast<size_t>(place.column - 1);
    char style = ' ';
    const size_t content = ContentOffset(source_->text, begin, &style);
    if (style != '"' && style != '\'') return;
    if (CloseOffset(source_->text, content, style) == std::string::npos) {
      Fail(PlaceOf(source_, content - 1), "not YAML: a quote is not closed");
    }
  }

  /// yaml-cpp takes a bracket that is not closed for a key, and no key for one that spans lines.
  [[noreturn]] void NotAKey(const Place& place) {
    const size_t at = OffsetOf(place);
    const char first = at < source_->text.size() ? source_->text[at] : ' ';
    if (first != '[' && first != '{') Fail(place, "a key is missing before the colon");
    if (IsClosed(source_->text, at)) {
      Fail(place, "a key must be a single value", "quote it if it is text");
    }
    Fail(place, std::string("not YAML: a ") + first + " is not closed",
         std::string("a comma or a ") + (first == '[' ? ']' : '}') + " may be missing");
  }

  [[noreturn]] void TooDeep(Place place) {
    Fail(std::move(place), "nested deeper than " + std::to_string(limits_.depth_max) + " levels");
  }

  Place At(const YAML::Mark& mark) const { return Place{source_, mark.line + 1, mark.column + 1}; }

  void CheckTag(const std::string& tag, std::initializer_list<const char*> allowed,
                const Place& place) {
    if (tag.empty() || tag == "?" || tag == "!") return;
    for (const char* name : allowed) {
      if (tag == std::string(kCoreTagPrefix) + name) return;
    }
    Fail(place, "tags are not supported: " + tag);
  }

  void Open(Node::Kind kind, const char* core_tag, const YAML::Mark& mark, const std::string& tag,
            YAML::anchor_t anchor) {
    CheckTag(tag, {core_tag}, At(mark));
    if (static_cast<int>(open_.size()) >= limits_.depth_max) TooDeep(At(mark));
    if (!open_.empty() && open_.back().node.is_mapping() && !open_.back().has_key) {
      NotAKey(At(mark));
    }
    Level level;
    level.node.kind = kind;
    level.node.place = At(mark);
    level.anchor = anchor;
    open_.push_back(std::move(level));
  }

  void Close() {
    Level level = std::move(open_.back());
    open_.pop_back();
    Add(std::move(level.node), level.anchor, level.depth_below + 1);
  }

  void Add(Node node, YAML::anchor_t anchor, int depth = 0) {
    if (++nodes_ > limits_.nodes_max) {
      Fail(node.place, "more than " + std::to_string(limits_.nodes_max) + " values");
    }
    if (anchor != 0) anchors_[anchor] = Anchored{node, CountNodes(node), depth};
    if (open_.empty()) {
      root_ = std::move(node);
      return;
    }
    Level& level = open_.back();
    level.depth_below = std::max(level.depth_below, depth);
    if (level.node.is_sequence()) {
      level.node.items.push_back(std::move(node));
    } else if (!level.has_key) {
      SetKey(&level, std::move(node));
    } else {
      level.node.entries.emplace_back(std::move(level.key), std::move(node));
      level.has_key = false;
    }
  }

  void SetKey(Level* level, Node key) {
    if (!key.is_scalar()) NotAKey(key.place);
    if (static_cast<int64_t>(key.scalar.size()) > limits_.key_bytes_max) {
      Fail(key.place, "a key is longer than " + std::to_string(limits_.key_bytes_max) + " bytes");
    }
    if (key.scalar == "<<" && !key.quoted) {
      Fail(key.place, "merge keys (<<) are not supported", "repeat the keys, or alias one value");
    }
    if (!level->keys.insert(key.scalar).second) {
      for (const auto& [name, value] : level->node.entries) {
        if (name.scalar != key.scalar) continue;
        Fail(key.place, "duplicate key: " + key.scalar,
             "first in line " + std::to_string(name.place.line));
      }
    }
    level->key = std::move(key);
    level->has_key = true;
  }

  std::shared_ptr<const SourceText> source_;
  YamlLimits limits_;
  std::vector<size_t> line_begins_;
  Node root_;
  std::vector<Level> open_;
  std::map<YAML::anchor_t, Anchored> anchors_;
  int documents_ = 0;
  int64_t nodes_ = 0;
  int64_t alias_nodes_ = 0;
};

/// What the user should read instead of yaml-cpp's words.
struct Wording {
  const char* theirs;
  const char* ours;
  const char* hint;
};
constexpr Wording kWordings[] = {
    {YAML::ErrorMsg::END_OF_MAP, "not YAML: a key, or a value at this depth, is expected",
     "check the indentation, and that each key has its colon and a space"},
    {YAML::ErrorMsg::END_OF_SEQ, "not YAML: an item of the list is expected",
     "check the indentation, and that each item has its dash and a space"},
    {YAML::ErrorMsg::END_OF_MAP_FLOW, "not YAML: a { is not closed",
     "a comma or a } may be missing"},
    {YAML::ErrorMsg::END_OF_SEQ_FLOW, "not YAML: a [ is not closed",
     "a comma or a ] may be missing"},
    {YAML::ErrorMsg::FLOW_END, "not YAML: a bracket is closed that was not opened", ""},
    {YAML::ErrorMsg::MAP_VALUE, "not YAML: a colon is not allowed here",
     "quote a value that holds a colon and a space"},
    {YAML::ErrorMsg::MAP_KEY, "not YAML: a key is not allowed here", ""},
    {YAML::ErrorMsg::BLOCK_ENTRY, "not YAML: a list item is not allowed here",
     "check the indentation"},
    {YAML::ErrorMsg::EOF_IN_SCALAR, "not YAML: a quote is not closed", ""},
    {YAML::ErrorMsg::DOC_IN_SCALAR, "not YAML: a quote is not closed before the next document", ""},
    {YAML::ErrorMsg::UNKNOWN_TOKEN, "not YAML: a value can't begin with this character",
     "quote the value"},
    {YAML::ErrorMsg::TAB_IN_INDENTATION, "not YAML: a tab in the indentation", "use spaces"},
    {YAML::ErrorMsg::UNKNOWN_ANCHOR, "an alias without its anchor", "anchors are set with &name"},
};

/// Whether the indentation of `line` (from 1) holds a tab.
bool IndentedByTab(const std::string& text, int64_t line) {
  size_t begin = 0;
  for (int64_t at = 1; at < line; ++at) {
    begin = text.find('\n', begin);
    if (begin == std::string::npos) return false;
    ++begin;
  }
  const size_t end = text.find_first_not_of(" \t", begin);
  return text.substr(begin, end == std::string::npos ? end : end - begin).find('\t') !=
         std::string::npos;
}

/// `open` is where the innermost open collection begins.
Status FromYamlCpp(const std::shared_ptr<const SourceText>& source, const Place& open,
                   const YAML::Exception& error) {
  Place place{source, 0, 0};
  if (!error.mark.is_null()) {
    place.line = error.mark.line + 1;
    place.column = error.mark.column + 1;
    for (int64_t line : {place.line, place.line - 1}) {
      if (line < 1 || !IndentedByTab(source->text, line)) continue;
      return UsageErrorAt(Place{source, line, 1}, "not YAML: a tab in the indentation",
                          "use spaces");
    }
  }
  const bool is_bracket =
      error.msg == YAML::ErrorMsg::END_OF_MAP_FLOW || error.msg == YAML::ErrorMsg::END_OF_SEQ_FLOW;
  if (is_bracket && open.line > 0) place = open;
  for (const Wording& wording : kWordings) {
    if (error.msg == wording.theirs) return UsageErrorAt(place, wording.ours, wording.hint);
  }
  return UsageErrorAt(place, "not YAML: " + error.msg);
}

}  // namespace

Result<Node> ParseYaml(const std::shared_ptr<const SourceText>& source, const YamlLimits& limits) {
  if (static_cast<int64_t>(source->text.size()) > limits.text_bytes_max) {
    return UsageErrorAt(
        Place{source, 0, 0},
        "the text is larger than " + std::to_string(limits.text_bytes_max >> 20) + " MB");
  }
  ARROW_RETURN_NOT_OK(CheckSourceText(source));
  NodeBuilder builder(source, limits);
  try {
    std::istringstream stream(source->text);
    YAML::Parser parser(stream);
    if (!parser.HandleNextDocument(builder)) {
      return UsageErrorAt(Place{source, 0, 0}, "the file is empty");
    }
    Node root = std::move(builder.root());
    parser.HandleNextDocument(builder);  // a second document stops it
    return root;
  } catch (const Stop& stop) {
    return stop.status;
  } catch (const YAML::Exception& error) {
    return FromYamlCpp(source, builder.open_place(), error);
  } catch (const std::exception& error) {
    return UsageErrorAt(Place{source, 0, 0}, std::string("not YAML: ") + error.what());
  }
}

Place PlaceInScalar(const Node& scalar, size_t offset) {
  size_t at = OffsetOf(scalar.place);
  if (!scalar.is_scalar() || at == std::string::npos) return scalar.place;
  const std::string& text = scalar.place.source->text;
  char style = ' ';
  at = ContentOffset(text, at, &style);
  // Only blanks, escapes and doubled quotes can stand between the characters of a scalar: it is
  // enough to look for its visible characters one after the other.
  size_t last = at;
  for (size_t index = 0; index < scalar.scalar.size(); ++index) {
    const char wanted = scalar.scalar[index];
    if (IsBlank(wanted)) {
      if (index >= offset && at < text.size() && IsBlank(text[at])) {
        return PlaceOf(scalar.place.source, at);
      }
      if (at < text.size() && text[at] == wanted) last = ++at;
      continue;
    }
    while (at < text.size() && text[at] != wanted) {
      at += style == '"' && text[at] == '\\' && at + 1 < text.size() && text[at + 1] != wanted &&
                    std::strchr("ntr0", text[at + 1]) != nullptr
                ? 2
                : 1;
    }
    if (at >= text.size()) return scalar.place;
    if (index >= offset) return PlaceOf(scalar.place.source, at);
    last = ++at;
  }
  return PlaceOf(scalar.place.source, last);
}

}  // namespace tamis
