// Reads and writes case files. See case_file.h.
#include "cli/case_file.h"

#include <charconv>

#include "base/suggest.h"

namespace tamis {
namespace {

using Kind = CaseSection::Kind;

struct Heading {
  const char* word;
  Kind kind;
  const char* default_argument;
};
constexpr Heading kHeadings[] = {
    {"in", Kind::kFile, "in.csv"},
    {"contract", Kind::kFile, "contract.odcs.yaml"},
    {"pipeline", Kind::kFile, "pipeline.yaml"},
    {"file", Kind::kFile, ""},
    {"env", Kind::kEnv, ""},
    {"run", Kind::kRun, "run pipeline.yaml"},
    {"stdout", Kind::kStdout, ""},
    {"error", Kind::kError, ""},
    {"out", Kind::kOut, ""},
    {"rejects", Kind::kRejects, "rejects"},
    {"books", Kind::kBooks, ""},
    {"files", Kind::kFiles, "."},
};

constexpr std::string_view kMark = "--- ";
constexpr std::string_view kEscapedWord = " (escaped)";

Status ReadHeading(const std::shared_ptr<const SourceText>& source, std::string_view text,
                   CaseSection* section) {
  if (text.ends_with(kEscapedWord)) {
    section->escaped = true;
    text.remove_suffix(kEscapedWord.size());
  }
  size_t space = text.find(' ');
  section->word = text.substr(0, space);
  if (space != std::string_view::npos) section->argument = text.substr(space + 1);
  std::vector<std::string> known;
  for (const Heading& heading : kHeadings) {
    known.push_back(heading.word);
    if (section->word != heading.word) continue;
    section->kind = heading.kind;
    if (section->argument.empty()) section->argument = heading.default_argument;
    return Status::OK();
  }
  return UsageErrorAt({source, section->line, static_cast<int64_t>(kMark.size()) + 1},
                      "unknown section: " + section->word, DidYouMean(section->word, known));
}

std::string DefaultArgument(const CaseSection& section) {
  for (const Heading& heading : kHeadings) {
    if (section.word == heading.word) return heading.default_argument;
  }
  return "";
}

}  // namespace

bool IsExpectation(Kind kind) {
  return kind == Kind::kStdout || kind == Kind::kError || kind == Kind::kOut ||
         kind == Kind::kRejects || kind == Kind::kBooks || kind == Kind::kFiles;
}

Result<std::vector<CaseSection>> ParseCase(const std::shared_ptr<const SourceText>& source) {
  std::vector<CaseSection> sections(1);
  std::string_view rest = source->text;
  for (int64_t line = 1; !rest.empty(); ++line) {
    size_t end = std::min(rest.find('\n'), rest.size() - 1) + 1;
    std::string_view text = rest.substr(0, end);
    rest.remove_prefix(end);
    if (!text.starts_with(kMark)) {
      sections.back().body += text;
      continue;
    }
    text.remove_prefix(kMark.size());
    if (text.ends_with('\n')) text.remove_suffix(1);
    CaseSection section;
    section.line = line;
    ARROW_RETURN_NOT_OK(ReadHeading(source, text, &section));
    sections.push_back(std::move(section));
  }
  return sections;
}

std::string FormatCase(const std::vector<CaseSection>& sections) {
  std::string out;
  for (const CaseSection& section : sections) {
    if (section.kind != Kind::kComment) {
      out += std::string(kMark) + section.word;
      if (section.argument != DefaultArgument(section)) out += " " + section.argument;
      if (section.escaped) out += kEscapedWord;
      out += "\n";
    }
    out += section.body;
    if (!out.empty() && out.back() != '\n') out += "\n";
  }
  return out;
}

Result<std::string> Unescape(std::string_view body) {
  std::string out;
  for (size_t i = 0; i < body.size(); ++i) {
    if (body[i] != '\\') {
      out += body[i];
      continue;
    }
    if (++i == body.size()) break;
    switch (body[i]) {
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case '0':
        out += '\0';
        break;
      case '\\':
        out += '\\';
        break;
      case '\n':  // no line end here
        break;
      case 'x': {
        unsigned value = 0;
        auto parsed = std::from_chars(body.data() + i + 1,
                                      body.data() + std::min(i + 3, body.size()), value, 16);
        if (parsed.ec != std::errc() || parsed.ptr != body.data() + i + 3) {
          return UsageError("\\x needs two hexadecimal digits");
        }
        out += static_cast<char>(value);
        i += 2;
        break;
      }
      default:
        return UsageError(std::string("unknown escape: \\") + body[i],
                          "known: \\n \\r \\t \\0 \\xNN \\\\");
    }
  }
  return out;
}

}  // namespace tamis
