#include "load/ledger.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <fstream>

#include "base/id.h"

namespace plimsoll::load {
namespace {
constexpr std::string_view magic = "plimsoll-ledger1\n";
static_assert(sizeof(SpanName) == 24);
}  // namespace

Result<Done> write_ledger(const std::string& path, const std::vector<SpanName>& acknowledged) {
    std::ofstream file(path, std::ios::binary);
    file << magic;
    file.write(reinterpret_cast<const char*>(acknowledged.data()),
               static_cast<std::streamsize>(acknowledged.size() * sizeof(SpanName)));
    file.close();
    if (!file) return Error{fmt::format("write ledger {}: {}", path, std::strerror(errno))};
    return Done{};
}

Result<std::vector<SpanName>> read_ledger(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    std::string bytes{std::istreambuf_iterator<char>(file), {}};
    if (!bytes.starts_with(magic)) return Error{fmt::format("{} is not a ledger", path)};
    const std::size_t size = bytes.size() - magic.size();
    if (size % sizeof(SpanName)) return Error{fmt::format("ledger {} is cut", path)};
    std::vector<SpanName> spans(size / sizeof(SpanName));
    std::memcpy(static_cast<void*>(spans.data()), bytes.data() + magic.size(), size);
    return spans;
}

Result<std::vector<SpanName>> read_spans(std::istream& lines) {
    std::vector<SpanName> spans;
    std::string line;
    while (std::getline(lines, line)) {
        const std::string_view text = line;
        const auto trace =
            TraceId::from_hex(text.substr(0, std::min<std::size_t>(32, text.size())));
        const auto span = SpanId::from_hex(text.size() > 33 ? text.substr(33) : "");
        if (!trace || !span || text[32] != ' ')
            return Error{fmt::format("line {} is not a span: {}", spans.size() + 1, line)};
        SpanName& name = spans.emplace_back();
        std::memcpy(name.trace.data(), trace->bytes.data(), 16);
        std::memcpy(name.span.data(), span->bytes.data(), 8);
    }
    return spans;
}

Comparison compare(std::vector<SpanName> acknowledged, std::vector<SpanName> held) {
    std::ranges::sort(acknowledged);
    std::ranges::sort(held);
    Comparison result;
    result.acknowledged = acknowledged.size();
    result.held = held.size();
    auto want = acknowledged.begin();
    for (auto have = held.begin(); have != held.end();) {
        const auto next =
            std::find_if(have, held.end(), [&](const SpanName& o) { return o != *have; });
        if (next - have > 1) ++result.doubled;
        for (; want != acknowledged.end() && *want < *have; ++want) ++result.lost;
        if (want != acknowledged.end() && *want == *have)
            ++want;
        else
            ++result.unasked;
        have = next;
    }
    result.lost += static_cast<std::uint64_t>(acknowledged.end() - want);
    return result;
}

}  // namespace plimsoll::load
