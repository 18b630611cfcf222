// Fuzzes the reader of DDL: what is read without errors gives a contract that is read too, is
// printed, and means the same when it is read again; any other dialect's print is read as well.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "contract/odcs.h"
#include "ddl/ddl.h"

namespace tamis {
namespace {

[[noreturn]] void Fail(const char* what, const std::string& before, const std::string& after) {
  std::fprintf(stderr, "%s\nbefore:\n%s\nafter:\n%s\n", what, before.c_str(), after.c_str());
  std::abort();
}

std::shared_ptr<const SourceText> Source(std::string text) {
  return std::make_shared<const SourceText>(SourceText{"fuzz.sql", std::move(text)});
}

std::string FirstError(const ParsedDdl& parsed) {
  return parsed.errors.empty() ? "" : FormatError(parsed.errors[0]);
}

void Check(uint8_t choice, std::string text) {
  static const std::vector<std::string> kNames = DdlDialectNames();
  const std::string& dialect = kNames[choice % kNames.size()];
  const std::string& other = kNames[(choice / kNames.size()) % kNames.size()];
  const auto parsed = ParseDdl(Source(std::move(text)), dialect);
  if (!parsed.ok()) return;  // no text
  for (const Status& error : parsed->errors) {
    const std::string message = FormatError(error);
    if (message.find("contradict itself") != std::string::npos) Fail("contract", message, "");
  }
  if (!parsed->errors.empty()) return;
  const std::string contract = WriteContract(parsed->contract);
  const auto printed = PrintDdl(parsed->contract, dialect);
  if (!printed.ok()) Fail("not printed", contract, FormatError(printed.status()));
  const auto again = ParseDdl(Source(printed->text), dialect);
  if (!again->errors.empty()) Fail("not read again", printed->text, FirstError(*again));
  if (WriteContract(again->contract) != contract) {
    Fail("another meaning", contract + printed->text, WriteContract(again->contract));
  }
  const auto translated = PrintDdl(parsed->contract, other);
  if (!translated.ok()) Fail("not translated", contract, FormatError(translated.status()));
  const auto read = ParseDdl(Source(translated->text), other);
  if (!read->errors.empty()) Fail("translation not read", translated->text, FirstError(*read));
}

}  // namespace
}  // namespace tamis

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string text(reinterpret_cast<const char*>(data) + 1, size - 1);
  tamis::Check(data[0], text);
  return 0;
}
