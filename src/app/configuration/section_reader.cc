#include "app/configuration/section_reader.h"

#include <algorithm>
#include <charconv>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/configuration/options.h"
#include "app/configuration/units.h"
#include "base/hash.h"
#include "evaluate/quote.h"

namespace plimsoll::app {

using evaluate::quote;

Result<std::string> NamedFiles::read(std::string_view path) const {
    const bool absolute = path.starts_with('/');
    auto content = files_.read(absolute || folder_.empty() ? std::string(path)
                                                           : fmt::format("{}/{}", folder_, path));
    if (content) {
        versions_[std::string(path)] = content_version(*content);
        contents_[std::string(path)] = *content;
    }
    return content;
}

void SectionReader::complain(Mark mark, std::string what, std::string mend) {
    complaints.push_back({file_, mark, std::move(what), std::move(mend)});
}

void SectionReader::warn(Mark mark, std::string what, std::string mend) {
    warnings.push_back({file_, mark, std::move(what), std::move(mend)});
}

const std::vector<YamlMember>& SectionReader::group(const YamlNode& node, std::string_view what) {
    static const std::vector<YamlMember> none;
    if (node.is_map()) return node.members;
    complain(node.mark,
             fmt::format("{} must be a group of `key: value`, not {}", what, node.kind_word()));
    return none;
}

const std::vector<YamlMember>& SectionReader::section(const YamlNode& node,
                                                      std::string_view section,
                                                      std::string_view what,
                                                      const std::vector<std::string_view>& also) {
    const auto& members = group(node, what);
    std::vector<std::string_view> known = keys_of(section);
    known.insert(known.end(), also.begin(), also.end());
    for (const YamlMember& member : members) {
        if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
        complain(member.mark, fmt::format("unknown key {} in {}", quote(member.key, 40), what),
                 suggestion(member.key, known));
    }
    return members;
}

const YamlNode* SectionReader::required(const YamlNode& group, std::string_view key,
                                        std::string_view what, std::string mend) {
    if (!group.is_map()) return nullptr;
    const YamlNode* node = group.find(key);
    if (!node) complain(group.mark, fmt::format("{} has no `{}`", what, key), std::move(mend));
    return node;
}

std::optional<std::string> SectionReader::text(const YamlNode& node, std::string_view what) {
    if (node.is_scalar() && !node.text.empty()) return node.text;
    complain(node.mark, fmt::format("{} must be text, not {}", what, node.kind_word()));
    return std::nullopt;
}

std::optional<std::chrono::milliseconds> SectionReader::duration(const YamlNode& node,
                                                                 std::string_view what) {
    if (const auto duration = duration_named(node.text); duration && duration->count() > 0) {
        return duration;
    }
    complain(node.mark,
             fmt::format("{} must be a duration, not {}", what,
                         node.is_scalar() ? quote(node.text, 40) : node.kind_word()),
             "Write a number with its unit: 250ms, 2s, 10m, 1h, 7d, 1w.");
    return std::nullopt;
}

std::optional<double> SectionReader::number(const YamlNode& node, std::string_view what) {
    double value = 0;
    const char* const end = node.text.data() + node.text.size();
    const auto read = std::from_chars(node.text.data(), end, value);
    if (node.is_scalar() && read.ec == std::errc{} && read.ptr == end) return value;
    complain(node.mark, fmt::format("{} must be a number, not {}", what,
                                    node.is_scalar() ? quote(node.text, 40) : node.kind_word()));
    return std::nullopt;
}

std::vector<std::string> SectionReader::texts(const YamlNode& node, std::string_view what) {
    if (node.is_scalar() && !node.text.empty()) return {node.text};
    if (!node.is_list()) {
        complain(node.mark,
                 fmt::format("{} must be a list of texts, not {}", what, node.kind_word()));
        return {};
    }
    std::vector<std::string> texts;
    std::set<std::string> seen;
    for (const YamlNode& item : node.items) {
        auto one = text(item, fmt::format("an element of {}", what));
        if (!one) continue;
        if (!seen.insert(*one).second) {
            complain(item.mark, fmt::format("{} holds {} twice", what, quote(*one, 40)));
            continue;
        }
        texts.push_back(std::move(*one));
    }
    return texts;
}

std::optional<std::string> SectionReader::one_of(const YamlNode& node, std::string_view what,
                                                 const std::vector<std::string_view>& words) {
    const auto word = text(node, what);
    if (!word) return std::nullopt;
    if (std::find(words.begin(), words.end(), *word) != words.end()) return word;
    complain(node.mark, fmt::format("{} cannot be {}", what, quote(*word, 40)),
             fmt::format("It may be {}.", fmt::join(words, " or ")));
    return std::nullopt;
}

bool SectionReader::name(const std::string& name, Mark mark, std::string_view what) {
    const bool fine =
        !name.empty() && name.size() <= 64 && std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                   c == '_' || c == '-' || c == '.';
        });
    if (!fine) {
        complain(mark, fmt::format("{} cannot be called {}", what, quote(name, 40)),
                 "Names are letters, digits, _, - and ., 64 at most.");
    }
    return fine;
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& known) {
    if (const auto near = nearest(word, known); !near.empty()) {
        return fmt::format("Did you mean `{}`?", near);
    }
    if (known.empty()) return "";
    return fmt::format("There is {}.", fmt::join(known, ", "));
}

std::string url_fault(std::string_view url) {
    const std::string_view rest = url.starts_with("https://")  ? url.substr(8)
                                  : url.starts_with("http://") ? url.substr(7)
                                                               : std::string_view();
    if (rest.empty()) return "must begin with https:// or http://";
    const std::string_view authority = rest.substr(0, rest.find_first_of("/?#"));
    if (authority.empty()) return "names no host";
    if (authority.find('@') != authority.npos) return "must not hold a name or password";
    return "";
}

}  // namespace plimsoll::app
