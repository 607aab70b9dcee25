#include "store/sqlite_findings.h"

#include <mutex>

#include "store/state_database.h"

namespace plimsoll::store {

namespace {

using record::Finding;

Result<Finding> finding_in(Statement& row) {
    const auto document = json::Document::parse(row.bytes(0));
    if (!document) return Error{"state.db: a finding: " + document.error().what};
    return record::finding_of(document->root());
}

class SqliteFindings final : public record::Findings {
  public:
    explicit SqliteFindings(Database database) : database_(std::move(database)) {}

    Result<Done> put(const std::vector<Finding>& findings) override {
        const std::lock_guard lock(mutex_);
        return in_transaction(database_, [&]() -> Result<Done> {
            auto insert = database_.prepare("INSERT OR REPLACE INTO findings VALUES (?, ?, ?)");
            if (!insert) return insert.error();
            for (const Finding& finding : findings) {
                json::Writer writer;
                writer.begin_object();
                record::write_finding(writer, finding);
                writer.end_object();
                if (auto done = insert->bind_text(1, finding.id)
                                    .bind(2, finding.since)
                                    .bind_text(3, writer.text())
                                    .run();
                    !done)
                    return done;
            }
            return Done{};
        });
    }

    Result<std::vector<Finding>> all() override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare("SELECT finding FROM findings ORDER BY since_ns DESC, id");
        if (!select) return select.error();
        std::vector<Finding> list;
        for (;;) {
            const auto stepped = select->step();
            if (!stepped) return stepped.error();
            if (!*stepped) return list;
            if (auto finding = finding_in(*select)) list.push_back(std::move(*finding));
            // Else of a newer version.
        }
    }

    Result<std::optional<Finding>> finding(const std::string& id) override {
        const std::lock_guard lock(mutex_);
        auto select = database_.prepare("SELECT finding FROM findings WHERE id = ?");
        if (!select) return select.error();
        const auto stepped = select->bind_text(1, id).step();
        if (!stepped) return stepped.error();
        if (!*stepped) return std::optional<Finding>();
        auto finding = finding_in(*select);
        if (!finding) return finding.error();
        return std::optional(std::move(*finding));
    }

  private:
    std::mutex mutex_;
    Database database_;
};

}  // namespace

Result<std::unique_ptr<record::Findings>> open_sqlite_findings(const std::filesystem::path& path) {
    auto database = open_state_database(path);
    if (!database) return database.error();
    return std::unique_ptr<record::Findings>(
        std::make_unique<SqliteFindings>(std::move(*database)));
}

}  // namespace plimsoll::store
