// Every call of a transaction fails once, in every way, in every mode and protocol: the dataset is
// the old one or the new one, and the next run leaves no litter.
#include <gtest/gtest.h>

#include <map>
#include <optional>
#include <set>

#include "dataset/publish.h"
#include "storage/faulty.h"
#include "storage/memory.h"
#include "storage/path.h"
#include "storage/whole_file.h"

namespace tamis {
namespace {

constexpr char kDataset[] = "/data/zone/table";

/// What a reader that only lists files finds: relative paths and bytes. nullopt: no dataset.
using View = std::optional<std::map<std::string, std::string>>;

bool IsVisible(const std::string& path) {
  return !IsHiddenName(path) && path.find("/_") == path.npos && path.find("/.") == path.npos;
}

View Look(Storage& storage) {
  std::map<std::string, std::string> view;
  auto files = storage.ListTree(kDataset);
  if (!files.ok()) return std::nullopt;
  for (const FileInfo& file : *files) {
    std::string path = file.path.substr(std::string(kDataset).size() + 1);
    if (IsVisible(path)) view[path] = *ReadWholeFile(storage, file.path);
  }
  if (view.empty()) return std::nullopt;
  return view;
}

/// All files on the storage that belong to no published version.
std::set<std::string> Litter(Storage& storage, int64_t version) {
  std::set<std::string> litter;
  for (const FileInfo& file : *storage.ListTree("/")) {
    std::string path = file.path.substr(1);  // "/" + "/..." of the listing
    if (path.starts_with("/")) path.erase(0, 1);
    path = "/" + path;
    std::string prefix = std::string(kDataset) + "/";
    if (!path.starts_with(prefix)) {
      litter.insert(path);
      continue;
    }
    std::string relative = path.substr(prefix.size());
    if (IsVisible(relative) || relative == "_SUCCESS" || relative == "_tamis/manifest.json") {
      continue;
    }
    bool is_record = false;
    for (int64_t v = 1; v <= version; ++v) {
      is_record |= relative == "_tamis/commits/0000000" + std::to_string(v) + ".json";
    }
    if (!is_record) litter.insert(path);
  }
  return litter;
}

Status WriteFiles(Transaction& transaction, const std::vector<std::string>& names,
                  const std::string& content) {
  for (const std::string& name : names) {
    ARROW_ASSIGN_OR_RAISE(auto file, transaction.NewFile(name));
    ARROW_RETURN_NOT_OK(file->Append(content + " "));
    ARROW_RETURN_NOT_OK(file->Append(name));
    file->set_rows(2);
    ARROW_RETURN_NOT_OK(file->Close());
  }
  return Status::OK();
}

/// A whole transaction. On failure the transaction stays in `*kept` if that is not null: a process
/// that died does not clean up.
Status RunOnce(const std::shared_ptr<Storage>& storage, WriteMode mode, const std::string& run_id,
               const std::vector<std::string>& names, const PublishOptions& options,
               std::unique_ptr<Transaction>* kept = nullptr) {
  ARROW_ASSIGN_OR_RAISE(auto transaction,
                        Transaction::Begin(storage, kDataset, mode, run_id, options));
  CommitInfo info;
  info.consumed.push_back({"in/" + run_id + ".csv", 10, 20, "", 0});
  Status status = WriteFiles(*transaction, names, run_id);
  if (status.ok()) status = transaction->Commit(info).status();
  if (kept) *kept = std::move(transaction);
  return status;
}

struct Protocol {
  const char* name;
  MemoryStorageOptions storage;
  PublishOptions publish;
};

std::vector<Protocol> Protocols() {
  PublishOptions plain, journal;
  plain.grace_ms = journal.grace_ms = 0;
  journal.force_journal = true;
  return {{"exchange", {}, plain},
          {"journal", {}, journal},
          {"no_links", {.can_exchange = true, .can_link = false}, plain},
          {"no_exchange", {.can_exchange = false, .can_link = true}, plain}};
}

struct Case {
  Protocol protocol;
  WriteMode mode;
  bool first;  // nothing is published before
};

std::vector<Case> Cases() {
  std::vector<Case> cases;
  for (const Protocol& protocol : Protocols()) {
    for (WriteMode mode :
         {WriteMode::kOverwrite, WriteMode::kAppend, WriteMode::kReplacePartitions}) {
      for (bool first : {false, true}) cases.push_back({protocol, mode, first});
    }
  }
  return cases;
}

class PublishFaults : public testing::TestWithParam<Case> {
 protected:
  struct World {
    std::shared_ptr<MemoryStorage> memory;
    std::shared_ptr<FaultyStorage> faulty;
    View old_view;
  };

  /// A storage that holds version 1, durable, if the case asks for it.
  static World MakeWorld() {
    World world;
    world.memory = MakeMemoryStorage(GetParam().protocol.storage);
    world.faulty = MakeFaultyStorage(world.memory);
    EXPECT_TRUE(world.memory->MakeDirectories("/data").ok());
    EXPECT_TRUE(world.memory->SyncDirectory("/").ok());
    if (!GetParam().first) {
      EXPECT_TRUE(RunOnce(world.memory, WriteMode::kOverwrite, "r1",
                          {"a=1/x.csv", "a=1/y.csv", "a=2/x.csv"}, GetParam().protocol.publish)
                      .ok());
    }
    world.old_view = Look(*world.memory);
    return world;
  }

  static Status RunSecond(World& world, std::unique_ptr<Transaction>* kept) {
    return RunOnce(world.faulty, GetParam().mode, "r2", {"a=2/x.csv", "a=3/x.csv"},
                   GetParam().protocol.publish, kept);
  }

  static View NewView() {
    std::map<std::string, std::string> view = {{"a=2/x-r2.csv", "r2 a=2/x.csv"},
                                               {"a=3/x-r2.csv", "r2 a=3/x.csv"}};
    if (GetParam().first || GetParam().mode == WriteMode::kOverwrite) return view;
    view["a=1/x-r1.csv"] = "r1 a=1/x.csv";
    view["a=1/y-r1.csv"] = "r1 a=1/y.csv";
    if (GetParam().mode == WriteMode::kAppend) view["a=2/x-r1.csv"] = "r1 a=2/x.csv";
    return view;
  }

  static bool IsJournal() { return std::string(GetParam().protocol.name) != "exchange"; }

  /// The dataset is the old or the new one; the next run works and nothing is left lying about.
  static void CheckAfter(World& world, std::optional<bool> must_be_new) {
    auto recovered = Recover(world.memory, kDataset);
    ASSERT_TRUE(recovered.ok()) << recovered.status().ToString();
    View view = Look(*world.memory);
    bool is_new = view == NewView();
    ASSERT_TRUE(is_new || view == world.old_view);
    if (must_be_new) {
      ASSERT_EQ(*must_be_new, is_new);
    }
    const int64_t version = (GetParam().first ? 0 : 1) + (is_new ? 1 : 0);
    ASSERT_EQ(Litter(*world.memory, version), std::set<std::string>());
    if (view) {
      ASSERT_TRUE(VerifyDataset(*world.memory, kDataset).ok());
      Manifest manifest = **ReadManifest(*world.memory, kDataset);
      ASSERT_EQ(manifest.version, version);
      ASSERT_EQ(manifest.files.size(), view->size());
      ASSERT_EQ(manifest.run_id, is_new ? "r2" : "r1");
    }
    Status next =
        RunOnce(world.memory, WriteMode::kAppend, "r3", {"a=9/z.csv"}, GetParam().protocol.publish);
    ASSERT_TRUE(next.ok()) << next.ToString();
    View expected = view ? view : View(std::map<std::string, std::string>());
    (*expected)["a=9/z-r3.csv"] = "r3 a=9/z.csv";
    ASSERT_EQ(Look(*world.memory), expected);
    ASSERT_EQ(Litter(*world.memory, version + 1), std::set<std::string>());
    Status verified = VerifyDataset(*world.memory, kDataset);
    ASSERT_TRUE(verified.ok()) << verified.ToString();
  }
};

TEST_P(PublishFaults, OneCallFails) {
  int64_t call = 0;
  for (bool reached = true; reached; ++call) {
    World world = MakeWorld();
    world.faulty->Arm({.fail_at = call, .and_all_after = false, .error_number = ENOSPC});
    Status status;
    {
      std::unique_ptr<Transaction> transaction;
      status = RunSecond(world, &transaction);
      reached = world.faulty->calls() > call;
    }  // aborts
    if (!IsJournal()) {
      View view = Look(*world.memory);
      ASSERT_TRUE(view == world.old_view || view == NewView()) << "call " << call;
    }
    std::optional<bool> must_be_new;
    if (status.ok()) must_be_new = true;
    bool undecided = status.message().find("recorded") != std::string::npos ||
                     status.message().find("is published") != std::string::npos;
    std::string hint = status.ok() ? "" : FormatError(status);
    undecided |= hint.find("recorded") != std::string::npos;
    if (!status.ok() && !undecided) must_be_new = false;
    CheckAfter(world, must_be_new);
    if (HasFatalFailure()) FAIL() << "call " << call << ": " << status.ToString();
  }
  EXPECT_GT(call, 20);
}

class PublishCrashes : public PublishFaults {
 protected:
  static void CrashAtEveryCall(CrashKind kind) {
    for (int64_t call = 0;; ++call) {
      World world = MakeWorld();
      world.faulty->Arm({.fail_at = call, .and_all_after = true, .error_number = EIO});
      std::unique_ptr<Transaction> transaction;
      Status status = RunSecond(world, &transaction);
      bool reached = world.faulty->calls() > call;
      world.memory->Crash(kind);
      transaction.reset();  // the dead do nothing: all its calls fail
      if (!IsJournal()) {
        View view = Look(*world.memory);
        ASSERT_TRUE(view == world.old_view || view == NewView()) << "call " << call;
      }
      // What was reported as done must be there, whatever crashed after it.
      CheckAfter(world, status.ok() ? std::optional(true) : std::nullopt);
      if (HasFatalFailure()) FAIL() << "call " << call << ": " << status.ToString();
      if (!reached) {
        ASSERT_TRUE(status.ok());
        return;
      }
    }
  }
};

TEST_P(PublishCrashes, Killed) { CrashAtEveryCall(CrashKind::kKeepAll); }
TEST_P(PublishCrashes, PowerLostAndUnsyncedBytesGone) {
  CrashAtEveryCall(CrashKind::kDropUnsyncedData);
}
TEST_P(PublishCrashes, PowerLostAndAllUnsyncedGone) { CrashAtEveryCall(CrashKind::kDropUnsynced); }

/// Dies in the recovery of a run that died, too.
// Every pair of calls takes minutes under a sanitizer: there, one pair of nine.
#ifdef TAMIS_SANITIZED
constexpr int64_t kCallStep = 3;
#else
constexpr int64_t kCallStep = 1;
#endif

TEST_P(PublishCrashes, KilledAgainDuringRecovery) {
  for (int64_t call = 0;; call += kCallStep) {
    bool reached_second = true;
    for (int64_t second = 0; reached_second; second += kCallStep) {
      World world = MakeWorld();
      world.faulty->Arm({.fail_at = call, .and_all_after = true, .error_number = EIO});
      std::unique_ptr<Transaction> transaction;
      Status status = RunSecond(world, &transaction);
      if (world.faulty->calls() <= call) return;
      world.memory->Crash(CrashKind::kDropUnsynced);
      transaction.reset();
      world.faulty->Arm({.fail_at = second, .and_all_after = true, .error_number = EIO});
      (void)Recover(world.faulty, kDataset);
      reached_second = world.faulty->calls() > second;
      world.memory->Crash(CrashKind::kDropUnsynced);
      world.faulty->Arm({});
      CheckAfter(world, status.ok() ? std::optional(true) : std::nullopt);
      if (HasFatalFailure()) FAIL() << "calls " << call << ", " << second;
    }
  }
}

std::string CaseName(const testing::TestParamInfo<Case>& info) {
  return std::string(info.param.protocol.name) + "_" + WriteModeName(info.param.mode) +
         (info.param.first ? "_first" : "");
}

INSTANTIATE_TEST_SUITE_P(All, PublishFaults, testing::ValuesIn(Cases()), CaseName);
INSTANTIATE_TEST_SUITE_P(All, PublishCrashes, testing::ValuesIn(Cases()), CaseName);

}  // namespace
}  // namespace tamis
