// tamis generate --profile: a contract whose rows follow a sample. Called by generate.cc.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "base/status.h"
#include "cli/session.h"

namespace tamis {

/// The flags of profiles, as given.
struct ProfileFlags {
  std::string sample;
  double epsilon = 1;
  int64_t shared_by = 10;
  std::string noise_seed;  // "": secret
};

/// Adds --profile, --epsilon, --shared-by and --noise-seed.
void AddProfileFlags(CLI::App* command, ProfileFlags* flags);

/// Reads the sample and writes the contract to `out` (`-`: standard output). `contract` (may be
/// empty) says the types and rules of `table`. Reports and returns the exit code.
int ProfileSample(Session& session, const ProfileFlags& flags, const std::string& contract,
                  const std::string& table, const std::string& out);

}  // namespace tamis
