#include "interaction/gather.h"

#include <algorithm>
#include <cassert>
#include <cstring>
#include <limits>
#include <tuple>
#include <utility>

#include "base/hash.h"
#include "interaction/recent_traces.h"

namespace plimsoll::interaction {
namespace {

constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
/// Up to here a trace's spans are compared one by one, which is faster than any table.
constexpr std::uint32_t scanned_spans_max = 16;

struct HeldSpan {
    SpanId id;
    std::uint64_t seq = 0;
    std::uint32_t ordinal = 0;
    std::uint32_t next : 31 = 0;
    std::uint32_t pending : 1 = 0;
};
constexpr std::uint32_t no_span = (1u << 31) - 1;
static_assert(sizeof(HeldSpan) == 24);

/// A set of indices by the hash of what they stand for; linear probing, never more than half full.
class IndexTable {
  public:
    /// The slot that holds an index for which `same` is true, or the empty one where it belongs.
    template <class Same>
    std::uint32_t& slot(std::uint64_t hash, const Same& same) {
        std::size_t at = hash & mask();
        while (slots_[at] != none && !same(slots_[at])) at = (at + 1) & mask();
        return slots_[at];
    }

    /// Makes room for one more; `hash_of` says where an index belongs.
    template <class HashOf>
    void reserve_one(const HashOf& hash_of) {
        if (2 * (used_ + 1) > slots_.size()) {
            std::vector<std::uint32_t> old(std::max<std::size_t>(64, 2 * slots_.size()), none);
            old.swap(slots_);
            for (const std::uint32_t index : old) {
                if (index != none) {
                    slot(hash_of(index), [](std::uint32_t) { return false; }) = index;
                }
            }
        }
        ++used_;
    }

    /// Takes `index` out and closes the gap, so that no tombstones gather.
    template <class HashOf>
    void erase(std::uint32_t index, const HashOf& hash_of) {
        std::size_t gap = hash_of(index) & mask();
        while (slots_[gap] != index) gap = (gap + 1) & mask();
        for (std::size_t at = (gap + 1) & mask(); slots_[at] != none; at = (at + 1) & mask()) {
            const std::size_t home = hash_of(slots_[at]) & mask();
            if (((at - home) & mask()) >= ((at - gap) & mask())) {
                slots_[gap] = slots_[at];
                gap = at;
            }
        }
        slots_[gap] = none;
        --used_;
    }

    bool empty() const { return slots_.empty(); }

  private:
    std::size_t mask() const { return slots_.size() - 1; }

    std::vector<std::uint32_t> slots_;
    std::size_t used_ = 0;
};

struct Neighbours {
    std::uint32_t before = none;
    std::uint32_t after = none;
};

struct OpenTrace {
    TraceId id;
    UnixNanos first_arrival = 0;
    UnixNanos last_arrival = 0;
    std::uint64_t first_seq = 0;
    std::uint32_t span_first = no_span;
    std::uint32_t span_last = no_span;
    std::uint32_t span_count = 0;
    bool root_ended = false;
    bool out_of_order = false;  ///< A pending span gave way to a later place.
    Neighbours by_age;
    Neighbours by_quiet;
    std::unique_ptr<IndexTable> spans;  ///< Only beyond scanned_spans_max.
};

/// A doubly linked list through the open traces; ordered because traces are only put at its end.
template <Neighbours OpenTrace::*links>
struct Queue {
    std::uint32_t front = none;
    std::uint32_t back = none;

    void append(std::vector<OpenTrace>& traces, std::uint32_t at) {
        traces[at].*links = {.before = back, .after = none};
        (back == none ? front : (traces[back].*links).after) = at;
        back = at;
    }

    void remove(std::vector<OpenTrace>& traces, std::uint32_t at) {
        const Neighbours gone = traces[at].*links;
        (gone.before == none ? front : (traces[gone.before].*links).after) = gone.after;
        (gone.after == none ? back : (traces[gone.after].*links).before) = gone.before;
    }
};

UnixNanos later(UnixNanos time, std::chrono::milliseconds delay) {
    const UnixNanos nanos = std::chrono::nanoseconds(delay).count();
    return time > std::numeric_limits<UnixNanos>::max() - nanos
               ? std::numeric_limits<UnixNanos>::max()
               : time + nanos;
}

}  // namespace

class Gather::State {
  public:
    explicit State(GatherOptions options)
        : options_(options), rooted_(options.recent_traces_max, options.hash_seed) {}

    void add(std::uint64_t seq, std::uint32_t ordinal, UnixNanos arrived,
             const wire::SpanKey& span) {
        settle(arrived);
        arrived = now_;
        const std::uint32_t at = open(span.trace, seq, arrived);
        OpenTrace& trace = traces_[at];

        const bool pending = span.end == 0;
        const std::uint32_t twin = find(trace, span.id);
        if (twin != no_span) {
            HeldSpan& held = spans_[twin];
            if (!held.pending || pending) return;  // Sent again: nothing new, so no reason to wait.
            held.seq = seq;
            held.ordinal = ordinal;
            held.pending = 0;
            trace.out_of_order = true;
        } else {
            hold(trace, {span.id, seq, ordinal, no_span, pending});
        }
        trace.last_arrival = arrived;

        const bool root = span.parent.is_zero() || span.parent == span.id;
        if (trace.root_ended) {
            by_quiet_.remove(traces_, at);
            by_quiet_.append(traces_, at);
        } else if (root && !pending) {
            trace.root_ended = true;
            by_quiet_.append(traces_, at);
        }
        if (trace.span_count >= options_.spans_per_trace_max) close(at, true);
        while (open_spans_ > options_.open_spans_max) close(by_age_.front, true);
    }

    std::vector<ClosedTrace> advance(UnixNanos now) {
        settle(now);
        closed_lowest_seq_ = std::numeric_limits<std::uint64_t>::max();
        return std::exchange(closed_, {});
    }

    std::uint64_t lowest_seq(std::uint64_t otherwise) const {
        const std::uint64_t open = by_age_.front == none ? std::numeric_limits<std::uint64_t>::max()
                                                         : traces_[by_age_.front].first_seq;
        const std::uint64_t lowest = std::min(open, closed_lowest_seq_);
        return lowest == std::numeric_limits<std::uint64_t>::max() ? otherwise : lowest;
    }

    std::size_t open_traces() const { return traces_.size() - free_traces_.size(); }
    std::size_t open_spans() const { return open_spans_; }

  private:
    /// Moves time on to `now` and closes what is due by then. add() does so too, which makes the
    /// outcome independent of advance().
    void settle(UnixNanos now) {
        now_ = std::max(now_, now);
        while (by_age_.front != none) {
            const UnixNanos aged = later(traces_[by_age_.front].first_arrival, options_.age_max);
            const UnixNanos quiet =
                by_quiet_.front == none
                    ? std::numeric_limits<UnixNanos>::max()
                    : later(traces_[by_quiet_.front].last_arrival, options_.quiet);
            if (std::min(aged, quiet) > now_) return;
            const std::uint32_t due =
                quiet <= aged && by_quiet_.front != none ? by_quiet_.front : by_age_.front;
            close(due, !traces_[due].root_ended);
        }
    }

    std::uint64_t hash_of_trace(const TraceId& id) const {
        return hash64(id.raw(), options_.hash_seed);
    }
    std::uint64_t hash_of_span(const SpanId& id) const {
        return hash64(id.raw(), options_.hash_seed);
    }

    std::uint32_t open(const TraceId& id, std::uint64_t seq, UnixNanos arrived) {
        const auto hash_at = [this](std::uint32_t at) { return hash_of_trace(traces_[at].id); };
        const auto same = [this, &id](std::uint32_t at) { return traces_[at].id == id; };
        const std::uint64_t hash = hash_of_trace(id);
        if (!by_id_.empty()) {
            const std::uint32_t known = by_id_.slot(hash, same);
            if (known != none) return known;
        }
        std::uint32_t at;
        if (free_traces_.empty()) {
            at = static_cast<std::uint32_t>(traces_.size());
            traces_.emplace_back();
        } else {
            at = free_traces_.back();
            free_traces_.pop_back();
        }
        traces_[at].id = id;
        traces_[at].first_arrival = arrived;
        traces_[at].first_seq = seq;
        by_id_.reserve_one(hash_at);
        by_id_.slot(hash, same) = at;
        by_age_.append(traces_, at);
        if (rooted_.contains(id)) {
            traces_[at].root_ended = true;
            by_quiet_.append(traces_, at);
        }
        return at;
    }

    /// The span of this trace with that id, or no_span.
    std::uint32_t find(const OpenTrace& trace, const SpanId& id) const {
        if (trace.spans) {
            const std::uint32_t at = trace.spans->slot(
                hash_of_span(id), [this, &id](std::uint32_t at) { return spans_[at].id == id; });
            return at == none ? no_span : at;
        }
        std::uint32_t at = trace.span_first;
        while (at != no_span && spans_[at].id != id) at = spans_[at].next;
        return at;
    }

    void hold(OpenTrace& trace, const HeldSpan& span) {
        std::uint32_t at = free_span_;
        if (at == no_span) {
            at = static_cast<std::uint32_t>(spans_.size());
            assert(at < no_span);  // open_spans_max is far below 2^31.
            spans_.push_back(span);
        } else {
            free_span_ = spans_[at].next;
            spans_[at] = span;
        }
        if (trace.span_last == no_span) {
            trace.span_first = at;
        } else {
            spans_[trace.span_last].next = at;
        }
        trace.span_last = at;
        ++trace.span_count;
        ++open_spans_;
        if (trace.spans) {
            enter(*trace.spans, at);
        } else if (trace.span_count > scanned_spans_max) {
            trace.spans = std::make_unique<IndexTable>();
            for (std::uint32_t each = trace.span_first; each != no_span; each = spans_[each].next) {
                enter(*trace.spans, each);
            }
        }
    }

    void enter(IndexTable& table, std::uint32_t at) {
        table.reserve_one([this](std::uint32_t each) { return hash_of_span(spans_[each].id); });
        table.slot(hash_of_span(spans_[at].id), [](std::uint32_t) { return false; }) = at;
    }

    void close(std::uint32_t at, bool incomplete) {
        OpenTrace& trace = traces_[at];
        ClosedTrace closed{.trace = trace.id,
                           .incomplete = incomplete,
                           .last_arrival = trace.last_arrival,
                           .spans = {}};
        closed.spans.reserve(trace.span_count);
        for (std::uint32_t each = trace.span_first; each != no_span; each = spans_[each].next) {
            closed.spans.push_back({spans_[each].id, spans_[each].seq, spans_[each].ordinal});
        }
        if (trace.out_of_order) {
            std::sort(closed.spans.begin(), closed.spans.end(),
                      [](const SpanPlace& a, const SpanPlace& b) {
                          return std::tie(a.seq, a.ordinal) < std::tie(b.seq, b.ordinal);
                      });
        }
        closed_.push_back(std::move(closed));
        closed_lowest_seq_ = std::min(closed_lowest_seq_, trace.first_seq);
        if (trace.root_ended) rooted_.add(trace.id);

        by_id_.erase(at, [this](std::uint32_t each) { return hash_of_trace(traces_[each].id); });
        by_age_.remove(traces_, at);
        if (trace.root_ended) by_quiet_.remove(traces_, at);
        spans_[trace.span_last].next = free_span_;
        free_span_ = trace.span_first;
        open_spans_ -= trace.span_count;
        trace = OpenTrace{};
        free_traces_.push_back(at);
        if (traces_.size() == free_traces_.size()) give_back();
    }

    /// With nothing open, the memory of a past flood goes back.
    void give_back() {
        if (spans_.capacity() < 65'536 && traces_.capacity() < 65'536) return;
        traces_ = std::vector<OpenTrace>();
        free_traces_ = std::vector<std::uint32_t>();
        spans_ = std::vector<HeldSpan>();
        free_span_ = no_span;
        by_id_ = IndexTable();
    }

    GatherOptions options_;
    UnixNanos now_ = std::numeric_limits<UnixNanos>::min();
    std::vector<OpenTrace> traces_;
    std::vector<std::uint32_t> free_traces_;
    std::vector<HeldSpan> spans_;
    std::uint32_t free_span_ = no_span;
    std::size_t open_spans_ = 0;
    IndexTable by_id_;
    Queue<&OpenTrace::by_age> by_age_;
    Queue<&OpenTrace::by_quiet> by_quiet_;
    RecentTraces rooted_;  ///< Closed, with a root that ended.
    std::vector<ClosedTrace> closed_;
    std::uint64_t closed_lowest_seq_ = std::numeric_limits<std::uint64_t>::max();
};

Gather::Gather(GatherOptions options) : state_(std::make_unique<State>(options)) {}
Gather::~Gather() = default;
Gather::Gather(Gather&&) noexcept = default;
Gather& Gather::operator=(Gather&&) noexcept = default;

void Gather::add(std::uint64_t seq, std::uint32_t ordinal, UnixNanos arrived,
                 const wire::SpanKey& span) {
    state_->add(seq, ordinal, arrived, span);
}
std::vector<ClosedTrace> Gather::advance(UnixNanos now) {
    return state_->advance(now);
}
std::uint64_t Gather::lowest_seq(std::uint64_t otherwise) const {
    return state_->lowest_seq(otherwise);
}
std::size_t Gather::open_traces() const {
    return state_->open_traces();
}
std::size_t Gather::open_spans() const {
    return state_->open_spans();
}

}  // namespace plimsoll::interaction
