// Reads deploy plans. See deploy_plan.h.
#include "deploy/deploy_plan.h"

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <map>
#include <set>

#include "base/memory.h"
#include "base/printable.h"
#include "base/suggest.h"
#include "spec/reader.h"
#include "spec/yaml.h"

namespace tamis {
namespace {

Result<int64_t> Duration(const Node& node, std::string_view what) {
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(node, what));
  return ParseDuration(text, node.place);
}

void OptionalDuration(MappingReader& reader, const std::string& key, int64_t* out) {
  const Node* node = reader.OptionalNode(key);
  if (!node) return;
  auto duration = Duration(*node, key);
  reader.Check(duration.status());
  if (duration.ok()) *out = *duration;
}

// A whole number between two bounds.
void OptionalNumber(MappingReader& reader, const std::string& key, int64_t min, int64_t max,
                    int64_t* out) {
  const Node* node = reader.OptionalNode(key);
  if (!node) return;
  auto number = ReadInt(*node, key);
  reader.Check(number.status());
  if (!number.ok()) return;
  if (*number < min || *number > max) {
    reader.Check(UsageErrorAt(node->place,
                              key + ": " + std::to_string(*number) + " is out of range",
                              std::to_string(min) + " to " + std::to_string(max)));
    return;
  }
  *out = *number;
}

void OptionalMode(MappingReader& reader, const std::string& key, int* out) {
  const Node* node = reader.OptionalNode(key);
  if (!node) return;
  auto text = ReadString(*node, key);
  reader.Check(text.status());
  if (!text.ok()) return;
  unsigned mode = 0;
  const char* end = text->data() + text->size();
  const auto read = std::from_chars(text->data(), end, mode, 8);
  if (read.ec != std::errc() || read.ptr != end || text->size() < 3 || mode > 07777) {
    reader.Check(UsageErrorAt(node->place, key + ": not a mode: " + Printable(*text),
                              "three or four octal digits, such as 644 or 0755"));
    return;
  }
  *out = static_cast<int>(mode);
}

// ssh takes these as single arguments, and a config is a file of ours.
std::string Beside(const std::string& folder, const std::string& path) {
  if (path.starts_with("~/")) {
    const char* home = std::getenv("HOME");
    return std::string(home ? home : "") + path.substr(1);
  }
  return path.empty() || path[0] == '/' || folder.empty() ? path : folder + "/" + path;
}

Status ReadSsh(const Node& node, const std::string& folder, SshOptions* ssh) {
  static const std::vector<std::string> kHostKeys = {"strict", "accept-new"};
  ARROW_RETURN_NOT_OK(ExpectMapping(node, "ssh"));
  MappingReader reader(node, "ssh");
  std::string host_keys = "strict";
  reader.Optional("config", &ssh->config);
  reader.Optional("user", &ssh->user);
  reader.Optional("identity", &ssh->identity);
  reader.Optional("known_hosts", &ssh->known_hosts);
  reader.OptionalEnum("host_keys", kHostKeys, &host_keys);
  int64_t port = 0;
  OptionalNumber(reader, "port", 1, 65535, &port);
  OptionalDuration(reader, "connect_timeout", &ssh->connect_timeout_ms);
  OptionalDuration(reader, "keep_alive", &ssh->keep_alive_ms);
  reader.Refuse("password", "no passwords in plans", "use an agent, a key or an ssh config");
  ARROW_RETURN_NOT_OK(reader.Finish());
  if (!ssh->user.empty()) {
    ARROW_RETURN_NOT_OK(ParseServer(ssh->user + "@host", node.Find("user")->place).status());
  }
  for (const char* key : {"config", "identity", "known_hosts"}) {
    const Node* value = node.Find(key);
    // ssh splits and expands these two itself.
    if (value && value->scalar.find_first_of("\"\n") != std::string::npos) {
      return UsageErrorAt(value->place, std::string(key) + ": not a path that ssh takes");
    }
  }
  ssh->port = static_cast<int>(port);
  ssh->accept_new_hosts = host_keys == "accept-new";
  ssh->config = Beside(folder, ssh->config);
  ssh->identity = Beside(folder, ssh->identity);
  ssh->known_hosts = Beside(folder, ssh->known_hosts);
  return Status::OK();
}

Result<BatchSize> ReadBatchSize(const Node& node) {
  ARROW_ASSIGN_OR_RAISE(std::string text, ReadString(node, "serial"));
  BatchSize size;
  size.percent = text.ends_with("%");
  const char* end = text.data() + text.size() - (size.percent ? 1 : 0);
  const auto read = std::from_chars(text.data(), end, size.value);
  const bool whole = read.ec == std::errc() && read.ptr == end;
  if (!whole || size.value < 1 || (size.percent && size.value > 100)) {
    return UsageErrorAt(node.place, "serial: not a size of a batch: " + Printable(text),
                        "a number of servers or 1% to 100%");
  }
  return size;
}

void ReadSerial(MappingReader& reader, std::vector<BatchSize>* serial) {
  const Node* node = reader.OptionalNode("serial");
  if (!node) return;
  serial->clear();
  const std::vector<Node> one = {*node};
  const std::vector<Node>& sizes = node->is_sequence() ? node->items : one;
  if (sizes.empty()) reader.Check(UsageErrorAt(node->place, "serial: an empty list"));
  for (const Node& item : sizes) {
    auto size = ReadBatchSize(item);
    reader.Check(size.status());
    if (size.ok()) serial->push_back(*size);
  }
}

/// Collects the servers of all groups; each may be named once.
class GroupReader {
 public:
  explicit GroupReader(const DeployPlan& plan) : plan_(plan) {}

  Result<ServerGroup> Read(const std::string& name, const Node& node,
                           const std::vector<BatchSize>& serial) {
    ServerGroup group;
    group.name = name;
    group.serial = serial;
    const Node* hosts = &node;
    if (node.is_mapping()) {
      MappingReader reader(node, "a group");
      hosts = reader.RequiredNode("servers");
      ReadSerial(reader, &group.serial);
      ARROW_RETURN_NOT_OK(reader.Finish());
    }
    ARROW_RETURN_NOT_OK(ReadStringOrStrings(*hosts, "group " + name).status());
    const std::vector<Node> one = {*hosts};
    for (const Node& item : hosts->is_sequence() ? hosts->items : one) {
      ARROW_RETURN_NOT_OK(AddServers(item, &group));
    }
    if (group.servers.empty()) return UsageErrorAt(node.place, "group " + name + " has no servers");
    return group;
  }

 private:
  Status AddServers(const Node& item, ServerGroup* group) {
    const std::string& text = item.scalar;
    std::vector<std::string> names;
    if (text.find_first_of("*?") != std::string::npos) {
      const char* home = std::getenv("HOME");
      const std::string own = std::string(home ? home : "") + "/.ssh/config";
      const std::string& config = plan_.ssh.config.empty() ? own : plan_.ssh.config;
      ARROW_ASSIGN_OR_RAISE(names, HostsOfConfig(config, text));
      if (names.empty()) {
        return UsageErrorAt(item.place, "no Host of " + config + " matches " + Printable(text));
      }
    } else {
      ARROW_ASSIGN_OR_RAISE(names, ExpandRanges(text, item.place));
    }
    for (const std::string& name : names) {
      ARROW_ASSIGN_OR_RAISE(Server server, ParseServer(name, item.place));
      server.group = group->name;
      if (server.user.empty()) server.user = plan_.ssh.user;
      if (server.port == 0) server.port = plan_.ssh.port;
      if (!names_.insert(name).second) {
        return UsageErrorAt(item.place, "server named twice: " + name);
      }
      if (names_.size() > kServersMax) return UsageErrorAt(item.place, "more than 10000 servers");
      group->servers.push_back(std::move(server));
    }
    return Status::OK();
  }

  const DeployPlan& plan_;
  std::set<std::string> names_;
};

Status ReadGroups(const Node& groups, const Node* order, const std::vector<BatchSize>& serial,
                  DeployPlan* plan) {
  ARROW_RETURN_NOT_OK(ExpectMapping(groups, "groups"));
  std::vector<std::string> known;
  for (const auto& [key, value] : groups.entries) known.push_back(key.scalar);
  std::vector<std::string> names = known;
  if (order) {
    ARROW_ASSIGN_OR_RAISE(names, ReadStringOrStrings(*order, "order"));
    for (size_t i = 0; i < names.size(); ++i) {
      const Place place = order->is_sequence() ? order->items[i].place : order->place;
      if (std::find(known.begin(), known.end(), names[i]) == known.end()) {
        return UsageErrorAt(place, "order: unknown group: " + Printable(names[i]),
                            DidYouMean(names[i], known));
      }
      if (std::find(names.begin(), names.begin() + static_cast<int64_t>(i), names[i]) !=
          names.begin() + static_cast<int64_t>(i)) {
        return UsageErrorAt(place, "order: group named twice: " + names[i]);
      }
    }
    for (const std::string& name : known) {
      if (std::find(names.begin(), names.end(), name) == names.end()) {
        return UsageErrorAt(order->place, "order: group " + name + " is missing",
                            "name every group once");
      }
    }
  }
  GroupReader reader(*plan);
  for (const std::string& name : names) {
    ARROW_ASSIGN_OR_RAISE(ServerGroup group, reader.Read(name, *groups.Find(name), serial));
    plan->groups.push_back(std::move(group));
  }
  if (plan->groups.empty()) return UsageErrorAt(groups.place, "groups: no group of servers");
  return Status::OK();
}

// A path below the release: no empty, `.` or `..` part can leave it.
Status CheckBelow(const std::string& path, const Place& place) {
  if (path.empty()) return Status::OK();
  size_t begin = 0;
  while (begin <= path.size()) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") {
      return UsageErrorAt(place, "to: leaves the release: " + Printable(path),
                          "a path below the target, without . and ..");
    }
    begin = end + 1;
  }
  return Status::OK();
}

bool IsOwner(const std::string& owner) {
  const size_t colon = owner.find(':');
  const auto is_name = [](std::string_view name) {
    return !name.starts_with("-") && std::all_of(name.begin(), name.end(), [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) || c == '_' || c == '.' || c == '-' ||
             c == '$';
    });
  };
  if (colon == std::string::npos) return !owner.empty() && is_name(owner);
  return owner.size() > 1 && colon + 1 < owner.size() && is_name(owner.substr(0, colon)) &&
         is_name(owner.substr(colon + 1));
}

Result<FileRule> ReadFileRule(const Node& node) {
  FileRule rule;
  rule.place = node.place;
  bool named = false;
  if (node.is_scalar()) {
    rule.from = node.scalar;
  } else {
    ARROW_RETURN_NOT_OK(ExpectMapping(node, "a file"));
    MappingReader reader(node, "a file");
    reader.Required("from", &rule.from);
    named = reader.Optional("to", &rule.to);
    OptionalMode(reader, "mode", &rule.mode);
    OptionalMode(reader, "folder_mode", &rule.directory_mode);
    reader.Optional("owner", &rule.owner);
    if (const Node* exclude = reader.OptionalNode("exclude")) {
      auto patterns = ReadStringOrStrings(*exclude, "exclude");
      reader.Check(patterns.status());
      if (patterns.ok()) rule.exclude = *patterns;
    }
    ARROW_RETURN_NOT_OK(reader.Finish());
  }
  while (rule.from.size() > 1 && rule.from.ends_with("/")) rule.from.pop_back();
  if (!named) rule.to = rule.from.substr(rule.from.rfind('/') + 1);
  while (rule.to.ends_with("/")) rule.to.pop_back();
  if (rule.to == ".") rule.to.clear();
  const Node* to = node.Find("to");
  ARROW_RETURN_NOT_OK(CheckBelow(rule.to, to ? to->place : node.place));
  if (!rule.owner.empty() && !IsOwner(rule.owner)) {
    return UsageErrorAt(node.Find("owner")->place, "not an owner: " + Printable(rule.owner),
                        "user, user:group or :group");
  }
  if ((rule.directory_mode & 0700) != 0700) {
    return UsageErrorAt(node.Find("folder_mode")->place,
                        "folder_mode: the owner must have all rights on folders", "7xx");
  }
  return rule;
}

Result<RemoteCommand> ReadCommand(const Node& node) {
  RemoteCommand command;
  if (node.is_scalar()) {
    command.command = node.scalar;
  } else {
    ARROW_RETURN_NOT_OK(ExpectMapping(node, "a command"));
    MappingReader reader(node, "a command");
    reader.Required("command", &command.command);
    OptionalDuration(reader, "timeout", &command.timeout_ms);
    ARROW_RETURN_NOT_OK(reader.Finish());
  }
  if (command.command.empty()) return UsageErrorAt(node.place, "an empty command");
  return command;
}

Status ReadAddress(const Node& node, const std::string& text, HealthCheck* check) {
  const bool only_port =
      std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
  const std::string address = only_port ? "localhost:" + text : text;
  auto server = ParseServer(address, node.place);
  if (!server.ok() || server->port == 0 || !server->user.empty()) {
    return UsageErrorAt(node.place, "not a port: " + Printable(text),
                        "such as 8080 or localhost:8080");
  }
  check->host = server->host;
  check->port = server->port;
  return Status::OK();
}

Status ReadUrl(const Node& node, HealthCheck* check) {
  const std::string& url = node.scalar;
  const std::string_view scheme = "http://";
  const size_t slash = url.find('/', scheme.size());
  if (!url.starts_with(scheme) || url.find_first_of(" \r\n\t") != std::string::npos) {
    return UsageErrorAt(node.place, "not an address that can be asked: " + Printable(url),
                        "http://HOST:PORT/PATH as the server itself sees it");
  }
  std::string address = url.substr(scheme.size(), slash - scheme.size());
  if (slash != std::string::npos) check->path = url.substr(slash);
  if (address.find(':') == std::string::npos) address += ":80";
  return ReadAddress(node, address, check);
}

void ReadKind(MappingReader& reader, HealthCheck* check, int* kinds) {
  bool reachable = true;
  if (reader.Optional("reachable", &reachable)) *kinds += reachable ? 1 : 2;
  if (reader.Optional("command", &check->command)) {
    check->kind = HealthCheck::Kind::kCommand;
    ++*kinds;
  }
  std::string tcp, http, disk;
  if (reader.Optional("tcp", &tcp)) {
    check->kind = HealthCheck::Kind::kTcp;
    reader.Check(ReadAddress(*reader.node().Find("tcp"), tcp, check));
    ++*kinds;
  }
  if (reader.Optional("http", &http)) {
    check->kind = HealthCheck::Kind::kHttp;
    reader.Check(ReadUrl(*reader.node().Find("http"), check));
    ++*kinds;
    int64_t status = 200;
    OptionalNumber(reader, "status", 100, 599, &status);
    check->status = static_cast<int>(status);
  }
  if (reader.Optional("free_disk", &disk)) {
    check->kind = HealthCheck::Kind::kFreeDisk;
    ++*kinds;
    auto bytes = ParseByteSize(disk);
    if (bytes.ok()) check->free_bytes = *bytes;
    if (!bytes.ok()) {
      reader.Check(UsageErrorAt(reader.node().Find("free_disk")->place,
                                "free_disk: not a size: " + Printable(disk),
                                "such as 500MB or 2GiB"));
    }
  }
}

Result<HealthCheck> ReadCheck(const Node& node) {
  HealthCheck check;
  if (node.is_scalar() && node.scalar == "reachable") return check;
  ARROW_RETURN_NOT_OK(ExpectMapping(node, "a health check"));
  MappingReader reader(node, "a health check");
  int kinds = 0;
  ReadKind(reader, &check, &kinds);
  OptionalDuration(reader, "timeout", &check.timeout_ms);
  OptionalDuration(reader, "within", &check.within_ms);
  OptionalDuration(reader, "every", &check.every_ms);
  ARROW_RETURN_NOT_OK(reader.Finish());
  if (kinds != 1) {
    return UsageErrorAt(node.place, "a health check is one thing",
                        "reachable, command, tcp, http or free_disk");
  }
  return check;
}

// A list under `key`, each item read by `read`.
template <typename T>
void ReadList(MappingReader& reader, const std::string& key, Result<T> (*read)(const Node&),
              std::vector<T>* out) {
  const Node* list = reader.OptionalSequence(key);
  if (!list) return;
  for (const Node& item : list->items) {
    auto value = read(item);
    reader.Check(value.status());
    if (value.ok()) out->push_back(std::move(*value));
  }
}

template <typename T>
void ReadBeforeAfter(MappingReader& reader, const std::string& key, Result<T> (*read)(const Node&),
                     std::vector<T>* before, std::vector<T>* after) {
  const Node* node = reader.OptionalMapping(key);
  if (!node) return;
  MappingReader lists(*node, key);
  ReadList(lists, "before", read, before);
  ReadList(lists, "after", read, after);
  reader.Check(lists.Finish());
}

Status CheckTarget(const Node& node, std::string* target) {
  while (target->size() > 1 && target->ends_with("/")) target->pop_back();
  const bool absolute = target->starts_with("/") && target->size() > 1;
  if (!absolute || target->find('\0') != std::string::npos) {
    return UsageErrorAt(node.place, "target: not an absolute path: " + Printable(*target),
                        "a folder of its own, such as /opt/app");
  }
  return CheckBelow(target->substr(1), node.place);
}

}  // namespace

std::string HealthCheck::ToString() const {
  const std::string address =
      (host.find(':') == std::string::npos ? host : "[" + host + "]") + ":" + std::to_string(port);
  switch (kind) {
    case Kind::kReachable:
      return "reachable";
    case Kind::kCommand:
      return "command " + Printable(command);
    case Kind::kTcp:
      return "tcp " + address;
    case Kind::kHttp:
      return "http://" + address + path;
    case Kind::kFreeDisk:
      return "free disk " + FormatByteSize(free_bytes);
  }
  return "";
}

Result<int64_t> ParseDuration(const std::string& text, const Place& place) {
  static const std::vector<std::pair<std::string, int64_t>> kUnits = {
      {"ms", 1}, {"s", 1'000}, {"min", 60'000}, {"m", 60'000}, {"h", 3'600'000}};
  int64_t number = 0;
  const char* end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  std::string unit(read.ptr, end);
  unit.erase(0, unit.find_first_not_of(' ') == std::string::npos ? 0 : unit.find_first_not_of(' '));
  for (const auto& [name, factor] : kUnits) {
    const bool in_range = number >= 0 && number <= 1'000'000'000 / factor * 1'000;
    if (read.ec == std::errc() && unit == name && in_range) return number * factor;
  }
  return UsageErrorAt(place, "not a time: " + Printable(text), "such as 300ms, 5s, 2min or 1h");
}

Result<DeployPlan> ParseDeployPlan(const std::shared_ptr<const SourceText>& source) {
  ARROW_ASSIGN_OR_RAISE(Node node, ParseYaml(source));
  ARROW_RETURN_NOT_OK(ExpectMapping(node, "a deploy plan"));
  DeployPlan plan;
  const size_t slash = source->name.rfind('/');
  if (slash != std::string::npos) plan.folder = source->name.substr(0, std::max<size_t>(slash, 1));
  MappingReader reader(node, "a deploy plan");
  reader.Required("deploy", &plan.name);
  const Node* ssh = reader.OptionalMapping("ssh");
  const Node* groups = reader.RequiredNode("groups");
  const Node* order = reader.OptionalNode("order");
  std::vector<BatchSize> serial = {BatchSize{}};
  ReadSerial(reader, &serial);
  ReadList(reader, "files", ReadFileRule, &plan.files);
  reader.Required("target", &plan.target);
  OptionalNumber(reader, "parallel", 1, 1000, &plan.parallel);
  OptionalNumber(reader, "max_failures", 0, static_cast<int64_t>(kServersMax), &plan.failures_max);
  OptionalNumber(reader, "keep", 1, 1000, &plan.keep);
  OptionalDuration(reader, "hold_off", &plan.hold_off_ms);
  OptionalDuration(reader, "timeout", &plan.timeout_ms);
  reader.Optional("compress", &plan.compress);
  ReadBeforeAfter(reader, "commands", ReadCommand, &plan.before, &plan.after);
  ReadBeforeAfter(reader, "health", ReadCheck, &plan.health_before, &plan.health_after);
  ARROW_RETURN_NOT_OK(reader.Finish());
  ARROW_RETURN_NOT_OK(CheckTarget(*node.Find("target"), &plan.target));
  if (ssh) ARROW_RETURN_NOT_OK(ReadSsh(*ssh, plan.folder, &plan.ssh));
  ARROW_RETURN_NOT_OK(ReadGroups(*groups, order, serial, &plan));
  return plan;
}

}  // namespace tamis
