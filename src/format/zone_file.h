// Time zones by name, from the files that the system keeps. Does not know what is in them: see
// text/zone.h.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "text/zone.h"

namespace tamis {

/// The zone of `UTC`, an offset such as `+02:00`, or a name such as `Europe/Rome`, whose file is
/// looked up in the folder that the environment variable TZDIR names, else in /usr/share/zoneinfo.
/// UsageErrorAt `place` for a name that nothing is known of.
Result<std::shared_ptr<const TimeZone>> FindTimeZone(const std::string& name, const Place& place);

}  // namespace tamis
