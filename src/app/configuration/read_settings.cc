#include <fmt/format.h>

#include "app/configuration/options.h"
#include "app/configuration/section_reader.h"
#include "app/configuration/units.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

namespace {

using evaluate::quote;

std::string found(const YamlNode& node) {
    return node.is_scalar() ? quote(node.text, 40) : std::string(node.kind_word());
}

void take(SectionReader& read, const Option& option, const YamlNode& node,
          Configuration& configuration) {
    const std::string what = fmt::format("`{}`", option.key);
    if (const auto* address = std::get_if<AddressField>(&option.field)) {
        if (is_address(node.text)) {
            address->of(configuration) = node.text;
        } else {
            read.complain(node.mark,
                          fmt::format("{} must be an address, not {}", what, found(node)),
                          "Write host:port, as in 127.0.0.1:4317 or [::1]:4317.");
        }
    } else if (const auto* count = std::get_if<CountField>(&option.field)) {
        const auto value = count_named(node.text);
        if (value && *value >= count->min) {
            count->of(configuration) = *value;
        } else {
            read.complain(node.mark, fmt::format("{} must be a whole number, {} or more, not {}",
                                                 what, count->min, found(node)));
        }
    } else if (const auto* size = std::get_if<SizeField>(&option.field)) {
        const auto value = size_named(node.text);
        if (value && *value >= size->min) {
            size->of(configuration) = *value;
        } else {
            read.complain(node.mark,
                          fmt::format("{} must be a size, {} or more, not {}", what,
                                      size_text(size->min), found(node)),
                          "Write a number with its unit: 64KiB, 64MiB, 1GiB.");
        }
    } else if (const auto* duration = std::get_if<DurationField>(&option.field)) {
        if (const auto value = read.duration(node, what)) duration->of(configuration) = *value;
    }
}

}  // namespace

void read_settings(SectionReader& read, const YamlNode& root, Configuration& configuration) {
    for (const std::string_view section : {"watch", "server", "limits", "assembly", "journal", "facts"}) {
        const YamlNode* node = root.find(section);
        if (!node) continue;
        read.section(*node, section, fmt::format("`{}`", section));
        for (const Option& option : all_options()) {
            if (std::holds_alternative<OwnReader>(option.field)) continue;
            if (!option.key.starts_with(section) || option.key[section.size()] != '.') continue;
            const YamlNode* value = node->find(option.key.substr(section.size() + 1));
            if (value) take(read, option, *value, configuration);
        }
    }
    // One body must fit into what all may hold together, or no large one could ever come in.
    if (configuration.server.byte_budget < configuration.wire_limits.body_bytes_max) {
        const YamlNode* limits = root.find("limits");
        read.complain(limits ? limits->mark : root.mark,
                      fmt::format("`limits.byte_budget` ({}) is below `limits.body` ({}), so the "
                                  "largest body allowed would always be told to come back",
                                  size_text(configuration.server.byte_budget),
                                  size_text(configuration.wire_limits.body_bytes_max)),
                      "Raise the one or lower the other.");
    }
    if (const YamlNode* slices = root.find("slices")) {
        configuration.slices = read.texts(*slices, "`slices`");
    }
}

}  // namespace plimsoll::app
