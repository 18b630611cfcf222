// Batches and threads. See rollout.h.
#include "deploy/rollout.h"

#include <fnmatch.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <thread>

#include "base/printable.h"
#include "base/suggest.h"
#include "deploy/batches.h"

namespace tamis {
namespace {

bool IsNamed(const std::string& limit, const std::string& name) {
  return limit == name || fnmatch(limit.c_str(), name.c_str(), 0) == 0;
}

/// Counts failures and says whether to go on.
class Verdict {
 public:
  Verdict(OnFailure on_failure, int64_t failures_max, const StopToken& stop)
      : on_failure_(on_failure), failures_max_(failures_max), stop_(stop) {}

  void BeginBatch(bool canary) {
    canary_ = canary;
    batch_failures_ = 0;
  }
  void Count(const HostResult& result) {
    if (result.state == HostResult::State::kFailed) {
      ++failures_;
      ++batch_failures_;
    }
    // What fails here fails for every server.
    if (ExitCodeOf(result.status) == ExitCode::kIo || ExitCodeOf(result.status) == ExitCode::kUsage)
      broken_ = true;
  }
  bool GoesOn() const {
    if (stop_.requested() || broken_) return false;
    if (on_failure_ == OnFailure::kGoOn) return true;
    return failures_ <= failures_max_ && (!canary_ || batch_failures_ == 0);
  }

 private:
  OnFailure on_failure_;
  int64_t failures_max_;
  const StopToken& stop_;
  std::atomic<int64_t> failures_{0};
  std::atomic<int64_t> batch_failures_{0};
  std::atomic<bool> broken_{false};
  std::atomic<bool> canary_{false};
};

/// One batch: servers `begin` to `end` of all.
struct Batch {
  size_t begin = 0;
  size_t end = 0;
  bool canary = false;
};

std::vector<Batch> MakeBatches(const std::vector<ServerGroup>& groups, OnFailure on_failure) {
  std::vector<Batch> batches;
  size_t at = 0;
  for (const ServerGroup& group : groups) {
    const std::vector<size_t> sizes = BatchSizes(group.serial, group.servers.size());
    for (size_t i = 0; i < sizes.size(); ++i) {
      batches.push_back(Batch{at, at + sizes[i], i == 0 && sizes.size() > 1});
      at += sizes[i];
    }
  }
  if (on_failure == OnFailure::kGoOn) return {Batch{0, at, false}};
  return batches;
}

void Wait(int64_t milliseconds, const StopToken& stop) {
  const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
  while (std::chrono::steady_clock::now() < end && !stop.requested()) {
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
}

}  // namespace

Result<std::vector<ServerGroup>> SelectServers(const DeployPlan& plan,
                                               const std::vector<std::string>& limits) {
  if (limits.empty()) return plan.groups;
  std::vector<bool> used(limits.size());
  std::vector<ServerGroup> selected;
  std::vector<std::string> known;
  for (const ServerGroup& group : plan.groups) {
    known.push_back(group.name);
    ServerGroup some = group;
    some.servers.clear();
    for (const Server& server : group.servers) {
      known.push_back(server.name);
      bool named = false;
      for (size_t i = 0; i < limits.size(); ++i) {
        if (!IsNamed(limits[i], group.name) && !IsNamed(limits[i], server.name)) continue;
        named = used[i] = true;
      }
      if (named) some.servers.push_back(server);
    }
    if (!some.servers.empty()) selected.push_back(std::move(some));
  }
  for (size_t i = 0; i < limits.size(); ++i) {
    if (used[i]) continue;
    return UsageError("--limit: no group or server of that name: " + Printable(limits[i]),
                      DidYouMean(limits[i], known));
  }
  return selected;
}

std::string MakeReleaseId() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
  const auto seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char stamp[40];
  std::strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &utc);
  char fraction[8];
  std::snprintf(fraction, sizeof(fraction), "-%03d-", static_cast<int>(ms % 1000));
  return stamp + std::string(fraction) + MakeNonce().substr(0, 4);
}

std::vector<HostResult> RunOnServers(const DeployPlan& plan, const std::vector<ServerGroup>& groups,
                                     OnFailure on_failure, const ServerWork& work, DeployLog& log,
                                     const StopToken& stop) {
  std::vector<const Server*> servers;
  std::vector<HostResult> results;
  for (const ServerGroup& group : groups) {
    for (const Server& server : group.servers) {
      servers.push_back(&server);
      HostResult result;
      result.server = server.name;
      result.group = group.name;
      results.push_back(std::move(result));
    }
  }
  Verdict verdict(on_failure, plan.failures_max, stop);
  const std::vector<Batch> batches = MakeBatches(groups, on_failure);
  for (size_t number = 0; number < batches.size() && verdict.GoesOn(); ++number) {
    const Batch& batch = batches[number];
    verdict.BeginBatch(batch.canary);
    std::atomic<size_t> next{batch.begin};
    const auto run = [&] {
      while (verdict.GoesOn()) {
        const size_t i = next++;
        if (i >= batch.end) return;
        work(*servers[i], i, &results[i]);
        verdict.Count(results[i]);
      }
    };
    const size_t thread_count =
        std::min(static_cast<size_t>(plan.parallel), batch.end - batch.begin);
    std::vector<std::thread> threads;
    for (size_t i = 0; i < thread_count; ++i) threads.emplace_back(run);
    for (std::thread& thread : threads) thread.join();
    const bool last = number + 1 == batches.size();
    if (last || !verdict.GoesOn()) continue;
    if (batches.size() > 1) {
      log.Say("all", LogLevel::kInfo,
              "batch " + std::to_string(number + 1) + " of " + std::to_string(batches.size()) +
                  " is done");
    }
    Wait(plan.hold_off_ms, stop);
  }
  return results;
}

}  // namespace tamis
