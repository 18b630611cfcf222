// Reads format options. See options.h.
#include "contract/options.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <utility>

#include "base/suggest.h"
#include "spec/emit.h"
#include "spec/reader.h"

namespace tamis {
namespace {

constexpr std::array<FormatOption, 12> kOptions = {{
    {"format", "FORMAT", "csv, jsonl, parquet, orc or arrow; by default the file's name says"},
    {"delimiter", "CHAR", "what separates fields: one character, or tab (default: ,)"},
    {"quote", "CHAR", "what encloses fields: one character, or none (default: \")"},
    {"escape", "CHAR", "what precedes a quote in a quoted field (default: the quote, doubled)"},
    {"header", "", "whether the first record names the columns (default: true)"},
    {"skip_lines", "N", "lines to skip before the header (default: 0)"},
    {"comment", "CHAR", "lines that begin with it are no records (default: none)"},
    {"encoding", "NAME", "utf-8 or latin-1 (default: utf-8)"},
    {"null_values", "LIST", "unquoted fields that mean NULL (default: the empty field)"},
    {"timestamp_zone", "ZONE", "what a timestamp without zone or offset means (default: UTC)"},
    {"extra", "RULE",
     "members of JSON lines without a column: warn, reject, ignore (default: warn)"},
    {"nulls", "RULE", "NULLs in JSON lines that are written: write, omit (default: write)"},
}};

const std::array<std::string, 6> kFormats = {"csv", "jsonl", "fixed", "parquet", "orc", "arrow"};

/// One byte, `tab` or `\t`; `none` or nothing is '\0' where that is allowed.
Status ReadChar(const Node& node, const std::string& name, bool may_be_none, char* out) {
  const std::string& text = node.scalar;
  if (text == "tab" || text == "\\t") {
    *out = '\t';
  } else if (may_be_none && (text.empty() || text == "none")) {
    *out = '\0';
  } else if (text.size() == 1 && text[0] != '\n' && text[0] != '\r' && text[0] != '\0') {
    *out = text[0];
  } else {
    return UsageErrorAt(node.place,
                        name + ": expected one ASCII character, found " + Describe(node),
                        may_be_none ? "or none" : "or tab");
  }
  return Status::OK();
}

Status ReadEncoding(const Node& node, std::string* out) {
  std::string text;
  for (char c : node.scalar) {
    if (c != '-' && c != '_')
      text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  if (text == "utf8") {
    *out = "utf-8";
  } else if (text == "latin1" || text == "iso88591") {
    *out = "latin-1";
  } else {
    return UsageErrorAt(node.place, "unknown encoding: " + node.scalar, "known: utf-8, latin-1");
  }
  return Status::OK();
}

/// `UTC`, `+02:00` or `Europe/Rome`; whether the zone exists is found where values are read.
Status ReadZone(const Node& node, std::string* out) {
  const std::string& text = node.scalar;
  const auto is_digit = [&](size_t i) { return text[i] >= '0' && text[i] <= '9'; };
  const bool is_offset = text.size() == 6 && (text[0] == '+' || text[0] == '-') && is_digit(1) &&
                         is_digit(2) && text[3] == ':' && is_digit(4) && is_digit(5);
  const bool is_name = !text.empty() && std::isalpha(static_cast<unsigned char>(text[0])) != 0 &&
                       text.find("..") == std::string::npos &&
                       std::all_of(text.begin(), text.end(), [](char c) {
                         return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '/' ||
                                c == '_' || c == '-' || c == '+';
                       });
  if (!is_offset && !is_name) {
    return UsageErrorAt(node.place, "timestamp_zone: not a time zone: " + text,
                        "write UTC, an offset such as +02:00, or a name such as Europe/Rome");
  }
  *out = text == "Z" || text == "Etc/UTC" || text == "GMT" ? "UTC" : text;
  return Status::OK();
}

Status ReadExtra(const Node& node, ExtraMembers* out) {
  static const std::array<std::string, 3> kRules = {"warn", "reject", "ignore"};
  ARROW_ASSIGN_OR_RAISE(const std::string rule, ReadEnum(node, "extra", kRules));
  *out = rule == "warn"     ? ExtraMembers::kWarn
         : rule == "reject" ? ExtraMembers::kReject
                            : ExtraMembers::kIgnore;
  return Status::OK();
}

Status ReadNulls(const Node& node, bool* out) {
  static const std::array<std::string, 2> kRules = {"write", "omit"};
  ARROW_ASSIGN_OR_RAISE(const std::string rule, ReadEnum(node, "nulls", kRules));
  *out = rule == "write";
  return Status::OK();
}

template <typename T>
Status Assign(Result<T> result, T* out) {
  if (result.ok()) *out = std::move(*result);
  return result.status();
}

/// Null values may be NULL-like words, which YAML reads as null.
Status ReadNullValues(const Node& node, std::vector<std::string>* out) {
  ARROW_RETURN_NOT_OK(ExpectSequence(node, "null_values"));
  out->clear();
  for (const Node& item : node.items) {
    if (item.is_null()) {
      return UsageErrorAt(item.place, "null_values: expected text, found nothing",
                          "quote it: \"\", \"null\"");
    }
    ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(item, "null_values"));
    out->push_back(std::move(text));
  }
  return Status::OK();
}

std::string CharName(char c) { return c == '\t' ? "tab" : std::string(1, c); }

}  // namespace

std::span<const FormatOption> FormatOptionList() { return kOptions; }

std::vector<std::string> FormatOptionNames() {
  std::vector<std::string> names;
  for (const FormatOption& option : kOptions) names.emplace_back(option.name);
  return names;
}

Status SetFormatOption(std::string_view name, const Node& value, FormatOptions* options) {
  const std::string key(name);
  if (key == "null_values") return ReadNullValues(value, &options->null_values);
  if (key == "header") return Assign(ReadBool(value, key), &options->header);
  if (key == "skip_lines") {
    ARROW_RETURN_NOT_OK(Assign(ReadInt(value, key), &options->skip_lines));
    if (options->skip_lines >= 0) return Status::OK();
    return UsageErrorAt(value.place, "skip_lines: expected 0 or more, found " + value.scalar);
  }
  const std::vector<std::string> names = FormatOptionNames();
  if (std::find(names.begin(), names.end(), key) == names.end()) {
    return UsageErrorAt(value.place, "unknown format option: " + key, DidYouMean(key, names));
  }
  // `quote:` without a value is the YAML way to say none.
  if (!value.is_null() || (key != "quote" && key != "comment")) {
    ARROW_RETURN_NOT_OK(ReadString(value, key).status());
  }
  if (key == "format") return Assign(ReadEnum(value, "format", kFormats), &options->format);
  if (key == "delimiter") return ReadChar(value, key, false, &options->delimiter);
  if (key == "escape") return ReadChar(value, key, false, &options->escape);
  if (key == "comment") return ReadChar(value, key, true, &options->comment);
  if (key == "encoding") return ReadEncoding(value, &options->encoding);
  if (key == "timestamp_zone") return ReadZone(value, &options->timestamp_zone);
  if (key == "extra") return ReadExtra(value, &options->extra);
  if (key == "nulls") return ReadNulls(value, &options->write_nulls);
  const bool escape_is_quote = options->escape == options->quote;
  ARROW_RETURN_NOT_OK(ReadChar(value, key, true, &options->quote));
  if (escape_is_quote) options->escape = options->quote;
  return Status::OK();
}

Status SetFormatFlag(std::string_view name, std::string_view text, FormatOptions* options) {
  if (name != "null_values") return SetFormatOption(name, MakeWord(text), options);
  Node list = MakeSequence();
  for (size_t begin = 0; begin <= text.size();) {
    const size_t end = std::min(text.find(',', begin), text.size());
    list.items.push_back(MakeText(text.substr(begin, end - begin)));
    begin = end + 1;
  }
  return SetFormatOption(name, list, options);
}

Status CheckFormatOptions(const FormatOptions& options, const Place& place) {
  struct Named {
    const char* name;
    char value;
  };
  const Named chars[] = {
      {"delimiter", options.delimiter}, {"quote", options.quote}, {"comment", options.comment}};
  for (size_t i = 0; i < std::size(chars); ++i) {
    for (size_t j = i + 1; j < std::size(chars); ++j) {
      if (chars[i].value == '\0' || chars[i].value != chars[j].value) continue;
      return UsageErrorAt(place, std::string(chars[i].name) + " and " + chars[j].name +
                                     " are both " + CharName(chars[i].value));
    }
  }
  for (const Named& other : {chars[0], chars[2]}) {
    if (options.escape != '\0' && options.escape == other.value) {
      return UsageErrorAt(
          place, std::string("escape and ") + other.name + " are both " + CharName(options.escape));
    }
  }
  if (options.quote == '\0' && options.escape != '\0' && options.escape != '"') {
    return UsageErrorAt(place, "escape needs a quote: only quoted fields have escapes");
  }
  return Status::OK();
}

Status ReadFormatOptions(const Node& mapping, FormatOptions* options) {
  MappingReader reader(mapping, "tamis.format");
  for (const FormatOption& option : kOptions) {
    const Node* value = mapping.is_mapping() ? mapping.Find(option.name) : nullptr;
    reader.Ignore({option.name});
    if (value) reader.Check(SetFormatOption(option.name, *value, options));
  }
  ARROW_RETURN_NOT_OK(reader.Finish());
  return CheckFormatOptions(*options, mapping.place);
}

}  // namespace tamis
