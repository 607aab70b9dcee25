/// pick_spans.h: some spans of an admitted body as a body of their own, byte for byte, with the
/// resource and scope they stood under.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace plimsoll::wire {

/// `ordinals` ascending, as for_each_span counts; those that the body has not are passed over.
std::string pick_spans(std::string_view otlp, std::span<const std::uint32_t> ordinals);

}  // namespace plimsoll::wire
