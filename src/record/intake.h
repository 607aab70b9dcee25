/// intake.h: from a body at the door to an answer for its sender.
///
///   door ──submit(body)──▶ admit ──▶ protect ──▶ journal ──synced──▶ answered(Answer)
///
/// Every door (HTTP, gRPC) goes through here, so they answer alike (docs/architecture.md).
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>

#include "base/byte_budget.h"
#include "record/journal.h"
#include "wire/edit_content.h"
#include "wire/otlp.h"

namespace plimsoll::record {

/// What the sender is told. Each door has one table that turns this into its protocol.
struct Answer {
    enum class Kind : std::uint8_t {
        accepted,   ///< Durable; `rejected` spans were not, and `message` says why.
        malformed,  ///< Not OTLP. Must not be sent again.
        too_large,  ///< Over a limit. Must not be sent again.
        come_back,  ///< Nothing was kept. Send again after `retry_after_s`.
        slow_down,  ///< As come_back, because this sender sends more than its share.
    };
    Kind kind = Kind::accepted;
    std::size_t rejected = 0;
    std::string message;
    unsigned retry_after_s = 0;
};

struct IntakeCounts {
    std::atomic<std::uint64_t> requests{0}, spans_accepted{0}, spans_rejected{0}, spans_withheld{0},
        logs_ignored{0}, texts_protected{0}, strings_repaired{0}, malformed{0}, too_large{0},
        come_back{0}, bytes{0};
};

class Intake {
  public:
    /// `protect` says what of a request may be stored; nullptr keeps all of it. Both outlive this.
    Intake(Journal& journal, wire::Limits limits, const wire::ContentEditor* protect = nullptr)
        : journal_(journal), limits_(limits), protect_(protect) {}

    /// A request without spans is accepted at once: it never meets the journal. Neither does one
    /// whose spans are all bad: accepted too, with all of them rejected, so that it is not resent.
    /// `body` is inflated already; `held` is what it occupies of the byte budget, given back once
    /// answered. Log records are kept as spans (wire/log_spans.h) and counted as such. `answered`
    /// is called once, on this thread or the journal's. Any thread may submit.
    void submit(std::string body, wire::Encoding encoding, ByteBudget::Reservation held,
                std::function<void(Answer)> answered, wire::Signal signal = wire::Signal::traces);

    const wire::Limits& limits() const { return limits_; }
    IntakeCounts& counts() { return counts_; }

    /// "Come back", with a delay of 1 to 5 s that differs from one sender to the next, so that they
    /// do not all come back at once (A19). Counted. For doors that must refuse before submit().
    Answer come_back(std::string why);

  private:
    Journal& journal_;
    const wire::Limits limits_;
    const wire::ContentEditor* const protect_;
    IntakeCounts counts_;
    std::atomic<unsigned> delay_turn_{0};
};

}  // namespace plimsoll::record
