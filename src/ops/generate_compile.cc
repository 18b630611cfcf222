// All columns of a table, then what its keys promise. See generate_compile.h.
#include "ops/generate_compile.h"

#include "ops/generate_columns.h"
#include "ops/generate_sample.h"

namespace tamis {

Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table,
                                                           const GenerateContext& context) {
  ARROW_ASSIGN_OR_RAISE(TableGenerate said, ReadTableGenerate(table));
  ProgramBuilder builder(table.name, context.seed.value_or(said.seed.value_or(0)));
  TableSet tables(table, context, &builder);
  ARROW_ASSIGN_OR_RAISE(TableColumns * columns, tables.At(table, kOwnRow));
  for (const Column& column : table.columns) {
    ARROW_ASSIGN_OR_RAISE(const ColumnOutput* output, columns->Find(column.name, column.place));
    builder.AddColumn(*output);
  }
  ARROW_RETURN_NOT_OK(columns->CheckKeys(context.contract));
  const int64_t row_count = tables.RowCount(table);
  std::shared_ptr<const RowProgram> program = std::move(builder).Build();
  ARROW_RETURN_NOT_OK(CheckRowRules(table, program, row_count));
  return program;
}

Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table, uint64_t seed) {
  GenerateContext context;
  context.seed = seed;
  return CompileGenerator(table, context);
}

}  // namespace tamis
