#include "app/evidence/bundle_desk.h"

#include <fmt/format.h>

#include "alert/alert.h"
#include "store/sqlite_alert_log.h"
#include "store/sqlite_run_records.h"

namespace plimsoll::app {

Result<std::unique_ptr<BundleDesk>> BundleDesk::open(const std::filesystem::path& data,
                                                     record::Facts& facts, record::Journal& journal,
                                                     record::JudgeLedger* ledger,
                                                     record::Findings& findings,
                                                     const Configuration& configuration) {
    std::unique_ptr<BundleDesk> desk(
        new BundleDesk(facts, journal, ledger, findings, configuration));
    const auto file = data / "state.db";
    auto alerts = store::open_sqlite_alert_log(file);
    if (!alerts) return alerts.error();
    auto records = store::open_sqlite_run_records(file);
    if (!records) return records.error();
    desk->alerts_ = std::move(*alerts);
    desk->records_ = std::move(*records);
    return desk;
}

Result<record::Finding> BundleDesk::finding(const std::string& id) {
    auto found = findings_.finding(id);
    if (!found) return found.error();
    if (*found) return std::move(**found);
    const auto events = alerts_->events();
    if (!events) return events.error();
    for (const alert::Alert& alert : alert::fold(*events)) {
        if (alert.id != id || alert.findings.empty()) continue;
        found = findings_.finding(alert.findings.front());
        if (!found) return found.error();
        if (*found) return std::move(**found);
    }
    return Error{fmt::format("no finding and no alert has the id '{}'", id.substr(0, 60))};
}

Result<analyse::BundleFiles> BundleDesk::bundle(const std::string& id,
                                                const analyse::BundleOptions& options) {
    const auto found = finding(id);
    if (!found) return found.error();
    return analyse::collect_bundle(*found,
                                   {.facts = facts_,
                                    .journal = journal_,
                                    .ledger = ledger_,
                                    .records = records_.get(),
                                    .scorecard = configuration_.scorecard,
                                    .configuration = evaluation_text(configuration_),
                                    .named_files = configuration_.files,
                                    .made_by = "plimsoll " PLIMSOLL_VERSION},
                                   options);
}

}  // namespace plimsoll::app
