// Embedded DuckDB: opening, filling tables, running queries. See duckdb.h.
#include "local/duckdb.h"

#include <arrow/array/concatenate.h>
#include <arrow/c/bridge.h>
#include <arrow/record_batch.h>
#include <arrow/scalar.h>
#include <arrow/table.h>
#include <arrow/util/decimal.h>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <cstdlib>
#include <map>
#include <mutex>
#include <set>
#include <thread>
#include <utility>
#include <vector>

#include "base/dictionary.h"
#include "local/duckdb_api.h"

namespace tamis {

struct DuckdbEngine::Impl {
  const DuckdbApi* api = nullptr;
  duckdb_database database = nullptr;
  duckdb_connection connection = nullptr;

  std::mutex mutex;
  std::condition_variable closing;
  bool closed = false;
  std::set<duckdb_connection> at_work;
  std::thread watcher;  // passes the request to stop on to connections

  ~Impl() {
    {
      std::lock_guard lock(mutex);
      closed = true;
    }
    closing.notify_all();
    if (watcher.joinable()) watcher.join();
    if (connection) api->duckdb_disconnect(&connection);
    if (database) api->duckdb_close(&database);
  }

  void Watch(const StopToken* stop) {
    watcher = std::thread([this, stop] {
      std::unique_lock lock(mutex);
      while (!closing.wait_for(lock, std::chrono::milliseconds(50), [this] { return closed; })) {
        if (!stop->requested()) continue;
        for (duckdb_connection one : at_work) api->duckdb_interrupt(one);
      }
    });
  }
};

namespace {

using EnginePtr = std::shared_ptr<DuckdbEngine::Impl>;

// A connection for one statement or appender: DuckDB ends a connection's open result when another
// statement begins on it.
class Connection {
 public:
  explicit Connection(EnginePtr engine) : engine_(std::move(engine)) {
    // The only failure is a database that is being closed, and the engine keeps it open.
    if (engine_->api->duckdb_connect(engine_->database, &connection_) != DuckDBSuccess)
      std::abort();
    std::lock_guard lock(engine_->mutex);
    engine_->at_work.insert(connection_);
  }
  ~Connection() {
    {
      std::lock_guard lock(engine_->mutex);
      engine_->at_work.erase(connection_);
    }
    engine_->api->duckdb_disconnect(&connection_);
  }
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  duckdb_connection get() const { return connection_; }

 private:
  EnginePtr engine_;
  duckdb_connection connection_ = nullptr;
};

constexpr int64_t kVectorRows = 2048;      // DuckDB's own chunk
constexpr int64_t kBatchRows = 32 * 2048;  // of the batches that a query returns

// DuckDB's "LINE 1: ..." part shows the statement again; our own snippet does that.
std::string CleanMessage(std::string message) {
  // Its advice on memory is about settings that only tamis can change.
  for (const char* rest :
       {"\n\nLINE ", "\nLINE ", "\n\nPossible solutions", "\nPossible solutions"}) {
    message.resize(std::min(message.size(), message.find(rest)));
  }
  while (!message.empty() && message.back() == '\n') message.pop_back();
  std::replace(message.begin(), message.end(), '\n', ' ');
  return message;
}

Status TakeError(const DuckdbApi& api, duckdb_error_data error, const std::string& doing) {
  Status status;
  if (error && api.duckdb_error_data_has_error(error)) {
    status = IoError("", doing + ": " + CleanMessage(api.duckdb_error_data_message(error)));
  }
  if (error) api.duckdb_destroy_error_data(&error);
  return status;
}

Status Execute(const EnginePtr& engine, const std::string& sql) {
  duckdb_result result{};
  duckdb_state state = engine->api->duckdb_query(engine->connection, sql.c_str(), &result);
  Status status;
  if (state != DuckDBSuccess) {
    status = IoError("", "DuckDB: " + CleanMessage(engine->api->duckdb_result_error(&result)));
  }
  engine->api->duckdb_destroy_result(&result);
  return status;
}

Result<std::string> SqlType(const arrow::DataType& type);

Result<std::string> SqlStruct(const arrow::DataType& type) {
  std::string out;
  for (const auto& field : type.fields()) {
    ARROW_ASSIGN_OR_RAISE(std::string part, SqlType(*field->type()));
    out += (out.empty() ? "STRUCT(" : ", ") + QuoteSqlName(field->name()) + " " + part;
  }
  return out + ")";
}

Result<std::string> SqlType(const arrow::DataType& type) {
  switch (type.id()) {
    case arrow::Type::BOOL:
      return "BOOLEAN";
    case arrow::Type::INT8:
      return "TINYINT";
    case arrow::Type::INT16:
      return "SMALLINT";
    case arrow::Type::INT32:
      return "INTEGER";
    case arrow::Type::INT64:
      return "BIGINT";
    case arrow::Type::UINT8:
      return "UTINYINT";
    case arrow::Type::UINT16:
      return "USMALLINT";
    case arrow::Type::UINT32:
      return "UINTEGER";
    case arrow::Type::UINT64:
      return "UBIGINT";
    case arrow::Type::FLOAT:
      return "FLOAT";
    case arrow::Type::DOUBLE:
      return "DOUBLE";
    case arrow::Type::DECIMAL128: {
      const auto& decimal = static_cast<const arrow::Decimal128Type&>(type);
      return "DECIMAL(" + std::to_string(decimal.precision()) + "," +
             std::to_string(decimal.scale()) + ")";
    }
    case arrow::Type::STRING:
    case arrow::Type::LARGE_STRING:
    case arrow::Type::STRING_VIEW:
      return "VARCHAR";
    case arrow::Type::BINARY:
    case arrow::Type::LARGE_BINARY:
      return "BLOB";
    case arrow::Type::DATE32:
      return "DATE";
    case arrow::Type::TIME64:
      return "TIME";
    case arrow::Type::TIMESTAMP:
      return static_cast<const arrow::TimestampType&>(type).timezone().empty() ? "TIMESTAMP"
                                                                               : "TIMESTAMPTZ";
    case arrow::Type::DICTIONARY:
      return SqlType(*static_cast<const arrow::DictionaryType&>(type).value_type());
    case arrow::Type::STRUCT:
      return SqlStruct(type);
    case arrow::Type::LIST: {
      ARROW_ASSIGN_OR_RAISE(std::string item, SqlType(*type.field(0)->type()));
      return item + "[]";
    }
    default:
      return UsageError("type " + type.ToString() + " can't be used in SQL");
  }
}

// Appends batches to a table in the order of their indices.
class TableSink : public Sink {
 public:
  TableSink(EnginePtr engine, std::shared_ptr<arrow::Schema> schema)
      : engine_(engine), connection_(std::move(engine)), schema_(std::move(schema)) {}

  ~TableSink() override {
    if (converted_) engine_->api->duckdb_destroy_arrow_converted_schema(&converted_);
    if (appender_) engine_->api->duckdb_appender_destroy(&appender_);
  }

  Status Open(const std::string& table) {
    const DuckdbApi& api = *engine_->api;
    if (api.duckdb_appender_create(connection_.get(), nullptr, table.c_str(), &appender_) !=
        DuckDBSuccess) {
      return AppenderError();
    }
    ArrowSchema exported{};
    ARROW_RETURN_NOT_OK(arrow::ExportSchema(*schema_, &exported));
    duckdb_error_data error =
        api.duckdb_schema_from_arrow(connection_.get(), &exported, &converted_);
    if (exported.release) exported.release(&exported);
    return TakeError(api, error, "DuckDB can't take the columns of " + table);
  }

  Status Write(int64_t index, const std::shared_ptr<arrow::RecordBatch>& batch) override {
    std::lock_guard lock(mutex_);
    waiting_[index] = batch;
    while (!waiting_.empty() && waiting_.begin()->first == next_index_) {
      auto ready = waiting_.extract(waiting_.begin());
      ++next_index_;
      ARROW_RETURN_NOT_OK(Append(*ready.mapped()));
    }
    return Status::OK();
  }

  Status Finish() override {
    if (engine_->api->duckdb_appender_close(appender_) != DuckDBSuccess) return AppenderError();
    return Status::OK();
  }

 private:
  Status AppenderError() {
    return TakeError(*engine_->api, engine_->api->duckdb_appender_error_data(appender_),
                     "DuckDB can't take rows");
  }

  Status Append(const arrow::RecordBatch& batch) {
    ARROW_ASSIGN_OR_RAISE(auto plain, DecodeDictionaries(batch));
    for (int64_t row = 0; row < plain->num_rows(); row += kVectorRows) {
      ARROW_RETURN_NOT_OK(AppendVector(*plain->Slice(row, kVectorRows)));
    }
    return Status::OK();
  }

  Status AppendVector(const arrow::RecordBatch& rows) {
    const DuckdbApi& api = *engine_->api;
    ArrowArray exported{};
    ARROW_RETURN_NOT_OK(arrow::ExportRecordBatch(rows, &exported));
    duckdb_data_chunk chunk = nullptr;
    duckdb_error_data error =
        api.duckdb_data_chunk_from_arrow(connection_.get(), &exported, converted_, &chunk);
    if (exported.release) exported.release(&exported);
    ARROW_RETURN_NOT_OK(TakeError(api, error, "DuckDB can't take rows"));
    duckdb_state state = api.duckdb_append_data_chunk(appender_, chunk);
    api.duckdb_destroy_data_chunk(&chunk);
    return state == DuckDBSuccess ? Status::OK() : AppenderError();
  }

  EnginePtr engine_;
  Connection connection_;
  std::shared_ptr<arrow::Schema> schema_;
  duckdb_appender appender_ = nullptr;
  duckdb_arrow_converted_schema converted_ = nullptr;
  std::mutex mutex_;
  std::map<int64_t, std::shared_ptr<arrow::RecordBatch>> waiting_;
  int64_t next_index_ = 0;
};

Result<duckdb_value> MakeValue(const DuckdbApi& api, const std::string& name,
                               const arrow::Scalar& scalar) {
  if (!scalar.is_valid) return api.duckdb_create_null_value();
  switch (scalar.type->id()) {
    case arrow::Type::BOOL:
      return api.duckdb_create_bool(static_cast<const arrow::BooleanScalar&>(scalar).value);
    case arrow::Type::INT32:
      return api.duckdb_create_int64(static_cast<const arrow::Int32Scalar&>(scalar).value);
    case arrow::Type::INT64:
      return api.duckdb_create_int64(static_cast<const arrow::Int64Scalar&>(scalar).value);
    case arrow::Type::DOUBLE:
      return api.duckdb_create_double(static_cast<const arrow::DoubleScalar&>(scalar).value);
    case arrow::Type::DATE32:
      return api.duckdb_create_date({static_cast<const arrow::Date32Scalar&>(scalar).value});
    case arrow::Type::TIMESTAMP: {
      duckdb_timestamp micros{static_cast<const arrow::TimestampScalar&>(scalar).value};
      const auto& type = static_cast<const arrow::TimestampType&>(*scalar.type);
      return type.timezone().empty() ? api.duckdb_create_timestamp(micros)
                                     : api.duckdb_create_timestamp_tz(micros);
    }
    case arrow::Type::STRING: {
      std::string_view text = static_cast<const arrow::StringScalar&>(scalar).view();
      return api.duckdb_create_varchar_length(text.data(), text.size());
    }
    default:
      return UsageError("parameter " + name + ": type " + scalar.type->ToString() +
                        " can't be used in SQL");
  }
}

// A prepared SELECT with its parameters bound.
class Statement {
 public:
  Statement(EnginePtr engine, Place place)
      : engine_(engine), connection_(std::move(engine)), place_(std::move(place)) {}
  ~Statement() {
    if (prepared_) engine_->api->duckdb_destroy_prepare(&prepared_);
  }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Status Prepare(const std::string& sql, const Parameters& parameters) {
    const DuckdbApi& api = *engine_->api;
    duckdb_extracted_statements statements = nullptr;
    idx_t count = api.duckdb_extract_statements(connection_.get(), sql.c_str(), &statements);
    Status status = PrepareOnly(statements, count);
    if (statements) api.duckdb_destroy_extracted(&statements);
    ARROW_RETURN_NOT_OK(status);
    return Bind(parameters);
  }

  Status Run(duckdb_result* result) {
    const DuckdbApi& api = *engine_->api;
    if (api.duckdb_execute_prepared_streaming(prepared_, result) == DuckDBSuccess) {
      return Status::OK();
    }
    return Refused(api.duckdb_result_error(result));
  }

  Status Refused(const char* message) const {
    std::string text = CleanMessage(message ? message : "the SQL statement failed");
    // A value that does not convert is the data's fault, not the statement's.
    bool is_data = text.starts_with("Conversion Error") || text.starts_with("Out of Range Error");
    if (is_data) return DataErrorAt(place_, text);
    if (text.starts_with("INTERRUPT Error")) return Interrupted();
    if (text.starts_with("Out of Memory Error")) {
      return IoError("", "the SQL needs more memory: " + text, "give it more by --memory");
    }
    if (text.starts_with("IO Error")) return IoError("", text);
    return UsageErrorAt(place_, text);
  }

  const Place& place() const { return place_; }

 private:
  Status PrepareOnly(duckdb_extracted_statements statements, idx_t count) {
    const DuckdbApi& api = *engine_->api;
    if (count == 0) {
      const char* error = api.duckdb_extract_statements_error(statements);
      return Refused(error ? error : "no SQL statement");
    }
    if (count > 1) {
      return UsageErrorAt(place_, "more than one SQL statement", "a sql step is one SELECT");
    }
    if (api.duckdb_prepare_extracted_statement(connection_.get(), statements, 0, &prepared_) !=
        DuckDBSuccess) {
      return Refused(api.duckdb_prepare_error(prepared_));
    }
    duckdb_statement_type type = api.duckdb_prepared_statement_type(prepared_);
    if (type != DUCKDB_STATEMENT_TYPE_SELECT && type != DUCKDB_STATEMENT_TYPE_EXPLAIN) {
      return UsageErrorAt(place_, "the SQL statement is not a SELECT",
                          "a statement here only reads; write: publishes rows");
    }
    return Status::OK();
  }

  Status Bind(const Parameters& parameters) {
    const DuckdbApi& api = *engine_->api;
    for (idx_t i = 1; i <= api.duckdb_nparams(prepared_); ++i) {
      const char* raw = api.duckdb_parameter_name(prepared_, i);
      std::string name = raw ? raw : "";
      if (raw) api.duckdb_free(const_cast<char*>(raw));
      auto found = parameters.find(name);
      if (found == parameters.end()) {
        return UsageErrorAt(place_, "unknown parameter in SQL: $" + name,
                            "declare it under parameters:");
      }
      ARROW_ASSIGN_OR_RAISE(duckdb_value value, MakeValue(api, name, *found->second));
      duckdb_state state = api.duckdb_bind_value(prepared_, i, value);
      api.duckdb_destroy_value(&value);
      if (state != DuckDBSuccess) return Refused(api.duckdb_prepare_error(prepared_));
    }
    return Status::OK();
  }

  EnginePtr engine_;
  Connection connection_;
  Place place_;
  duckdb_prepared_statement prepared_ = nullptr;
};

// The columns of a result. A prepared statement does not know them yet where a parameter's type
// decides.
Result<std::shared_ptr<arrow::Schema>> ResultSchema(const DuckdbApi& api, duckdb_result* result,
                                                    duckdb_arrow_options options) {
  std::vector<duckdb_logical_type> types;
  std::vector<const char*> names;
  for (idx_t i = 0; i < api.duckdb_column_count(result); ++i) {
    types.push_back(api.duckdb_column_logical_type(result, i));
    names.push_back(api.duckdb_column_name(result, i));
  }
  ArrowSchema exported{};
  duckdb_error_data error =
      api.duckdb_to_arrow_schema(options, types.data(), names.data(), types.size(), &exported);
  for (auto& type : types) api.duckdb_destroy_logical_type(&type);
  ARROW_RETURN_NOT_OK(TakeError(api, error, "the query's columns"));
  return arrow::ImportSchema(&exported);
}

// Types that no file format here has: DuckDB would hand out its inner bytes.
Status CheckTypes(const DuckdbApi& api, duckdb_result* result, const Place& place) {
  for (idx_t i = 0; i < api.duckdb_column_count(result); ++i) {
    duckdb_type type = api.duckdb_column_type(result, i);
    if (type != DUCKDB_TYPE_BIT && type != DUCKDB_TYPE_INTERVAL) continue;
    return UsageErrorAt(place,
                        std::string("the query's column ") + api.duckdb_column_name(result, i) +
                            " has a type that no file here can hold",
                        "CAST it to VARCHAR or to a number");
  }
  return Status::OK();
}

// Reads a streaming result. Chunks are converted under a lock: DuckDB's threads do the query's
// work.
class QuerySource : public Source {
 public:
  QuerySource(EnginePtr engine, Place place)
      : engine_(engine), statement_(std::move(engine), std::move(place)) {}

  ~QuerySource() override {
    if (options_) engine_->api->duckdb_destroy_arrow_options(&options_);
    engine_->api->duckdb_destroy_result(&result_);
  }

  Status Open(const std::string& sql, const Parameters& parameters) {
    ARROW_RETURN_NOT_OK(statement_.Prepare(sql, parameters));
    engine_->api->duckdb_connection_get_arrow_options(engine_->connection, &options_);
    ARROW_RETURN_NOT_OK(statement_.Run(&result_));
    ARROW_RETURN_NOT_OK(CheckTypes(*engine_->api, &result_, statement_.place()));
    return ResultSchema(*engine_->api, &result_, options_).Value(&schema_);
  }

  const std::shared_ptr<arrow::Schema>& schema() const override { return schema_; }

  Result<std::optional<Chunk>> Next() override {
    std::lock_guard lock(mutex_);
    std::vector<std::shared_ptr<arrow::RecordBatch>> parts;
    for (int64_t rows = 0; rows < kBatchRows;) {
      ARROW_ASSIGN_OR_RAISE(auto part, NextVector());
      if (!part) break;
      rows += part->num_rows();
      parts.push_back(std::move(part));
    }
    if (parts.empty()) return std::nullopt;
    Chunk chunk;
    chunk.index = next_index_++;
    ARROW_ASSIGN_OR_RAISE(chunk.batch, arrow::ConcatenateRecordBatches(parts));
    return chunk;
  }

  int64_t TotalBytes() const override { return 0; }
  int64_t ReadBytes() const override { return 0; }

 private:
  Result<std::shared_ptr<arrow::RecordBatch>> NextVector() {
    if (at_end_) return nullptr;  // a fetch after the end is an error to DuckDB
    const DuckdbApi& api = *engine_->api;
    duckdb_data_chunk chunk = api.duckdb_fetch_chunk(result_);
    if (!chunk) {
      at_end_ = true;
      const char* error = api.duckdb_result_error(&result_);
      if (error && *error) return statement_.Refused(error);
      return nullptr;
    }
    ArrowArray exported{};
    duckdb_error_data error = api.duckdb_data_chunk_to_arrow(options_, chunk, &exported);
    api.duckdb_destroy_data_chunk(&chunk);
    ARROW_RETURN_NOT_OK(TakeError(api, error, "the query's rows"));
    return arrow::ImportRecordBatch(&exported, schema_);
  }

  EnginePtr engine_;
  Statement statement_;
  std::shared_ptr<arrow::Schema> schema_;
  duckdb_arrow_options options_ = nullptr;
  duckdb_result result_{};
  std::mutex mutex_;
  bool at_end_ = false;
  int64_t next_index_ = 0;
};

using Setting = std::pair<const char*, std::string>;

std::vector<Setting> Settings(const DuckdbOptions& options) {
  return {{"threads", std::to_string(std::max(1, options.thread_count))},
          {"memory_limit", std::to_string(options.memory_bytes) + "B"},
          {"temp_directory", options.temp_directory},
          {"autoinstall_known_extensions", "false"},
          {"autoload_known_extensions", "false"},
          {"allow_community_extensions", "false"},
          {"allow_persistent_secrets", "false"}};
}

}  // namespace

namespace {

std::string Quoted(std::string_view text, char quote) {
  std::string out(1, quote);
  for (char c : text) {
    out += c;
    if (c == quote) out += c;
  }
  return out + quote;
}

}  // namespace

std::string QuoteSqlName(std::string_view name) { return Quoted(name, '"'); }

DuckdbEngine::DuckdbEngine(std::shared_ptr<Impl> impl) : impl_(std::move(impl)) {}
DuckdbEngine::~DuckdbEngine() = default;

Result<std::unique_ptr<DuckdbEngine>> DuckdbEngine::Open(const DuckdbOptions& options) {
  auto impl = std::make_shared<Impl>();
  ARROW_ASSIGN_OR_RAISE(impl->api, LoadDuckdb());
  const DuckdbApi& api = *impl->api;
  duckdb_config config = nullptr;
  api.duckdb_create_config(&config);
  Status status;
  for (const auto& [name, value] : Settings(options)) {
    if (api.duckdb_set_config(config, name, value.c_str()) != DuckDBSuccess) {
      status = IoError("", std::string("DuckDB does not know the setting ") + name);
    }
  }
  char* error = nullptr;
  if (status.ok() &&
      api.duckdb_open_ext(nullptr, &impl->database, config, &error) != DuckDBSuccess) {
    status = IoError("", std::string("can't start DuckDB: ") + CleanMessage(error ? error : ""));
  }
  if (error) api.duckdb_free(error);
  api.duckdb_destroy_config(&config);
  ARROW_RETURN_NOT_OK(status);
  if (api.duckdb_connect(impl->database, &impl->connection) != DuckDBSuccess) {
    return IoError("", "can't connect to embedded DuckDB");
  }
  ARROW_RETURN_NOT_OK(Execute(impl, "SET GLOBAL TimeZone='UTC'"));
  if (options.files == DuckdbOptions::Files::kNone) {
    // What is spilled are files too.
    ARROW_RETURN_NOT_OK(
        Execute(impl, "SET allowed_directories=[" + Quoted(options.temp_directory, '\'') + "]"));
    ARROW_RETURN_NOT_OK(Execute(impl, "SET enable_external_access=false"));
  }
  ARROW_RETURN_NOT_OK(Execute(impl, "SET lock_configuration=true"));
  if (options.stop) impl->Watch(options.stop);
  return std::unique_ptr<DuckdbEngine>(new DuckdbEngine(std::move(impl)));
}

Result<std::unique_ptr<Sink>> DuckdbEngine::CreateTable(
    const std::string& name, const std::shared_ptr<arrow::Schema>& schema) {
  std::string columns;
  arrow::FieldVector plain;
  for (const auto& field : schema->fields()) {
    ARROW_ASSIGN_OR_RAISE(std::string type, SqlType(*field->type()));
    columns += (columns.empty() ? "" : ", ") + QuoteSqlName(field->name()) + " " + type;
    plain.push_back(field->WithType(DictionaryValueType(field->type())));
  }
  ARROW_RETURN_NOT_OK(Execute(impl_, "CREATE TABLE " + QuoteSqlName(name) + " (" + columns + ")"));
  auto sink = std::make_unique<TableSink>(impl_, arrow::schema(plain));
  ARROW_RETURN_NOT_OK(sink->Open(name));
  return sink;
}

Status DuckdbEngine::DropTable(const std::string& name) {
  return Execute(impl_, "DROP TABLE IF EXISTS " + QuoteSqlName(name));
}

Result<std::unique_ptr<Source>> DuckdbEngine::Query(const std::string& sql,
                                                    const Parameters& parameters,
                                                    const Place& place) {
  auto source = std::make_unique<QuerySource>(impl_, place);
  ARROW_RETURN_NOT_OK(source->Open(sql, parameters));
  return source;
}

Result<std::shared_ptr<arrow::Schema>> DuckdbEngine::Describe(const std::string& sql,
                                                              const Parameters& parameters,
                                                              const Place& place) {
  ARROW_ASSIGN_OR_RAISE(auto source,
                        Query("SELECT * FROM (" + sql + "\n) LIMIT 0", parameters, place));
  return source->schema();
}

}  // namespace tamis
