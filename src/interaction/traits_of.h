/// traits_of.h: what can be told of an interaction from its own steps (traits.h, all but the
/// signals, which need its session and its service). Pure.
#pragma once

#include "interaction/interaction.h"

namespace plimsoll::interaction {

Traits traits_of(const Interaction& interaction);

/// A placeholder of the redactor stands in it: "<EMAIL_qwmzrtb>".
bool holds_placeholder(std::string_view text);

}  // namespace plimsoll::interaction
