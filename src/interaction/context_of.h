/// context_of.h: the versions under which an interaction ran, beside its tuple. Pure.
#pragma once

#include <cstdint>

#include "interaction/family.h"
#include "interaction/interaction.h"
#include "interaction/usage.h"

namespace plimsoll::interaction {

/// `call` is the deciding model call, `teller` the step that has its words; no_step where there is
/// none. What the call does not say is taken from the outermost step that does.
ContextVersions context_of(const Interaction& made, const Family& family, const Usage& usage,
                           std::uint32_t call, std::uint32_t teller);

/// The prompt of the version tuple: "name@version", or what there is of it, "name@~fingerprint".
std::string prompt_of(const ContextVersions& context);

}  // namespace plimsoll::interaction
