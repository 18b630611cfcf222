// Binds expressions out of YAML. See expression.h.
#include "contract/expression.h"

#include <memory>
#include <string>

#include "spec/yaml.h"

namespace tamis {
namespace {

/// Byte offset of a place within its own text.
size_t OffsetIn(const std::string& text, const Place& place) {
  size_t begin = 0;
  for (int64_t line = 1; line < place.line; ++line) {
    const size_t newline = text.find('\n', begin);
    if (newline == std::string::npos) return text.size();
    begin = newline + 1;
  }
  const size_t offset = begin + static_cast<size_t>(place.column > 0 ? place.column - 1 : 0);
  return offset < text.size() ? offset : text.size();
}

}  // namespace

Result<Expr> BindScalar(const Node& scalar, const arrow::Schema& schema,
                        const Parameters& parameters) {
  Result<Expr> bound = Expr::Bind(scalar.scalar, PlaceInScalar(scalar, 0), schema, parameters);
  if (bound.ok()) return bound;
  // Bind knows only where the text begins. As a text of its own it says where in the text the error
  // is, which is then looked up in the file.
  const auto alone = std::make_shared<const SourceText>(SourceText{"", scalar.scalar});
  const Status status = Expr::Bind(scalar.scalar, Place{alone, 1, 1}, schema, parameters).status();
  const auto* detail = dynamic_cast<const ErrorDetail*>(status.detail().get());
  if (!detail || detail->place().source != alone) return bound;
  return UsageErrorAt(PlaceInScalar(scalar, OffsetIn(scalar.scalar, detail->place())),
                      status.message(), detail->hint());
}

}  // namespace tamis
