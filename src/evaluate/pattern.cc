#include "evaluate/pattern.h"

#include <re2/re2.h>

#include <fmt/format.h>

namespace plimsoll::evaluate {

struct Pattern::Compiled {
    explicit Compiled(const std::string& expression, const RE2::Options& options)
        : re(expression, options) {}
    RE2 re;
};

Pattern::Pattern(std::string expression, std::unique_ptr<Compiled> compiled)
    : expression_(std::move(expression)), compiled_(std::move(compiled)) {}
Pattern::Pattern(Pattern&&) noexcept = default;
Pattern& Pattern::operator=(Pattern&&) noexcept = default;
Pattern::~Pattern() = default;

Result<Pattern> Pattern::compile(const std::string& expression, bool ignore_case) {
    RE2::Options options;
    options.set_log_errors(false);
    options.set_case_sensitive(!ignore_case);
    options.set_max_mem(8 << 20);
    auto compiled = std::make_unique<Compiled>(expression, options);
    if (!compiled->re.ok()) {
        const bool unsupported = expression.find("(?=") != std::string::npos ||
                                 expression.find("(?!") != std::string::npos ||
                                 expression.find("(?<") != std::string::npos;
        return Error{fmt::format("is no regular expression: {}{}", compiled->re.error(),
                                 unsupported ? "; looking ahead or behind is not supported, since "
                                               "its time could not be bounded"
                                             : "")};
    }
    return Pattern(expression, std::move(compiled));
}

std::optional<Found> Pattern::find(std::string_view text) const {
    re2::StringPiece match;
    if (!compiled_->re.Match({text.data(), text.size()}, 0, text.size(), RE2::UNANCHORED, &match,
                             1)) {
        return std::nullopt;
    }
    const auto begin = static_cast<std::size_t>(match.data() - text.data());
    return Found{begin, begin + match.size()};
}

}  // namespace plimsoll::evaluate
