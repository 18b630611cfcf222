// The Open Data Contract Standard, versions 3.0 to 3.2, to and from Contract. Does no I/O.
#pragma once

#include <memory>
#include <string>

#include "base/status.h"
#include "contract/contract.h"
#include "spec/node.h"

namespace tamis {

/// Reads and checks a contract. Every key of the standard is accepted (what has no meaning here is
/// kept and written back), every other key is a UsageError with its place and "did you mean", and
/// so is a contract that contradicts itself. What is accepted but not done (rules for other
/// engines) stands in Contract::warnings.
Result<Contract> ParseContract(const std::shared_ptr<const SourceText>& source);

/// The contract as an ODCS v3.1.0 document, which datacontract-cli's lint accepts. Reading it back
/// gives the same contract but for places.
Node ContractNode(const Contract& contract);
std::string WriteContract(const Contract& contract);

}  // namespace tamis
