/// context_versions.h: what else can change how a model behaves, beside the version tuple.
#pragma once

#include <array>
#include <compare>
#include <string>
#include <string_view>

namespace plimsoll {

/// "" where the sender did not say. Few values each: they are grouped by, and compared before and
/// after a change to name its cause.
struct ContextVersions {
    std::string model_requested;     ///< What the deciding call asked for: "gpt-4o".
    std::string model_answered;      ///< What answered it: "gpt-4o-2024-08-06".
    std::string prompt_name;         ///< As sent.
    std::string prompt_version;      ///< As sent.
    std::string prompt_fingerprint;  ///< Of the words, whether or not a version was sent.
    std::string tools;               ///< Digest of the tools offered, with their schemas.
    std::string data_source;         ///< Retriever or index; several joined by a space.
    std::string service_version;
    std::string flags;       ///< Feature flags by name: "new-ranker=on tone=b".
    std::string parameters;  ///< Of the request, by name: "max_tokens=800 temperature=0.2".
    std::string price_list;  ///< Version of the price table that priced a call of it.

    auto operator<=>(const ContextVersions&) const = default;
};

struct ContextColumn {
    std::string_view name;  ///< The word in SQL, JSON and on the page.
    std::string ContextVersions::*value;
    std::string_view says;
};

inline constexpr std::array<ContextColumn, 11> context_columns{{
    {"model_requested", &ContextVersions::model_requested, "The model asked for."},
    {"model_answered", &ContextVersions::model_answered, "The model that answered."},
    {"prompt_name", &ContextVersions::prompt_name, "The name of the prompt, as sent."},
    {"prompt_version", &ContextVersions::prompt_version, "The version of the prompt, as sent."},
    {"prompt_fingerprint", &ContextVersions::prompt_fingerprint,
     "The words of system prompt and tools, without what was filled in."},
    {"tools", &ContextVersions::tools, "The tools offered, with their schemas."},
    {"data_source", &ContextVersions::data_source, "The retriever or index."},
    {"service_version", &ContextVersions::service_version, "The version of the service."},
    {"flags", &ContextVersions::flags, "The feature flags in force."},
    {"parameters", &ContextVersions::parameters, "The parameters of the request."},
    {"price_list", &ContextVersions::price_list, "The price list that calls were priced by."},
}};

}  // namespace plimsoll
