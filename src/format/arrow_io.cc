// Files of tamis for Arrow. See arrow_io.h.
#include "format/arrow_io.h"

#include <arrow/buffer.h>

#include <algorithm>
#include <utility>

namespace tamis {
namespace {

class ReadableAdapter : public arrow::io::RandomAccessFile {
 public:
  explicit ReadableAdapter(std::shared_ptr<ReadableFile> file) : file_(std::move(file)) {}

  Status Close() override {
    is_closed_ = true;
    return Status::OK();
  }
  bool closed() const override { return is_closed_; }
  Result<int64_t> Tell() const override { return position_; }
  Status Seek(int64_t position) override {
    position_ = position;
    return Status::OK();
  }
  Result<int64_t> GetSize() override { return file_->size_bytes(); }

  Result<int64_t> ReadAt(int64_t position, int64_t nbytes, void* out) override {
    if (position < 0 || nbytes < 0) return Status::Invalid("a negative place in a file");
    return file_->ReadAt(position, nbytes, out);
  }
  Result<std::shared_ptr<arrow::Buffer>> ReadAt(int64_t position, int64_t nbytes) override {
    if (position < 0 || nbytes < 0) return Status::Invalid("a negative place in a file");
    // A broken file may ask for more than there is: no memory for that.
    int64_t left = std::max<int64_t>(0, file_->size_bytes() - position);
    ARROW_ASSIGN_OR_RAISE(auto buffer, arrow::AllocateResizableBuffer(std::min(nbytes, left)));
    ARROW_ASSIGN_OR_RAISE(int64_t bytes,
                          file_->ReadAt(position, buffer->size(), buffer->mutable_data()));
    if (bytes < buffer->size()) ARROW_RETURN_NOT_OK(buffer->Resize(bytes));
    return std::shared_ptr<arrow::Buffer>(std::move(buffer));
  }
  Result<int64_t> Read(int64_t nbytes, void* out) override {
    ARROW_ASSIGN_OR_RAISE(int64_t bytes, ReadAt(position_, nbytes, out));
    position_ += bytes;
    return bytes;
  }
  Result<std::shared_ptr<arrow::Buffer>> Read(int64_t nbytes) override {
    ARROW_ASSIGN_OR_RAISE(auto buffer, ReadAt(position_, nbytes));
    position_ += buffer->size();
    return buffer;
  }

 private:
  std::shared_ptr<ReadableFile> file_;
  int64_t position_ = 0;
  bool is_closed_ = false;
};

class WritableAdapter : public arrow::io::OutputStream {
 public:
  explicit WritableAdapter(WritableFile* file) : file_(file) {}

  Status Close() override {
    if (is_closed_) return Status::OK();
    is_closed_ = true;
    return file_->Close();
  }
  bool closed() const override { return is_closed_; }
  Result<int64_t> Tell() const override { return position_; }
  Status Write(const void* data, int64_t nbytes) override {
    position_ += nbytes;
    return file_->Append({static_cast<const char*>(data), static_cast<size_t>(nbytes)});
  }
  using arrow::io::OutputStream::Write;

 private:
  WritableFile* file_;
  int64_t position_ = 0;
  bool is_closed_ = false;
};

}  // namespace

std::shared_ptr<arrow::io::RandomAccessFile> ArrowReadable(std::shared_ptr<ReadableFile> file) {
  return std::make_shared<ReadableAdapter>(std::move(file));
}

std::shared_ptr<arrow::io::OutputStream> ArrowWritable(WritableFile* file) {
  return std::make_shared<WritableAdapter>(file);
}

}  // namespace tamis
