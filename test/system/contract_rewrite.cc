// Reads a contract and writes it as ODCS v3.1.0 to standard output; its warnings go to standard
// error. For test_contract_lint.py.
#include <cstdio>

#include "base/source_text.h"
#include "contract/odcs.h"

int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fputs("usage: contract_rewrite CONTRACT\n", stderr);
    return 2;
  }
  const auto source = tamis::ReadSourceText(arguments[1]);
  const auto contract =
      source.ok() ? tamis::ParseContract(*source) : tamis::Result<tamis::Contract>(source.status());
  if (!contract.ok()) {
    std::fputs(tamis::FormatError(contract.status()).c_str(), stderr);
    return static_cast<int>(tamis::ExitCodeOf(contract.status()));
  }
  for (const std::string& warning : contract->warnings) {
    std::fprintf(stderr, "%s\n", warning.c_str());
  }
  std::fputs(tamis::WriteContract(*contract).c_str(), stdout);
  return 0;
}
