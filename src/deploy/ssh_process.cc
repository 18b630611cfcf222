// Starts ssh and moves bytes. See ssh_process.h.
#include "deploy/ssh_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <thread>

#include "base/printable.h"

extern char** environ;

namespace tamis {
namespace {

constexpr size_t kErrorBytesMax = 64 << 10;
constexpr int kPipeBytes = 1 << 20;
constexpr int kTickMs = 100;  // how often a stop is looked for

// In a value of `-o`, ssh expands % and splits at spaces outside of quotes.
std::string ConfigPath(const std::string& path) {
  std::string escaped;
  for (const char c : path) escaped += c == '%' ? std::string("%%") : std::string(1, c);
  return "\"" + escaped + "\"";
}

std::string Seconds(int64_t milliseconds) {
  return std::to_string(std::max<int64_t>(1, (milliseconds + 999) / 1000));
}

bool Has(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

// The last line that says something, without ssh's own prefixes and debug lines.
std::string LastLine(std::string_view errors) {
  std::string last;
  for (size_t begin = 0; begin < errors.size();) {
    const size_t end = std::min(errors.find('\n', begin), errors.size());
    std::string_view line = errors.substr(begin, end - begin);
    begin = end + 1;
    while (!line.empty() && (line.back() == '\r' || line.back() == ' ')) line.remove_suffix(1);
    const bool noise = line.empty() || line.starts_with("debug") || line.starts_with("@@@") ||
                       line.starts_with("Transferred:") || line.starts_with("Bytes per second") ||
                       line.starts_with("OpenSSH_") || line.starts_with("Connection closed by UNK");
    if (!noise) last = std::string(line);
  }
  if (last.starts_with("ssh: ")) last.erase(0, 5);
  return Printable(last);
}

struct Pipes {
  int input[2] = {-1, -1}, output[2] = {-1, -1}, errors[2] = {-1, -1};
  bool Open() {
    return pipe2(input, O_CLOEXEC) == 0 && pipe2(output, O_CLOEXEC) == 0 &&
           pipe2(errors, O_CLOEXEC) == 0;
  }
  static void Close(int* fd) {
    if (*fd >= 0) close(*fd);
    *fd = -1;
  }
  ~Pipes() {
    for (int* pair : {input, output, errors}) {
      Close(&pair[0]);
      Close(&pair[1]);
    }
  }
};

int Spawn(const std::vector<std::string>& arguments, const Pipes& pipes, pid_t* pid) {
  std::vector<char*> argv;
  for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  posix_spawn_file_actions_adddup2(&actions, pipes.input[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipes.output[1], STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipes.errors[1], STDERR_FILENO);
  sigset_t defaults, none;
  sigemptyset(&defaults);
  sigemptyset(&none);
  sigaddset(&defaults, SIGPIPE);  // ignored here, and that would be inherited
  sigaddset(&defaults, SIGXFSZ);
  posix_spawnattr_setsigdefault(&attributes, &defaults);
  posix_spawnattr_setsigmask(&attributes, &none);
  // A group of its own: Ctrl-C goes to tamis alone, which ends its connections in order.
  posix_spawnattr_setpgroup(&attributes, 0);
  posix_spawnattr_setflags(&attributes,
                           POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
  const int error = posix_spawnp(pid, argv[0], &actions, &attributes, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return error;
}

}  // namespace

Deadline DeadlineIn(int64_t milliseconds) {
  return std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
}

std::vector<std::string> SshArguments(const SshOptions& options, const Server& server,
                                      const std::string& control_path, SshSharing sharing) {
  std::vector<std::string> arguments = {"ssh", "-T"};
  const auto option = [&](const std::string& text) {
    arguments.push_back("-o");
    arguments.push_back(text);
  };
  if (!options.config.empty()) {
    arguments.push_back("-F");
    arguments.push_back(options.config);
  }
  option("BatchMode=yes");
  option("ConnectionAttempts=1");
  option("ConnectTimeout=" + Seconds(options.connect_timeout_ms));
  option("ServerAliveInterval=" + Seconds(options.keep_alive_ms));
  option("ServerAliveCountMax=3");
  option(options.accept_new_hosts ? "StrictHostKeyChecking=accept-new"
                                  : "StrictHostKeyChecking=yes");
  if (!options.known_hosts.empty()) {
    option("UserKnownHostsFile=" + ConfigPath(options.known_hosts));
  }
  if (!options.identity.empty()) option("IdentityFile=" + ConfigPath(options.identity));
  option("LogLevel=ERROR");
  option("ClearAllForwardings=yes");
  option("PermitLocalCommand=no");
  option("RemoteCommand=none");
  option("ControlPersist=no");
  option(sharing == SshSharing::kOpens ? "ControlMaster=yes" : "ControlMaster=no");
  option("ControlPath=" +
         (sharing == SshSharing::kAlone ? std::string("none") : ConfigPath(control_path)));
  if (!server.user.empty()) {
    arguments.push_back("-l");
    arguments.push_back(server.user);
  }
  if (server.port > 0) {
    arguments.push_back("-p");
    arguments.push_back(std::to_string(server.port));
  }
  arguments.push_back("--");
  arguments.push_back(server.host);
  return arguments;
}

std::string SshFailure(const SshOptions& options, std::string_view errors,
                       const std::string& other) {
  if (Has(errors, "REMOTE HOST IDENTIFICATION HAS CHANGED")) return "the host key has changed";
  if (Has(errors, "Host key verification failed") || Has(errors, "host key is known for")) {
    return "the host key is not known";
  }
  if (Has(errors, "imed out") && !Has(errors, "Timeout, server")) {
    return "no answer within " + Seconds(options.connect_timeout_ms) + " s: " + LastLine(errors);
  }
  for (const char* lost : {"Timeout, server", "client_loop: send disconnect",
                           "closed by remote host", "Connection reset by"}) {
    if (Has(errors, lost)) return "the connection was lost: " + LastLine(errors);
  }
  const std::string last = LastLine(errors);
  return last.empty() ? other : last;
}

std::string SshHint(std::string_view errors) {
  if (Has(errors, "REMOTE HOST IDENTIFICATION HAS CHANGED")) {
    return "if the server was set up anew, remove its old key with ssh-keygen -R, and check the "
           "new one";
  }
  if (Has(errors, "Host key verification failed") || Has(errors, "host key is known for")) {
    return "log in once with ssh and check its key, or set ssh: {host_keys: accept-new}";
  }
  if (Has(errors, "Permission denied (")) {
    return "tamis asks for no passwords: load a key into the agent, or name one in the ssh config";
  }
  if (Has(errors, "administratively prohibited")) {
    return "checks of ports need AllowTcpForwarding in the server's sshd_config";
  }
  return "";
}

Result<std::unique_ptr<SshProcess>> SshProcess::Start(const std::vector<std::string>& arguments) {
  Pipes pipes;
  if (!pipes.Open()) return IoErrorFromErrno("pipe", errno);
  pid_t pid = 0;
  const int error = Spawn(arguments, pipes, &pid);
  if (error == ENOENT) {
    return UsageError("ssh is not installed here", "install OpenSSH's client");
  }
  if (error != 0) return IoErrorFromErrno("ssh", error);
  fcntl(pipes.input[1], F_SETPIPE_SZ, kPipeBytes);  // else it keeps its 64 KiB
  for (const int fd : {pipes.input[1], pipes.output[0], pipes.errors[0]}) {
    fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK);
  }
  std::unique_ptr<SshProcess> process(
      new SshProcess(pid, pipes.input[1], pipes.output[0], pipes.errors[0]));
  pipes.input[1] = pipes.output[0] = pipes.errors[0] = -1;
  return process;
}

SshProcess::~SshProcess() {
  CloseInput();
  if (pid_ > 0) Wait(DeadlineIn(0));
  Pipes::Close(&output_fd_);
  Pipes::Close(&errors_fd_);
}

void SshProcess::Take(int* fd, std::string* text) {
  char buffer[1 << 16];
  const ssize_t got = read(*fd, buffer, sizeof(buffer));
  if (got > 0) text->append(buffer, static_cast<size_t>(got));
  if (got == 0 || (got < 0 && errno != EAGAIN && errno != EINTR)) Pipes::Close(fd);
}

Status SshProcess::Poll(bool want_write, Deadline deadline, const StopToken& stop, bool* writable) {
  if (stop.requested()) return Interrupted();
  const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
      deadline - std::chrono::steady_clock::now());
  if (left.count() <= 0) return DataError("no answer in time");
  pollfd fds[3] = {
      {output_fd_, POLLIN, 0}, {errors_fd_, POLLIN, 0}, {want_write ? input_fd_ : -1, POLLOUT, 0}};
  const auto wait_ms = static_cast<int>(std::min<int64_t>(kTickMs, left.count() + 1));
  if (poll(fds, 3, wait_ms) < 0 && errno != EINTR) return IoErrorFromErrno("poll", errno);
  if (fds[0].revents) Take(&output_fd_, &output_);
  if (fds[1].revents) Take(&errors_fd_, &errors_);
  if (errors_.size() > 2 * kErrorBytesMax) errors_.erase(0, errors_.size() - kErrorBytesMax);
  *writable = fds[2].revents != 0;
  return Status::OK();
}

Status SshProcess::Write(std::string_view bytes, Deadline deadline, const StopToken& stop,
                         const std::function<bool()>& done) {
  while (!bytes.empty() && !done()) {
    if (input_fd_ < 0 || output_fd_ < 0) return DataError("the connection was lost");
    bool writable = false;
    ARROW_RETURN_NOT_OK(Poll(true, deadline, stop, &writable));
    if (!writable) continue;
    const ssize_t put = write(input_fd_, bytes.data(), bytes.size());
    if (put > 0) bytes.remove_prefix(static_cast<size_t>(put));
    if (put < 0 && errno != EAGAIN && errno != EINTR) CloseInput();
  }
  return Status::OK();
}

Status SshProcess::Read(Deadline deadline, const StopToken& stop,
                        const std::function<bool()>& done) {
  while (!done() && output_fd_ >= 0) {
    bool writable = false;
    ARROW_RETURN_NOT_OK(Poll(false, deadline, stop, &writable));
  }
  return Status::OK();
}

void SshProcess::CloseInput() { Pipes::Close(&input_fd_); }

int SshProcess::Wait(Deadline deadline) {
  if (pid_ <= 0) return 255;
  int status = 0;
  int pause_us = 200;
  pid_t ended = 0;
  while (true) {
    if (output_fd_ >= 0) Take(&output_fd_, &output_);
    if (errors_fd_ >= 0) Take(&errors_fd_, &errors_);
    ended = waitpid(pid_, &status, WNOHANG);
    if (ended != 0 || std::chrono::steady_clock::now() >= deadline) break;
    std::this_thread::sleep_for(std::chrono::microseconds(pause_us));
    pause_us = std::min(pause_us * 2, 20'000);
  }
  if (ended == 0) {
    kill(-pid_, SIGKILL);
    kill(pid_, SIGKILL);
    waitpid(pid_, &status, 0);
    pid_ = -1;
    return 255;
  }
  while (errors_fd_ >= 0) {
    const size_t before = errors_.size();
    Take(&errors_fd_, &errors_);
    if (errors_.size() == before) break;
  }
  pid_ = -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

}  // namespace tamis
