// Hands out ranges of rows. See generate_source.h.
#include "local/generate_source.h"

#include <algorithm>
#include <atomic>

#include "ops/generate_batch.h"

namespace tamis {
namespace {

constexpr int64_t kRowsPerChunk = 65536;

class GenerateSource : public Source {
 public:
  GenerateSource(BatchProgram rows, int64_t first_row, int64_t row_count)
      : rows_(std::move(rows)), first_row_(first_row), row_count_(row_count) {}

  const std::shared_ptr<arrow::Schema>& schema() const override { return rows_.schema(); }

  Result<std::optional<Chunk>> Next() override {
    Chunk chunk;
    chunk.index = next_chunk_++;
    int64_t first = chunk.index * kRowsPerChunk;
    if (first >= row_count_) return std::nullopt;
    int64_t count = std::min(kRowsPerChunk, row_count_ - first);
    ARROW_ASSIGN_OR_RAISE(chunk.batch, rows_.Rows(first_row_ + first, count));
    return chunk;
  }

  // There are no input bytes.
  int64_t TotalBytes() const override { return 0; }
  int64_t ReadBytes() const override { return 0; }

 private:
  BatchProgram rows_;
  int64_t first_row_;
  int64_t row_count_;
  std::atomic<int64_t> next_chunk_{0};
};

}  // namespace

Result<std::unique_ptr<Source>> MakeGenerateSource(std::shared_ptr<const RowProgram> program,
                                                   int64_t first_row, int64_t row_count) {
  ARROW_RETURN_NOT_OK(CheckRows(*program, first_row, row_count));
  ARROW_ASSIGN_OR_RAISE(BatchProgram rows, BatchProgram::Make(std::move(program)));
  return std::make_unique<GenerateSource>(std::move(rows), first_row, row_count);
}

}  // namespace tamis
