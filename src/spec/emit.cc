// Writes YAML and JSON. See emit.h.
#include "spec/emit.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <cstdio>

namespace tamis {
namespace {

constexpr size_t kFlowBytesMax = 80;

bool IsNullWord(std::string_view text) {
  return text.empty() || text == "~" || text == "null" || text == "Null" || text == "NULL";
}

bool IsBoolWord(std::string_view text) {
  static constexpr std::array<const char*, 8> kWords = {"true", "false", "yes", "no",
                                                        "on",   "off",   "y",   "n"};
  return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
    return text.size() == word.size() &&
           std::equal(word.begin(), word.end(), text.begin(),
                      [](char a, char b) { return a == (b >= 'A' && b <= 'Z' ? b + 32 : b); });
  });
}

/// Whether a plain scalar of this text may be anything else than text to some YAML reader: numbers,
/// dates, times and versions all begin with a digit, a sign or a dot.
bool LooksTyped(std::string_view text) {
  if (IsNullWord(text) || IsBoolWord(text)) return true;
  const char c = text[0];
  return (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.' || c == '=';
}

bool IsControl(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// Whether `text` can stand plain in block and flow context and is not read as null.
bool CanBePlain(std::string_view text) {
  if (IsNullWord(text) || text.front() == ' ' || text.back() == ' ' || text.back() == ':') {
    return false;
  }
  if (std::string_view("!&*-?|>@`%#'\",[]{}:=~<").find(text[0]) != std::string_view::npos) {
    // A sign of a number is fine.
    const bool is_number = text[0] == '-' && text.size() > 1 && text[1] >= '0' && text[1] <= '9';
    if (!is_number) return false;
  }
  if (text.starts_with("...")) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    const char next = i + 1 < text.size() ? text[i + 1] : ' ';
    if (IsControl(c) || std::string_view(",[]{}?").find(c) != std::string_view::npos) return false;
    // In flow context a colon may end a key before any sign: only such as `http://x:80` stay plain.
    if (c == ':' && next != '/' && !std::isalnum(static_cast<unsigned char>(next))) return false;
    if (c == ' ' && next == '#') return false;
    if (static_cast<unsigned char>(c) >= 0x80 && i == 0) return false;  // a BOM, or an odd blank
  }
  return true;
}

std::string Quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (IsControl(c)) {
      char escape[8];
      std::snprintf(escape, sizeof escape, "\\u%04x", static_cast<unsigned>(c));
      out += escape;
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// Whether a literal block (|) gives back exactly `text`.
bool CanBeBlock(std::string_view text) {
  if (text.size() < 2 || text.find('\n') == std::string_view::npos) return false;
  if (text.ends_with("\n\n") || text.front() == '\n' || text.front() == ' ') return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\n' && IsControl(text[i])) return false;
    if (text[i] == ' ' && (i + 1 == text.size() || text[i + 1] == '\n')) return false;
  }
  return true;
}

std::string Scalar(const Node& node) {
  if (node.is_null()) return "null";
  return !node.quoted && CanBePlain(node.scalar) ? node.scalar : Quoted(node.scalar);
}

/// A list of scalars on one line, or "" when it is long or nested.
std::string Flow(const Node& node) {
  std::string out = "[";
  for (const Node& item : node.items) {
    if (!item.is_scalar() && !item.is_null()) return "";
    out += (out.size() > 1 ? ", " : "") + Scalar(item);
    if (out.size() > kFlowBytesMax) return "";
  }
  return out + "]";
}

void EmitBlock(const Node& node, size_t indent, std::string* out);

/// Writes what follows `key:` or `-`: on the same line where it fits.
void EmitValue(const Node& node, size_t indent, bool in_sequence, std::string* out) {
  if (node.is_mapping() && !node.entries.empty()) {
    if (in_sequence) {
      // The first key stands beside the dash.
      std::string block;
      EmitBlock(node, indent, &block);
      *out += " " + block.substr(indent);
      return;
    }
    *out += "\n";
    EmitBlock(node, indent, out);
  } else if (node.is_mapping()) {
    *out += " {}\n";
  } else if (node.is_sequence()) {
    const std::string flow = Flow(node);
    if (!flow.empty()) {
      *out += " " + flow + "\n";
    } else {
      *out += "\n";
      EmitBlock(node, indent, out);
    }
  } else if (node.is_scalar() && indent > 0 && CanBeBlock(node.scalar)) {
    *out += node.scalar.back() == '\n' ? " |\n" : " |-\n";
    size_t begin = 0;
    while (begin < node.scalar.size()) {
      const size_t end = std::min(node.scalar.find('\n', begin), node.scalar.size());
      if (end > begin) *out += std::string(indent, ' ') + node.scalar.substr(begin, end - begin);
      *out += "\n";
      begin = end + 1;
    }
  } else {
    *out += " " + Scalar(node) + "\n";
  }
}

void EmitBlock(const Node& node, size_t indent, std::string* out) {
  const std::string pad(indent, ' ');
  if (node.is_sequence()) {
    for (const Node& item : node.items) {
      *out += pad + "-";
      EmitValue(item, indent + 2, /*in_sequence=*/true, out);
    }
    return;
  }
  for (const auto& [key, value] : node.entries) {
    *out += pad + Scalar(key) + ":";
    EmitValue(value, indent + 2, /*in_sequence=*/false, out);
  }
}

/// Whether a plain scalar is a JSON number as it stands.
bool IsJsonNumber(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) {
    return false;
  }
  const size_t digits = text[0] == '-' ? 1 : 0;
  const bool leading_zero = text[digits] == '0' && digits + 1 < text.size() &&
                            text[digits + 1] >= '0' && text[digits + 1] <= '9';
  const size_t dot = text.find('.');
  const bool bare_dot =
      dot != std::string_view::npos &&
      (dot == digits || dot + 1 == text.size() || text[dot + 1] < '0' || text[dot + 1] > '9');
  return !leading_zero && !bare_dot;
}

std::string JsonScalar(const Node& node) {
  if (node.is_null()) return "null";
  if (!node.quoted) {
    const std::string& text = node.scalar;
    if (text == "true" || text == "True" || text == "TRUE") return "true";
    if (text == "false" || text == "False" || text == "FALSE") return "false";
    if (IsJsonNumber(text)) return text;
  }
  return Quoted(node.scalar);
}

void EmitJsonTo(const Node& node, int indent, int depth, std::string* out) {
  auto line = [&](int levels) {
    if (indent > 0) *out += "\n" + std::string(static_cast<size_t>(indent * levels), ' ');
  };
  if (!node.is_sequence() && !node.is_mapping()) {
    *out += JsonScalar(node);
    return;
  }
  const char* comma = indent > 0 ? "," : ", ";
  bool first = true;
  *out += node.is_sequence() ? "[" : "{";
  for (const Node& item : node.items) {
    if (!first) *out += comma;
    first = false;
    line(depth + 1);
    EmitJsonTo(item, indent, depth + 1, out);
  }
  for (const auto& [key, value] : node.entries) {
    if (!first) *out += comma;
    first = false;
    line(depth + 1);
    *out += Quoted(key.scalar) + ": ";
    EmitJsonTo(value, indent, depth + 1, out);
  }
  if (!first) line(depth);
  *out += node.is_sequence() ? "]" : "}";
}

}  // namespace

Node MakeText(std::string_view text) {
  Node node;
  node.kind = Node::Kind::kScalar;
  node.scalar = text;
  node.quoted = LooksTyped(text) || !CanBePlain(text);
  return node;
}

Node MakeWord(std::string_view text) {
  Node node;
  node.kind = Node::Kind::kScalar;
  node.scalar = text;
  return node;
}

Node MakeNull() { return Node(); }

Node MakeSequence(std::vector<Node> items) {
  Node node;
  node.kind = Node::Kind::kSequence;
  node.items = std::move(items);
  return node;
}

Node MakeStrings(const std::vector<std::string>& texts) {
  Node node = MakeSequence();
  for (const std::string& text : texts) node.items.push_back(MakeText(text));
  return node;
}

Node MakeMapping() {
  Node node;
  node.kind = Node::Kind::kMapping;
  return node;
}

void Put(Node* mapping, std::string_view key, Node value) {
  mapping->entries.emplace_back(MakeText(key), std::move(value));
}

std::string EmitYaml(const Node& node) {
  std::string out;
  if ((node.is_mapping() && !node.entries.empty()) || (node.is_sequence() && Flow(node).empty())) {
    EmitBlock(node, 0, &out);
  } else {
    EmitValue(node, 0, /*in_sequence=*/false, &out);
    out.erase(0, 1);  // the blank that would follow a key
  }
  return out;
}

std::string EmitJson(const Node& node, int indent) {
  std::string out;
  EmitJsonTo(node, indent, 0, &out);
  return out;
}

}  // namespace tamis
