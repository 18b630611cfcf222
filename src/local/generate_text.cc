// Threads that make blocks of rows and hand them in by index. See generate_text.h.
//
// PERF NOTES. 475 MB of people cost 0.17 s of CPU to make and 0.15 s to copy into the page cache. A
// file system lets one thread at a time write to a file, so threads make rows while another one
// writes: an offset is known as soon as the block before has been made, not when it is written. A
// block of half a MB stays in the second-level cache until it is copied; its buffer is used again
// for the next one, so that no page is touched for the first time.
#include "local/generate_text.h"

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tamis {
namespace {

constexpr int64_t kBytesPerBlock = 512 << 10;
constexpr auto kRowsFilled = static_cast<int64_t>(kBlockRows);

// Lets threads through in the order of their blocks.
class Turnstile {
 public:
  /// Waits for the turn of block `index`; false if cancelled.
  bool Wait(int64_t index) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return cancelled_ || next_ == index; });
    return !cancelled_;
  }
  /// Ends the turn that Wait began.
  void Pass() {
    {
      std::lock_guard lock(mutex_);
      ++next_;
    }
    changed_.notify_all();
  }
  void Cancel() {
    {
      std::lock_guard lock(mutex_);
      cancelled_ = true;
    }
    changed_.notify_all();
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  int64_t next_ = 0;
  bool cancelled_ = false;
};

class OffsetOutput : public BlockOutput {
 public:
  explicit OffsetOutput(WritableFile* file) : file_(*file) {}

  Status Write(int64_t index, std::string_view bytes) override {
    if (!turns_.Wait(index)) return Interrupted();
    int64_t offset = end_;
    end_ += static_cast<int64_t>(bytes.size());
    turns_.Pass();
    std::lock_guard lock(writing_);
    return file_.WriteAt(offset, bytes);
  }
  void Cancel() override { turns_.Cancel(); }

 private:
  WritableFile& file_;
  Turnstile turns_;
  int64_t end_ = 0;  // of the thread whose turn it is
  // The kernel lets one thread at a time write to a file and has the others spin: a fifth of the
  // CPU time. Here they sleep.
  std::mutex writing_;
};

class OrderedOutput : public BlockOutput {
 public:
  explicit OrderedOutput(WritableFile* file) : file_(*file) {}

  Status Write(int64_t index, std::string_view bytes) override {
    if (!turns_.Wait(index)) return Interrupted();
    Status status = file_.Append(bytes);
    turns_.Pass();
    return status;
  }
  void Cancel() override { turns_.Cancel(); }

 private:
  WritableFile& file_;
  Turnstile turns_;
};

// One run: the blocks still to be made, and the first failure.
class TextRun {
 public:
  TextRun(const TextProgram& program, const RowPart& part, BlockOutput& out, const StopToken& stop,
          std::atomic<int64_t>* rows_done)
      : program_(program), part_(part), out_(out), stop_(stop), rows_done_(rows_done) {}

  void Work() {
    Status status = MakeBlocks();
    if (status.ok()) return;
    {
      std::lock_guard lock(mutex_);
      // What follows from the first failure is not news.
      if (failure_.ok()) failure_ = status;
    }
    out_.Cancel();
  }

  Result<GenerateSummary> Finish() const {
    ARROW_RETURN_NOT_OK(failure_);
    return GenerateSummary{part_.row_count, byte_count_.load()};
  }

 private:
  Status MakeBlocks() {
    RowBlock registers(program_.rows());
    TextBuffer text;
    ARROW_ASSIGN_OR_RAISE(const int64_t rows_per_block, RowsPerBlock(&registers, &text));
    // Block 0 is there even without rows: it has the header.
    int64_t blocks = std::max<int64_t>((part_.row_count + rows_per_block - 1) / rows_per_block, 1);
    for (int64_t block = next_block_++; block < blocks; block = next_block_++) {
      if (stop_.requested()) return Interrupted();
      text.Clear();
      if (block == 0 && part_.has_header) text.Append(program_.header());
      int64_t first = block * rows_per_block;
      int64_t count = std::min(rows_per_block, part_.row_count - first);
      ARROW_RETURN_NOT_OK(program_.Write(part_.first_row + first, count, &registers, &text));
      ARROW_RETURN_NOT_OK(out_.Write(block, text.view()));
      byte_count_ += static_cast<int64_t>(text.size());
      if (rows_done_) *rows_done_ += count;
    }
    return Status::OK();
  }

  // As many as make kBytesPerBlock, by the first rows. Blocks are cut the same by each thread.
  Result<int64_t> RowsPerBlock(RowBlock* registers, TextBuffer* text) const {
    const int64_t tried = std::min(part_.row_count, kRowsFilled);
    text->Clear();
    ARROW_RETURN_NOT_OK(program_.Write(part_.first_row, tried, registers, text));
    const int64_t row_bytes = static_cast<int64_t>(text->size()) / std::max<int64_t>(tried, 1) + 1;
    return std::clamp<int64_t>(kBytesPerBlock / row_bytes / kRowsFilled, 1, 32) * kRowsFilled;
  }

  const TextProgram& program_;
  const RowPart& part_;
  BlockOutput& out_;
  const StopToken& stop_;
  std::atomic<int64_t>* rows_done_;
  std::atomic<int64_t> next_block_{0};
  std::atomic<int64_t> byte_count_{0};
  std::mutex mutex_;
  Status failure_;
};

}  // namespace

Result<RowPart> PartOfRows(int64_t row_count, int64_t part, int64_t parts) {
  if (row_count < 0 || part < 1 || part > parts) {
    return UsageError("not a part: " + std::to_string(part) + "/" + std::to_string(parts) + " of " +
                          std::to_string(row_count) + " rows",
                      "parts count from 1, such as 1/4 to 4/4");
  }
  auto border = [&](int64_t i) {
    return static_cast<int64_t>(static_cast<__int128>(row_count) * i / parts);
  };
  return RowPart{border(part - 1), border(part) - border(part - 1), part == 1};
}

std::unique_ptr<BlockOutput> BlocksAtOffsets(WritableFile* file) {
  return std::make_unique<OffsetOutput>(file);
}

std::unique_ptr<BlockOutput> BlocksInOrder(WritableFile* file) {
  return std::make_unique<OrderedOutput>(file);
}

Result<GenerateSummary> GenerateText(const TextProgram& program, const RowPart& part, int threads,
                                     BlockOutput& out, const StopToken& stop,
                                     std::atomic<int64_t>* rows_done) {
  ARROW_RETURN_NOT_OK(CheckRows(program.rows(), part.first_row, part.row_count));
  TextRun run(program, part, out, stop, rows_done);
  {
    std::vector<std::jthread> workers;
    for (int i = 1; i < threads; ++i) workers.emplace_back([&run] { run.Work(); });
    run.Work();
  }
  return run.Finish();
}

Result<int64_t> RowsOfSize(const TextProgram& program, int64_t bytes) {
  RowBlock registers(program.rows());
  TextBuffer text;
  const int64_t wanted = bytes - static_cast<int64_t>(program.header().size());
  if (wanted <= 0) return 0;
  // Row numbers and what follows from them grow longer further on.
  int64_t rows = 0;
  for (int64_t blocks : {int64_t{1}, kSampledBlocks}) {
    text.Clear();
    for (int64_t block = 0; block < blocks; ++block) {
      auto first = static_cast<int64_t>(static_cast<__int128>(rows) * block / blocks);
      first = std::clamp<int64_t>(program.rows().row_count_max - kRowsFilled, 0, first);
      ARROW_RETURN_NOT_OK(program.Write(first, kRowsFilled, &registers, &text));
    }
    const auto sampled = static_cast<__int128>(std::max<size_t>(text.size(), 1));
    rows = static_cast<int64_t>(
        (static_cast<__int128>(wanted) * blocks * kRowsFilled + sampled - 1) / sampled);
  }
  return rows;
}

}  // namespace tamis
