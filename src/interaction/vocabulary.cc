#include "interaction/vocabulary.h"

#include <algorithm>
#include <array>
#include <iterator>

namespace plimsoll::interaction {
namespace {

struct Synonym {
    std::string_view sent;  ///< Lower case, '-' written as '_'.
    std::string_view ours;
};

constexpr Synonym finish_reasons[] = {
    {"stop", "stop"},
    {"end_turn", "stop"},
    {"stop_sequence", "stop"},
    {"complete", "stop"},
    {"completed", "stop"},
    {"finish_reason_stop", "stop"},
    {"eos", "stop"},
    {"eos_token", "stop"},
    {"length", "length"},
    {"max_tokens", "length"},
    {"max_output_tokens", "length"},
    {"maximum_tokens", "length"},  // Aleph Alpha
    {"finish", "stop"},            // Titan
    {"finish_reason_max_tokens", "length"},
    {"model_length", "length"},
    {"tool_call", "tool_call"},
    {"tool_calls", "tool_call"},
    {"toolcalls", "tool_call"},  // .NET
    {"contentfilter", "content_filter"},
    {"tool_use", "tool_call"},
    {"function_call", "tool_call"},
    {"content_filter", "content_filter"},
    {"content_filtered", "content_filter"},
    {"safety", "content_filter"},
    {"guardrail_intervened", "content_filter"},
    {"refusal", "content_filter"},
    {"recitation", "content_filter"},
    {"blocklist", "content_filter"},
    {"prohibited_content", "content_filter"},
    {"error", "error"},
    {"malformed_function_call", "error"},
    {"n/a", ""},
    {"none", ""},
    {"null", ""},
    {"unknown", ""},
    {"other", ""},
};

struct RoleWord {
    std::string_view sent;  ///< Lower case.
    Role role;
};

constexpr RoleWord roles[] = {
    {"user", Role::user},
    {"assistant", Role::assistant},
    {"system", Role::system},
    {"tool", Role::tool},
    {"human", Role::user},
    {"humanmessage", Role::user},
    {"humanmessagechunk", Role::user},
    {"ai", Role::assistant},
    {"aimessage", Role::assistant},
    {"aimessagechunk", Role::assistant},
    {"model", Role::assistant},
    {"bot", Role::assistant},
    {"choice", Role::assistant},
    {"chatbot", Role::assistant},
    {"developer", Role::system},
    {"systemmessage", Role::system},
    {"function", Role::tool},
    {"toolmessage", Role::tool},
    {"tool_result", Role::tool},
};

constexpr Synonym providers[] = {
    {"aws", "aws.bedrock"},
    {"bedrock", "aws.bedrock"},
    {"amazon_bedrock", "aws.bedrock"},
    {"bedrock_converse", "aws.bedrock"},
    {"google", "gcp.gen_ai"},
    {"google_genai", "gcp.gen_ai"},
    {"google.generative_ai", "gcp.gemini"},
    {"gemini", "gcp.gemini"},
    {"vertex_ai", "gcp.vertex_ai"},
    {"vertexai", "gcp.vertex_ai"},
    {"google.vertex", "gcp.vertex_ai"},
    {"google_vertexai", "gcp.vertex_ai"},
    {"azure", "azure.ai.openai"},
    {"azure_openai", "azure.ai.openai"},
    {"az.ai.openai", "azure.ai.openai"},
    {"az.ai.inference", "azure.ai.inference"},
    {"xai", "x_ai"},
    {"mistral", "mistral_ai"},
    {"mistralai", "mistral_ai"},
};

/// After the provider's own name, what a library adds to say by which of its interfaces.
constexpr std::string_view interfaces[] = {".chat",       ".responses",    ".messages",
                                           ".completion", ".embedding",    ".image",
                                           ".speech",     ".transcription"};

constexpr std::string_view frameworks[] = {
    "strands_agents", "gcp.vertex.agent", "langchain",
    "spring_ai",      "semantic_kernel",  "microsoft.agent_framework",
    "mock_provider",  "llama_index",      "llamaindex"};

std::string lower(std::string_view text, bool hyphens_too) {
    std::string low(text);
    for (char& c : low) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
        if (hyphens_too && c == '-') c = '_';
    }
    return low;
}

}  // namespace

std::string finish_reason_named(std::string_view sent) {
    if (sent.empty() || sent == "stop") return std::string(sent);
    const std::string low = lower(sent, true);
    for (const Synonym& synonym : finish_reasons) {
        if (low == synonym.sent) return std::string(synonym.ours);
    }
    return std::string(sent);
}

Role role_named(std::string_view sent) {
    for (const RoleWord& word : roles) {
        if (sent == word.sent) return word.role;
    }
    if (sent.size() > 32) return Role::other;
    const std::string low = lower(sent, false);
    for (const RoleWord& word : roles) {
        if (low == word.sent) return word.role;
    }
    return Role::other;
}

std::string provider_named(std::string_view sent) {
    if (sent == "openai" || sent == "anthropic") return std::string(sent);  // Nearly always.
    std::string low = lower(sent, false);
    for (const std::string_view interface : interfaces) {
        if (low.size() > interface.size() && low.ends_with(interface)) {
            low.resize(low.size() - interface.size());
            break;
        }
    }
    const std::string underscored = lower(low, true);
    for (const Synonym& synonym : providers) {
        if (low == synonym.sent || underscored == synonym.sent) {
            return std::string(synonym.ours);
        }
    }
    return low;
}

bool is_framework(std::string_view provider) {
    if (provider == "openai" || provider == "anthropic") return false;
    const std::string low = lower(provider, true);
    return std::find(std::begin(frameworks), std::end(frameworks), low) != std::end(frameworks);
}

}  // namespace plimsoll::interaction
