#include "record/finding.h"

#include <algorithm>
#include <concepts>

namespace plimsoll::record {

namespace {

constexpr std::string_view kind_words[] = {"score_drift",    "slice_drift",  "distribution_drift",
                                           "latency_drift",  "cost_drift",   "calibration_drift",
                                           "mix_shift",      "coverage_gap", "sampler_integrity",
                                           "double_counting"};
static_assert(std::size(kind_words) == finding_kinds.size());

/// A time, apart from other integers.
template <class T>
struct AsTime {
    T& time;
};
template <class T>
AsTime(T&) -> AsTime<T>;

/// Every member of a finding with its name, once for writing and reading.
template <class Visit, class Of>
void each_field(Visit&& visit, Of& f) {
    visit("id", f.id);
    visit("dimension", f.dimension);
    visit("evaluator", f.evaluator);
    visit("version", f.version);
    visit("service", f.service);
    visit("slice", f.slice);
    visit("measure", f.measure);
    visit("worse", f.worse);
    visit("found", AsTime{f.found});
    visit("since", AsTime{f.since});
    visit("since_earliest", AsTime{f.since_earliest});
    visit("since_latest", AsTime{f.since_latest});
    visit("ended", AsTime{f.ended});
    visit("before", f.before);
    visit("before_low", f.before_low);
    visit("before_high", f.before_high);
    visit("after", f.after);
    visit("after_low", f.after_low);
    visit("after_high", f.after_high);
    visit("change", f.change);
    visit("change_low", f.change_low);
    visit("change_high", f.change_high);
    visit("sessions_before", f.sessions_before);
    visit("sessions_after", f.sessions_after);
    visit("pages", f.pages);
    visit("level", f.level);
    visit("causes", f.causes);
    visit("answer", f.answer);
    visit("replay", f.replay);
    visit("says", f.says);
    visit("worst", f.worst);
    visit("related", f.related);
    visit("leader", f.leader);
    visit("run", f.run);
}

template <class Visit, class Of>
void each_cause_field(Visit&& visit, Of& c) {
    visit("element", c.element);
    visit("from", c.from);
    visit("to", c.to);
    visit("probability", c.probability);
    visit("effect", c.effect);
    visit("low", c.low);
    visit("high", c.high);
}

struct Write {
    json::Writer& w;

    template <class T>
    void operator()(std::string_view name, const T& field) {
        w.key(name);
        value(field);
    }
    template <class T>
    void value(const T& plain) {
        w.value(plain);
    }
    void value(const AsTime<const UnixNanos>& time) { w.value(to_iso8601(time.time)); }
    void value(const AsTime<const std::optional<UnixNanos>>& time) {
        time.time ? w.value(to_iso8601(*time.time)) : w.null();
    }
    void value(const std::map<std::string, std::string>& slice) {
        w.begin_object();
        for (const auto& [attribute, is] : slice) w.key(attribute).value(is);
        w.end_object();
    }
    void value(const std::vector<std::string>& words) {
        w.begin_array();
        for (const std::string& word : words) w.value(word);
        w.end_array();
    }
    void value(const std::vector<TraceId>& traces) {
        w.begin_array();
        for (const TraceId& trace : traces) w.value(trace.hex());
        w.end_array();
    }
    void value(const std::vector<FindingCause>& causes) {
        w.begin_array();
        for (const FindingCause& cause : causes) {
            w.begin_object();
            each_cause_field(*this, cause);
            w.end_object();
        }
        w.end_array();
    }
};

struct Read {
    json::Value object;
    std::string wrong = {};  ///< The first member that is not what it should be.

    template <class T>
    void operator()(std::string_view name, T&& field) {
        const auto found = object.find(name);
        if (!found || found->is_null()) return;
        if (!value(*found, field) && wrong.empty()) wrong = name;
    }
    bool value(json::Value from, std::string& into) {
        into = from.as_string();
        return from.is_string();
    }
    bool value(json::Value from, bool& into) {
        const auto is = from.as_boolean();
        into = is.value_or(false);
        return is.has_value();
    }
    bool value(json::Value from, std::uint64_t& into) {
        const auto number = from.as_unsigned();
        into = number.value_or(0);
        return number.has_value();
    }
    bool value(json::Value from, double& into) {
        const auto number = from.as_number();
        into = number.value_or(0);
        return number.has_value();
    }
    bool value(json::Value from, std::optional<double>& into) {
        into = from.as_number();
        return into.has_value();
    }
    template <class T>
    bool value(json::Value from, AsTime<T>& into) {
        const auto time = from_iso8601(from.as_string());
        if (time) into.time = *time;
        return time.has_value();
    }
    bool value(json::Value from, std::map<std::string, std::string>& into) {
        for (const json::Member& each : from.members())
            into[std::string(each.key)] = each.value.as_string();
        return from.is_object();
    }
    bool value(json::Value from, std::vector<std::string>& into) {
        for (const json::Value each : from.elements()) into.emplace_back(each.as_string());
        return from.is_array();
    }
    bool value(json::Value from, std::vector<TraceId>& into) {
        for (const json::Value each : from.elements()) {
            const auto trace = TraceId::from_hex(each.as_string());
            if (!trace) return false;
            into.push_back(*trace);
        }
        return from.is_array();
    }
    bool value(json::Value from, std::vector<FindingCause>& into) {
        for (const json::Value each : from.elements()) {
            Read cause{each};
            each_cause_field(cause, into.emplace_back());
            if (!cause.wrong.empty()) return false;
        }
        return from.is_array();
    }
};

}  // namespace

std::string_view to_word(FindingKind kind) {
    return kind_words[static_cast<std::size_t>(kind)];
}

std::optional<FindingKind> finding_kind_named(std::string_view word) {
    for (const FindingKind kind : finding_kinds)
        if (to_word(kind) == word) return kind;
    return std::nullopt;
}

void write_finding(json::Writer& writer, const Finding& finding) {
    writer.key("kind").value(to_word(finding.kind));
    each_field(Write{writer}, finding);
}

Result<Finding> finding_of(json::Value object) {
    Finding finding;
    const auto kind = object.find("kind");
    const auto named = finding_kind_named(kind ? kind->as_string() : "");
    if (!named) return Error{"a finding of an unknown kind"};
    finding.kind = *named;
    Read read{object};
    each_field(read, finding);
    if (!read.wrong.empty()) return Error{"a finding with an unreadable \"" + read.wrong + "\""};
    return finding;
}

}  // namespace plimsoll::record
