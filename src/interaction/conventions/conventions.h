/// conventions.h: every convention we understand, the most trusted first.
///
/// One span often speaks several at once: a library's own, and OpenTelemetry's beside it. Each
/// field of a Step is taken from the first convention of this list that has it. To add one: a file
/// beside this, with its table and one captured trace in test/replay, and its line here.
#pragma once

#include "interaction/conventions/convention.h"

namespace plimsoll::interaction {

extern const Convention otel_genai;      ///< OpenTelemetry GenAI, 1.37 and later.
extern const Convention openinference;   ///< Arize's instrumentations, and what converts to them.
extern const Convention otel_genai_old;  ///< OpenTelemetry GenAI before 1.37, and OpenLLMetry.
extern const Convention vercel_ai;       ///< Vercel AI SDK 3 to 6, scope `ai`.
extern const Convention any_span;        ///< What every OpenTelemetry span may say.

inline constexpr const Convention* all_conventions[] = {&otel_genai, &openinference,
                                                        &otel_genai_old, &vercel_ai, &any_span};

}  // namespace plimsoll::interaction
