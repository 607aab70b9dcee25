#include "app/stand_in/stand_in_options.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"

namespace plimsoll::app {

namespace {

/// Reads groups whose keys are all known.
class Reader {
  public:
    Reader(const std::string& file, const evaluate::Files& none) : read(file, none, "") {}

    const YamlNode* find(const YamlNode& group, std::string_view key) { return group.find(key); }
    void keys(const YamlNode& group, std::string_view what,
              const std::vector<std::string_view>& known) {
        for (const YamlMember& member : read.group(group, what))
            if (std::find(known.begin(), known.end(), member.key) == known.end())
                read.complain(member.mark, fmt::format("unknown key `{}` in {}", member.key, what),
                              suggestion(member.key, known));
    }
    double number(const YamlNode& group, std::string_view key, double otherwise, double most) {
        const YamlNode* node = group.find(key);
        if (!node) return otherwise;
        const auto value = read.number(*node, fmt::format("`{}`", key));
        if (value && !(*value >= 0 && *value <= most))
            read.complain(node->mark, fmt::format("`{}` must be from 0 to {}", key, most));
        return value.value_or(otherwise);
    }
    std::chrono::milliseconds duration(const YamlNode& group, std::string_view key) {
        const YamlNode* node = group.find(key);
        if (!node) return std::chrono::milliseconds(0);
        return read.duration(*node, fmt::format("`{}`", key)).value_or(std::chrono::milliseconds());
    }
    std::string text(const YamlNode& group, std::string_view key) {
        const YamlNode* node = group.find(key);
        return node ? read.text(*node, fmt::format("`{}`", key)).value_or("") : "";
    }
    Shares shares(const YamlNode& node, const std::string& what) {
        Shares shares;
        double sum = 0;
        for (const YamlMember& member : read.group(node, what))
            sum += shares[member.key] = number(node, member.key, 0, 1);
        if (std::abs(sum - 1) > 1e-6)
            read.complain(node.mark,
                          fmt::format("the shares of {} add up to {}, not to 1", what, sum));
        return shares;
    }

    SectionReader read;
};

StandInVersion read_version(Reader& reader, const YamlNode& node, const std::string& what) {
    StandInVersion version;
    reader.keys(node, what, {"name", "reports", "says", "from_request", "after"});
    version.name = reader.text(node, "name");
    version.reports = node.find("reports") ? reader.text(node, "reports") : version.name;
    version.from_request = static_cast<std::uint64_t>(reader.number(node, "from_request", 0, 1e15));
    version.after = reader.duration(node, "after");
    const YamlNode* says =
        reader.read.required(node, "says", what, "Write a share for each truth.");
    if (!says) return version;
    for (const YamlMember& member : reader.read.group(*says, "`says` of " + what))
        version.says[member.key] =
            reader.shares(member.value, fmt::format("{} in {}", member.key, what));
    return version;
}

StandInModel read_model(Reader& reader, const YamlMember& member) {
    const YamlNode& node = member.value;
    StandInModel model{.name = member.key};
    const std::string what = fmt::format("model `{}`", member.key);
    reader.keys(node, what, {"versions", "truth", "markers", "speaks"});
    if (const YamlNode* truth =
            reader.read.required(node, "truth", what, "Write `truth: {pass: 0.9, fail: 0.1}`."))
        model.truth = reader.shares(*truth, "`truth` of " + what);
    if (const YamlNode* markers = node.find("markers"))
        for (const YamlMember& marker : reader.read.group(*markers, "`markers` of " + what))
            model.markers.emplace_back(marker.key, marker.value.text);
    if (const YamlNode* speaks = node.find("speaks")) {
        const auto word =
            reader.read.one_of(*speaks, "`speaks` of " + what, {"json", "fenced", "line"});
        model.speaks = word == "fenced" ? StandInModel::Speech::fenced
                       : word == "line" ? StandInModel::Speech::line
                                        : StandInModel::Speech::json;
    }
    const YamlNode* versions = node.find("versions");
    if (!versions || !versions->is_list() || versions->items.empty()) {
        reader.read.complain(node.mark, what + " needs a list of `versions`");
        return model;
    }
    for (const YamlNode& version : versions->items)
        model.versions.push_back(read_version(reader, version, "a version of " + what));
    for (const StandInVersion& version : model.versions)
        for (const auto& [label, share] : model.truth)
            if (!version.says.contains(label))
                reader.read.complain(versions->mark,
                                     fmt::format("version `{}` does not say what it says of `{}`",
                                                 version.name, label));
    return model;
}

}  // namespace

std::variant<StandInOptions, std::vector<Complaint>> read_stand_in(const std::string& text,
                                                                   const std::string& file) {
    auto parsed = parse_yaml(text);
    if (const auto* fault = std::get_if<YamlFault>(&parsed))
        return std::vector<Complaint>{{file, fault->mark, fault->what, ""}};
    const YamlNode& root = std::get<YamlNode>(parsed);
    const evaluate::NoFiles none;
    Reader reader(file, none);
    StandInOptions options;
    reader.keys(root, "the stand-in's configuration",
                {"seed", "port", "key", "latency", "limits", "faults", "models"});
    options.seed = static_cast<std::uint64_t>(reader.number(root, "seed", 1, 0x1p53));
    options.port = static_cast<std::uint16_t>(reader.number(root, "port", 0, 65'535));
    options.key = reader.text(root, "key");
    if (const YamlNode* latency = root.find("latency")) {
        reader.keys(*latency, "`latency`", {"min", "max"});
        options.latency_min = reader.duration(*latency, "min");
        options.latency_max = std::max(options.latency_min, reader.duration(*latency, "max"));
    }
    if (const YamlNode* limits = root.find("limits")) {
        reader.keys(*limits, "`limits`", {"requests_per_minute", "tokens_per_minute"});
        options.requests_per_minute = reader.number(*limits, "requests_per_minute", 0, 1e9);
        options.tokens_per_minute = reader.number(*limits, "tokens_per_minute", 0, 1e12);
    }
    if (const YamlNode* faults = root.find("faults")) {
        StandInFaults& f = options.faults;
        const std::pair<std::string_view, double*> all[] = {
            {"limited", &f.limited}, {"failed", &f.failed},
            {"hang", &f.hang},       {"malformed", &f.malformed},
            {"hostile", &f.hostile}, {"refused", &f.refused},
            {"cut", &f.cut}};
        std::vector<std::string_view> known;
        double sum = 0;
        for (const auto& [key, share] : all) {
            known.push_back(key);
            sum += * share = reader.number(*faults, key, 0, 1);
        }
        reader.keys(*faults, "`faults`", known);
        if (sum > 1) reader.read.complain(faults->mark, "the shares of `faults` pass 1 together");
    }
    if (const YamlNode* models = reader.read.required(
            root, "models", "the stand-in's configuration", "Name at least one."))
        for (const YamlMember& member : reader.read.group(*models, "`models`"))
            options.models.push_back(read_model(reader, member));
    if (!reader.read.complaints.empty()) return std::move(reader.read.complaints);
    return options;
}

std::variant<StandInOptions, std::vector<Complaint>> load_stand_in(const std::string& file,
                                                                   const evaluate::Files& files) {
    const auto text = files.read(file);
    if (!text) return std::vector<Complaint>{{file, {}, text.error().what, ""}};
    return read_stand_in(*text, file);
}

StandInOptions default_stand_in() {
    return {.models = {{.name = "judge-small",
                        .versions = {{.name = "judge-small-2026-01-05",
                                      .says = {{"pass", {{"pass", 0.95}, {"fail", 0.05}}},
                                               {"fail", {{"pass", 0.15}, {"fail", 0.85}}}}}},
                        .truth = {{"pass", 0.9}, {"fail", 0.1}}}}};
}

}  // namespace plimsoll::app
