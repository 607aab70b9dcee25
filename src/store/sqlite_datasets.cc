#include "store/sqlite_datasets.h"

#include <mutex>

#include "base/hash.h"
#include "store/packed_bytes.h"
#include "store/state_database.h"

namespace plimsoll::store {

namespace {

using record::Dataset;

constexpr std::size_t lines_bytes_max = 1u << 30;

Dataset read_row(Statement& row) {
    Dataset dataset;
    dataset.name = row.bytes(0);
    dataset.version = row.bytes(1);
    dataset.created = row.integer(2);
    dataset.note = row.bytes(3);
    dataset.items = static_cast<std::uint64_t>(row.integer(4));
    return dataset;
}

class SqliteDatasets final : public record::Datasets {
  public:
    explicit SqliteDatasets(Database database) : database_(std::move(database)) {}

    Result<bool> put(const Dataset& dataset) override {
        const std::string packed = pack_bytes(dataset.lines);
        const std::lock_guard lock(mutex_);
        auto insert = database_.prepare(
            "INSERT OR IGNORE INTO datasets (name, version, created_ns, note, items, lines)"
            " VALUES (?, ?, ?, ?, ?, ?) RETURNING id");
        if (!insert) return insert.error();
        const auto added = insert->bind_text(1, dataset.name)
                               .bind_text(2, dataset.version)
                               .bind(3, dataset.created)
                               .bind_text(4, dataset.note)
                               .bind(5, static_cast<std::int64_t>(dataset.items))
                               .bind_blob(6, packed)
                               .step();
        if (!added) return added.error();
        insert->reset();
        return *added;
    }

    Result<std::vector<Dataset>> list() override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT name, version, created_ns, note, items FROM datasets ORDER BY name, id");
        if (!select) return select.error();
        std::vector<Dataset> found;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return found;
            found.push_back(read_row(*select));
        }
    }

    Result<std::optional<Dataset>> get(const std::string& name,
                                       const std::string& version) override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare(
            "SELECT name, version, created_ns, note, items, lines FROM datasets"
            " WHERE name = ? AND substr(version, 1, ?) = ? ORDER BY id DESC LIMIT 2");
        if (!select) return select.error();
        auto stepped = select->bind_text(1, name)
                           .bind(2, static_cast<std::int64_t>(version.size()))
                           .bind_text(3, version)
                           .step();
        if (!stepped) return stepped.error();
        if (!*stepped) return std::optional<Dataset>();
        Dataset dataset = read_row(*select);
        auto lines = unpack_bytes(select->bytes(5), lines_bytes_max);
        if (!lines) return lines.error();
        dataset.lines = std::move(*lines);
        if (content_version(dataset.lines) != dataset.version)
            return Error{"dataset " + name + "@" + dataset.version +
                         ": its lines are not those it was made of"};
        if (!version.empty()) {
            stepped = select->step();
            if (!stepped) return stepped.error();
            if (*stepped) return std::optional<Dataset>();
        }
        return std::optional(std::move(dataset));
    }

  private:
    std::mutex mutex_;
    Database database_;
};

}  // namespace

Result<std::unique_ptr<record::Datasets>> open_sqlite_datasets(const std::filesystem::path& path) {
    auto database = open_state_database(path);
    if (!database) return database.error();
    return std::unique_ptr<record::Datasets>(
        std::make_unique<SqliteDatasets>(std::move(*database)));
}

}  // namespace plimsoll::store
