// Providers of addresses and names of the internet that belong to no person. See provider.h.
#include <algorithm>
#include <charconv>

#include "base/hash.h"
#include "ops/provider_pattern.h"
#include "ops/words.h"

namespace tamis {
namespace {

// Four numbers of an address outside of the ranges that have another use.
class Ipv4Text : public TextFunction {
 public:
  Ipv4Text() {
    bytes_max_ = 15;
    bytes_ = "0123456789.";
    length_min_ = 7;
    length_max_ = 15;
    is_injective_ = true;
    for (int first = 1; first < 224; ++first) {
      bool used = first == 10 || first == 100 || first == 127 || first == 169 || first == 172 ||
                  first == 192 || first == 198 || first == 203;
      if (!used) first_.push_back(first);
    }
  }

  uint64_t count() const { return first_.size() << 24; }

  char* Write(int64_t value, int64_t, char* out) const override {
    auto number = [&](int64_t n) { out = std::to_chars(out, out + 3, n).ptr; };
    number(first_[static_cast<size_t>(value >> 24)]);
    for (int shift : {16, 8, 0}) {
      *out++ = '.';
      number(value >> shift & 0xFF);
    }
    return out;
  }

 private:
  std::vector<int> first_;
};

Status EmitIpv4(ColumnScope& scope) {
  static const auto kText = std::make_shared<const Ipv4Text>();
  Register number = scope.must_be_unique()
                        ? scope.UniqueNumber(kText->count())
                        : scope.program().Uniform(scope.OwnDraw(), kText->count());
  scope.Add(Part::Function(kText, number));
  return Status::OK();
}

// 2001:db8::/32 is for examples (RFC 3849); then three groups of a network and four of a host, none
// of them 0, so that there is one way to write an address (RFC 5952).
class Ipv6Text : public TextFunction {
 public:
  static constexpr uint64_t kCount = uint64_t{1} << 60;

  Ipv6Text() {
    bytes_max_ = 38;
    bytes_ = "0123456789abcdef:";
    length_min_ = 20;
    length_max_ = 38;
    is_injective_ = true;
  }

  char* Write(int64_t value, int64_t, char* out) const override {
    std::string_view start = "2001:db8";
    out = std::copy(start.begin(), start.end(), out);
    uint64_t hash = XxHash64(static_cast<uint64_t>(value), kRowHashSeed);
    uint64_t host = static_cast<uint64_t>(value);
    for (int i = 0; i < 2; ++i, hash >>= 16) Group((hash & 0x7FFF) + 1, &out);
    for (int i = 0; i < 4; ++i, host >>= 15) Group((host & 0x7FFF) + 1, &out);
    return out;
  }

 private:
  static void Group(uint64_t number, char** out) {
    *(*out)++ = ':';
    *out = std::to_chars(*out, *out + 4, number, 16).ptr;
  }
};

Status EmitIpv6(ColumnScope& scope) {
  static const auto kText = std::make_shared<const Ipv6Text>();
  Register number = scope.must_be_unique()
                        ? scope.UniqueNumber(Ipv6Text::kCount)
                        : scope.program().Uniform(scope.OwnDraw(), Ipv6Text::kCount);
  scope.Add(Part::Function(kText, number));
  return Status::OK();
}

Status EmitMac(ColumnScope& scope) {
  // Locally administered: no maker's.
  return AddPatternText(scope, "[0-9a-f][26ae](:[0-9a-f]{2}){5}", scope.place());
}

// Names reserved for examples (RFC 2606): they lead nowhere.
const std::shared_ptr<const WordList>& ExampleDomains() {
  static const auto domains = std::make_shared<const WordList>(
      std::vector<std::string>{"example.com", "example.net", "example.org"});
  return domains;
}

// Words that a name may have: letters only.
const std::shared_ptr<const WordList>& HostWords() {
  static const auto words = [] {
    std::vector<std::string> list;
    for (const std::string& word : CommonWords()->words()) {
      bool fits = word.size() > 3 && word != "I";
      if (fits) list.push_back(word);
    }
    return std::make_shared<const WordList>(std::move(list));
  }();
  return words;
}

// silver-bridge.example.com: the same for all columns of the row that tell about one site.
Status AddDomain(ColumnScope& scope) {
  ProgramBuilder& program = scope.program();
  auto word = [&](const char* draw) {
    return program.Uniform(scope.SharedDraw("site", draw), HostWords()->size());
  };
  scope.Add(Part::Word(HostWords(), word("first")));
  scope.Add(Part::Text("-"));
  scope.Add(Part::Word(HostWords(), word("second")));
  scope.Add(Part::Text("."));
  scope.Add(Part::Word(ExampleDomains(), program.Uniform(scope.SharedDraw("site", "domain"),
                                                         ExampleDomains()->size())));
  return Status::OK();
}

Status EmitDomain(ColumnScope& scope) { return AddDomain(scope); }

Status EmitUrl(ColumnScope& scope) {
  ProgramBuilder& program = scope.program();
  scope.Add(Part::Text("https://"));
  ARROW_RETURN_NOT_OK(AddDomain(scope));
  scope.Add(Part::Text("/"));
  Register page = program.Uniform(scope.OwnDraw("page"), HostWords()->size());
  scope.Add(Part::Word(HostWords(), page));
  if (!scope.must_be_unique()) return Status::OK();
  scope.Add(Part::Text("/"));
  scope.Add(Part::Integer(program.Sequence(1, 1)));
  return Status::OK();
}

// The browsers of most visits, with the versions of some years.
const WeightedWords& UserAgents() {
  static const WeightedWords agents = [] {
    std::vector<std::string> texts;
    std::vector<uint64_t> weights;
    auto add = [&](std::string text, uint64_t weight) {
      texts.push_back(std::move(text));
      weights.push_back(weight);
    };
    const std::string kDesktops[] = {"Windows NT 10.0; Win64; x64",
                                     "Macintosh; Intel Mac OS X 10_15_7", "X11; Linux x86_64"};
    const uint64_t kShares[] = {60, 25, 8};
    for (int version = 118; version <= 140; ++version) {
      auto number = std::to_string(version);
      auto newness = static_cast<uint64_t>(version - 115);
      std::string chrome = ") AppleWebKit/537.36 (KHTML, like Gecko) Chrome/" + number + ".0.0.0";
      for (size_t i = 0; i < std::size(kDesktops); ++i) {
        std::string start = "Mozilla/5.0 (" + kDesktops[i];
        add(start + chrome + " Safari/537.36", 6 * newness * kShares[i]);
        add(start + "; rv:" + number + ".0) Gecko/20100101 Firefox/" + number + ".0",
            newness * kShares[i]);
      }
      add("Mozilla/5.0 (" + kDesktops[0] + chrome + " Safari/537.36 Edg/" + number + ".0.0.0",
          newness * 60);
      add("Mozilla/5.0 (Linux; Android 10; K" + chrome + " Mobile Safari/537.36", newness * 500);
    }
    for (const char* version : {"16.6", "17.1", "17.4", "17.6", "18.0", "18.3", "18.5"}) {
      std::string text(version);
      std::string system = text.substr(0, 2) + "_" + text.substr(3);
      std::string webkit = ") AppleWebKit/605.1.15 (KHTML, like Gecko) Version/" + text;
      add("Mozilla/5.0 (iPhone; CPU iPhone OS " + system + " like Mac OS X" + webkit +
              " Mobile/15E148 Safari/604.1",
          20000);
      add("Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7" + webkit + " Safari/605.1.15", 6000);
    }
    return WeightedWords{std::make_shared<const WordList>(std::move(texts)),
                         MakeQuantiles(weights, 8192)};
  }();
  return agents;
}

Status EmitUserAgent(ColumnScope& scope) {
  const WeightedWords& agents = UserAgents();
  scope.Add(Part::Word(agents.words, scope.program().Weighted(scope.OwnDraw(), agents.quantiles)));
  return Status::OK();
}

// Kinds of files and how often they are met.
Status EmitFileName(ColumnScope& scope) {
  static const WeightedWords kEnds = ZipfWords(
      ".pdf .jpg .png .txt .csv .docx .xlsx .json .html .zip .xml .mp4 .pptx .log .parquet .mp3", 3,
      1024);
  ProgramBuilder& program = scope.program();
  scope.Add(Part::Word(HostWords(), program.Uniform(scope.OwnDraw("first"), HostWords()->size())));
  scope.Add(Part::Text("_"));
  scope.Add(Part::Word(HostWords(), program.Uniform(scope.OwnDraw("second"), HostWords()->size())));
  if (scope.must_be_unique()) {
    scope.Add(Part::Text("_"));
    scope.Add(Part::Integer(program.Sequence(1, 1)));
  }
  scope.Add(Part::Word(kEnds.words, program.Weighted(scope.OwnDraw("end"), kEnds.quantiles)));
  return Status::OK();
}

}  // namespace

std::span<const Provider> InternetProviders() {
  static constexpr Provider kProviders[] = {
      {"domain", kTextValue, "domain domainname hostname host fqdn servername", "of",
       "silver-bridge.example.com: reserved for examples", EmitDomain},
      {"url", kTextValue,
       "url uri link website homepage webaddress weburl pageurl imageurl href referrer referer",
       "of", "https://silver-bridge.example.com/garden", EmitUrl},
      {"ipv4", kTextValue,
       "ip ipaddress ipaddr ipv4 ipv4address clientip remoteip sourceip srcip dstip remoteaddr", "",
       "an address outside of private and reserved networks", EmitIpv4},
      {"ipv6", kTextValue, "ipv6 ipv6address", "", "an address in 2001:db8::/32, for examples",
       EmitIpv6},
      {"mac", kTextValue, "mac macaddress macaddr", "", "a locally administered address", EmitMac},
      {"user_agent", kTextValue, "useragent browseragent ua", "",
       "a browser, newer versions more often", EmitUserAgent},
      {"file_name", kTextValue, "filename file attachment documentname", "", "garden_bridge.pdf",
       EmitFileName},
  };
  return kProviders;
}

}  // namespace tamis
