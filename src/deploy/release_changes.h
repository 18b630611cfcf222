// How two releases differ, in words. Does not apply anything.
#pragma once

#include <string>
#include <vector>

#include "deploy/release.h"

namespace tamis {

/// One line for each path: `+ path (12 kB)`, `- path`, `~ path (content, mode 644 to 755)`.
std::vector<std::string> DescribeChanges(const ReleaseContent& old, const ReleaseContent& now);

}  // namespace tamis
