#include "app/gate/gate_annotations.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/sha256.h"

namespace plimsoll::app {

namespace {

using analyse::GateOutcome;
using analyse::GateResult;

/// Whatever a name holds, it stays one line and one field of a workflow command.
std::string escaped(std::string_view text, bool in_title) {
    std::string out;
    for (const char c : text) {
        if (c == '%' || c == '\r' || c == '\n' || (in_title && (c == ':' || c == ',')))
            out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
        else
            out += c;
    }
    return out;
}

std::string sentence(const GateResult& result) {
    return fmt::format("{}: {} ({:+.4f}, margin {:.3g})", to_word(result.outcome), result.says,
                       result.candidate - result.baseline, result.margin);
}

}  // namespace

std::string github_annotations(const analyse::GateReport& report) {
    std::string lines;
    for (const GateResult& result : report.dimensions)
        if (result.outcome != GateOutcome::pass)
            lines += fmt::format(
                "::{} title={}::{}\n", result.outcome == GateOutcome::fail ? "error" : "warning",
                escaped("Behavior of " + result.name, true), escaped(sentence(result), false));
    return lines;
}

std::string gitlab_code_quality(const analyse::GateReport& report, const std::string& place) {
    json::Writer w;
    w.begin_array();
    for (const GateResult& result : report.dimensions) {
        if (result.outcome == GateOutcome::pass) continue;
        w.begin_object().key("description").value(result.name + ": " + sentence(result));
        w.key("check_name").value("plimsoll gate").key("fingerprint");
        w.value(sha256_hex("plimsoll gate " + result.name)).key("severity");
        w.value(result.outcome == GateOutcome::fail ? "major" : "minor").key("location");
        w.begin_object().key("path").value(place).key("lines").begin_object().key("begin").value(1);
        w.end_object().end_object().end_object();
    }
    return w.end_array().take() + "\n";
}

}  // namespace plimsoll::app
