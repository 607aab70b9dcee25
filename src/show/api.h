/// api.h: REST under /api/v1: requests in, answers out, over the stores' interfaces.
///
///   routes.h lists every route with its parameters and what it answers; the OpenAPI document and
///   the dispatch are read off that list.
///
/// Pure but for what the stores hold. Any thread may ask.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <vector>

#include "analyse/calibration/due.h"
#include "analyse/calibration/judge_watch.h"
#include "alert/alert_book.h"
#include "analyse/calibration/trust_book.h"
#include "analyse/evidence/collect_bundle.h"
#include "analyse/watch/watch_book.h"
#include "base/time.h"
#include "evaluate/scorecard.h"
#include "interaction/unmapped_counts.h"
#include "record/datasets.h"
#include "record/facts.h"
#include "record/intake.h"
#include "record/journal.h"
#include "record/judge_ledger.h"
#include "record/labels.h"
#include "record/reasons.h"
#include "record/row_cache.h"
#include "record/run_record.h"
#include "show/http.h"

namespace plimsoll::show {

struct OwnerInfo {
    std::string name;
    std::vector<std::string> rotation;
    std::vector<std::string> notify;
};

/// What does not change while the server runs.
struct Deployment {
    std::string version;
    UnixNanos started = 0;
    std::string configuration;       ///< Content version.
    std::string configuration_file;  ///< "" for the built-in one.
    const evaluate::Scorecard* scorecard = nullptr;
    std::vector<OwnerInfo> owners;
    std::vector<std::string> slices;
    std::function<std::string(const std::string& owner, UnixNanos)> on_call;
    std::string grpc, http, page;  ///< Addresses bound, "127.0.0.1:4317".
};

/// What does.
struct LiveStatus {
    std::uint64_t generation = 0;
    std::uint64_t read_seq = 0;  ///< The journal row the follower has read.
    std::uint64_t open_traces = 0;
    std::size_t budget_used = 0, budget_bytes_max = 0;
    std::optional<double> rebuilding;  ///< Share done, while lost facts are rebuilt.
    std::vector<interaction::UnmappedCount> unmapped;  ///< What no convention reads, most first.
    std::vector<std::string> notices;  ///< What was set aside at start, for a person.
};

struct ApiParts {
    record::Facts& facts;
    record::Journal& journal;
    record::IntakeCounts& intake;
    const Clock& clock;
    std::function<LiveStatus()> live;
    record::Labels* labels = nullptr;     ///< nullptr: this deployment keeps none.
    analyse::TrustBook* trust = nullptr;  ///< The same.
    /// A text without personal data and secrets; may be empty where nothing is redacted.
    std::function<std::string(const std::string&)> redact = nullptr;
    record::RunRecords* records = nullptr;  ///< nullptr: none are kept.
    analyse::WatchBook* watch = nullptr;    ///< nullptr: nothing is watched.
    /// The proof of a finding or alert, by its id; may be empty where none is made.
    std::function<Result<analyse::BundleFiles>(const std::string&, const analyse::BundleOptions&)>
        bundle = nullptr;
    std::function<Result<std::vector<analyse::DueItem>>()> due = nullptr;  ///< The same.
    record::JudgeLedger* judge_ledger = nullptr;  ///< nullptr: no judges; so the next three.
    const analyse::JudgeWatch* judge_watch = nullptr;
    record::Reasons* reasons = nullptr;
    /// Why the judge of this name waits now; "" if it does not.
    std::function<std::string(const std::string&)> judge_waits = nullptr;
    record::Datasets* datasets = nullptr;  ///< nullptr: none are kept.
    alert::AlertBook* alerts = nullptr;  ///< nullptr: none are kept.
};

class Api {
  public:
    Api(Deployment deployment, ApiParts parts);

    /// What a key must be allowed for this request.
    static record::KeyRole needs(const HttpRequest& request);

    /// Answers every path below /api/; never throws. Whether it may, the caller has asked.
    HttpAnswer answer(const HttpRequest& request);

    /// Tells the addresses that status shows, once they are bound. Before the first answer only.
    void listens_on(std::string grpc, std::string http, std::string page);

    const Deployment& deployment() const { return deployment_; }
    ApiParts& parts() { return parts_; }

    /// One interaction with everything its spans say; nullopt if unknown.
    Result<std::optional<Interaction>> read(const record::InteractionFact& fact,
                                            bool keep_attributes);

  private:
    Deployment deployment_;
    ApiParts parts_;
    std::mutex rows_mutex_;
    record::RowCache rows_;  ///< Guarded by rows_mutex_: the traces people look at now.
};

/// {"error":{"what","where","mend"}}
HttpAnswer error_answer(int status, std::string_view what, std::string_view where,
                        std::string_view mend);

}  // namespace plimsoll::show
