// A small program that publishes datasets of known bytes, for tests that kill it, fill its disk or
// read beside it. Not installed.
//   publish_writer write DATASET MODE RUN FILES BYTES [journal] [fast] [grace]
//   publish_writer recover DATASET
//   publish_writer verify DATASET
//   publish_writer file PATH RUN BYTES
//   publish_writer partition KEY [VALUE]
//   publish_writer quote TEXT
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "dataset/file_output.h"
#include "dataset/json.h"
#include "dataset/partition.h"
#include "dataset/publish.h"

namespace tamis {
namespace {

/// `RUN:INDEX` and newlines, so that every file says which version it belongs to.
std::string Content(const std::string& run_id, int64_t index, int64_t bytes) {
  std::string line = run_id + ":" + std::to_string(index) + "\n";
  std::string out;
  while (static_cast<int64_t>(out.size()) < bytes) out += line;
  return out;
}

Status WriteDataset(const std::vector<std::string>& args) {
  WriteMode mode = WriteMode::kOverwrite;
  if (args[2] == "append") mode = WriteMode::kAppend;
  if (args[2] == "replace_partitions") mode = WriteMode::kReplacePartitions;
  PublishOptions options;
  for (size_t i = 6; i < args.size(); ++i) {
    if (args[i] == "journal") options.force_journal = true;
    if (args[i] == "fast") options.durable = false;
    if (args[i] == "grace") options.grace_ms = 50;
  }
  ARROW_ASSIGN_OR_RAISE(auto transaction,
                        Transaction::Begin(LocalStorage(), args[1], mode, args[3], options));
  const int64_t files = std::atoll(args[4].c_str());
  for (int64_t i = 0; i < files; ++i) {
    std::string folder = args[2] == "flat" ? "" : "k=" + std::to_string(i) + "/";
    ARROW_ASSIGN_OR_RAISE(auto file,
                          transaction->NewFile(folder + "part-" + std::to_string(i) + ".txt"));
    std::string content = Content(args[3], i, std::atoll(args[5].c_str()));
    for (size_t at = 0; at < content.size(); at += 65536) {
      ARROW_RETURN_NOT_OK(file->Append(std::string_view(content).substr(at, 65536)));
    }
    file->set_rows(1);
    ARROW_RETURN_NOT_OK(file->Close());
  }
  ARROW_ASSIGN_OR_RAISE(CommitReport report, transaction->Commit({}));
  std::printf("version %lld by %s\n", static_cast<long long>(report.version),
              report.journal ? "journal" : "exchange");
  return Status::OK();
}

Status WriteFile(const std::vector<std::string>& args) {
  ARROW_ASSIGN_OR_RAISE(auto output, FileOutput::Open(LocalStorage(), args[1], args[2]));
  ARROW_RETURN_NOT_OK(output->file().Append(Content(args[2], 0, std::atoll(args[3].c_str()))));
  return output->Commit();
}

Status PrintPartition(const std::vector<std::string>& args) {
  std::optional<std::string> value;
  if (args.size() == 3) value = args[2];
  ARROW_ASSIGN_OR_RAISE(std::string folder, PartitionFolder(args[1], value));
  std::fputs(folder.c_str(), stdout);
  return Status::OK();
}

Status PrintQuoted(const std::vector<std::string>& args) {
  std::fputs(QuoteJson(args[1]).c_str(), stdout);
  return Status::OK();
}

Status Run(const std::vector<std::string>& args) {
  if (args.size() >= 6 && args[0] == "write") return WriteDataset(args);
  if (args.size() == 4 && args[0] == "file") return WriteFile(args);
  if (args.size() == 2 && args[0] == "recover") return Recover(LocalStorage(), args[1]).status();
  if (args.size() >= 2 && args[0] == "partition") return PrintPartition(args);
  if (args.size() == 2 && args[0] == "quote") return PrintQuoted(args);
  if (args.size() == 2 && args[0] == "verify") return VerifyDataset(*LocalStorage(), args[1]);
  return UsageError("publish_writer write|recover|verify|file ...: see its source");
}

}  // namespace
}  // namespace tamis

int main(int argc, char** argv) {
  std::signal(SIGPIPE, SIG_IGN);
  tamis::Status status = tamis::Run(std::vector<std::string>(argv + 1, argv + argc));
  if (!status.ok()) std::fputs(tamis::FormatError(status).c_str(), stderr);
  return static_cast<int>(tamis::ExitCodeOf(status));
}
