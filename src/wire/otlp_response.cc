#include "wire/otlp_response.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include <fmt/format.h>
#include <protozero/pbf_reader.hpp>
#include <protozero/pbf_writer.hpp>

#include "base/json.h"
#include "wire/fields.h"

namespace plimsoll::wire {
namespace {

using protozero::pbf_reader;
using protozero::pbf_writer;
using std::chrono::milliseconds;

constexpr std::string_view retry_info_type = "type.googleapis.com/google.rpc.RetryInfo";

namespace response {
constexpr auto partial_success = field::bytes(1);
constexpr auto rejected_spans = field::varint(1), error_message = field::bytes(2);
}  // namespace response
namespace status {
constexpr auto code = field::varint(1), message = field::bytes(2), details = field::bytes(3);
constexpr auto type_url = field::bytes(1), value = field::bytes(2);
constexpr auto retry_delay = field::bytes(1);
constexpr auto seconds = field::varint(1), nanos = field::varint(2);
}  // namespace status

/// Seconds of a longer delay than this are someone's mistake; they are cut to it.
constexpr std::int64_t delay_seconds_max = 1'000'000'000;

milliseconds delay(std::int64_t seconds, std::int64_t nanos) {
    seconds = std::clamp<std::int64_t>(seconds, 0, delay_seconds_max);
    nanos = std::clamp<std::int64_t>(nanos, 0, 999'999'999);
    return milliseconds(seconds * 1000 + nanos / 1'000'000);
}

milliseconds read_retry_info(pbf_reader info) {
    std::int64_t seconds = 0;
    std::int64_t nanos = 0;
    while (info.next()) {
        if (info.tag_and_type() != status::retry_delay) {
            info.skip();
            continue;
        }
        pbf_reader duration = info.get_message();
        while (duration.next()) {
            switch (duration.tag_and_type()) {
                case status::seconds:
                    seconds = duration.get_int64();
                    break;
                case status::nanos:
                    nanos = duration.get_int32();
                    break;
                default:
                    duration.skip();
            }
        }
    }
    return delay(seconds, nanos);
}

PartialSuccess read_partial_success(pbf_reader body) {
    PartialSuccess partial;
    while (body.next()) {
        if (body.tag_and_type() != response::partial_success) {
            body.skip();
            continue;
        }
        pbf_reader message = body.get_message();
        while (message.next()) {
            switch (message.tag_and_type()) {
                case response::rejected_spans:
                    partial.rejected_spans = message.get_int64();
                    break;
                case response::error_message:
                    partial.message = message.get_string();
                    break;
                default:
                    message.skip();
            }
        }
    }
    return partial;
}

RpcStatus read_status(pbf_reader body) {
    RpcStatus read;
    while (body.next()) {
        switch (body.tag_and_type()) {
            case status::code:
                read.code = static_cast<RpcCode>(body.get_int32());
                break;
            case status::message:
                read.message = body.get_string();
                break;
            case status::details: {
                pbf_reader any = body.get_message();
                std::string type;
                pbf_reader value;
                while (any.next()) {
                    switch (any.tag_and_type()) {
                        case status::type_url:
                            type = any.get_string();
                            break;
                        case status::value:
                            value = any.get_message();
                            break;
                        default:
                            any.skip();
                    }
                }
                if (type == retry_info_type) read.retry_delay = read_retry_info(value);
                break;
            }
            default:
                body.skip();
        }
    }
    return read;
}

/// A proto3 JSON int64: a string of digits, or a number.
std::optional<std::int64_t> json_int64(json::Value value) {
    if (!value.is_string()) return value.as_integer();
    const std::string_view text = value.as_string();
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
    return number;
}

/// A proto3 JSON Duration: "1.5s".
std::optional<milliseconds> json_duration(std::string_view text) {
    if (text.empty() || text.back() != 's') return std::nullopt;
    double seconds = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size() - 1, seconds);
    if (error != std::errc() || end != text.data() + text.size() - 1) return std::nullopt;
    if (!(seconds >= 0)) return milliseconds(0);
    return milliseconds(
        std::llround(std::min(seconds, static_cast<double>(delay_seconds_max)) * 1000));
}

std::optional<PartialSuccess> read_partial_success_json(std::string_view body) {
    const auto document = json::Document::parse(body);
    if (!document || !document->root().is_object()) return std::nullopt;
    PartialSuccess read;
    const auto partial = document->root().find("partialSuccess");
    if (!partial) return read;
    if (const auto rejected = partial->find("rejectedSpans")) {
        read.rejected_spans = json_int64(*rejected).value_or(0);
    }
    if (const auto message = partial->find("errorMessage")) read.message = message->as_string();
    return read;
}

std::optional<RpcStatus> read_status_json(std::string_view body) {
    const auto document = json::Document::parse(body);
    if (!document || !document->root().is_object()) return std::nullopt;
    RpcStatus read;
    if (const auto code = document->root().find("code")) {
        read.code = static_cast<RpcCode>(json_int64(*code).value_or(0));
    }
    if (const auto message = document->root().find("message")) read.message = message->as_string();
    const auto details = document->root().find("details");
    if (!details) return read;
    for (const json::Value detail : details->elements()) {
        const auto type = detail.find("@type");
        const auto retry_delay = detail.find("retryDelay");
        if (type && retry_delay && type->as_string() == retry_info_type) {
            read.retry_delay = json_duration(retry_delay->as_string());
        }
    }
    return read;
}

}  // namespace

std::string export_response(const PartialSuccess& partial, Encoding encoding, Signal signal) {
    const bool full = partial == PartialSuccess{};
    if (encoding == Encoding::json) {
        json::Writer out;
        out.begin_object();
        if (!full) {
            out.key("partialSuccess").begin_object();
            out.key(signal == Signal::logs ? "rejectedLogRecords" : "rejectedSpans")
                .value(std::to_string(partial.rejected_spans));
            out.key("errorMessage").value(partial.message);
            out.end_object();
        }
        out.end_object();
        return out.take();
    }
    std::string body;
    if (full) return body;
    pbf_writer out(body);
    pbf_writer message(out, field::tag(response::partial_success));
    if (partial.rejected_spans != 0) {
        message.add_int64(field::tag(response::rejected_spans), partial.rejected_spans);
    }
    if (!partial.message.empty()) {
        message.add_string(field::tag(response::error_message), partial.message);
    }
    message.commit();
    return body;
}

std::optional<PartialSuccess> read_export_response(std::string_view body, Encoding encoding) {
    if (encoding == Encoding::json) return read_partial_success_json(body);
    try {
        return read_partial_success(pbf_reader(body.data(), body.size()));
    } catch (const protozero::exception&) {
        return std::nullopt;
    }
}

std::string rpc_status(const RpcStatus& answer, Encoding encoding) {
    const std::int64_t delay_ms = answer.retry_delay.value_or(milliseconds(0)).count();
    if (encoding == Encoding::json) {
        json::Writer out;
        out.begin_object().key("code").value(static_cast<int>(answer.code));
        out.key("message").value(answer.message);
        if (answer.retry_delay) {
            out.key("details").begin_array().begin_object().key("@type").value(retry_info_type);
            out.key("retryDelay").value(fmt::format("{}.{:03}s", delay_ms / 1000, delay_ms % 1000));
            out.end_object().end_array();
        }
        out.end_object();
        return out.take();
    }
    std::string body;
    pbf_writer out(body);
    if (answer.code != RpcCode::ok) {
        out.add_int32(field::tag(status::code), static_cast<std::int32_t>(answer.code));
    }
    if (!answer.message.empty()) out.add_string(field::tag(status::message), answer.message);
    if (answer.retry_delay) {
        pbf_writer any(out, field::tag(status::details));
        any.add_string(field::tag(status::type_url), retry_info_type.data(),
                       retry_info_type.size());
        pbf_writer info(any, field::tag(status::value));
        pbf_writer duration(info, field::tag(status::retry_delay));
        if (delay_ms >= 1000) duration.add_int64(field::tag(status::seconds), delay_ms / 1000);
        if (delay_ms % 1000 != 0) {
            duration.add_int32(field::tag(status::nanos),
                               static_cast<std::int32_t>(delay_ms % 1000 * 1'000'000));
        }
    }
    return body;
}

std::optional<RpcStatus> read_rpc_status(std::string_view body, Encoding encoding) {
    if (encoding == Encoding::json) return read_status_json(body);
    try {
        return read_status(pbf_reader(body.data(), body.size()));
    } catch (const protozero::exception&) {
        return std::nullopt;
    }
}

}  // namespace plimsoll::wire
