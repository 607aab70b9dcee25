/// step_json.h: one step of an interaction as JSON: light (a bar in the waterfall) or in full.
#pragma once

#include "base/json.h"
#include "interaction/interaction.h"

namespace plimsoll::show {

enum class StepDetail {
    light,    ///< Enough for tree and waterfall: 10,000 of them stay small.
    full,     ///< With messages, documents, tools and the source of every field.
    with_attributes,  ///< And all raw attributes.
};

/// `origin` is the interaction's start: steps tell their start relative to it.
void write_step(json::Writer& writer, const Step& step, UnixNanos origin, StepDetail detail);

/// The properties of its OpenAPI schema.
void write_step_schema(json::Writer& writer);

}  // namespace plimsoll::show
