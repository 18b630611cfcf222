// All columns of a table, then what its keys promise. See generate_compile.h.
#include "ops/generate_compile.h"

#include "ops/generate_columns.h"

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
  return std::move(builder).Build();
}

Result<std::shared_ptr<const RowProgram>> CompileGenerator(const Table& table, uint64_t seed) {
  GenerateContext context;
  context.seed = seed;
  return CompileGenerator(table, context);
}

}  // namespace tamis
