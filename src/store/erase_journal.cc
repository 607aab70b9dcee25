#include <algorithm>

#include <fmt/format.h>

#include "interaction/understand.h"
#include "store/erase_parts.h"
#include "store/journal_file.h"
#include "store/sqlite.h"
#include "wire/blank_spans.h"
#include "wire/span_view.h"

namespace plimsoll::store {

namespace fs = std::filesystem;

namespace {

std::vector<fs::path> journal_paths(const EraseOptions& options) {
    std::vector<fs::path> paths;
    std::error_code none;
    for (const auto& entry : fs::directory_iterator(options.data_dir / "journal", none))
        if (JournalFileName::parse(entry.path().filename().string())) paths.push_back(entry.path());
    std::ranges::sort(paths);
    return paths;
}

/// Every row that can be read, with its bytes; `damaged` may be called for others.
Result<Done> for_each_row(const fs::path& path,
                          const std::function<Result<Done>(const PackedRow&, std::string)>& visit,
                          const std::function<void(std::string)>& damaged) {
    auto reader = JournalReader::open(path, "");
    if (!reader) return reader.error();
    const auto bounds = reader->bounds();
    if (!bounds) return bounds.error();
    Result<Done> done = Done{};
    auto read = reader->read(
        bounds->first_seq, bounds->last_seq,
        [&](PackedRow row) {
            auto otlp = unpack(row);
            if (otlp)
                done = visit(row, std::move(*otlp));
            else
                damaged(fmt::format("{}, row {}: {}", path.string(), row.seq, otlp.error().what));
            return done.ok();
        },
        [&](std::uint64_t first, std::uint64_t last, std::string why) {
            damaged(fmt::format("{}, rows {} to {}: {}", path.string(), first, last, why));
        });
    return read ? done : read;
}

}  // namespace

Result<Done> find_in_journal(const EraseOptions& options, std::set<TraceId>& traces,
                             Erased& erased) {
    const auto paths = journal_paths(options);
    const auto is_theirs = [&](const std::string& user) {
        return std::ranges::find(options.users, user) != options.users.end();
    };
    for (std::size_t i = 0; i < paths.size(); ++i) {
        auto searched = for_each_row(
            paths[i],
            [&](const PackedRow&, std::string otlp) -> Result<Done> {
                // To understand a span costs a thousand times what it costs to look for a name.
                if (std::ranges::none_of(options.users, [&](const std::string& user) {
                        return otlp.find(user) != std::string::npos;
                    }))
                    return Done{};
                wire::for_each_span(otlp, [&](std::uint32_t, const wire::SpanView& span) {
                    if (!span.trace.is_zero() && is_theirs(interaction::understand_span(span).user))
                        traces.insert(span.trace);
                });
                return Done{};
            },
            [&](std::string what) { erased.unsearched.push_back(std::move(what)); });
        if (!searched) return searched;
        if (options.progress)
            options.progress(.5 * static_cast<double>(i + 1) / static_cast<double>(paths.size()));
    }
    return Done{};
}

Result<Done> erase_from_journal(const EraseOptions& options, const std::set<TraceId>& traces,
                                Erased& erased) {
    if (traces.empty()) return Done{};
    const auto gone = [&](const wire::SpanKey& key) { return traces.contains(key.trace); };
    RowPacker packer(1);
    const auto paths = journal_paths(options);
    for (std::size_t i = 0; i < paths.size(); ++i) {
        std::vector<PackedRow> changed;
        const auto write = [&]() -> Result<Done> {
            if (changed.empty() || options.only_count) return changed.clear(), Done{};
            auto database = Database::open(paths[i], Database::Mode::existing);
            if (!database) return database.error();
            if (auto set = database->run("PRAGMA secure_delete=ON; PRAGMA synchronous=FULL;"
                                         "BEGIN IMMEDIATE");
                !set)
                return set;
            auto update = database->prepare(
                "UPDATE journal SET raw_bytes = ?, checksum = ?, body = ? WHERE seq = ?");
            if (!update) return update.error();
            for (const PackedRow& row : changed)
                if (auto ran = update->bind(1, static_cast<std::int64_t>(row.raw_bytes))
                                   .bind(2, static_cast<std::int64_t>(row.checksum))
                                   .bind_blob(3, row.body)
                                   .bind(4, static_cast<std::int64_t>(row.seq))
                                   .run();
                    !ran)
                    return ran;
            changed.clear();
            return database->run("COMMIT; PRAGMA wal_checkpoint(TRUNCATE)");
        };
        constexpr std::size_t rows_at_once = 64;
        auto done = for_each_row(
            paths[i],
            [&](PackedRow row, std::string otlp) -> Result<Done> {
                auto blanked = wire::blank_spans(otlp, gone);
                if (blanked.spans == 0) return Done{};
                erased.spans += blanked.spans;
                ++erased.journal_rows;
                if (auto packed = packer.compress(blanked.otlp, row); !packed) return packed;
                row.checksum = row.checksum_due();
                changed.push_back(std::move(row));
                return changed.size() < rows_at_once ? Result<Done>(Done{}) : write();
            },
            [](const std::string&) {});
        if (done) done = write();
        if (!done) return done;
        if (options.progress)
            options.progress(.5 +
                             .5 * static_cast<double>(i + 1) / static_cast<double>(paths.size()));
    }
    return Done{};
}

}  // namespace plimsoll::store
