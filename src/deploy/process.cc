// Child processes by posix_spawn and poll. See process.h.
#include "deploy/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>

extern char** environ;

namespace tamis {
namespace {

constexpr size_t kErrorBytesMax = size_t{64} << 10;
constexpr size_t kReadBytes = size_t{256} << 10;
constexpr int kPollMs = 100;       // how late a request to stop may be seen
constexpr int kPatienceMs = 2000;  // between SIGTERM and SIGKILL

using Clock = std::chrono::steady_clock;

/// A file descriptor that closes itself.
class Descriptor {
 public:
  Descriptor() = default;
  ~Descriptor() { Close(); }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  void Set(int fd) { fd_ = fd; }
  int get() const { return fd_; }
  void Close() {
    if (fd_ >= 0) close(fd_);
    fd_ = -1;
  }

 private:
  int fd_ = -1;
};

struct Pipe {
  Descriptor read, write;

  Status Open() {
    int fds[2];
    if (pipe2(fds, O_CLOEXEC) != 0) return IoErrorFromErrno("pipe", errno);
    read.Set(fds[0]);
    write.Set(fds[1]);
    return Status::OK();
  }
};

std::vector<char*> Pointers(const std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  for (const std::string& text : texts) pointers.push_back(const_cast<char*>(text.c_str()));
  pointers.push_back(nullptr);
  return pointers;
}

/// The attributes and actions of posix_spawn, freed at the end.
struct SpawnSetup {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;

  SpawnSetup() {
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
  }
  ~SpawnSetup() {
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
  }
  SpawnSetup(const SpawnSetup&) = delete;
  SpawnSetup& operator=(const SpawnSetup&) = delete;
};

/// One child at work.
class Child {
 public:
  ~Child() {
    if (pid_ > 0) {
      kill(pid_, SIGKILL);
      Reap();
    }
  }

  Status Start(const ProcessSpec& spec) {
    ARROW_RETURN_NOT_OK(in_.Open());
    ARROW_RETURN_NOT_OK(out_.Open());
    ARROW_RETURN_NOT_OK(error_.Open());
    SpawnSetup setup;
    posix_spawn_file_actions_adddup2(&setup.actions, in_.read.get(), STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&setup.actions, out_.write.get(), STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&setup.actions, error_.write.get(), STDERR_FILENO);
    if (!spec.directory.empty()) {
      posix_spawn_file_actions_addchdir_np(&setup.actions, spec.directory.c_str());
    }
    // This program ignores these; a child must end when nobody reads it.
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGPIPE);
    sigaddset(&signals, SIGXFSZ);
    posix_spawnattr_setsigdefault(&setup.attributes, &signals);
    posix_spawnattr_setflags(&setup.attributes, POSIX_SPAWN_SETSIGDEF);
    std::vector<char*> arguments = Pointers(spec.arguments);
    std::vector<char*> environment = Pointers(spec.environment);
    int error = posix_spawnp(&pid_, arguments[0], &setup.actions, &setup.attributes,
                             arguments.data(), environment.data());
    in_.read.Close();
    out_.write.Close();
    error_.write.Close();
    if (error == 0) return SetNonBlocking();
    pid_ = 0;
    if (!spec.directory.empty() && access(spec.directory.c_str(), X_OK) != 0) {
      return IoErrorFromErrno(spec.directory, errno);
    }
    if (error == ENOENT) return IoError(spec.arguments[0], "not found");
    return IoErrorFromErrno(spec.arguments[0], error);
  }

  /// Moves bytes until both outputs are closed.
  Status Pump(const ProcessSpec& spec, const OutputTaker& take, const StopToken& stop,
              ProcessEnd* end) {
    std::string_view input = spec.input;
    if (input.empty()) in_.write.Close();
    const auto deadline = Clock::now() + std::chrono::milliseconds(spec.timeout_ms);
    while (out_.read.get() >= 0 || error_.read.get() >= 0) {
      if (stop.requested()) return Interrupted();
      if (spec.timeout_ms > 0 && Clock::now() >= deadline) {
        end->timed_out = true;
        return Status::OK();
      }
      std::array<pollfd, 3> waits = {pollfd{out_.read.get(), POLLIN, 0},
                                     pollfd{error_.read.get(), POLLIN, 0},
                                     pollfd{in_.write.get(), POLLOUT, 0}};
      if (poll(waits.data(), waits.size(), kPollMs) < 0 && errno != EINTR) {
        return IoErrorFromErrno("poll", errno);
      }
      if (waits[2].revents) Feed(&input);
      if (waits[1].revents) ARROW_RETURN_NOT_OK(TakeErrors(&end->errors));
      if (waits[0].revents) ARROW_RETURN_NOT_OK(TakeOutput(take));
    }
    return Status::OK();
  }

  /// Ends a child that may still run.
  void Terminate() {
    kill(pid_, SIGTERM);
    const auto deadline = Clock::now() + std::chrono::milliseconds(kPatienceMs);
    int status = 0;
    while (Clock::now() < deadline) {
      if (waitpid(pid_, &status, WNOHANG) == pid_) {
        pid_ = 0;
        return;
      }
      usleep(10'000);
    }
    kill(pid_, SIGKILL);
    Reap();
  }

  /// Waits for the end and returns the exit code.
  int Reap() {
    int status = 0;
    while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) {
    }
    pid_ = 0;
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
  }

 private:
  Status SetNonBlocking() {
    for (int fd : {in_.write.get(), out_.read.get(), error_.read.get()}) {
      if (fcntl(fd, F_SETFL, O_NONBLOCK) != 0) return IoErrorFromErrno("pipe", errno);
    }
    return Status::OK();
  }

  // A child that doesn't want the rest of its input may say so by closing it.
  void Feed(std::string_view* input) {
    ssize_t written = write(in_.write.get(), input->data(), input->size());
    if (written > 0) input->remove_prefix(static_cast<size_t>(written));
    bool failed = written < 0 && errno != EAGAIN && errno != EINTR;
    if (failed || input->empty()) in_.write.Close();
  }

  // Returns how many bytes came; closes at the end.
  Result<size_t> ReadSome(Descriptor* from) {
    ssize_t got = read(from->get(), buffer_.data(), buffer_.size());
    if (got < 0 && (errno == EAGAIN || errno == EINTR)) return 0;
    if (got < 0) return IoErrorFromErrno("pipe", errno);
    if (got == 0) from->Close();
    return static_cast<size_t>(got);
  }

  Status TakeOutput(const OutputTaker& take) {
    ARROW_ASSIGN_OR_RAISE(size_t got, ReadSome(&out_.read));
    return got ? take(std::string_view(buffer_.data(), got)) : Status::OK();
  }

  Status TakeErrors(std::string* errors) {
    ARROW_ASSIGN_OR_RAISE(size_t got, ReadSome(&error_.read));
    errors->append(buffer_.data(), got);
    if (errors->size() > kErrorBytesMax) errors->erase(0, errors->size() - kErrorBytesMax);
    return Status::OK();
  }

  pid_t pid_ = 0;
  Pipe in_, out_, error_;
  std::string buffer_ = std::string(kReadBytes, '\0');
};

}  // namespace

std::vector<std::string> EnvironmentWithout(std::string_view prefix) {
  std::vector<std::string> kept;
  for (char** variable = environ; *variable; ++variable) {
    if (!std::string_view(*variable).starts_with(prefix)) kept.emplace_back(*variable);
  }
  return kept;
}

Result<ProcessEnd> RunProcess(const ProcessSpec& spec, const OutputTaker& take,
                              const StopToken& stop) {
  ProcessEnd end;
  Child child;
  ARROW_RETURN_NOT_OK(child.Start(spec));
  Status status = child.Pump(spec, take, stop, &end);
  if (!status.ok() || end.timed_out) {
    child.Terminate();
    if (!status.ok()) return status;
    end.exit_code = 128 + SIGTERM;
    return end;
  }
  end.exit_code = child.Reap();
  return end;
}

}  // namespace tamis
