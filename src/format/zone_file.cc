// Looks up time zones in the system's folder. See zone_file.h.
#include "format/zone_file.h"

#include <cstdlib>
#include <string_view>
#include <vector>

#include "base/suggest.h"
#include "storage/storage.h"
#include "storage/whole_file.h"
#include "text/date.h"

namespace tamis {
namespace {

std::string ZoneFolder() {
  const char* folder = std::getenv("TZDIR");
  return folder && *folder ? folder : "/usr/share/zoneinfo";
}

/// What may have been meant, of the zones that the folder has.
std::string Hint(Storage& storage, const std::string& folder, const std::string& name) {
  const auto files = storage.ListTree(folder);
  if (!files.ok() || files->empty()) {
    return folder + " has no time zones: install tzdata, or write an offset such as +02:00";
  }
  std::vector<std::string> names;
  for (const FileInfo& file : *files) {
    const std::string known = file.path.substr(folder.size() + 1);
    const bool is_other = known.starts_with("posix/") || known.starts_with("right/");
    if (!is_other && !file.is_directory) names.push_back(known);
  }
  const std::string near = DidYouMean(name, names);
  return near.empty() ? "write UTC, an offset such as +02:00, or a name such as Europe/Rome" : near;
}

}  // namespace

Result<std::shared_ptr<const TimeZone>> FindTimeZone(const std::string& name, const Place& place) {
  if (name.empty() || name == "UTC") return std::make_shared<const TimeZone>(0);
  ParsedTimestamp parsed;
  const std::string at_zone = "1970-01-01T00:00:00" + name;
  if (ParseTimestamp(at_zone, TimeUnit::kSecond, &parsed) == ParseResult::kOk) {
    return std::make_shared<const TimeZone>(parsed.offset_seconds);
  }
  const auto storage = LocalStorage();
  const std::string folder = ZoneFolder();
  const auto bytes = ReadWholeFile(*storage, folder + "/" + name);
  if (!bytes.ok()) {
    return UsageErrorAt(place, "timestamp_zone: no time zone is known by the name " + name,
                        Hint(*storage, folder, name));
  }
  auto zone = TimeZone::FromTzif(*bytes);
  if (!zone.ok()) {
    return UsageErrorAt(place, "timestamp_zone: " + name + ": " + zone.status().message(),
                        "the file is " + folder + "/" + name);
  }
  return std::make_shared<const TimeZone>(*std::move(zone));
}

}  // namespace tamis
