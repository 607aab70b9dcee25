/// alert_book.h: alerts over the stores: looks what is found and who is trusted, takes the steps
/// that follow, and answers people.
///
///   findings, trust ──▶ AlertBook::step() ──▶ alert log (events and outbox, one transaction)
///   people ──▶ acknowledge(), decide() ──────┘             └──▶ run records, in the same order
///
/// One book writes at a time; any thread may ask it.
#pragma once

#include <functional>
#include <mutex>
#include <string>
#include <variant>
#include <vector>

#include "alert/decision.h"
#include "alert/message.h"
#include "alert/next_steps.h"
#include "analyse/calibration/trust_book.h"
#include "record/run_record.h"

namespace plimsoll::alert {

/// A finding that would be told, if its evaluator were trusted.
struct Withheld {
    record::Finding finding;
    Passage passage;
};

/// An alert with what a person reads of it.
struct Entry {
    Alert alert;
    Message story;
    std::vector<record::Finding> findings;  ///< In the alert's order.
};

struct AlertPage {
    std::vector<Entry> alerts;  ///< The last one opened first.
    std::vector<Withheld> withheld;
};

/// Why a person's word was not taken.
struct Refused {
    enum class Fault : std::uint8_t {
        wrong,    ///< What was said makes no sense.
        unknown,  ///< There is no such alert.
        closed,   ///< The alert needs nobody any more.
    };
    Fault fault = Fault::wrong;
    std::string why;
};

class AlertBook {
  public:
    struct Parts {
        record::AlertLog& log;
        record::Findings& findings;
        analyse::TrustBook* trust;    ///< nullptr: no evaluator is trusted.
        record::RunRecords* records;  ///< nullptr: no trail is kept.
        const Clock& clock;
    };
    /// `configuration`: content version, for the trail. `told` is called after something was
    /// written that channels are to hear of.
    AlertBook(Parts parts, Policy policy, std::string configuration,
              std::function<void()> told = nullptr);

    /// Takes the steps that follow from what is known now.
    Result<Done> step();

    Result<AlertPage> read();

    /// The alert as it is then. Acknowledging twice changes nothing; who decided may decide anew.
    Result<std::variant<Alert, Refused>> acknowledge(const std::string& alert,
                                                     const std::string& by);
    Result<std::variant<Alert, Refused>> decide(const std::string& alert, const Decision& decision);

    record::AlertLog& log() { return parts_.log; }
    void set_page_url(std::string url);

  private:
    struct Seen;
    Result<Seen> look();
    Result<Done> write(const Steps& steps);
    Result<Done> keep_trail();
    Result<std::variant<Alert, Refused>> add(const std::string& alert, record::AlertEvent event);

    Parts parts_;
    Policy policy_;
    const std::string configuration_;
    const std::function<void()> told_;
    std::mutex mutex_;
    std::optional<std::uint64_t> kept_;  ///< The last event in the trail; nullopt: not looked yet.
};

}  // namespace plimsoll::alert
