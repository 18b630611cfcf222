// The functions of DuckDB's C API that tamis uses, looked up in the library at run time.
#pragma once

#include <duckdb.h>

#include "base/status.h"

namespace tamis {

#define TAMIS_DUCKDB_FUNCTIONS(X)          \
  X(duckdb_create_config)                  \
  X(duckdb_set_config)                     \
  X(duckdb_destroy_config)                 \
  X(duckdb_open_ext)                       \
  X(duckdb_close)                          \
  X(duckdb_connect)                        \
  X(duckdb_disconnect)                     \
  X(duckdb_free)                           \
  X(duckdb_query)                          \
  X(duckdb_destroy_result)                 \
  X(duckdb_result_error)                   \
  X(duckdb_extract_statements)             \
  X(duckdb_extract_statements_error)       \
  X(duckdb_prepare_extracted_statement)    \
  X(duckdb_destroy_extracted)              \
  X(duckdb_prepare_error)                  \
  X(duckdb_destroy_prepare)                \
  X(duckdb_prepared_statement_type)        \
  X(duckdb_nparams)                        \
  X(duckdb_parameter_name)                 \
  X(duckdb_bind_value)                     \
  X(duckdb_destroy_value)                  \
  X(duckdb_create_bool)                    \
  X(duckdb_create_int64)                   \
  X(duckdb_create_double)                  \
  X(duckdb_create_varchar_length)          \
  X(duckdb_create_date)                    \
  X(duckdb_create_timestamp_tz)            \
  X(duckdb_create_timestamp)               \
  X(duckdb_create_null_value)              \
  X(duckdb_execute_prepared_streaming)     \
  X(duckdb_fetch_chunk)                    \
  X(duckdb_interrupt)                      \
  X(duckdb_column_count)                   \
  X(duckdb_column_name)                    \
  X(duckdb_column_type)                    \
  X(duckdb_column_logical_type)            \
  X(duckdb_destroy_logical_type)           \
  X(duckdb_connection_get_arrow_options)   \
  X(duckdb_destroy_arrow_options)          \
  X(duckdb_to_arrow_schema)                \
  X(duckdb_data_chunk_to_arrow)            \
  X(duckdb_schema_from_arrow)              \
  X(duckdb_data_chunk_from_arrow)          \
  X(duckdb_destroy_arrow_converted_schema) \
  X(duckdb_destroy_data_chunk)             \
  X(duckdb_error_data_message)             \
  X(duckdb_error_data_has_error)           \
  X(duckdb_destroy_error_data)             \
  X(duckdb_appender_create)                \
  X(duckdb_appender_error_data)            \
  X(duckdb_append_data_chunk)              \
  X(duckdb_appender_close)                 \
  X(duckdb_appender_destroy)

/// Pointers to the functions, each under the name that duckdb.h declares it by.
struct DuckdbApi {
#define TAMIS_DUCKDB_MEMBER(name) decltype(&::name) name = nullptr;
  TAMIS_DUCKDB_FUNCTIONS(TAMIS_DUCKDB_MEMBER)
#undef TAMIS_DUCKDB_MEMBER
};

/// Opens the library once per process. IoError, with a hint, if it is not there or is not the
/// version of duckdb.h.
Result<const DuckdbApi*> LoadDuckdb();

}  // namespace tamis
