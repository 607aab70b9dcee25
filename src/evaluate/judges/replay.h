/// replay.h: a judgement again from its kept request and reply, without a model.
///
///   interaction ─▶ prompt ─▶ request   the same bytes as were sent?
///   kept reply  ─▶ verdict             the same as was settled?
///
/// Pure: the same judge, interaction and reply give the same judgement on any machine, so what
/// differs shows that the judge's definition, its instructions or the interaction is another one.
#pragma once

#include <optional>
#include <string_view>

#include "evaluate/judges/judgement.h"

namespace plimsoll::evaluate {

struct Replayed {
    bool same_request = false;
    Judgement judgement;
};

/// `reply`: a body that came with status 200. nullopt: there is nothing to judge any more.
std::optional<Replayed> replay(const Judge& judge, const Interaction& interaction,
                               std::string_view request, std::string_view reply);

}  // namespace plimsoll::evaluate
