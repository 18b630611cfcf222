// Links, sends and verifies a release. See release_copy.h.
#include "deploy/release_copy.h"

#include <algorithm>
#include <map>

#include "base/printable.h"
#include "deploy/shell_text.h"

namespace tamis {
namespace {

using Kind = ReleaseEntry::Kind;

constexpr int64_t kResumeBytesMin = 64 << 10;  // smaller files are sent again

// The file of the same path and bytes in another release; nullptr if there is none.
const ReleaseEntry* SameBytes(const ReleaseContent& other, const ReleaseEntry& entry) {
  const ReleaseEntry* found = other.Find(entry.path);
  const bool same = found && found->kind == Kind::kFile && found->sha256 == entry.sha256 &&
                    found->size == entry.size;
  return same ? found : nullptr;
}

// The last words of what a server's tools said.
std::string Reason(const std::string& errors) {
  std::string text = errors;
  while (!text.empty() && text.back() == '\n') text.pop_back();
  constexpr size_t kReasonBytes = 400;
  if (text.size() > kReasonBytes) text = "..." + text.substr(text.size() - kReasonBytes);
  return Printable(text);
}

// Paths grouped by the folder that they lie in, as arguments of one command for each folder.
class ByFolder {
 public:
  explicit ByFolder(std::string command) : command_(std::move(command)) {}
  void Add(const std::string& path) {
    const size_t slash = path.rfind('/');
    const std::string folder = slash == std::string::npos ? "" : path.substr(0, slash);
    const std::string target = " \"$S/\"" + QuotePath(folder);
    batches_.try_emplace(folder, command_ + target).first->second.Add(QuotePath(path));
  }
  std::string Lines() const {
    std::string lines;
    for (const auto& [folder, batch] : batches_) lines += batch.Lines(true);
    return lines;
  }

 private:
  std::string command_;
  std::map<std::string, ArgumentBatch> batches_;
};

}  // namespace

ReleaseCopy::ReleaseCopy(const ReleaseContent& content, FileParts& parts,
                         const ServerReport& report, std::string release_id)
    : content_(content),
      parts_(parts),
      report_(report),
      release_id_(std::move(release_id)),
      steps_(content.entries.size()) {
  ChooseWays();
}

void ReleaseCopy::ChooseWays() {
  const ReleaseContent& current = report_.same ? content_ : report_.content;
  const ReleaseContent& stale = report_.stale_same ? content_ : report_.stale_content;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const ReleaseEntry& entry = content_.entries[i];
    if (entry.kind != Kind::kFile) {
      steps_[i].way = Way::kMade;
    } else if (const ReleaseEntry* same = SameBytes(current, entry)) {
      // A link shares mode and owner with the old release.
      steps_[i].way = same->SameAs(entry) ? Way::kLinked : Way::kCopied;
    } else if (SameBytes(stale, entry)) {
      steps_[i].way = Way::kResumed;
    }
  }
}

std::string ReleaseCopy::AssembleScript() const {
  ArgumentBatch folders("mkdir --");
  ByFolder linked("link"), copied("copy"), resumed("link");
  for (size_t i = 0; i < steps_.size(); ++i) {
    const ReleaseEntry& entry = content_.entries[i];
    if (entry.kind == Kind::kFolder) folders.Add(QuotePath(entry.path));
    if (steps_[i].way == Way::kLinked) linked.Add(entry.path);
    if (steps_[i].way == Way::kCopied) copied.Add(entry.path);
    if (steps_[i].way == Way::kResumed) resumed.Add(entry.path);
  }
  std::string script = "S=$M/staging/" + release_id_ +
                       "\nmkdir -m 700 -- \"$S\" && cd \"$S\" || exit 1\n" + folders.Lines(false);
  const std::string from_current = linked.Lines() + copied.Lines();
  if (!from_current.empty()) {
    script +=
        "if cd \"$T/releases/\"" + ShellQuote(report_.current) + "; then\n" + from_current + "fi\n";
  }
  if (!resumed.Lines().empty()) {
    script +=
        "if cd \"$M/staging/\"" + ShellQuote(report_.stale) + "; then\n" + resumed.Lines() + "fi\n";
  }
  return script + "cd \"$S\" || exit 1\n";
}

Status ReleaseCopy::Assemble(RemoteShell& shell) {
  std::vector<const ReleaseEntry*> entries;
  std::vector<size_t> indices;
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].way == Way::kMade || steps_[i].way == Way::kSent) continue;
    entries.push_back(&content_.entries[i]);
    indices.push_back(i);
  }
  ARROW_ASSIGN_OR_RAISE(const StepAnswer answer,
                        shell.Run(AssembleScript() + LookScript(entries) + ":\n"));
  if (answer.status != 0) {
    return DataError("can't make the new release's folders: " + Reason(answer.errors));
  }
  ARROW_ASSIGN_OR_RAISE(const auto actual, ParseLook(entries, answer.output));
  for (size_t i = 0; i < entries.size(); ++i) {
    ARROW_RETURN_NOT_OK(Judge(*entries[i], actual[i], &steps_[indices[i]]));
  }
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (content_.entries[i].kind != Kind::kFile || steps_[i].way != Way::kSent) continue;
    ++counts_.files;
    counts_.bytes += content_.entries[i].size - steps_[i].offset;
  }
  return Status::OK();
}

Status ReleaseCopy::Judge(const ReleaseEntry& entry, const ActualEntry& actual, Step* step) const {
  const bool bytes_ok = actual.kind_ok && actual.sha256 == entry.sha256;
  if (step->way == Way::kLinked && actual.Is(entry)) return Status::OK();
  if (step->way == Way::kCopied && bytes_ok) return Status::OK();
  // Two links are those of the old staging folder, which goes, and of the new one; a third would
  // be a release's, which nobody may write to.
  const bool resumable = step->way == Way::kResumed && actual.kind_ok && actual.link_count <= 2;
  step->way = Way::kSent;
  if (resumable && bytes_ok) {
    step->way = Way::kResumed;
    return Status::OK();
  }
  step->in_the_way = actual.there;
  if (!resumable || actual.size < kResumeBytesMin || actual.size >= entry.size) {
    return Status::OK();
  }
  ARROW_ASSIGN_OR_RAISE(const std::string digest, Sha256OfFile(entry.source, actual.size));
  if (digest != actual.sha256) return Status::OK();
  step->in_the_way = false;
  step->offset = actual.size;
  return Status::OK();
}

std::string ReleaseCopy::SendScript() const {
  std::string script = "S=$M/staging/" + release_id_ + "\ncd \"$S\" || exit 1\n";
  script +=
      "w " + std::to_string(content_.manifest.size()) + " \"$M/manifests/" + release_id_ + "\"\n";
  script +=
      "for d in \"$M\"/staging/*; do [ \"$d\" = \"$S\" ] || { bin \"$d\"; rm -f "
      "\"$M/manifests/${d##*/}\"; }; done\n";
  ArgumentBatch in_the_way("rm -rf --");
  std::string files, links;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const ReleaseEntry& entry = content_.entries[i];
    const std::string path = QuotePath(entry.path);
    if (steps_[i].in_the_way) in_the_way.Add(path);
    if (entry.kind == Kind::kLink) {
      links += "ln -s -- " + ShellQuote(entry.link) + " " + path + " || exit 1\n";
    }
    if (entry.kind != Kind::kFile || steps_[i].way != Way::kSent) continue;
    files += (steps_[i].offset > 0 ? "a " : "w ") + std::to_string(entry.size - steps_[i].offset) +
             " " + path + "\n";
  }
  return script + in_the_way.Lines(false) + files + links + OwnershipScript() +
         LookScript(Unverified()) + ":\n";
}

std::string ReleaseCopy::OwnershipScript() const {
  std::map<std::string, ArgumentBatch> owners, modes;
  for (size_t i = 0; i < steps_.size(); ++i) {
    const ReleaseEntry& entry = content_.entries[i];
    if (steps_[i].way == Way::kLinked) continue;
    const std::string path = QuotePath(entry.path);
    if (!entry.owner.empty()) {
      owners.try_emplace(entry.owner, "chown -h " + ShellQuote(entry.owner) + " --")
          .first->second.Add(path);
    }
    if (entry.kind == Kind::kLink) continue;
    char mode[8] = {};
    std::snprintf(mode, sizeof(mode), "%04o", static_cast<unsigned>(entry.mode));
    modes.try_emplace(mode, std::string("chmod ") + mode + " --").first->second.Add(path);
  }
  std::string script;
  // chown takes setuid bits away.
  for (const auto& [owner, batch] : owners) script += batch.Lines(false);
  for (const auto& [mode, batch] : modes) script += batch.Lines(false);
  return script;
}

std::vector<const ReleaseEntry*> ReleaseCopy::Unverified() const {
  std::vector<const ReleaseEntry*> entries;
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (steps_[i].way != Way::kLinked) entries.push_back(&content_.entries[i]);
  }
  return entries;
}

Status ReleaseCopy::CollectParts(std::vector<std::shared_ptr<const PayloadPart>>* parts) const {
  ARROW_ASSIGN_OR_RAISE(auto manifest, TextPart(content_.manifest, report_.gzip));
  parts->push_back(std::move(manifest));
  for (size_t i = 0; i < steps_.size(); ++i) {
    if (content_.entries[i].kind != Kind::kFile || steps_[i].way != Way::kSent) continue;
    ARROW_ASSIGN_OR_RAISE(auto part, parts_.Part(i, steps_[i].offset, report_.gzip));
    parts->push_back(std::move(part));
  }
  return Status::OK();
}

Status ReleaseCopy::Send(RemoteShell& shell, const SendProgress& progress) {
  std::vector<std::shared_ptr<const PayloadPart>> parts;
  ARROW_RETURN_NOT_OK(CollectParts(&parts));
  ARROW_ASSIGN_OR_RAISE(const StepAnswer answer,
                        shell.Pay(SendScript(), parts, report_.gzip, [&](int64_t gone) {
                          counts_.wire_bytes = gone;
                          progress(gone);
                        }));
  if (answer.status != 0) return DataError("the copy failed: " + Reason(answer.errors));
  const std::vector<const ReleaseEntry*> entries = Unverified();
  ARROW_ASSIGN_OR_RAISE(const auto actual, ParseLook(entries, answer.output));
  for (size_t i = 0; i < entries.size(); ++i) {
    if (actual[i].Is(*entries[i])) continue;
    const std::string path = Printable(entries[i]->path);
    if (!actual[i].there || !actual[i].kind_ok)
      return DataError("not there after the copy: " + path);
    if (!actual[i].mode_ok) return DataError("the server gives it another mode: " + path);
    if (!actual[i].owner_ok) return DataError("the server gives it another owner: " + path);
    return DataError("not what was sent: " + path,
                     "did it change here meanwhile? else the connection or the disk damages files");
  }
  return Status::OK();
}

}  // namespace tamis
