// Runs LLVMFuzzerTestOneInput on mutated inputs and keeps those that reach new branches.
// Does not know what it tests: each *_fuzz.cc is one target, linked with this driver.
//
// It takes the place of libFuzzer, which needs clang; the entry point is the same, so the targets
// also build with libFuzzer. Branches come from GCC's -fsanitize-coverage=trace-pc.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
extern "C" void __sanitizer_set_death_callback(void (*callback)()) __attribute__((weak));
extern "C" void __sanitizer_cov_trace_pc();

namespace {

constexpr size_t kEdges = 1 << 16;
constexpr size_t kInputBytesMax = 1 << 16;
unsigned input_seconds_max = 20;  // -timeout

std::array<uint8_t, kEdges> hits;       // of the input that runs now
std::array<uint8_t, kEdges> hits_seen;  // bit set of hit counts, over all inputs
thread_local uintptr_t previous_pc = 0;

// What a crash handler needs: plain memory, no allocation.
const char* input_data = nullptr;
size_t input_size = 0;
std::array<char, 512> crash_path;

using Input = std::string;

struct Options {
  double seconds = 10;
  uint64_t seed = 1;
  uint64_t runs = UINT64_MAX;
  std::string crashes = ".";
  std::vector<std::string> tokens;
  std::vector<std::filesystem::path> folders;
  std::vector<std::filesystem::path> files;
};

void SaveInput() {
  if (input_data == nullptr) return;
  const int file = open(crash_path.data(), O_WRONLY | O_CREAT | O_TRUNC, 0644);
  if (file < 0) return;
  size_t written = 0;
  while (written < input_size) {
    const ssize_t count = write(file, input_data + written, input_size - written);
    if (count <= 0) break;
    written += static_cast<size_t>(count);
  }
  close(file);
  input_data = nullptr;
  constexpr std::string_view kNote = "\nfuzz: the input is saved as ";
  (void)!write(STDERR_FILENO, kNote.data(), kNote.size());
  (void)!write(STDERR_FILENO, crash_path.data(), std::strlen(crash_path.data()));
  (void)!write(STDERR_FILENO, "\n", 1);
}

void OnSignal(int number) {
  if (number == SIGALRM) {
    constexpr std::string_view kNote = "\nfuzz: one input took too long\n";
    (void)!write(STDERR_FILENO, kNote.data(), kNote.size());
  }
  SaveInput();
  _exit(77);
}

/// A branch, and how often it was taken: one bit for each of eight classes of counts.
struct Hit {
  size_t edge;
  uint8_t bit;
};

// Counts fall into classes (1, 2, 3, 4-7, 8-15, …): a loop run once more is not news.
uint8_t BitOf(unsigned count) {
  const int shift = count < 4 ? int(count) - 1 : std::min(7, 1 + (31 - __builtin_clz(count)));
  return static_cast<uint8_t>(1U << shift);
}

void RunOne(const Input& input) {
  hits.fill(0);
  previous_pc = 0;
  // A copy of exactly its size: reading one byte past it is then seen by AddressSanitizer.
  std::vector<uint8_t> exact(input.begin(), input.end());
  exact.shrink_to_fit();
  input_data = reinterpret_cast<const char*>(exact.data());
  input_size = exact.size();
  alarm(input_seconds_max);
  LLVMFuzzerTestOneInput(exact.data(), exact.size());
  alarm(0);
  input_data = nullptr;
}

/// Returns the hits of the last run that no run before had.
std::vector<Hit> NewHits() {
  std::vector<Hit> found;
  for (size_t word = 0; word < kEdges; word += sizeof(uint64_t)) {
    uint64_t any = 0;
    std::memcpy(&any, &hits[word], sizeof any);
    for (size_t edge = word; any != 0 && edge < word + sizeof any; ++edge) {
      if (hits[edge] == 0) continue;
      const uint8_t bit = BitOf(hits[edge]);
      if ((hits_seen[edge] & bit) != 0) continue;
      hits_seen[edge] = static_cast<uint8_t>(hits_seen[edge] | bit);
      found.push_back({edge, bit});
    }
  }
  return found;
}

/// Cuts from `input` what its new hits don't need: mutations of a short input meet the bytes that
/// matter. Returns how often it ran the target; stops when the time `is_over`.
uint64_t Shorten(Input& input, const std::vector<Hit>& needed,
                 const std::function<bool()>& is_over) {
  constexpr uint64_t kTriesMax = 100;
  uint64_t tries = 0;
  for (size_t length = input.size() / 2; length > 0; length /= 2) {
    for (size_t at = 0; at < input.size() && tries < kTriesMax && !is_over();) {
      Input shorter = input;
      shorter.erase(at, length);
      ++tries;
      RunOne(shorter);
      const bool same = std::all_of(needed.begin(), needed.end(), [](const Hit& hit) {
        return hits[hit.edge] != 0 && BitOf(hits[hit.edge]) == hit.bit;
      });
      if (same) {
        input = std::move(shorter);
      } else {
        at += length;
      }
    }
  }
  return tries;
}

class Mutator {
 public:
  Mutator(uint64_t seed, const std::vector<std::string>& tokens) : random_(seed), tokens_(tokens) {}

  /// Returns a changed copy of one of `pool`, at most kInputBytesMax long.
  Input Next(const std::vector<Input>& pool) {
    // Half of the choices fall on the newest inputs, which reached the newest branches.
    const size_t recent = std::min<size_t>(pool.size(), 16);
    Input input = Below(2) == 0 ? pool[Below(pool.size())] : pool[pool.size() - 1 - Below(recent)];
    for (size_t change = 1 + Below(4); change > 0; --change) Change(input, pool);
    if (input.size() > kInputBytesMax) input.resize(kInputBytesMax);
    return input;
  }

 private:
  size_t Below(size_t limit) { return limit == 0 ? 0 : static_cast<size_t>(random_() % limit); }

  void Change(Input& input, const std::vector<Input>& pool) {
    const size_t place = Below(input.size() + 1);
    const size_t length = std::min(input.size() - place, Below(Below(8) == 0 ? 512 : 8) + 1);
    switch (Below(9)) {
      case 0:
        if (place < input.size()) input[place] = static_cast<char>(input[place] ^ (1 << Below(8)));
        break;
      case 1:
        if (place < input.size()) input[place] = static_cast<char>(Below(256));
        break;
      case 2:
        input.insert(place, 1, Interesting());
        break;
      case 3:
        input.erase(place, length);
        break;
      case 4:
        input.insert(Below(input.size() + 1), input.substr(place, length));
        break;
      case 5:
        if (!tokens_.empty()) input.insert(place, tokens_[Below(tokens_.size())]);
        break;
      case 6:
        Splice(input, place, pool[Below(pool.size())]);
        break;
      case 7:
        ChangeNumber(input, place);
        break;
      default:
        if (place < input.size()) {
          input.insert(place, std::string(size_t{1} << Below(12), input[place]));
        }
    }
  }

  char Interesting() {
    static constexpr std::string_view kBytes(
        "\n\r\"',;:\t\\{}[]#&*!|>%-+.eE09 \0\x7f\x80\xbf\xc3\xef\xff", 36);
    return kBytes[Below(kBytes.size())];
  }

  void Splice(Input& input, size_t place, const Input& other) {
    const size_t from = Below(other.size() + 1);
    const std::string part = other.substr(from, Below(other.size() - from + 1));
    input.replace(place, std::min(input.size() - place, Below(2) * part.size()), part);
  }

  void ChangeNumber(Input& input, size_t place) {
    static constexpr std::array<std::string_view, 8> kNumbers = {
        "0",     "-1",  "2147483648", "9223372036854775807", "-9223372036854775809",
        "1e309", "NaN", "00.5"};
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    const auto begin =
        std::find_if(input.begin() + static_cast<ptrdiff_t>(place), input.end(), digit);
    const auto end = std::find_if_not(begin, input.end(), digit);
    if (begin != input.end()) input.replace(begin, end, kNumbers[Below(kNumbers.size())]);
  }

  std::mt19937_64 random_;
  const std::vector<std::string>& tokens_;
};

Input ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return Input(std::istreambuf_iterator<char>(file), {});
}

/// Reads lines of the form `"token"` or `name="token"`, with \n, \t, \r, \\, \" and \xNN inside.
std::vector<std::string> ReadTokens(const std::string& path) {
  std::vector<std::string> tokens;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    const size_t first = line.find('"');
    const size_t last = line.rfind('"');
    if (line.starts_with('#') || first == std::string::npos || last == first) continue;
    std::string token;
    for (size_t i = first + 1; i < last; ++i) {
      if (line[i] != '\\' || i + 1 >= last) {
        token += line[i];
        continue;
      }
      const char kind = line[++i];
      if (kind == 'x' && i + 2 < last) {
        token += static_cast<char>(std::stoi(line.substr(i + 1, 2), nullptr, 16));
        i += 2;
      } else {
        token += kind == 'n' ? '\n' : kind == 't' ? '\t' : kind == 'r' ? '\r' : kind;
      }
    }
    tokens.push_back(token);
  }
  return tokens;
}

Options ParseArguments(int argc, char** argv) {
  Options options;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    const std::string value = argument.substr(argument.find('=') + 1);
    if (argument.starts_with("-seconds=")) {
      options.seconds = std::stod(value);
    } else if (argument.starts_with("-seed=")) {
      options.seed = std::stoull(value);
    } else if (argument.starts_with("-runs=")) {
      options.runs = std::stoull(value);
    } else if (argument.starts_with("-timeout=")) {
      input_seconds_max = static_cast<unsigned>(std::stoul(value));
    } else if (argument.starts_with("-crashes=")) {
      options.crashes = value;
    } else if (argument.starts_with("-dict=")) {
      options.tokens = ReadTokens(value);
    } else if (std::filesystem::is_directory(argument)) {
      options.folders.emplace_back(argument);
    } else if (std::filesystem::is_regular_file(argument)) {
      options.files.emplace_back(argument);
    } else {
      std::fprintf(stderr,
                   "unknown argument: %s\nusage: %s [-seconds=N] [-seed=N] [-runs=N] "
                   "[-timeout=N] [-crashes=DIR] [-dict=FILE] [CORPUS_DIR…] | INPUT_FILE…\n",
                   argv[i], argv[0]);
      std::exit(2);
    }
  }
  return options;
}

std::vector<Input> ReadCorpus(const Options& options) {
  std::vector<std::filesystem::path> paths;
  for (const auto& folder : options.folders) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
      if (entry.is_regular_file()) paths.push_back(entry.path());
    }
  }
  std::sort(paths.begin(), paths.end());  // the same seed makes the same run
  std::vector<Input> pool = {Input()};
  for (const auto& path : paths) pool.push_back(ReadFile(path));
  return pool;
}

int Fuzz(const Options& options, const char* name) {
  std::vector<Input> pool = ReadCorpus(options);
  const size_t corpus_count = pool.size();
  for (const Input& input : pool) {
    RunOne(input);
    NewHits();
  }
  Mutator mutator(options.seed, options.tokens);
  const auto start = std::chrono::steady_clock::now();
  const auto elapsed = [&start] {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  const auto is_over = [&] { return elapsed() >= options.seconds; };
  uint64_t runs = 0;
  for (; runs < options.runs && !is_over(); ++runs) {
    Input input = mutator.Next(pool);
    RunOne(input);
    const std::vector<Hit> found = NewHits();
    if (found.empty()) continue;
    runs += Shorten(input, found, is_over);
    pool.push_back(std::move(input));
  }
  const auto edges =
      std::count_if(hits_seen.begin(), hits_seen.end(), [](uint8_t h) { return h > 0; });
  std::printf("%s: %llu runs, %.0f a second, %zu inputs from the corpus, %zu found, %td branches\n",
              name, static_cast<unsigned long long>(runs), static_cast<double>(runs) / elapsed(),
              corpus_count - 1, pool.size() - corpus_count, edges);
  return 0;
}

}  // namespace

// UndefinedBehaviorSanitizer knows no death callback of AddressSanitizer's: SIGABRT saves the
// input.
extern "C" __attribute__((visibility("default"))) const char* __ubsan_default_options() {
  return "abort_on_error=1:print_stacktrace=1";
}

extern "C" void __sanitizer_cov_trace_pc() {
  const auto pc = reinterpret_cast<uintptr_t>(__builtin_return_address(0));
  const size_t edge = ((pc * 0x9E3779B97F4A7C15U) ^ (previous_pc * 0xC2B2AE3D27D4EB4FU)) >> 48;
  previous_pc = pc >> 1;
  uint8_t& count = hits[edge];
  if (count < 255) ++count;
}

int main(int argc, char** argv) {
  const Options options = ParseArguments(argc, argv);
  const std::string name = std::filesystem::path(argv[0]).filename().string();
  std::snprintf(crash_path.data(), crash_path.size(), "%s/crash-%s-%llu", options.crashes.c_str(),
                name.c_str(), static_cast<unsigned long long>(options.seed));
  if (__sanitizer_set_death_callback != nullptr) __sanitizer_set_death_callback(SaveInput);
  signal(SIGABRT, OnSignal);
  signal(SIGALRM, OnSignal);
  for (const auto& file : options.files) {
    RunOne(ReadFile(file));
    std::printf("%s: %s ran to its end\n", name.c_str(), file.c_str());
  }
  return options.files.empty() ? Fuzz(options, name.c_str()) : 0;
}
