// Fuzzes the reader of pipelines: any text is a plan that can be explained, or an error with text.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>

#include "base/status.h"
#include "contract/odcs.h"
#include "plan/explain.h"
#include "plan/pipeline.h"

namespace {

constexpr const char* kContract =
    "apiVersion: v3.1.0\nkind: DataContract\nid: t\nversion: 1.0.0\nschema:\n"
    "  - name: t\n    customProperties: [{property: tamis.generate, value: {rows: 9}}]\n"
    "    properties:\n"
    "      - {name: a, physicalType: int}\n      - {name: b, physicalType: double}\n"
    "      - {name: t, physicalType: timestamp}\n"
    "      - {name: s, customProperties: [{property: tamis.anonymize, value: hmac}]}\n";

tamis::Result<std::shared_ptr<const tamis::Contract>> Load(const std::string&) {
  static const auto contract = tamis::ParseContract(
      std::make_shared<const tamis::SourceText>(tamis::SourceText{"contract", kContract}));
  if (!contract.ok()) std::abort();
  return std::make_shared<const tamis::Contract>(*contract);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  auto source = std::make_shared<tamis::SourceText>();
  source->name = "fuzz.yaml";
  source->text.assign(reinterpret_cast<const char*>(data), size);
  tamis::PipelineContext context;
  context.run_time_us = 1'795'255'200'000'000;
  context.load_contract = Load;
  const auto plan = tamis::ParsePipeline(source, context);
  const std::string text =
      plan.ok() ? tamis::ExplainPlan(*plan) : tamis::FormatError(plan.status());
  if (text.empty()) std::abort();
  return 0;
}
