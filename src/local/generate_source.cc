// Hands out ranges of rows. See generate_source.h.
#include "local/generate_source.h"

#include <algorithm>
#include <atomic>
#include <optional>

#include "ops/generate_batch.h"
#include "ops/inject_batch.h"

namespace tamis {
namespace {

constexpr int64_t kRowsPerChunk = 65536;

class GenerateSource : public Source {
 public:
  GenerateSource(BatchProgram rows, int64_t first_row, int64_t row_count,
                 std::optional<FaultyBatches> faults)
      : rows_(std::move(rows)),
        first_row_(first_row),
        row_count_(row_count),
        faults_(std::move(faults)) {}

  const std::shared_ptr<arrow::Schema>& schema() const override {
    return faults_ ? faults_->schema() : rows_.schema();
  }

  Result<std::optional<Chunk>> Next() override {
    Chunk chunk;
    chunk.index = next_chunk_++;
    int64_t first = chunk.index * kRowsPerChunk;
    if (first >= row_count_) return std::nullopt;
    int64_t count = std::min(kRowsPerChunk, row_count_ - first);
    auto clean = [this](int64_t row, int64_t rows) { return rows_.Rows(row, rows); };
    ARROW_ASSIGN_OR_RAISE(chunk.batch, faults_ ? faults_->Rows(clean, first_row_ + first, count)
                                               : rows_.Rows(first_row_ + first, count));
    return chunk;
  }

  // There are no input bytes.
  int64_t TotalBytes() const override { return 0; }
  int64_t ReadBytes() const override { return 0; }

 private:
  BatchProgram rows_;
  int64_t first_row_;
  int64_t row_count_;
  std::optional<FaultyBatches> faults_;
  std::atomic<int64_t> next_chunk_{0};
};

}  // namespace

Result<std::unique_ptr<Source>> MakeGenerateSource(std::shared_ptr<const RowProgram> program,
                                                   int64_t first_row, int64_t row_count,
                                                   std::shared_ptr<const InjectPlan> faults,
                                                   int64_t table_rows) {
  ARROW_RETURN_NOT_OK(CheckRows(*program, first_row, row_count));
  ARROW_ASSIGN_OR_RAISE(BatchProgram rows, BatchProgram::Make(std::move(program)));
  std::optional<FaultyBatches> faulty;
  if (faults) faulty.emplace(std::move(faults), RowSpan{0, table_rows}, rows.schema());
  return std::make_unique<GenerateSource>(std::move(rows), first_row, row_count, std::move(faulty));
}

}  // namespace tamis
