#include "app/demo/timeline.h"

#include <algorithm>

namespace plimsoll::app::demo {
namespace {

constexpr double always = 2;  // Past the end: the live trickle has position 1.

constexpr FaultRate truth[] = {
    {Fault::invalid_json, 0, always, .012, "Now and then the model's JSON has a fault."},
    {Fault::invalid_json, .45, .80, .085,
     "The small model's new build, under its old name, wraps JSON in code fences; p4 forbids "
     "them."},
    {Fault::truncated, 0, always, .006, "A long answer meets the token limit."},
    {Fault::truncated, 0, always, .045, "p3 asks for long answers, and more of them are cut.", "",
     "", "p3"},
    {Fault::banned_phrase, 0, always, .006, "The assistant talks about itself."},
    {Fault::banned_phrase, 0, always, .05, "p1 asks it to be friendly and forbids nothing.", "", "",
     "p1"},
    {Fault::banned_phrase, 0, always, .03, "p4 lost the sentence that forbids it.", "", "", "p4"},
    {Fault::empty_answer, 0, always, .004, "Nothing comes."},
    {Fault::empty_answer, 0, always, .02, "In Spanish more often.", "", "es"},
    {Fault::wrong_arguments, 0, always, .02, "A tool call misses its schema."},
    {Fault::wrong_arguments, .62, .78, .22, "refund_quote got stricter reasons; the model lags.",
     "refund_quote"},
    {Fault::unknown_tool, 0, always, .005, "A tool that is not offered."},
    {Fault::tool_error, 0, always, .015, "Tools time out."},
    {Fault::tool_error, .36, .39, .45, "The search index is down for most of a day.",
     "search_orders"},
    {Fault::model_error, 0, always, .003, "The model's service is overloaded."},
    {Fault::slow, 0, always, .01, "Single slow calls."},
    {Fault::slow, .66, .71, .7, "A slow day of the model's service."},
    {Fault::missing_root, 0, always, .005, "A worker dies before its root span ends."},
};

}  // namespace

std::span<const FaultRate> fault_rates() {
    return truth;
}

double fault_rate(Fault fault, const Circumstance& now) {
    const auto fits = [](std::string_view wanted, std::string_view is) {
        return wanted.empty() || wanted == is;
    };
    double rate = 0;
    for (const FaultRate& line : truth)
        if (line.fault == fault && line.from <= now.position && now.position < line.to &&
            fits(line.tool, now.tool) && fits(line.language, now.language) &&
            fits(line.prompt, now.prompt))
            rate = std::max(rate, line.rate);
    return rate;
}

std::string_view prompt_version(double position) {
    return position < .28 ? "p1" : position < .55 ? "p2" : position < .80 ? "p3" : "p4";
}

Model model_for(Feature feature, std::string_view segment, double position) {
    if (feature == Feature::ticket_triage || segment == "free")
        return {"nimbus-small-2",
                position < .45 ? "nimbus-small-2-0512" : "nimbus-small-2-0830",
                .15e-6,
                .6e-6,
                .15,
                .004};
    return {"nimbus-large-2", "nimbus-large-2-0611", 2.5e-6, 10e-6, .3, .011};
}

}  // namespace plimsoll::app::demo
