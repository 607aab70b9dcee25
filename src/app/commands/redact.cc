#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/commands/configured.h"
#include "app/pseudonym_key.h"
#include "base/json.h"
#include "interaction/privacy/redactor.h"

namespace plimsoll::app {

namespace {

using interaction::privacy::Found;
using interaction::privacy::Redactor;

Result<std::string> read_standard_input() {
    std::string text;
    char block[1 << 16];
    for (;;) {
        const ssize_t size = ::read(STDIN_FILENO, block, sizeof block);
        if (size == 0) return text;
        if (size > 0) text.append(block, static_cast<std::size_t>(size));
        if (size < 0 && errno != EINTR)
            return Error{fmt::format("read standard input: {}", std::strerror(errno))};
    }
}

/// Where it was found and as what; not what it was, which nobody needs twice.
void list(const Redactor& redactor, const std::string& text, bool as_json) {
    std::size_t line = 1, line_begin = 0, seen = 0;
    for (const Found& one : redactor.find(text)) {
        for (; seen < one.place.begin; ++seen) {
            if (text[seen] != '\n') continue;
            ++line;
            line_begin = seen + 1;
        }
        const std::string placeholder = redactor.placeholder(one.label, one.value);
        const std::size_t column = one.place.begin - line_begin + 1;
        const std::size_t bytes = one.place.end - one.place.begin;
        if (as_json) {
            fmt::print(
                "{{\"kind\":{},\"line\":{},\"column\":{},\"begin\":{},\"end\":{},"
                "\"placeholder\":{}}}\n",
                json::quoted(one.label), line, column, one.place.begin, one.place.end,
                json::quoted(placeholder));
        } else {
            fmt::print("{}:{}  {:>5} bytes  {}\n", line, column, bytes, placeholder);
        }
    }
}

}  // namespace

int redact(const RedactOptions& options) {
    const auto configuration = configured(options.config);
    if (!configuration) return 1;
    interaction::privacy::PseudonymKey key{};
    if (!options.data.empty()) {
        const auto opened = open_pseudonym_key(options.data);
        if (!opened) return complain(opened.error().what);
        key = opened->key;
    }
    const Redactor redactor(key, configuration->privacy.options.redactor);
    const auto text = read_standard_input();
    if (!text) return complain(text.error().what);
    if (options.list || options.json) {
        list(redactor, *text, options.json);
        return 0;
    }
    const std::string redacted = redactor.redact(*text).value_or(*text);
    const bool written =
        std::fwrite(redacted.data(), 1, redacted.size(), stdout) == redacted.size();
    return written && std::fflush(stdout) == 0 ? 0 : complain("cannot write to standard output");
}

}  // namespace plimsoll::app
