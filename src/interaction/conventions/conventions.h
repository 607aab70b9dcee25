/// conventions.h: every convention we understand, the most trusted first.
///
/// One span often speaks several at once: a library's own, and OpenTelemetry's beside it. Each
/// field of a Step is taken from the first convention of this list that has it. To add one: a file
/// beside this, with its table and one captured trace in test/replay, and its line here.
#pragma once

#include "interaction/conventions/convention.h"

namespace plimsoll::interaction {

extern const Convention langfuse;         ///< Langfuse's SDKs.
extern const Convention otel_genai;       ///< OpenTelemetry GenAI, 1.37 and later.
extern const Convention openinference;    ///< Arize's instrumentations, and what converts to them.
extern const Convention otel_genai_old;   ///< OpenTelemetry GenAI before 1.37, and OpenLLMetry.
extern const Convention vercel_ai;        ///< Vercel AI SDK 3 to 7, scope `ai`.
extern const Convention google_adk;       ///< Google's Agent Development Kit.
extern const Convention pydantic_ai;      ///< Pydantic AI, instrumentation versions 1 to 6.
extern const Convention logfire;          ///< Logfire's wrappers of model clients.
extern const Convention langsmith;        ///< LangSmith's exporter.
extern const Convention mlflow;           ///< MLflow tracing.
extern const Convention strands;          ///< Strands Agents and Bedrock AgentCore.
extern const Convention semantic_kernel;  ///< Semantic Kernel, Microsoft Agent Framework.
extern const Convention spring_ai;        ///< Spring AI: everything is a string.
extern const Convention litellm;          ///< LiteLLM, both generations.
extern const Convention openlit;          ///< OpenLIT.
extern const Convention traceloop;        ///< Traceloop's SDK around OpenLLMetry, and Laminar.
extern const Convention trulens;          ///< TruLens.
extern const Convention any_span;         ///< What every OpenTelemetry span may say.

inline constexpr const Convention* all_conventions[] = {
    &langfuse,    &otel_genai, &openinference, &otel_genai_old, &vercel_ai, &google_adk,
    &pydantic_ai, &logfire,    &langsmith,     &mlflow,         &strands,   &semantic_kernel,
    &spring_ai,   &litellm,    &openlit,       &traceloop,      &trulens,   &any_span};

}  // namespace plimsoll::interaction
