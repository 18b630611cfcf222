// Brings one server's staging folder to a release's content: links what the server has, sends the
// rest, goes on where an earlier run was cut, verifies. Does not switch.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/status.h"
#include "deploy/payload.h"
#include "deploy/release.h"
#include "deploy/remote_shell.h"
#include "deploy/server_report.h"

namespace tamis {

/// What had to be sent.
struct CopyCounts {
  int64_t files = 0;
  int64_t bytes = 0;       // of the files
  int64_t wire_bytes = 0;  // as they went, with names
};

/// Tells how many of the bytes that go have gone.
using SendProgress = std::function<void(int64_t gone)>;

class ReleaseCopy {
 public:
  /// All must outlive the copy.
  ReleaseCopy(const ReleaseContent& content, FileParts& parts, const ServerReport& report,
              std::string release_id);

  /// Makes the staging folder with everything that the server has already. DataError, with the
  /// server's words, if it can't.
  Status Assemble(RemoteShell& shell);
  /// What Send will send.
  const CopyCounts& to_send() const { return counts_; }
  /// Sends the rest and verifies it. DataError if a file is not what was sent; IoError for files
  /// that can't be read here.
  Status Send(RemoteShell& shell, const SendProgress& progress);

 private:
  /// How an entry gets there.
  enum class Way { kMade, kLinked, kCopied, kResumed, kSent };
  struct Step {
    Way way = Way::kSent;
    int64_t offset = 0;  // from where a file is sent; its size: not at all
    bool in_the_way = false;
  };

  void ChooseWays();
  std::string AssembleScript() const;
  Status Judge(const ReleaseEntry& entry, const ActualEntry& actual, Step* step) const;
  Status CollectParts(std::vector<std::shared_ptr<const PayloadPart>>* parts) const;
  std::string SendScript() const;
  std::string OwnershipScript() const;
  std::vector<const ReleaseEntry*> Unverified() const;

  const ReleaseContent& content_;
  FileParts& parts_;
  const ServerReport& report_;
  std::string release_id_;
  std::vector<Step> steps_;  // one for each entry
  CopyCounts counts_;
};

}  // namespace tamis
