/// trust_book.h: what each evaluator may do, kept up to date, with every step on the record.
///
///   facts, labels, configured evaluators ──▶ TrustBook ──read()──▶ reports and events
///                                               └── a step of trust is appended to the log once
///
/// Any thread may ask. Reading is cheap while nothing changed; after a label it costs what the
/// bootstrap of people's agreement costs (0.1 s for 200 items with two labels).
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "analyse/calibration/trust_report.h"
#include "base/result.h"
#include "record/facts.h"
#include "record/labels.h"
#include "record/trust_log.h"

namespace plimsoll::analyse {

struct TrustPage {
    UnixNanos computed = 0;
    std::vector<EvaluatorReport> evaluators;
    std::vector<record::TrustEvent> events;  ///< Oldest first.
};

class TrustBook {
  public:
    /// `configured`: checks with their version; judges with "" for it, since a judge's version is
    /// known with its first reply. All references must outlive the book.
    TrustBook(record::Facts& facts, record::Labels& labels, record::TrustLog& log,
              const Clock& clock, std::vector<EvaluatorName> configured,
              std::vector<std::string> slices);

    /// At most `page_lasts` old, and younger than the last changed().
    Result<std::shared_ptr<const TrustPage>> read();

    /// The last page there is, however old: for who labels, and cannot wait for a bootstrap. The
    /// first one is computed.
    Result<std::shared_ptr<const TrustPage>> latest();

    /// A label was added.
    void changed();

    /// The evaluator's sentinels say it may be another one: provisional at once if it was open, and
    /// nothing that started before `since` counts any more.
    Result<Done> suspend(const std::string& dimension, const std::string& evaluator,
                         const std::string& version, UnixNanos since, const std::string& why);

  private:
    Result<std::shared_ptr<const TrustPage>> compute();
    Result<std::vector<EvaluatorName>> at_work();

    record::Facts& facts_;
    record::Labels& labels_;
    record::TrustLog& log_;
    const Clock& clock_;
    const std::vector<EvaluatorName> configured_;
    const std::vector<std::string> slices_;
    std::mutex mutex_;
    std::shared_ptr<const TrustPage> page_;
    bool changed_ = true;  ///< page_ does not hold everything.
};

inline constexpr UnixNanos page_lasts = 60 * nanos_per_second;

}  // namespace plimsoll::analyse
