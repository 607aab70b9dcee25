#include "analyse/watch/watch_book.h"

#include <algorithm>
#include <map>
#include <set>

#include "analyse/watch/calibration_findings.h"
#include "base/json.h"
#include "base/sha256.h"

namespace plimsoll::analyse {

namespace {

using record::Finding;

constexpr UnixNanos hour_ns = 3600 * nanos_per_second;

bool same_series(const Finding& a, const Finding& b) {
    return a.dimension == b.dimension && a.evaluator == b.evaluator && a.version == b.version &&
           a.service == b.service && a.slice == b.slice && a.measure == b.measure &&
           a.worse == b.worse;
}

bool same_time(const Finding& a, const Finding& b) {
    constexpr UnixNanos days = 3 * 24 * hour_ns;
    return std::max(a.found - b.found, b.found - a.found) <= days;
}

}  // namespace

void keep_names(const std::vector<Finding>& said, std::vector<Finding>& fresh, UnixNanos end) {
    std::set<std::string> ids;
    for (const Finding& one : fresh) ids.insert(one.id);
    std::map<std::string, std::string> renamed;
    std::vector<Finding> gone;
    for (const Finding& old : said) {
        if (ids.contains(old.id)) continue;
        const auto again = std::ranges::find_if(fresh, [&](const Finding& one) {
            return same_series(one, old) && same_time(one, old) && !renamed.contains(one.id);
        });
        if (again != fresh.end()) {
            renamed[again->id] = old.id;
            again->id = old.id;
            again->found = old.found;
        } else if (!old.ended) {
            gone.push_back(old);
            gone.back().ended = end;
            gone.back().says += " No longer seen: scores came late, or another reference holds.";
        }
    }
    const auto rename = [&](std::string& id) {
        if (const auto to = renamed.find(id); to != renamed.end()) id = to->second;
    };
    for (Finding& one : fresh) {
        rename(one.leader);
        for (std::string& id : one.related) rename(id);
        std::ranges::sort(one.related);
    }
    fresh.insert(fresh.end(), gone.begin(), gone.end());
}

WatchBook::WatchBook(record::Facts& facts, record::SessionHours& hours, record::Findings& findings,
                     const Clock& clock, WatchOptions options,
                     std::function<Result<std::vector<AcceptedBaseline>>()> accepted,
                     record::TrustLog* trust)
    : facts_(facts),
      hours_(hours),
      findings_(findings),
      clock_(clock),
      options_(std::move(options)),
      accepted_(std::move(accepted)),
      trust_(trust) {}

/// An hour is over when the clock says so; of traffic that ended long ago, with its last span.
Result<UnixNanos> WatchBook::end_of_traffic() {
    const auto range = facts_.time_range();
    if (!range) return range.error();
    const UnixNanos last = *range ? (*range)->second + hour_ns : 0;
    return std::min(clock_.now(), last) / hour_ns * hour_ns;
}

Result<std::shared_ptr<const WatchReport>> WatchBook::look() {
    const std::lock_guard lock(looking_);
    const auto end = end_of_traffic();
    if (!end) return end.error();
    return look_locked(*end);
}

Result<std::shared_ptr<const WatchReport>> WatchBook::look_if_due() {
    const std::lock_guard lock(looking_);
    const auto end = end_of_traffic();
    if (!end) return end.error();
    {
        const std::lock_guard latest(latest_mutex_);
        if (latest_ && latest_->end == *end) return latest_;
    }
    return look_locked(*end);
}

Result<std::shared_ptr<const WatchReport>> WatchBook::latest() {
    {
        const std::lock_guard latest(latest_mutex_);
        if (latest_) return latest_;
    }
    return look_if_due();
}

Result<Done> WatchBook::record_look(WatchReport& report, DigestedHours& read) {
    json::Writer result;
    result.begin_object().key("series").value(std::uint64_t{report.series.size()}).key("sharing");
    result.value(report.sharing).key("findings").begin_array();
    for (Finding& one : report.findings) {
        one.run.clear();
        json::Writer said;
        said.begin_object();
        write_finding(said, one);
        said.end_object();
        result.begin_object().key("id").value(one.id).key("change").value(one.change);
        result.key("pages").value(one.pages).key("sha256").value(sha256_hex(said.text()));
        result.end_object();
    }
    result.end_array().end_object();
    const auto link = records_->append({.time = clock_.now(),
                                        .kind = "watch",
                                        .from = read.first_hour() * hour_ns,
                                        .to = report.end,
                                        .inputs = read.digest(),
                                        .methods = R"({"watch":1})",
                                        .result = result.take()});
    if (!link) return link.error();
    for (Finding& one : report.findings) one.run = std::to_string(link->seq);
    return Done{};
}

Result<std::shared_ptr<const WatchReport>> WatchBook::look_locked(UnixNanos end) {
    WatchOptions options = options_;
    if (accepted_) {
        auto accepted = accepted_();
        if (!accepted) return accepted.error();
        options.accepted.insert(options.accepted.end(), accepted->begin(), accepted->end());
    }
    DigestedHours read(hours_);
    auto report = watch(records_ ? static_cast<record::SessionHours&>(read) : hours_, options, end);
    if (!report) return report.error();
    if (trust_) {
        const auto steps = trust_->events();
        if (!steps) return steps.error();
        for (record::Finding& one : calibration_findings(*steps, clock_.now()))
            report->findings.push_back(std::move(one));
    }
    const auto said = findings_.all();
    if (!said) return said.error();
    keep_names(*said, report->findings, end);
    if (records_)
        if (auto recorded = record_look(*report, read); !recorded) return recorded.error();
    if (auto put = findings_.put(report->findings); !put) return put.error();
    auto kept = std::make_shared<const WatchReport>(std::move(*report));
    const std::lock_guard latest(latest_mutex_);
    latest_ = kept;
    return kept;
}

}  // namespace plimsoll::analyse
