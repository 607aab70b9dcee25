#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <set>

#include <fmt/format.h>

#include "app/configuration/section_reader.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

/// Past this a person is not helped by more.
constexpr std::size_t complaints_max = 100;

/// Everywhere, also inside of a check's parameters: the parser would silently take one of the two.
void refuse_duplicates(SectionReader& read, const YamlNode& node) {
    std::map<std::string_view, Mark> seen;
    for (const YamlMember& member : node.members) {
        const auto [first, fresh] = seen.emplace(member.key, member.mark);
        if (!fresh) {
            read.complain(member.mark,
                          fmt::format("the key {} stands here a second time",
                                      evaluate::quote(member.key, 40)),
                          fmt::format("The first is in line {}.", first->second.line));
        }
        refuse_duplicates(read, member.value);
    }
    for (const YamlNode& item : node.items) refuse_duplicates(read, item);
}

std::string folder_of(const std::string& file) {
    const std::size_t slash = file.rfind('/');
    if (slash == std::string::npos) return "";
    return slash == 0 ? "/" : file.substr(0, slash);
}

void in_order(std::vector<Complaint>& complaints) {
    std::stable_sort(complaints.begin(), complaints.end(),
                     [](const Complaint& a, const Complaint& b) { return a.mark < b.mark; });
    if (complaints.size() > complaints_max) complaints.resize(complaints_max);
}

}  // namespace

LoadResult read_configuration(const std::string& text, const std::string& file,
                              const evaluate::Files& files) {
    auto parsed = parse_yaml(text);
    if (const auto* fault = std::get_if<YamlFault>(&parsed)) {
        return std::vector<Complaint>{{file, fault->mark, fault->what, ""}};
    }
    const YamlNode& root = std::get<YamlNode>(parsed);
    if (!root.is_map()) {
        return std::vector<Complaint>{
            {file, root.mark,
             fmt::format("a configuration is a group of `key: value`, not {}", root.kind_word()),
             "It needs at least `owners` and `dimensions`."}};
    }
    SectionReader read(file, files, folder_of(file));
    Loaded loaded;
    refuse_duplicates(read, root);
    read.section(root, "", "the configuration");
    read_channels(read, root, loaded.configuration);
    read_owners(read, root, loaded.configuration);
    read_alerting(read, root, loaded.configuration);
    read_judges(read, root, loaded.configuration);
    read_dimensions(read, root, loaded.configuration);
    read_privacy(read, root, loaded.configuration);
    read_settings(read, root, loaded.configuration);
    in_order(read.complaints);
    if (!read.complaints.empty()) return std::move(read.complaints);
    write_effective(loaded.configuration, read.file_versions);
    loaded.configuration.files = read.files.take_contents();
    in_order(read.warnings);
    loaded.warnings = std::move(read.warnings);
    return loaded;
}

LoadResult load_configuration(const std::string& file, const evaluate::Files& files) {
    const auto text = files.read(file);
    if (!text) return std::vector<Complaint>{{file, {}, text.error().what, ""}};
    return read_configuration(*text, file, files);
}

Loaded default_configuration() {
    const evaluate::NoFiles none;
    LoadResult result = read_configuration(std::string(default_configuration_text()),
                                           "the built-in configuration", none);
    if (const auto* complaints = std::get_if<std::vector<Complaint>>(&result)) {
        // Ours alone: the text is compiled in, and a test loads it.
        std::fprintf(stderr, "%s\n", to_text(complaints->front()).c_str());
        std::abort();
    }
    return std::get<Loaded>(std::move(result));
}

}  // namespace plimsoll::app
