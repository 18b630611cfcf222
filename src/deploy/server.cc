// Ranges, user@host:port, and the Host lines of an ssh config. See server.h.
#include "deploy/server.h"

#include <fnmatch.h>
#include <strings.h>

#include <algorithm>
#include <charconv>
#include <fstream>

#include "base/printable.h"

namespace tamis {
namespace {

struct Bounds {
  int64_t first = 0;
  int64_t last = 0;
  size_t digits = 0;  // 0: letters
};

bool IsDigits(std::string_view text) {
  return !text.empty() && text.size() <= 9 &&
         std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

bool IsLetter(std::string_view text) {
  return text.size() == 1 &&
         ((text[0] >= 'a' && text[0] <= 'z') || (text[0] >= 'A' && text[0] <= 'Z'));
}

int64_t ToNumber(std::string_view digits) {
  int64_t number = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return number;
}

// `10-16`, `a-c`, `7`, `b`.
bool ReadBounds(std::string_view item, Bounds* bounds) {
  const size_t dash = item.find('-');
  const std::string_view first = item.substr(0, dash);
  const std::string_view last = dash == std::string_view::npos ? first : item.substr(dash + 1);
  if (IsDigits(first) && IsDigits(last)) {
    *bounds = Bounds{ToNumber(first), ToNumber(last), first[0] == '0' ? first.size() : 1};
    return true;
  }
  if (!IsLetter(first) || !IsLetter(last)) return false;
  *bounds = Bounds{first[0], last[0], 0};
  return (first[0] >= 'a') == (last[0] >= 'a');
}

Status BadRange(const Place& place, std::string_view range) {
  return UsageErrorAt(place, "not a range of servers: [" + Printable(range) + "]",
                      "such as [10-16], [a-c] or [1,3,5-7]");
}

Status TooMany(const Place& place) {
  return UsageErrorAt(place, "more than " + std::to_string(kServersMax) + " servers");
}

// The texts that a range stands for.
Result<std::vector<std::string>> Members(std::string_view range, const Place& place) {
  std::vector<std::string> members;
  std::string_view rest = range;
  while (true) {
    const size_t comma = rest.find(',');
    Bounds bounds;
    if (!ReadBounds(rest.substr(0, comma), &bounds)) return BadRange(place, range);
    if (bounds.last < bounds.first) {
      return UsageErrorAt(place, "a range that runs backwards: [" + std::string(range) + "]");
    }
    if (bounds.last - bounds.first >= static_cast<int64_t>(kServersMax)) return TooMany(place);
    for (int64_t i = bounds.first; i <= bounds.last; ++i) {
      std::string text = bounds.digits ? std::to_string(i) : std::string(1, static_cast<char>(i));
      if (text.size() < bounds.digits) text.insert(0, bounds.digits - text.size(), '0');
      members.push_back(std::move(text));
    }
    if (comma == std::string_view::npos) return members;
    rest.remove_prefix(comma + 1);
  }
}

bool IsHostCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("._-:%").find(c) != std::string_view::npos;
}

bool IsUserCharacter(char c) {
  return IsHostCharacter(c) || std::string_view("@+$\\").find(c) != std::string_view::npos;
}

bool IsWord(std::string_view text, bool (*is_character)(char)) {
  return !text.empty() && text[0] != '-' && std::all_of(text.begin(), text.end(), is_character);
}

}  // namespace

Result<std::vector<std::string>> ExpandRanges(std::string_view pattern, const Place& place) {
  std::vector<std::string> expanded = {""};
  while (!pattern.empty()) {
    const size_t open = pattern.find('[');
    const size_t close = open == std::string_view::npos ? open : pattern.find(']', open);
    if (open != std::string_view::npos && close == std::string_view::npos) {
      return UsageErrorAt(place, "a range without its end: " + Printable(pattern),
                          "a ] is missing");
    }
    for (std::string& text : expanded) text += pattern.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::string_view range = pattern.substr(open + 1, close - open - 1);
    pattern.remove_prefix(close + 1);
    std::vector<std::string> members;
    if (range.find(':') != std::string_view::npos) {
      members = {"[" + std::string(range) + "]"};
    } else {
      ARROW_ASSIGN_OR_RAISE(members, Members(range, place));
    }
    if (members.size() * expanded.size() > kServersMax) return TooMany(place);
    std::vector<std::string> longer;
    for (const std::string& text : expanded) {
      for (const std::string& member : members) longer.push_back(text + member);
    }
    expanded = std::move(longer);
  }
  return expanded;
}

Result<Server> ParseServer(std::string_view text, const Place& place) {
  Server server;
  server.name = std::string(text);
  std::string_view rest = text;
  const auto bad = [&](const std::string& what) {
    return UsageErrorAt(place, what + ": " + Printable(text),
                        "a name, an address or user@host:port; IPv6 as [::1]:22");
  };
  const size_t at = rest.rfind('@');
  if (at != std::string_view::npos) {
    if (!IsWord(rest.substr(0, at), IsUserCharacter)) return bad("not a user name");
    server.user = std::string(rest.substr(0, at));
    rest.remove_prefix(at + 1);
  }
  std::string_view port;
  bool has_port = false;
  if (rest.starts_with("[")) {
    const size_t close = rest.find(']');
    if (close == std::string_view::npos) return bad("not a server");
    server.host = std::string(rest.substr(1, close - 1));
    rest.remove_prefix(close + 1);
    has_port = rest.starts_with(":");
    if (!has_port && !rest.empty()) return bad("not a server");
    if (has_port) port = rest.substr(1);
  } else {
    const size_t colon = rest.find(':');
    // Two colons and more are an IPv6 address without a port.
    has_port = colon != std::string_view::npos && colon == rest.rfind(':');
    if (has_port) port = rest.substr(colon + 1);
    server.host = std::string(has_port ? rest.substr(0, colon) : rest);
  }
  if (!IsWord(server.host, IsHostCharacter)) return bad("not a server");
  if (!has_port) return server;
  if (!IsDigits(port) || ToNumber(port) < 1 || ToNumber(port) > 65535) return bad("not a port");
  server.port = static_cast<int>(ToNumber(port));
  return server;
}

Result<std::vector<std::string>> HostsOfConfig(const std::string& config_path,
                                               std::string_view pattern) {
  std::ifstream file(config_path);
  if (!file) return IoError(config_path, "can't read the ssh config");
  std::vector<std::string> hosts;
  std::string line;
  while (std::getline(file, line)) {
    std::replace(line.begin(), line.end(), '\t', ' ');
    std::replace(line.begin(), line.end(), '=', ' ');
    std::vector<std::string> words;
    for (size_t at = 0; at < line.size();) {
      const size_t begin = line.find_first_not_of(" \r\"", at);
      if (begin == std::string::npos) break;
      at = std::min(line.find_first_of(" \r\"", begin), line.size());
      words.push_back(line.substr(begin, at - begin));
    }
    if (words.empty() || strcasecmp(words[0].c_str(), "host") != 0) continue;
    for (size_t i = 1; i < words.size(); ++i) {
      const bool literal = words[i].find_first_of("*?!#") == std::string::npos;
      const bool known = std::find(hosts.begin(), hosts.end(), words[i]) != hosts.end();
      if (literal && !known && fnmatch(std::string(pattern).c_str(), words[i].c_str(), 0) == 0) {
        hosts.push_back(words[i]);
      }
    }
  }
  return hosts;
}

}  // namespace tamis
