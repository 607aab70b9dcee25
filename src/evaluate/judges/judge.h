/// judge.h: an evaluator that asks a language model, with a rubric. A value: what is asked of whom.
///
///   definition = model, rubric, prompt, scale, parameters, our own instructions
///   version    = hash(definition, the model version that the provider reported)
///
/// A judge belongs to no dimension; dimensions name judges. So one that serves two is paid once.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "evaluate/judges/judge_scale.h"
#include "evaluate/judges/prompt_template.h"
#include "evaluate/sampling/sampling_reason.h"

namespace plimsoll::evaluate {

/// How the model's server is spoken to.
enum class ModelProtocol : std::uint8_t {
    openai,     ///< Chat completions: OpenAI, Azure, vLLM, Ollama, llama.cpp, LiteLLM.
    anthropic,  ///< Messages.
};
std::string_view to_word(ModelProtocol protocol);

/// US dollars for a million tokens.
struct ModelPrice {
    double input = 0;
    double output = 0;
    bool operator==(const ModelPrice&) const = default;
};

struct JudgeModel {
    ModelProtocol api = ModelProtocol::openai;
    std::string base_url;  ///< As its provider writes it: "https://api.openai.com/v1".
    std::string name;
    std::string key_env;              ///< Environment variable that holds the key; "" if none.
    std::optional<ModelPrice> price;  ///< Not part of the definition, nor is what follows.
    /// Its server answers a repeated Idempotency-Key from its own record, unpaid.
    bool idempotent = false;
};

struct JudgeParameters {
    std::optional<double> temperature = 0.0;  ///< nullopt: not sent.
    std::int64_t max_tokens = 1024;           ///< Of the reply.
    std::optional<std::int64_t> seed;         ///< Sent where the protocol has one (openai).
    bool structured = true;                   ///< Ask the server to hold the reply to the schema.
    /// Further members of the request's body, a JSON object: {"top_p":0.9}.
    std::string extra_json = "{}";
    /// Characters of data for each place of the prompt; past it the middle is left out.
    std::size_t content_characters_max = 60'000;
};

/// How much it is asked. Not part of the definition.
struct JudgeSample {
    double rate = 1.0;  ///< Probability with which an interaction is judged; above 0.
    /// No interaction has less, whatever an allocation says; nullopt: 0.02, or the rate if that is
    /// less.
    std::optional<double> floor;
    /// Of interactions with a reason; nullopt: three times the rate.
    std::array<std::optional<double>, sampling_reason_count> by_reason{};
    std::optional<double> usd_per_day;
    std::optional<double> requests_per_minute;
    std::optional<double> tokens_per_minute;
};

/// Frozen interactions that the judge scores anew, to notice that it has become another one. Not
/// part of the definition.
struct JudgeSentinels {
    std::size_t items = 200;    ///< 0: none, and a change behind the model's name goes unnoticed.
    std::size_t scorings = 15;  ///< Of each at the freeze; odd, 3 or more.
    std::chrono::milliseconds every{86'400'000};
};

struct Judge {
    std::string name;
    JudgeModel model;
    std::string rubric;  ///< The text itself.
    PromptTemplate prompt = default_template();
    JudgeScale scale = JudgeScale::binary();
    JudgeParameters parameters;
    JudgeSample sample;
    JudgeSentinels sentinels;
    /// For one request, from the first byte sent to the last one read.
    std::chrono::milliseconds deadline{60'000};
};

/// 32 hex digits. What can change a verdict is in it; name, key, price, sample and deadline are
/// not. base_url is: the same model name elsewhere may be another model.
std::string definition_hash(const Judge& judge);

/// 32 hex digits over the definition and `model_version`, as the provider reported it with a reply.
std::string judge_version(std::string_view definition_hash, std::string_view model_version);

/// 32 hex digits of the rubric's content: the tuple's rubric version.
std::string rubric_version(const Judge& judge);

/// US dollars for the tokens of a request; nullopt if the price is not known.
std::optional<double> cost_usd(const JudgeModel& model, std::int64_t input_tokens,
                               std::int64_t output_tokens);

}  // namespace plimsoll::evaluate
