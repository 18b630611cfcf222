// Aligned tables. See print_table.h.
#include "cli/print_table.h"

#include <arrow/array.h>
#include <arrow/scalar.h>

#include <algorithm>

#include "base/printable.h"
#include "text/utf8.h"

namespace tamis {
namespace {

constexpr size_t kCellBytesMax = 60;

std::string Clip(std::string text) {
  text = Printable(text);
  if (text.size() <= kCellBytesMax) return text;
  size_t cut = kCellBytesMax - 3;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xc0) == 0x80) --cut;
  return text.substr(0, cut) + "...";
}

}  // namespace

Result<std::string> CellText(const arrow::Array& array, int64_t row) {
  if (array.IsNull(row)) return "";
  ARROW_ASSIGN_OR_RAISE(auto scalar, array.GetScalar(row));
  if (array.type_id() == arrow::Type::DICTIONARY) {
    ARROW_ASSIGN_OR_RAISE(scalar,
                          static_cast<const arrow::DictionaryScalar&>(*scalar).GetEncodedValue());
  }
  return scalar->ToString();
}

Result<std::vector<std::vector<std::string>>> TextRows(const arrow::RecordBatch& batch) {
  std::vector<std::vector<std::string>> rows;
  for (int64_t row = 0; row < batch.num_rows(); ++row) {
    std::vector<std::string> cells;
    for (const auto& column : batch.columns()) {
      ARROW_ASSIGN_OR_RAISE(std::string cell, CellText(*column, row));
      cells.push_back(std::move(cell));
    }
    rows.push_back(std::move(cells));
  }
  return rows;
}

std::string FormatTable(const std::vector<std::string>& header,
                        const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::vector<std::string>> cells = {header};
  cells.insert(cells.end(), rows.begin(), rows.end());
  std::vector<size_t> widths(header.size());
  for (auto& row : cells) {
    for (size_t i = 0; i < row.size(); ++i) {
      row[i] = Clip(std::move(row[i]));
      widths[i] = std::max(widths[i], CountCodePoints(row[i]));
    }
  }
  std::string out;
  for (const auto& row : cells) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      line += (i ? "  " : "") + row[i] + std::string(widths[i] - CountCodePoints(row[i]), ' ');
    }
    line.resize(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

}  // namespace tamis
