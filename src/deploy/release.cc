// Scans, digests and lists what is rolled out. See release.h.
#include "deploy/release.h"

#include <dirent.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <map>
#include <memory>
#include <thread>

#include "base/printable.h"

namespace tamis {
namespace {

constexpr std::string_view kManifestHead = "tamis release 1\n";
constexpr size_t kReadBytes = 1 << 20;

class Sha256Stream {
 public:
  Sha256Stream() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
    EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  }
  void Update(std::string_view bytes) {
    EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
  }
  std::string Hex() {
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned int size = 0;
    EVP_DigestFinal_ex(context_.get(), digest, &size);
    std::string hex;
    for (unsigned int i = 0; i < size; ++i) {
      hex += "0123456789abcdef"[digest[i] >> 4];
      hex += "0123456789abcdef"[digest[i] & 15];
    }
    return hex;
  }

 private:
  std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> context_;
};

class OpenFile {
 public:
  explicit OpenFile(const std::string& path) : fd_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {}
  ~OpenFile() {
    if (fd_ >= 0) close(fd_);
  }
  OpenFile(const OpenFile&) = delete;
  OpenFile& operator=(const OpenFile&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

// Digests up to `byte_count_max` bytes; says how many there were.
Result<std::string> DigestFile(const std::string& path, int64_t byte_count_max,
                               const StopToken* stop, int64_t* byte_count) {
  OpenFile file(path);
  if (file.fd() < 0) return IoErrorFromErrno(path, errno);
  std::vector<char> buffer(kReadBytes);
  Sha256Stream stream;
  *byte_count = 0;
  while (*byte_count < byte_count_max) {
    if (stop && stop->requested()) return Interrupted();
    const auto wanted = std::min<int64_t>(kReadBytes, byte_count_max - *byte_count);
    const ssize_t got = read(file.fd(), buffer.data(), static_cast<size_t>(wanted));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return IoErrorFromErrno(path, errno);
    if (got == 0) break;
    stream.Update(std::string_view(buffer.data(), static_cast<size_t>(got)));
    *byte_count += got;
  }
  return stream.Hex();
}

// One pattern of a rule's exclude list against a path below the rule's folder.
bool Matches(const std::string& pattern, const std::string& path, bool is_folder) {
  std::string text = pattern;
  if (text.ends_with("/")) {
    if (!is_folder) return false;
    text.pop_back();
  }
  if (text.find('/') == std::string::npos) {
    return fnmatch(text.c_str(), path.substr(path.rfind('/') + 1).c_str(), 0) == 0;
  }
  if (text[0] == '/') text.erase(0, 1);
  return fnmatch(text.c_str(), path.c_str(), FNM_PATHNAME) == 0;
}

std::string Join(const std::string& folder, const std::string& name) {
  return folder.empty() ? name : folder + "/" + name;
}

/// Lists what the rules name, each path once.
class Scanner {
 public:
  Status AddRule(const FileRule& rule, const std::string& folder) {
    const bool beside = !folder.empty() && rule.from[0] != '/';
    const std::string source = beside ? folder + "/" + rule.from : rule.from;
    struct stat info{};
    if (stat(source.c_str(), &info) != 0) return IoErrorFromErrno(source, errno);
    for (size_t slash = rule.to.find('/'); slash != std::string::npos;
         slash = rule.to.find('/', slash + 1)) {
      ReleaseEntry parent;
      parent.kind = ReleaseEntry::Kind::kFolder;
      parent.path = rule.to.substr(0, slash);
      parent.mode = 0755;
      ARROW_RETURN_NOT_OK(Put(std::move(parent), rule));
    }
    if (rule.to.empty() && !S_ISDIR(info.st_mode)) {
      return UsageErrorAt(rule.place, "a file needs a name on the servers: " + Printable(source),
                          "to: NAME");
    }
    return Add(rule, source, rule.to, "", info);
  }

  std::vector<ReleaseEntry> Take() {
    std::vector<ReleaseEntry> entries;
    for (auto& [path, entry] : entries_) entries.push_back(std::move(entry));
    return entries;
  }

 private:
  // `inside` is the path below the rule's folder, which excludes are about.
  Status Add(const FileRule& rule, const std::string& source, const std::string& to,
             const std::string& inside, const struct stat& info) {
    ReleaseEntry entry;
    entry.path = to;
    entry.owner = rule.owner;
    entry.source = source;
    if (S_ISDIR(info.st_mode)) {
      entry.kind = ReleaseEntry::Kind::kFolder;
      entry.mode = rule.directory_mode;
      if (!to.empty()) ARROW_RETURN_NOT_OK(Put(std::move(entry), rule));
      return AddFolder(rule, source, to, inside);
    }
    if (S_ISLNK(info.st_mode)) {
      entry.kind = ReleaseEntry::Kind::kLink;
      std::vector<char> target(static_cast<size_t>(info.st_size) + 1);
      const ssize_t length = readlink(source.c_str(), target.data(), target.size());
      if (length < 0) return IoErrorFromErrno(source, errno);
      entry.link.assign(target.data(), static_cast<size_t>(length));
      return Put(std::move(entry), rule);
    }
    if (!S_ISREG(info.st_mode)) {
      return UsageErrorAt(rule.place, "not a file, folder or link: " + Printable(source),
                          "exclude it");
    }
    entry.size = info.st_size;
    const bool executable = (info.st_mode & S_IXUSR) != 0;
    entry.mode = rule.mode >= 0 ? rule.mode : executable ? 0755 : 0644;
    return Put(std::move(entry), rule);
  }

  Status AddFolder(const FileRule& rule, const std::string& source, const std::string& to,
                   const std::string& inside) {
    std::unique_ptr<DIR, int (*)(DIR*)> listing(opendir(source.c_str()), closedir);
    if (!listing) return IoErrorFromErrno(source, errno);
    while (const dirent* item = readdir(listing.get())) {
      const std::string name = item->d_name;
      if (name == "." || name == "..") continue;
      struct stat info{};
      const std::string path = source + "/" + name;
      if (lstat(path.c_str(), &info) != 0) return IoErrorFromErrno(path, errno);
      const std::string below = Join(inside, name);
      const bool excluded =
          std::any_of(rule.exclude.begin(), rule.exclude.end(), [&](const std::string& pattern) {
            return Matches(pattern, below, S_ISDIR(info.st_mode));
          });
      if (!excluded) ARROW_RETURN_NOT_OK(Add(rule, path, Join(to, name), below, info));
    }
    return Status::OK();
  }

  Status Put(ReleaseEntry entry, const FileRule& rule) {
    const auto [found, is_new] = entries_.try_emplace(entry.path, entry);
    if (is_new) return Status::OK();
    const bool folders = found->second.kind == ReleaseEntry::Kind::kFolder &&
                         entry.kind == ReleaseEntry::Kind::kFolder;
    if (!folders) {
      return UsageErrorAt(rule.place, "two files for one place: " + Printable(entry.path));
    }
    if (!entry.source.empty()) found->second = std::move(entry);  // a parent has no wishes
    return Status::OK();
  }

  std::map<std::string, ReleaseEntry> entries_;
};

Status DigestAll(std::vector<ReleaseEntry>* entries, int thread_count, const StopToken& stop) {
  std::atomic<size_t> next{0};
  std::vector<Status> failures(static_cast<size_t>(thread_count));
  const auto work = [&](Status* failure) {
    for (size_t i = next++; i < entries->size() && failure->ok(); i = next++) {
      ReleaseEntry& entry = (*entries)[i];
      if (entry.kind != ReleaseEntry::Kind::kFile) continue;
      auto digest = DigestFile(entry.source, INT64_MAX, &stop, &entry.size);
      *failure = digest.status();
      if (digest.ok()) entry.sha256 = *digest;
    }
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < failures.size(); ++i) threads.emplace_back(work, &failures[i]);
  work(&failures[0]);
  for (std::thread& thread : threads) thread.join();
  for (const Status& failure : failures) ARROW_RETURN_NOT_OK(failure);
  return Status::OK();
}

std::string Encode(std::string_view text) {
  std::string encoded;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte > 0x20 && byte != 0x7F && byte != '%') {
      encoded += c;
      continue;
    }
    encoded += '%';
    encoded += "0123456789ABCDEF"[byte >> 4];
    encoded += "0123456789ABCDEF"[byte & 15];
  }
  return encoded;
}

bool Decode(std::string_view text, std::string* decoded) {
  decoded->clear();
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '%') {
      *decoded += text[i];
      continue;
    }
    unsigned byte = 0;
    if (i + 2 >= text.size()) return false;
    const auto read = std::from_chars(text.data() + i + 1, text.data() + i + 3, byte, 16);
    if (read.ptr != text.data() + i + 3 || byte == 0) return false;
    *decoded += static_cast<char>(byte);
    i += 2;
  }
  return true;
}

// A path that a manifest from a server may have: it is used in commands there.
bool IsSafePath(std::string_view path) {
  if (path.empty()) return false;
  for (size_t begin = 0; begin <= path.size();) {
    const size_t end = std::min(path.find('/', begin), path.size());
    const std::string_view part = path.substr(begin, end - begin);
    if (part.empty() || part == "." || part == "..") return false;
    begin = end + 1;
  }
  return true;
}

template <typename Number>
bool ReadNumber(std::string_view text, int base, Number* out) {
  const auto read = std::from_chars(text.data(), text.data() + text.size(), *out, base);
  return read.ec == std::errc() && read.ptr == text.data() + text.size() && *out >= 0;
}

// `KIND MODE OWNER SIZE DIGEST-OR-TARGET PATH`.
bool ParseEntry(std::string_view line, ReleaseEntry* entry) {
  std::vector<std::string_view> fields;
  for (size_t begin = 0; begin <= line.size();) {
    const size_t end = std::min(line.find(' ', begin), line.size());
    fields.push_back(line.substr(begin, end - begin));
    begin = end + 1;
  }
  if (fields.size() != 6 || fields[0].size() != 1) return false;
  const size_t kind = std::string_view("fdl").find(fields[0][0]);
  if (kind == std::string_view::npos) return false;
  entry->kind = static_cast<ReleaseEntry::Kind>(kind);
  if (!ReadNumber(fields[1], 8, &entry->mode) || !ReadNumber(fields[3], 10, &entry->size)) {
    return false;
  }
  if (fields[2] != "-") entry->owner = std::string(fields[2]);
  if (entry->kind == ReleaseEntry::Kind::kFile) entry->sha256 = std::string(fields[4]);
  if (entry->kind == ReleaseEntry::Kind::kLink && !Decode(fields[4], &entry->link)) return false;
  return Decode(fields[5], &entry->path) && IsSafePath(entry->path);
}

}  // namespace

bool ReleaseEntry::SameAs(const ReleaseEntry& other) const {
  return kind == other.kind && mode == other.mode && owner == other.owner && size == other.size &&
         sha256 == other.sha256 && link == other.link;
}

const ReleaseEntry* ReleaseContent::Find(std::string_view path) const {
  const auto found = std::lower_bound(
      entries.begin(), entries.end(), path,
      [](const ReleaseEntry& entry, std::string_view wanted) { return entry.path < wanted; });
  return found != entries.end() && found->path == path ? &*found : nullptr;
}

int64_t ReleaseContent::FileCount() const {
  return std::count_if(entries.begin(), entries.end(), [](const ReleaseEntry& entry) {
    return entry.kind == ReleaseEntry::Kind::kFile;
  });
}

int64_t ReleaseContent::FileBytes() const {
  int64_t bytes = 0;
  for (const ReleaseEntry& entry : entries) bytes += entry.size;
  return bytes;
}

Result<ReleaseContent> ScanRelease(const DeployPlan& plan, int thread_count,
                                   const StopToken& stop) {
  Scanner scanner;
  for (const FileRule& rule : plan.files) {
    ARROW_RETURN_NOT_OK(scanner.AddRule(rule, plan.folder));
  }
  ReleaseContent content;
  content.entries = scanner.Take();
  for (const ReleaseEntry& entry : content.entries) {
    const size_t slash = entry.path.rfind('/');
    if (slash == std::string::npos) continue;
    const ReleaseEntry* parent = content.Find(entry.path.substr(0, slash));
    if (!parent || parent->kind != ReleaseEntry::Kind::kFolder) {
      return UsageError("files: " + Printable(entry.path) + " lies below what is no folder");
    }
  }
  ARROW_RETURN_NOT_OK(DigestAll(&content.entries, thread_count, stop));
  content.manifest = FormatManifest(content.entries);
  content.digest = Sha256Hex(content.manifest);
  return content;
}

std::string FormatManifest(const std::vector<ReleaseEntry>& entries) {
  std::string text(kManifestHead);
  for (const ReleaseEntry& entry : entries) {
    char mode[8] = {};
    std::to_chars(mode, mode + sizeof(mode) - 1, entry.mode, 8);
    text += "fdl"[static_cast<int>(entry.kind)];
    text += std::string(" ") + mode + " " + (entry.owner.empty() ? "-" : entry.owner) + " " +
            std::to_string(entry.size) + " ";
    const bool is_link = entry.kind == ReleaseEntry::Kind::kLink;
    text += entry.sha256.empty() ? is_link ? Encode(entry.link) : "-" : entry.sha256;
    text += " " + Encode(entry.path) + "\n";
  }
  return text;
}

Result<ReleaseContent> ParseManifest(std::string_view text) {
  ReleaseContent content;
  content.manifest = std::string(text);
  content.digest = Sha256Hex(text);
  if (!text.starts_with(kManifestHead)) return DataError("not a release's manifest");
  for (size_t begin = kManifestHead.size(); begin < text.size();) {
    const size_t end = std::min(text.find('\n', begin), text.size());
    ReleaseEntry entry;
    if (!ParseEntry(text.substr(begin, end - begin), &entry)) {
      return DataError("a damaged manifest: " + Printable(text.substr(begin, end - begin)));
    }
    if (!content.entries.empty() && content.entries.back().path >= entry.path) {
      return DataError("a damaged manifest: not in order: " + Printable(entry.path));
    }
    content.entries.push_back(std::move(entry));
    begin = end + 1;
  }
  return content;
}

std::string Sha256Hex(std::string_view bytes) {
  Sha256Stream stream;
  stream.Update(bytes);
  return stream.Hex();
}

Result<std::string> Sha256OfFile(const std::string& path, int64_t byte_count) {
  int64_t found = 0;
  ARROW_ASSIGN_OR_RAISE(std::string digest, DigestFile(path, byte_count, nullptr, &found));
  if (found != byte_count) return IoError(path, "became shorter");
  return digest;
}

}  // namespace tamis
