// See text_output.h.
#include "local/text_output.h"

#include <utility>

#include "format/compress.h"
#include "storage/borrowed.h"

namespace tamis {
namespace {

class CompressedOutput : public FileOutput {
 public:
  CompressedOutput(std::unique_ptr<FileOutput> output, std::unique_ptr<WritableFile> file)
      : output_(std::move(output)), file_(std::move(file)) {}

  WritableFile& file() override { return *file_; }
  bool is_seekable() const override { return false; }
  Status Commit() override {
    ARROW_RETURN_NOT_OK(file_->Close());
    return output_->Commit();
  }
  Status Abort() override { return output_->Abort(); }

 private:
  std::unique_ptr<FileOutput> output_;
  std::unique_ptr<WritableFile> file_;  // ends before what it writes to
};

}  // namespace

Result<std::unique_ptr<FileOutput>> OpenTextOutput(const std::shared_ptr<Storage>& storage,
                                                   const std::string& path,
                                                   const std::string& run_id, bool durable,
                                                   int threads) {
  ARROW_ASSIGN_OR_RAISE(Compression compression, CompressionByName("", path));
  ARROW_ASSIGN_OR_RAISE(auto output, FileOutput::Open(storage, path, run_id, durable));
  if (compression == Compression::kNone) return output;
  std::unique_ptr<WritableFile> file = std::make_unique<BorrowedFile>(&output->file());
  ARROW_ASSIGN_OR_RAISE(file, CompressedFile(std::move(file), compression, threads));
  return std::make_unique<CompressedOutput>(std::move(output), std::move(file));
}

}  // namespace tamis
