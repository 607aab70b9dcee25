/// stand_in_mind.h: what the stand-in says of a content: the truth, passed through the declared
/// confusion matrix of the version that stands behind the model's name.
///
///   content ─ marker, or keyed hash ─▶ truth ─ keyed hash of version and content ─▶ answer
///
/// So the same content gets the same truth from every model and version with the same shares, and
/// the same answer from the same version, on any day; and two versions with the same matrix still
/// differ on single contents, as real ones do. Pure.
#pragma once

#include <string>
#include <string_view>

#include "app/stand_in/stand_in_options.h"

namespace plimsoll::app {

/// The data of a request's user message: what stands in data blocks, the tag left out; all of the
/// message where there are none. So the tag and the words of a template change no truth.
std::string content_of(std::string_view user_message);

/// A label of model.truth, or what a marker says.
std::string truth_of(const StandInModel& model, std::uint64_t seed, std::string_view content);

/// A label of version.says[truth]; "" if that has none.
std::string answer_of(const StandInVersion& version, std::uint64_t seed, std::string_view truth,
                      std::string_view content);

}  // namespace plimsoll::app
