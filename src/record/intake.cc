#include "record/intake.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

namespace plimsoll::record {

namespace {

/// What waits for the journal. Shared, since a std::function must be copyable.
struct Waiting {
    ByteBudget::Reservation held;
    std::function<void(Answer)> answered;
    std::size_t span_count = 0;
    std::size_t repaired = 0;
    Answer answer;  ///< If the journal succeeds.
};

}  // namespace

Answer Intake::come_back(std::string why) {
    ++counts_.come_back;
    return {.kind = Answer::Kind::come_back,
            .message = std::move(why),
            .retry_after_s = 1 + delay_turn_++ % 5};
}

void Intake::submit(std::string body, wire::Encoding encoding, ByteBudget::Reservation held,
                    std::function<void(Answer)> answered, wire::Signal signal) {
    ++counts_.requests;
    counts_.bytes += body.size();
    if (body.size() > limits_.body_bytes_max) {
        ++counts_.too_large;
        held = {};  // Before the answer, here and below: whoever has it may count on the room.
        return answered({.kind = Answer::Kind::too_large,
                         .message = fmt::format("the body has {} bytes; at most {} are accepted",
                                                body.size(), limits_.body_bytes_max)});
    }

    wire::Admitted admitted = wire::admit(std::move(body), encoding, limits_, signal);
    if (!admitted.decodable) {
        ++(admitted.too_large ? counts_.too_large : counts_.malformed);
        held = {};
        return answered(
            {.kind = admitted.too_large ? Answer::Kind::too_large : Answer::Kind::malformed,
             .message = std::move(admitted.why)});
    }

    counts_.logs_ignored += admitted.ignored;

    if (protect_) {
        wire::Edited edited = wire::edit_content(std::move(admitted.otlp), *protect_);
        counts_.texts_protected += edited.changes;
        counts_.spans_withheld += edited.spans_withheld;
        admitted.span_count -= edited.spans_withheld;
        admitted.otlp = std::move(edited.otlp);
        // A placeholder may be longer than what it stands for.
        if (admitted.otlp.size() > limits_.body_bytes_max) {
            ++counts_.too_large;
            held = {};
            return answered({.kind = Answer::Kind::too_large,
                             .message = fmt::format("the body has more than {} bytes once personal "
                                                    "data is replaced",
                                                    limits_.body_bytes_max)});
        }
    }

    Answer answer{.rejected = admitted.rejected, .message = std::move(admitted.why)};
    if (admitted.span_count == 0) {
        counts_.spans_rejected += admitted.rejected;
        held = {};
        return answered(std::move(answer));
    }

    auto waiting = std::make_shared<Waiting>();
    waiting->held = std::move(held);
    waiting->answered = std::move(answered);
    waiting->span_count = admitted.span_count;
    waiting->repaired = admitted.repaired;
    waiting->answer = std::move(answer);
    journal_.append(std::move(admitted.otlp), admitted.span_count,
                    [this, waiting](Result<std::uint64_t> row) {
                        waiting->held = {};
                        if (!row) return waiting->answered(come_back(row.error().what));
                        counts_.spans_accepted += waiting->span_count;
                        counts_.spans_rejected += waiting->answer.rejected;
                        counts_.strings_repaired += waiting->repaired;
                        waiting->answered(std::move(waiting->answer));
                    });
}

}  // namespace plimsoll::record
