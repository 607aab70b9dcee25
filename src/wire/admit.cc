#include "wire/admit.h"

#include <array>
#include <utility>

#include <fmt/format.h>
#include <protozero/pbf_reader.hpp>

#include "wire/fields.h"
#include "wire/inspect.h"
#include "wire/key_value.h"
#include "wire/log_spans.h"
#include "wire/mend.h"
#include "wire/message_writer.h"
#include "wire/otlp_json.h"

namespace plimsoll::wire {
namespace {

using protozero::pbf_reader;

/// Thrown between the steps below when a limit per request is passed; caught in admit().
struct TooLarge {
    std::string why;
};

/// How many spans were left out for which reason, and where the first one stood.
class Rejections {
  public:
    explicit Rejections(std::string_view noun) : noun_(noun) {}
    void add(Fault fault, std::size_t ordinal) {
        Reason& reason = reasons_[static_cast<std::size_t>(fault)];
        if (reason.count++ == 0) reason.first = ordinal;
        ++total_;
    }
    std::size_t total() const { return total_; }

    /// "3 spans: the span id is … (the first is span 7)"; at most three reasons.
    std::string text() const {
        std::string text;
        int told = 0;
        for (std::size_t i = 0; i < reasons_.size() && told < 3; ++i) {
            const Reason& reason = reasons_[i];
            if (reason.count == 0) continue;
            text += fmt::format("{}{} {}{}: {} (the first is {} {})", told == 0 ? "" : "; ",
                                reason.count, noun_, reason.count == 1 ? "" : "s",
                                fault_text(static_cast<Fault>(i)), noun_, reason.first);
            ++told;
        }
        return text;
    }

  private:
    struct Reason {
        std::size_t count = 0;
        std::size_t first = 0;
    };
    std::string_view noun_;
    std::array<Reason, static_cast<std::size_t>(Fault::last) + 1> reasons_{};
    std::size_t total_ = 0;
};

/// First walk: everything is inspected, nothing is written.
class Examination {
  public:
    Examination(const Limits& limits, std::string_view noun) : limits_(limits), rejections_(noun) {}

    void body(std::string_view otlp) {
        for (pbf_reader reader(otlp.data(), otlp.size()); reader.next();) {
            if (reader.tag_and_type() == field::request::resource_spans) {
                resource_spans(read_bytes(reader));
            } else {
                reader.skip();
            }
        }
    }

    bool clean() const { return clean_; }
    std::size_t good() const { return good_; }
    std::size_t seen() const { return good_ + rejections_.total(); }
    const Rejections& rejections() const { return rejections_; }

  private:
    void resource_spans(std::string_view group) {
        const Findings resource = inspect_resource(group, limits_);
        note(resource);
        for (pbf_reader reader(group.data(), group.size()); reader.next();) {
            if (reader.tag_and_type() == field::resource_spans::scope_spans) {
                scope_spans(read_bytes(reader), resource.fault);
            } else {
                reader.skip();
            }
        }
    }

    void scope_spans(std::string_view group, Fault fault_above) {
        const Findings scope = inspect_scope(group, limits_);
        note(scope);
        if (fault_above == Fault::none) fault_above = scope.fault;
        for (pbf_reader reader(group.data(), group.size()); reader.next();) {
            if (reader.tag_and_type() == field::scope_spans::spans) {
                span(read_bytes(reader), fault_above);
            } else {
                reader.skip();
            }
        }
    }

    void span(std::string_view encoded, Fault fault_above) {
        const std::size_t ordinal = seen();
        if (ordinal == limits_.spans_max) {
            throw TooLarge{fmt::format("more than {} spans in one request", limits_.spans_max)};
        }
        const Findings found = fault_above == Fault::none ? inspect_span(encoded, limits_)
                                                          : Findings{.fault = fault_above};
        note(found);
        if (found.fault == Fault::none) {
            ++good_;
        } else {
            rejections_.add(found.fault, ordinal);
        }
    }

    void note(const Findings& found) { clean_ &= found.fault == Fault::none && !found.mend; }

    const Limits& limits_;
    bool clean_ = true;
    std::size_t good_ = 0;
    Rejections rejections_;
};

/// Second walk, for bodies that are not clean: writes what is good, mended where need be. It
/// inspects again instead of remembering, so that clean bodies remember nothing.
class Rewriting {
  public:
    explicit Rewriting(const Limits& limits) : limits_(limits) {}

    std::string body(std::string_view otlp) {
        out_.reserve(otlp.size());
        MessageWriter out(out_);
        for (pbf_reader reader(otlp.data(), otlp.size()); reader.next();) {
            if (reader.tag_and_type() == field::request::resource_spans) {
                resource_spans(read_bytes(reader), out);
            } else {
                copy_field(reader, out);
            }
        }
        check_size();
        return std::move(out_);
    }

    std::size_t repaired() const { return repaired_; }

  private:
    void resource_spans(std::string_view group, MessageWriter& parent) {
        if (inspect_resource(group, limits_).fault != Fault::none) return;
        MessageWriter out(parent, field::tag(field::request::resource_spans), 3);
        for (pbf_reader reader(group.data(), group.size()); reader.next();) {
            switch (reader.tag_and_type()) {
                case field::resource_spans::resource:
                    message(MessageKind::resource, reader, out);
                    break;
                case field::resource_spans::schema_url:
                    text(reader, out);
                    break;
                case field::resource_spans::scope_spans:
                    scope_spans(read_bytes(reader), out);
                    break;
                default:
                    copy_field(reader, out);
            }
        }
    }

    void scope_spans(std::string_view group, MessageWriter& parent) {
        if (inspect_scope(group, limits_).fault != Fault::none) return;
        MessageWriter out(parent, field::tag(field::resource_spans::scope_spans), 3);
        for (pbf_reader reader(group.data(), group.size()); reader.next();) {
            switch (reader.tag_and_type()) {
                case field::scope_spans::scope:
                    message(MessageKind::scope, reader, out);
                    break;
                case field::scope_spans::schema_url:
                    text(reader, out);
                    break;
                case field::scope_spans::spans:
                    span(reader, out);
                    break;
                default:
                    copy_field(reader, out);
            }
        }
    }

    void span(pbf_reader& reader, MessageWriter& out) {
        pbf_reader peek = reader;
        const Findings found = inspect_span(read_bytes(peek), limits_);
        if (found.fault != Fault::none) {
            reader.skip();
        } else if (found.mend) {
            message(MessageKind::span, reader, out);
        } else {
            copy_field(reader, out);
        }
        check_size();
    }

    void message(MessageKind kind, pbf_reader& reader, MessageWriter& parent) {
        MessageWriter out(parent, reader.tag(), 2);
        repaired_ += mend(kind, read_bytes(reader), out);
    }

    void text(pbf_reader& reader, MessageWriter& out) {
        const std::uint32_t tag = reader.tag();  // Gone once the content is read.
        repaired_ += mend_text(out, tag, read_bytes(reader));
    }

    /// Mending may make a body up to three times as long.
    void check_size() const {
        if (out_.size() > limits_.body_bytes_max) {
            throw TooLarge{fmt::format("more than {} bytes once its text is made UTF-8",
                                       limits_.body_bytes_max)};
        }
    }

    const Limits& limits_;
    std::string out_;
    std::size_t repaired_ = 0;
};

Admitted refused(std::string why, bool too_large = false) {
    return {.decodable = false, .too_large = too_large, .why = std::move(why)};
}

Admitted admit_spans(std::string body, const Limits& limits, std::string_view noun) {
    Examination examination(limits, noun);
    try {
        examination.body(body);
    } catch (const protozero::exception&) {
        const bool looks_like_json = body.starts_with('{');
        return refused(fmt::format(
            "not an OTLP trace request in protobuf: the bytes make no sense after {} whole spans{}",
            examination.seen(), looks_like_json ? "; it looks like JSON (application/json)" : ""));
    }
    Admitted admitted{.span_count = examination.good(),
                      .rejected = examination.rejections().total(),
                      .why = examination.rejections().text()};
    if (examination.clean()) {
        admitted.otlp = std::move(body);
    } else {
        Rewriting rewriting(limits);
        admitted.otlp = rewriting.body(body);
        admitted.repaired = rewriting.repaired();
    }
    return admitted;
}

Admitted admit_protobuf(std::string body, const Limits& limits) {
    return admit_spans(std::move(body), limits, "span");
}

/// Log records as spans, then as any spans.
Admitted admit_logs(std::string body, const Limits& limits) {
    LogSpans logs = spans_of_logs(body, limits.spans_max);
    if (logs.broken)
        return refused(fmt::format(
            "not an OTLP logs request in protobuf: the bytes make no sense "
            "after {} whole records{}",
            logs.seen, body.starts_with('{') ? "; it looks like JSON (application/json)" : ""));
    if (logs.too_many)
        return refused(fmt::format("more than {} log records in one request", limits.spans_max),
                       true);
    body = {};
    Admitted admitted = admit_spans(std::move(logs.otlp), limits, "log record");
    admitted.ignored = logs.ignored;
    return admitted;
}

}  // namespace

Admitted admit(std::string body, Encoding encoding, const Limits& limits, Signal signal) {
    if (body.size() > limits.body_bytes_max) {
        return refused(fmt::format("the body has {} bytes, {} are allowed", body.size(),
                                   limits.body_bytes_max),
                       true);
    }
    try {
        const auto admitted_as = signal == Signal::logs ? admit_logs : admit_protobuf;
        if (encoding == Encoding::protobuf) return admitted_as(std::move(body), limits);
        OtlpJson read = read_otlp_json(body, limits, signal);
        if (!read.error.empty()) return refused(std::move(read.error), read.too_large);
        body = {};  // Two copies of a large request are enough.
        Admitted admitted = admitted_as(std::move(read.otlp), limits);
        admitted.repaired += read.repaired;
        return admitted;
    } catch (const TooLarge& limit) {
        return refused(limit.why, true);
    }
}

}  // namespace plimsoll::wire
