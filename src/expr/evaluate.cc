// Runs expressions. See evaluate.h.
#include "expr/evaluate.h"

#include <arrow/array/concatenate.h>
#include <arrow/array/util.h>
#include <arrow/builder.h>
#include <arrow/util/bitmap_ops.h>

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "expr/functions.h"
#include "expr/value.h"

namespace tamis {
namespace {

using Op = ExprNode::Op;

Kernel KernelOf(const ExprNode& node) {
  switch (node.op) {
    case Op::kCompare:
      return CompareKernel;
    case Op::kIsDistinct:
      return IsDistinctKernel;
    case Op::kIn:
      return InKernel;
    case Op::kLike:
      return LikeKernel;
    case Op::kCast:
      return CastKernel;
    default:
      return node.function->kernel;
  }
}

/// Repeats a constant, so that kernels need not know of it.
Result<Vector> Spread(const Vector& vector) {
  if (!vector.constant) return vector;
  ARROW_ASSIGN_OR_RAISE(auto value, vector.array->GetScalar(0));
  ARROW_ASSIGN_OR_RAISE(auto repeated, arrow::MakeArrayFromScalar(*value, vector.length));
  return Vector{vector.kind, vector.length, false, std::move(repeated)};
}

class Evaluator {
 public:
  explicit Evaluator(const arrow::RecordBatch* batch, int64_t length)
      : batch_(batch), length_(length) {}

  Result<Vector> Run(const ExprNode& node) {
    switch (node.op) {
      case Op::kLiteral:
      case Op::kParameter:
        return ConstantVector(*node.value, node.kind, length_);
      case Op::kColumn:
        return Column(node);
      case Op::kAnd:
      case Op::kOr:
        return Logic(node);
      case Op::kNot:
        return Not(node);
      case Op::kIsNull:
        return IsNull(node);
      case Op::kBetween:
        return Between(node);
      case Op::kCase:
        return Choose(node, node.arguments.size() / 2);
      case Op::kCall:
        return Call(node);
      default:
        return Strict(node);
    }
  }

 private:
  Result<Vector> Column(const ExprNode& node) {
    int index = batch_ ? batch_->schema()->GetFieldIndex(node.name) : -1;
    if (index < 0) return Status::Invalid("the batch has no column ", node.name);
    ARROW_ASSIGN_OR_RAISE(Vector loaded, LoadColumn(batch_->column(index)));
    if (loaded.kind != node.kind && node.kind != Kind::kOpaque) {
      return Status::Invalid("column ", node.name, " has type ",
                             batch_->column(index)->type()->ToString(), ", not ",
                             node.type->ToString());
    }
    return loaded;
  }

  Result<Vector> Call(const ExprNode& node) {
    switch (node.function->evaluation) {
      case Evaluation::kIf:
        return Choose(node, 1);
      case Evaluation::kCoalesce:
        return Coalesce(node);
      case Evaluation::kRunTime:
      case Evaluation::kToday:
        return ConstantVector(*node.value, node.kind, length_);
      case Evaluation::kTypeof:
        return ConstantVector(arrow::StringScalar(TypeName(*node.arguments[0]->type)), Kind::kText,
                              length_);
      default:
        return Strict(node);
    }
  }

  /// Arguments first, then the kernel: once if all are constant, once per distinct value if only
  /// one varies and it is a dictionary.
  Result<Vector> Strict(const ExprNode& node) {
    std::vector<Vector> arguments;
    size_t varying = 0, last = 0;
    for (const NodePtr& argument : node.arguments) {
      ARROW_ASSIGN_OR_RAISE(Vector vector, Run(*argument));
      if (!vector.constant) ++varying, last = arguments.size();
      arguments.push_back(std::move(vector));
    }
    if (varying == 0) {
      ARROW_ASSIGN_OR_RAISE(Vector one, KernelOf(node)(KernelCall{node, arguments, 1}));
      one.constant = true;
      one.length = length_;
      return one;
    }
    if (varying == 1 && arguments[last].is_dictionary()) {
      Result<Vector> lifted = PerDistinctValue(node, arguments, last);
      // A value that no row has may have failed; row by row only those of the rows count.
      if (lifted.ok()) return lifted;
    }
    for (Vector& argument : arguments) {
      ARROW_ASSIGN_OR_RAISE(argument, Decode(argument));
    }
    return KernelOf(node)(KernelCall{node, arguments, length_});
  }

  Result<Vector> PerDistinctValue(const ExprNode& node, std::vector<Vector> arguments,
                                  size_t varying) {
    const auto& dictionary = static_cast<const arrow::DictionaryArray&>(*arguments[varying].array);
    std::shared_ptr<arrow::Array> values = dictionary.dictionary();
    int64_t count = values->length();
    if (count > length_) return Status::Invalid("more values than rows");
    bool nulls = dictionary.null_count() > 0;
    if (nulls || count == 0) {  // one NULL more, for the rows that are NULL
      ARROW_ASSIGN_OR_RAISE(auto null, arrow::MakeArrayOfNull(values->type(), 1));
      ARROW_ASSIGN_OR_RAISE(values, arrow::Concatenate({values, null}));
    }
    arguments[varying] = Vector{Kind::kText, values->length(), false, values};
    for (Vector& argument : arguments) argument.length = values->length();
    ARROW_ASSIGN_OR_RAISE(Vector result,
                          KernelOf(node)(KernelCall{node, arguments, values->length()}));
    return SpreadResult(dictionary, result, static_cast<int32_t>(count));
  }

  Result<Vector> SpreadResult(const arrow::DictionaryArray& rows, const Vector& result,
                              int32_t null_index) {
    const int32_t* indices = rows.indices()->data()->GetValues<int32_t>(1);
    ValidityView rows_valid(Vector{Kind::kText, length_, false, rows.indices()});
    auto at = [&](int64_t row) { return rows_valid.valid(row) ? indices[row] : null_index; };
    if (result.kind == Kind::kText) return SpreadText(result, at);
    Validity validity;
    if (result.array->null_count() > 0) {
      ValidityView valid(result);
      ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(length_, nullptr, [&](int64_t row) {
                              return valid.valid(at(row));
                            }));
      validity = bits.array->data()->buffers[1];
    }
    switch (result.kind) {
      case Kind::kBool: {
        BoolView values(result);
        std::vector<uint8_t> flags(static_cast<size_t>(result.length));
        for (int64_t i = 0; i < result.length; ++i) flags[static_cast<size_t>(i)] = values[i];
        return MapBools(length_, std::move(validity),
                        [&](int64_t row) { return flags[static_cast<size_t>(at(row))] != 0; });
      }
      case Kind::kDate:
        return SpreadNumbers<int32_t>(result, std::move(validity), at);
      case Kind::kDecimal:
        return SpreadNumbers<__int128>(result, std::move(validity), at);
      default:
        return SpreadNumbers<int64_t>(result, std::move(validity), at);
    }
  }

  template <typename T, typename At>
  Result<Vector> SpreadNumbers(const Vector& result, Validity validity, At at) {
    NumberView<T> values(result);
    return MapNumbers<T>(result.array->type(), length_, std::move(validity),
                         [&](int64_t row) { return values[at(row)]; });
  }

  /// A text result stays a dictionary, again of distinct values.
  template <typename At>
  Result<Vector> SpreadText(const Vector& result, At at) {
    TextView texts(result);
    std::unordered_map<std::string_view, int32_t> seen;
    std::vector<int32_t> mapped(static_cast<size_t>(result.length));
    TextOutput output;
    ARROW_RETURN_NOT_OK(output.Reserve(result.length, 0));
    for (int64_t i = 0; i < result.length; ++i) {
      mapped[static_cast<size_t>(i)] = -1;
      if (!texts.valid(i)) continue;
      auto [found, added] = seen.emplace(texts[i], static_cast<int32_t>(seen.size()));
      mapped[static_cast<size_t>(i)] = found->second;
      if (added) ARROW_RETURN_NOT_OK(output.Append(texts[i]));
    }
    ARROW_ASSIGN_OR_RAISE(Vector values, output.Done());
    Validity validity;
    if (result.array->null_count() > 0) {
      ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(length_, nullptr, [&](int64_t row) {
                              return mapped[static_cast<size_t>(at(row))] >= 0;
                            }));
      validity = bits.array->data()->buffers[1];
    }
    ARROW_ASSIGN_OR_RAISE(
        Vector indices,
        MapNumbers<int32_t>(arrow::int32(), length_, std::move(validity), [&](int64_t row) {
          return std::max(mapped[static_cast<size_t>(at(row))], 0);
        }));
    auto dictionary = std::make_shared<arrow::DictionaryArray>(
        arrow::dictionary(arrow::int32(), arrow::utf8()), indices.array, values.array);
    return Vector{Kind::kText, length_, false, std::move(dictionary)};
  }

  // --- three-valued logic: one bitmap of the rows that are true, one of those that are false ---

  struct Truth {
    std::shared_ptr<arrow::Buffer> yes, no;
  };

  Result<Truth> TruthOf(const Vector& vector) {
    ARROW_ASSIGN_OR_RAISE(Vector all, Spread(vector));
    arrow::MemoryPool* pool = arrow::default_memory_pool();
    const uint8_t* bits = BytesOf(all);
    int64_t offset = all.array->offset();
    Truth truth;
    if (all.array->null_count() == 0) {
      ARROW_ASSIGN_OR_RAISE(truth.yes, arrow::internal::CopyBitmap(pool, bits, offset, length_));
      ARROW_ASSIGN_OR_RAISE(truth.no, arrow::internal::InvertBitmap(pool, bits, offset, length_));
      return truth;
    }
    const uint8_t* valid = all.array->null_bitmap_data();
    ARROW_ASSIGN_OR_RAISE(
        truth.yes, arrow::internal::BitmapAnd(pool, valid, offset, bits, offset, length_, 0));
    ARROW_ASSIGN_OR_RAISE(
        truth.no, arrow::internal::BitmapAndNot(pool, valid, offset, bits, offset, length_, 0));
    return truth;
  }

  Result<Vector> FromTruth(const Truth& truth) {
    Validity validity;
    if (arrow::internal::CountSetBits(truth.yes->data(), 0, length_) +
            arrow::internal::CountSetBits(truth.no->data(), 0, length_) <
        length_) {
      ARROW_ASSIGN_OR_RAISE(
          validity, arrow::internal::BitmapOr(arrow::default_memory_pool(), truth.yes->data(), 0,
                                              truth.no->data(), 0, length_, 0));
    }
    return MakeVector(arrow::boolean(), length_, std::move(validity), truth.yes);
  }

  Status Merge(bool is_and, const Truth& more, Truth* truth) {
    arrow::MemoryPool* pool = arrow::default_memory_pool();
    auto both = [&](const auto& a, const auto& b) {
      return arrow::internal::BitmapAnd(pool, a->data(), 0, b->data(), 0, length_, 0);
    };
    auto either = [&](const auto& a, const auto& b) {
      return arrow::internal::BitmapOr(pool, a->data(), 0, b->data(), 0, length_, 0);
    };
    if (is_and) {
      ARROW_ASSIGN_OR_RAISE(truth->yes, both(truth->yes, more.yes));
      ARROW_ASSIGN_OR_RAISE(truth->no, either(truth->no, more.no));
    } else {
      ARROW_ASSIGN_OR_RAISE(truth->yes, either(truth->yes, more.yes));
      ARROW_ASSIGN_OR_RAISE(truth->no, both(truth->no, more.no));
    }
    return Status::OK();
  }

  Result<Vector> Logic(const ExprNode& node) {
    ARROW_ASSIGN_OR_RAISE(Vector first, Run(*node.arguments[0]));
    ARROW_ASSIGN_OR_RAISE(Truth truth, TruthOf(first));
    for (size_t i = 1; i < node.arguments.size(); ++i) {
      ARROW_ASSIGN_OR_RAISE(Vector next, Run(*node.arguments[i]));
      ARROW_ASSIGN_OR_RAISE(Truth more, TruthOf(next));
      ARROW_RETURN_NOT_OK(Merge(node.op == Op::kAnd, more, &truth));
    }
    return FromTruth(truth);
  }

  Result<Vector> Not(const ExprNode& node) {
    ARROW_ASSIGN_OR_RAISE(Vector vector, Run(*node.arguments[0]));
    ARROW_ASSIGN_OR_RAISE(Truth truth, TruthOf(vector));
    std::swap(truth.yes, truth.no);
    return FromTruth(truth);
  }

  Result<Vector> IsNull(const ExprNode& node) {
    ARROW_ASSIGN_OR_RAISE(Vector vector, Run(*node.arguments[0]));
    bool all_null = vector.array->type_id() == arrow::Type::NA;
    ARROW_ASSIGN_OR_RAISE(vector, Spread(vector));
    if (all_null || vector.array->null_count() == 0) {
      return MapBools(length_, nullptr, [&](int64_t) { return all_null != node.negated; });
    }
    arrow::MemoryPool* pool = arrow::default_memory_pool();
    const uint8_t* valid = vector.array->null_bitmap_data();
    int64_t offset = vector.array->offset();
    if (!valid) {  // a union or the like: its rows say it one by one
      return MapBools(length_, nullptr,
                      [&](int64_t row) { return vector.array->IsNull(row) != node.negated; });
    }
    ARROW_ASSIGN_OR_RAISE(std::shared_ptr<arrow::Buffer> bits,
                          node.negated
                              ? arrow::internal::CopyBitmap(pool, valid, offset, length_)
                              : arrow::internal::InvertBitmap(pool, valid, offset, length_));
    return MakeVector(arrow::boolean(), length_, nullptr, std::move(bits));
  }

  Result<Vector> Between(const ExprNode& node) {
    Truth truth;
    ARROW_ASSIGN_OR_RAISE(Vector x, Run(*node.arguments[0]));
    for (size_t i : {1, 2}) {
      ARROW_ASSIGN_OR_RAISE(Vector bound, Run(*node.arguments[i]));
      ExprNode compare;
      compare.op = Op::kCompare;
      compare.compare = i == 1 ? CompareOp::kGe : CompareOp::kLe;
      compare.arguments = {node.arguments[0], node.arguments[i]};
      ARROW_ASSIGN_OR_RAISE(Vector left, Decode(x));
      ARROW_ASSIGN_OR_RAISE(bound, Decode(bound));
      std::vector<Vector> both = {left, bound};
      ARROW_ASSIGN_OR_RAISE(Vector compared, CompareKernel(KernelCall{compare, both, length_}));
      ARROW_ASSIGN_OR_RAISE(Truth one, TruthOf(compared));
      if (i == 1) {
        truth = std::move(one);
      } else {
        ARROW_RETURN_NOT_OK(Merge(true, one, &truth));
      }
    }
    return FromTruth(truth);
  }

  // --- choices: what is not chosen must not fail ---

  /// `node` over all rows, or, if that fails, only over the rows of `wanted` (NULL elsewhere).
  Result<Vector> RunWhere(const ExprNode& node, const std::vector<uint8_t>& wanted) {
    Result<Vector> all = Run(node);
    if (all.ok() || !batch_) {
      if (all.ok()) return all;
      bool any = std::find(wanted.begin(), wanted.end(), 1) != wanted.end();
      if (any) return all;
      return ConstantVector(*arrow::MakeNullScalar(node.type), node.kind, length_);
    }
    std::vector<int64_t> rows;
    for (int64_t row = 0; row < length_; ++row) {
      if (wanted[static_cast<size_t>(row)]) rows.push_back(row);
    }
    if (rows.size() == static_cast<size_t>(length_)) return all;
    arrow::ArrayVector columns;
    for (const auto& column : batch_->columns()) {
      ARROW_ASSIGN_OR_RAISE(auto taken, TakeRows(column, rows));
      columns.push_back(std::move(taken));
    }
    auto part = arrow::RecordBatch::Make(batch_->schema(), static_cast<int64_t>(rows.size()),
                                         std::move(columns));
    ARROW_ASSIGN_OR_RAISE(Vector some, Evaluator(part.get(), part->num_rows()).Run(node));
    ARROW_ASSIGN_OR_RAISE(some, Decode(some));
    ARROW_ASSIGN_OR_RAISE(some, Spread(some));
    ARROW_ASSIGN_OR_RAISE(auto spread, ScatterRows(some.array, rows, length_));
    return Vector{some.kind, length_, false, std::move(spread)};
  }

  /// CASE and if: `pairs` of condition and value, then the value of all other rows.
  Result<Vector> Choose(const ExprNode& node, size_t pairs) {
    std::vector<uint8_t> open(static_cast<size_t>(length_), 1);
    std::vector<uint8_t> chosen(open.size());
    std::vector<int32_t> branch(open.size(), static_cast<int32_t>(pairs));
    std::vector<Vector> values;
    for (size_t pair = 0; pair < pairs; ++pair) {
      ARROW_ASSIGN_OR_RAISE(Vector condition, RunWhere(*node.arguments[2 * pair], open));
      BoolView truth(condition);
      for (size_t row = 0; row < open.size(); ++row) {
        auto at = static_cast<int64_t>(row);
        chosen[row] = open[row] && truth.valid(at) && truth[at];
        if (!chosen[row]) continue;
        open[row] = 0;
        branch[row] = static_cast<int32_t>(pair);
      }
      ARROW_ASSIGN_OR_RAISE(Vector value, RunWhere(*node.arguments[2 * pair + 1], chosen));
      values.push_back(std::move(value));
    }
    ARROW_ASSIGN_OR_RAISE(Vector otherwise, RunWhere(*node.arguments.back(), open));
    values.push_back(std::move(otherwise));
    return Pick(node, values, branch);
  }

  Result<Vector> Coalesce(const ExprNode& node) {
    ARROW_ASSIGN_OR_RAISE(Vector first, Run(*node.arguments[0]));
    if (first.array->null_count() == 0) return first;
    std::vector<Vector> values = {std::move(first)};
    std::vector<uint8_t> open(static_cast<size_t>(length_), 1);
    std::vector<int32_t> branch(open.size(), 0);
    for (size_t i = 1; i <= node.arguments.size(); ++i) {
      ValidityView valid(values.back());
      for (size_t row = 0; row < open.size(); ++row) {
        if (!open[row]) continue;
        branch[row] = static_cast<int32_t>(i - 1);
        open[row] = !valid.valid(static_cast<int64_t>(row));
      }
      if (i == node.arguments.size()) break;
      ARROW_ASSIGN_OR_RAISE(Vector next, RunWhere(*node.arguments[i], open));
      values.push_back(std::move(next));
    }
    return Pick(node, values, branch);
  }

  template <typename T>
  Result<Vector> PickNumbers(const ExprNode& node, const std::vector<Vector>& values,
                             Validity validity, const std::vector<int32_t>& branch) {
    std::vector<NumberView<T>> views;
    for (const Vector& value : values) views.emplace_back(value);
    std::shared_ptr<arrow::DataType> type = node.type;
    if (node.kind == Kind::kInt) type = arrow::int64();
    if (node.kind == Kind::kDouble) type = arrow::float64();
    return MapNumbers<T>(std::move(type), length_, std::move(validity), [&](int64_t row) {
      return views[static_cast<size_t>(branch[static_cast<size_t>(row)])][row];
    });
  }

  Result<Vector> Pick(const ExprNode& node, std::vector<Vector>& values,
                      const std::vector<int32_t>& branch) {
    if (node.kind == Kind::kOpaque) return PickAny(node, values, branch);
    std::vector<ValidityView> valid;
    bool nulls = false;
    for (Vector& value : values) {
      ARROW_ASSIGN_OR_RAISE(value, Decode(value));
      valid.emplace_back(value);
      nulls |= !valid.back().all_valid();
    }
    auto from = [&](int64_t row) { return static_cast<size_t>(branch[static_cast<size_t>(row)]); };
    Validity validity;
    if (nulls) {
      ARROW_ASSIGN_OR_RAISE(Vector bits, MapBools(length_, nullptr, [&](int64_t row) {
                              return valid[from(row)].valid(row);
                            }));
      validity = bits.array->data()->buffers[1];
    }
    switch (node.kind) {
      case Kind::kBool: {
        std::vector<BoolView> views;
        for (const Vector& value : values) views.emplace_back(value);
        return MapBools(length_, std::move(validity),
                        [&](int64_t row) { return views[from(row)][row]; });
      }
      case Kind::kText: {
        std::vector<TextView> views;
        for (const Vector& value : values) views.emplace_back(value);
        return MapTexts(length_, validity, 0, [&](int64_t row, TextOutput* out) {
          return out->Append(views[from(row)][row]);
        });
      }
      case Kind::kDate:
        return PickNumbers<int32_t>(node, values, std::move(validity), branch);
      case Kind::kDecimal:
        return PickNumbers<__int128>(node, values, std::move(validity), branch);
      case Kind::kDouble:
        return PickNumbers<double>(node, values, std::move(validity), branch);
      default:
        return PickNumbers<int64_t>(node, values, std::move(validity), branch);
    }
  }

  /// Nested and other types, value by value.
  Result<Vector> PickAny(const ExprNode& node, std::vector<Vector>& values,
                         const std::vector<int32_t>& branch) {
    ARROW_ASSIGN_OR_RAISE(auto builder, arrow::MakeBuilder(node.type));
    for (Vector& value : values) {
      ARROW_ASSIGN_OR_RAISE(value, Spread(value));
    }
    for (int64_t row = 0; row < length_; ++row) {
      const Vector& value = values[static_cast<size_t>(branch[static_cast<size_t>(row)])];
      ARROW_RETURN_NOT_OK(
          builder->AppendArraySlice(arrow::ArraySpan(*value.array->data()), row, 1));
    }
    ARROW_ASSIGN_OR_RAISE(auto array, builder->Finish());
    return Vector{node.kind, length_, false, std::move(array)};
  }

  const arrow::RecordBatch* batch_;
  int64_t length_;
};

}  // namespace

Result<Vector> EvaluateNode(const ExprNode& node, const arrow::RecordBatch& batch) {
  return Evaluator(&batch, batch.num_rows()).Run(node);
}

Result<std::shared_ptr<arrow::Scalar>> EvaluateConstantNode(const ExprNode& node) {
  Result<Vector> vector = Evaluator(nullptr, 1).Run(node);
  if (!vector.ok()) return UsageErrorAt(node.place, vector.status().message());
  ARROW_ASSIGN_OR_RAISE(Vector plain, Decode(*vector));
  plain.constant = false;
  ARROW_ASSIGN_OR_RAISE(auto array, StoreVector(plain, node.type));
  return array->GetScalar(0);
}

}  // namespace tamis
