// What of a column's sample goes into a contract: type, generator, noised figures. Values only
// where many rows share them, and never of personal columns. Reads no rows: profile.h.
#pragma once

#include <cstdint>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "ops/noise.h"
#include "ops/profile.h"

namespace tamis {

/// How much a profile may say.
struct ProfileOptions {
  double epsilon = 1;      // of each column: smaller is noisier
  int64_t shared_by = 10;  // rows that a value or bin must have, noise included
};

/// What may be said of a column's values.
enum class Discretion {
  kOpen,      // shared values and histograms
  kShape,     // ids: digits and letters, but no value and no histogram
  kPersonal,  // only how often it is NULL
};

/// What is known of a column's values without looking at them, and why.
struct DiscretionChoice {
  Discretion discretion = Discretion::kOpen;
  std::string reason;  // `classification personal`, `name email`; "" for kOpen
};
/// By the column's classification (open are `public`, `internal` and none), by tamis.anonymize, by
/// the words of its name.
DiscretionChoice ChooseDiscretion(const Column& column);

/// A column with its generator.
struct ProfiledColumn {
  Column column;
  std::string told;  // for people: `histogram of 70 bins`, `personal (name email)`
};

/// Replaces the generator of `column`, whose type is known. Its rules stay.
Result<ProfiledColumn> ProfileColumn(const Column& column, const ColumnSample& sample,
                                     const ProfileOptions& options, Noise* noise);

}  // namespace tamis
