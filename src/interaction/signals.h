/// signals.h: what an interaction says by itself about having gone badly: errors, retries, a call
/// for a person, a user who is not content. What needs its session or its service is in
/// record/traffic_signals.h. Pure.
///
/// Words of a user are a weak sign in any language but the three of the lists (English, German,
/// Spanish); attributes `plimsoll.reason.*` and feedback by annotation are strong ones.
#pragma once

#include "interaction/interaction.h"

namespace plimsoll::interaction {

Traits signals_of(const Interaction& interaction);

}  // namespace plimsoll::interaction
