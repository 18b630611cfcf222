// Generates a table as text (CSV, JSON lines) with many threads. Knows nothing of how rows are
// made.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>

#include "base/status.h"
#include "base/stop.h"
#include "ops/text_program.h"
#include "storage/storage.h"

namespace tamis {

/// Consecutive rows of a table.
struct RowPart {
  int64_t first_row = 0;
  int64_t row_count = 0;
  bool has_header = true;  // the first part: parts put together are the whole file
};

/// Part `part` (from 1) of `parts` of a table of `row_count` rows: rows [(part - 1) * row_count /
/// parts, part * row_count / parts). UsageError unless 1 <= part <= parts and row_count >= 0.
Result<RowPart> PartOfRows(int64_t row_count, int64_t part, int64_t parts);

/// Where the blocks of a text go, whatever the order in which threads finish them. Block i+1 stands
/// right behind block i.
class BlockOutput {
 public:
  virtual ~BlockOutput() = default;
  /// Writes block `index`. Blocks until all before it have been handed in; called for every index
  /// from 0, at most one at a time by a thread.
  virtual Status Write(int64_t index, std::string_view bytes) = 0;
  /// Ends the waiting of all threads; their writes fail.
  virtual void Cancel() = 0;
};

/// Writes blocks side by side with WriteAt, from byte 0 on. `file` outlives it.
std::unique_ptr<BlockOutput> BlocksAtOffsets(WritableFile* file);
/// Writes one block after the other with Append, for pipes. `file` outlives it.
std::unique_ptr<BlockOutput> BlocksInOrder(WritableFile* file);

/// What was written.
struct GenerateSummary {
  int64_t row_count = 0;
  int64_t byte_count = 0;
};

/// Writes the rows of `part`. The bytes do not depend on `threads` (at least 1); memory is about
/// 1 MB a thread. `rows_done`, if not null, counts rows for progress. Interrupted when `stop` is
/// requested.
Result<GenerateSummary> GenerateText(const TextProgram& program, const RowPart& part, int threads,
                                     BlockOutput& out, const StopToken& stop,
                                     std::atomic<int64_t>* rows_done = nullptr);

/// How many rows make a text of `bytes` bytes: the header is taken off, the rest divided by the
/// mean length of a row, rounded up. The mean is that of kSampledBlocks blocks of kBlockRows rows,
/// spread evenly over the table as it would be by the mean of its first rows. So it depends on the
/// program alone; the text is within about 1% of `bytes`.
Result<int64_t> RowsOfSize(const TextProgram& program, int64_t bytes);
inline constexpr int64_t kSampledBlocks = 64;

}  // namespace tamis
