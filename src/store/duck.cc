#include "store/duck.h"

#include <duckdb.h>
#include <fmt/format.h>

#include <bit>
#include <cstring>

namespace plimsoll::store {

namespace {

Error error_of(const char* doing, const char* what) {
    return Error{fmt::format("facts.duckdb, {}: {}", doing, what ? what : "no reason was given")};
}

/// Owns a list of values until DuckDB has copied it.
template <class T, class Make>
duckdb_value list_of(duckdb_type type, const std::vector<T>& list, Make make) {
    const duckdb_logical_type logical = duckdb_create_logical_type(type);
    std::vector<duckdb_value> values;
    values.reserve(list.size());
    for (const T& each : list) values.push_back(make(each));
    const duckdb_value made = duckdb_create_list_value(logical, values.data(), values.size());
    for (duckdb_value& value : values) duckdb_destroy_value(&value);
    duckdb_logical_type owned = logical;
    duckdb_destroy_logical_type(&owned);
    return made;
}

struct Bind {
    duckdb_prepared_statement statement;
    idx_t index;

    duckdb_state value(duckdb_value made) const {
        const duckdb_state state = duckdb_bind_value(statement, index, made);
        duckdb_destroy_value(&made);
        return state;
    }
    duckdb_state operator()(bool v) const { return duckdb_bind_boolean(statement, index, v); }
    duckdb_state operator()(std::int64_t v) const { return duckdb_bind_int64(statement, index, v); }
    duckdb_state operator()(std::uint64_t v) const {
        return duckdb_bind_uint64(statement, index, v);
    }
    duckdb_state operator()(double v) const { return duckdb_bind_double(statement, index, v); }
    duckdb_state operator()(const std::string& v) const {
        return duckdb_bind_varchar_length(statement, index, v.data(), v.size());
    }
    duckdb_state operator()(const TraceId& v) const {
        const DuckTrace trace = DuckTrace::of(v);
        return duckdb_bind_uhugeint(statement, index, {trace.lower, trace.upper});
    }
    duckdb_state operator()(const std::vector<std::uint64_t>& v) const {
        return value(list_of(DUCKDB_TYPE_UBIGINT, v, duckdb_create_uint64));
    }
    duckdb_state operator()(const std::vector<TraceId>& v) const {
        return value(list_of(DUCKDB_TYPE_UHUGEINT, v, [](const TraceId& each) {
            const DuckTrace trace = DuckTrace::of(each);
            return duckdb_create_uhugeint({trace.lower, trace.upper});
        }));
    }
};

}  // namespace

DuckTrace DuckTrace::of(TraceId trace) {
    DuckTrace made;
    for (int i = 0; i < 8; ++i) {
        made.upper = made.upper << 8 | trace.bytes[i];
        made.lower = made.lower << 8 | trace.bytes[8 + i];
    }
    return made;
}

TraceId DuckTrace::trace() const {
    TraceId made;
    for (int i = 0; i < 8; ++i) {
        made.bytes[i] = static_cast<std::uint8_t>(upper >> (56 - 8 * i));
        made.bytes[8 + i] = static_cast<std::uint8_t>(lower >> (56 - 8 * i));
    }
    return made;
}

// ---- Answers -----------------------------------------------------------------------------------

struct DuckAnswer::Held {
    duckdb_result result{};
    duckdb_data_chunk chunk = nullptr;
    std::vector<std::uint64_t*> validity;
    ~Held() {
        if (chunk) duckdb_destroy_data_chunk(&chunk);
        duckdb_destroy_result(&result);
    }
};

DuckAnswer::DuckAnswer(std::unique_ptr<Held> held) : held_(std::move(held)) {}
DuckAnswer::DuckAnswer(DuckAnswer&&) noexcept = default;
DuckAnswer& DuckAnswer::operator=(DuckAnswer&&) noexcept = default;
DuckAnswer::~DuckAnswer() = default;

bool DuckAnswer::next() {
    if (held_->chunk && ++row_ < rows_) return true;
    for (;;) {
        if (held_->chunk) duckdb_destroy_data_chunk(&held_->chunk);
        held_->chunk = duckdb_fetch_chunk(held_->result);
        if (!held_->chunk) return false;
        rows_ = duckdb_data_chunk_get_size(held_->chunk);
        if (rows_ > 0) break;
    }
    row_ = 0;
    const idx_t columns = duckdb_data_chunk_get_column_count(held_->chunk);
    data_.resize(columns);
    held_->validity.resize(columns);
    for (idx_t column = 0; column < columns; ++column) {
        const duckdb_vector vector = duckdb_data_chunk_get_vector(held_->chunk, column);
        data_[column] = duckdb_vector_get_data(vector);
        held_->validity[column] = duckdb_vector_get_validity(vector);
    }
    return true;
}

bool DuckAnswer::is_null(std::size_t column) const {
    const std::uint64_t* const validity = held_->validity[column];
    return validity && !(validity[row_ / 64] >> (row_ % 64) & 1);
}

std::string DuckAnswer::text(std::size_t column) const {
    if (is_null(column)) return "";
    // duckdb_string_t_data may point into the cell itself, so not at a copy of it.
    auto* cell =
        const_cast<duckdb_string_t*>(static_cast<const duckdb_string_t*>(data_[column]) + row_);
    return {duckdb_string_t_data(cell), duckdb_string_t_length(*cell)};
}

// ---- Connections -------------------------------------------------------------------------------

struct DuckConnection::Held {
    duckdb_connection connection = nullptr;
    ~Held() { duckdb_disconnect(&connection); }
};

DuckConnection::DuckConnection(std::unique_ptr<Held> held) : held_(std::move(held)) {}
DuckConnection::DuckConnection(DuckConnection&&) noexcept = default;
DuckConnection& DuckConnection::operator=(DuckConnection&&) noexcept = default;
DuckConnection::~DuckConnection() = default;

Result<DuckAnswer> DuckConnection::ask(const std::string& sql,
                                       const std::vector<DuckParameter>& parameters) {
    struct Statement {
        duckdb_prepared_statement prepared = nullptr;
        ~Statement() { duckdb_destroy_prepare(&prepared); }
    } statement;
    if (duckdb_prepare(held_->connection, sql.c_str(), &statement.prepared) != DuckDBSuccess)
        return error_of("prepare", duckdb_prepare_error(statement.prepared));
    for (std::size_t i = 0; i < parameters.size(); ++i)
        if (std::visit(Bind{statement.prepared, i + 1}, parameters[i]) != DuckDBSuccess)
            return error_of("bind", duckdb_prepare_error(statement.prepared));
    auto held = std::make_unique<DuckAnswer::Held>();
    if (duckdb_execute_prepared(statement.prepared, &held->result) != DuckDBSuccess)
        return error_of("query", duckdb_result_error(&held->result));
    return DuckAnswer(std::move(held));
}

Result<Done> DuckConnection::run(const std::string& sql,
                                 const std::vector<DuckParameter>& parameters) {
    auto answer = ask(sql, parameters);
    if (!answer) return answer.error();
    return Done{};
}

Result<Done> DuckConnection::run_script(const std::string& sql) {
    duckdb_result result;
    const bool ok = duckdb_query(held_->connection, sql.c_str(), &result) == DuckDBSuccess;
    Result<Done> done = Done{};
    if (!ok) done = error_of("query", duckdb_result_error(&result));
    duckdb_destroy_result(&result);
    return done;
}

// ---- Appending ---------------------------------------------------------------------------------

struct DuckAppender::Held {
    duckdb_appender appender = nullptr;
    duckdb_data_chunk chunk = nullptr;
    idx_t capacity = duckdb_vector_size();
    ~Held() {
        if (chunk) duckdb_destroy_data_chunk(&chunk);
        if (appender) duckdb_appender_destroy(&appender);
    }
};

DuckAppender::DuckAppender(std::unique_ptr<Held> held) : held_(std::move(held)) {}
DuckAppender::DuckAppender(DuckAppender&&) noexcept = default;
DuckAppender& DuckAppender::operator=(DuckAppender&&) noexcept = default;
DuckAppender::~DuckAppender() = default;

Result<DuckAppender> DuckAppender::open(DuckConnection& connection, const char* table) {
    auto held = std::make_unique<Held>();
    if (duckdb_appender_create(connection.held_->connection, nullptr, table, &held->appender) !=
        DuckDBSuccess)
        return error_of("append", duckdb_appender_error(held->appender));
    std::vector<duckdb_logical_type> types(duckdb_appender_column_count(held->appender));
    for (idx_t column = 0; column < types.size(); ++column)
        types[column] = duckdb_appender_column_type(held->appender, column);
    held->chunk = duckdb_create_data_chunk(types.data(), types.size());
    for (duckdb_logical_type& type : types) duckdb_destroy_logical_type(&type);
    DuckAppender appender(std::move(held));
    appender.data_.resize(types.size());
    appender.take_vectors();
    return appender;
}

void DuckAppender::take_vectors() {
    for (idx_t column = 0; column < data_.size(); ++column)
        data_[column] = duckdb_vector_get_data(duckdb_data_chunk_get_vector(held_->chunk, column));
}

DuckAppender& DuckAppender::null() {
    const duckdb_vector vector = duckdb_data_chunk_get_vector(held_->chunk, column_++);
    duckdb_vector_ensure_validity_writable(vector);
    duckdb_validity_set_row_invalid(duckdb_vector_get_validity(vector), row_);
    return *this;
}

DuckAppender& DuckAppender::text(std::string_view clean) {
    // A short string lies in its cell: four bytes of length, up to twelve of text.
    if (clean.size() <= 12) {
        char cell[16] = {};
        const std::uint32_t size = static_cast<std::uint32_t>(clean.size());
        std::memcpy(cell, &size, 4);
        if (size) std::memcpy(cell + 4, clean.data(), size);
        std::memcpy(static_cast<char*>(data_[column_++]) + 16 * row_, cell, 16);
        return *this;
    }
    duckdb_vector_assign_string_element_len(duckdb_data_chunk_get_vector(held_->chunk, column_++),
                                            row_, clean.data(), clean.size());
    return *this;
}

Result<Done> DuckAppender::end_row() {
    assert(column_ == data_.size());
    column_ = 0;
    if (++row_ == held_->capacity) return flush();
    return Done{};
}

Result<Done> DuckAppender::flush() {
    if (row_ == 0) return Done{};
    duckdb_data_chunk_set_size(held_->chunk, row_);
    if (duckdb_append_data_chunk(held_->appender, held_->chunk) != DuckDBSuccess)
        return error_of("append", duckdb_appender_error(held_->appender));
    duckdb_data_chunk_reset(held_->chunk);
    take_vectors();
    row_ = 0;
    return Done{};
}

Result<Done> DuckAppender::finish() {
    if (auto flushed = flush(); !flushed) return flushed;
    if (duckdb_appender_close(held_->appender) != DuckDBSuccess)
        return error_of("append", duckdb_appender_error(held_->appender));
    return Done{};
}

// ---- Databases ---------------------------------------------------------------------------------

struct DuckDatabase::Held {
    duckdb_database database = nullptr;
    ~Held() { duckdb_close(&database); }
};

DuckDatabase::DuckDatabase(std::unique_ptr<Held> held) : held_(std::move(held)) {}
DuckDatabase::DuckDatabase(DuckDatabase&&) noexcept = default;
DuckDatabase& DuckDatabase::operator=(DuckDatabase&&) noexcept = default;
DuckDatabase::~DuckDatabase() = default;

Result<DuckDatabase> DuckDatabase::open(const std::filesystem::path& path, const Options& options) {
    struct Config {
        duckdb_config config = nullptr;
        ~Config() { duckdb_destroy_config(&config); }
    } config;
    duckdb_create_config(&config.config);
    const auto set = [&](const char* name, const std::string& value) {
        return duckdb_set_config(config.config, name, value.c_str()) == DuckDBSuccess;
    };
    // A checkpoint compresses the end of each table anew, so it comes once per 64 MB of log: at 16 MB
    // they took a fifth of the CPU of W3. Nothing but our own file is read, and no extension is fetched, whatever a query says.
    if (!set("memory_limit", fmt::format("{}MiB", options.memory_bytes >> 20)) ||
        !set("threads", std::to_string(std::max(1u, options.threads))) ||
        !set("access_mode", options.read_only ? "READ_ONLY" : "AUTOMATIC") ||
        !set("autoinstall_known_extensions", "false") ||
        !set("autoload_known_extensions", "false") || !set("checkpoint_threshold", "64MB"))
        return Error{"facts.duckdb: a setting is unknown to this DuckDB"};
    auto held = std::make_unique<Held>();
    char* why = nullptr;
    if (duckdb_open_ext(path.c_str(), &held->database, config.config, &why) != DuckDBSuccess) {
        Error error{fmt::format("open {}: {}", path.string(), why ? why : "unknown")};
        duckdb_free(why);
        return error;
    }
    DuckDatabase database(std::move(held));
    auto connection = database.connect();
    if (!connection) return connection.error();
    if (!options.other_files)
        if (auto closed = connection->run("SET enable_external_access = false"); !closed)
            return closed.error();
    return database;
}

Result<DuckConnection> DuckDatabase::connect() {
    auto held = std::make_unique<DuckConnection::Held>();
    if (duckdb_connect(held_->database, &held->connection) != DuckDBSuccess)
        return Error{"facts.duckdb: no connection could be opened"};
    return DuckConnection(std::move(held));
}

}  // namespace plimsoll::store
