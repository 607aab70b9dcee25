#include "app/trace_files.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <iostream>
#include <iterator>

#include <fmt/format.h>

#include "wire/inflate.h"

namespace plimsoll::app {

namespace {

wire::Compression compression_of(std::string_view bytes) {
    if (bytes.starts_with("\x1f\x8b")) return wire::Compression::gzip;
    if (bytes.starts_with("\x28\xb5\x2f\xfd")) return wire::Compression::zstd;
    return wire::Compression::identity;
}

/// Adds what is good in `body`; false if it is no OTLP at all.
bool add(TraceFile& file, std::string body, wire::Encoding encoding, const wire::Limits& limits,
         const std::string& where) {
    wire::Admitted admitted = wire::admit(std::move(body), encoding, limits);
    if (!admitted.decodable) {
        file.complaints.push_back(fmt::format("{}: {}", where, admitted.why));
        return false;
    }
    if (admitted.rejected > 0)
        file.complaints.push_back(
            fmt::format("{}: {} spans left out: {}", where, admitted.rejected, admitted.why));
    file.span_count += admitted.span_count;
    file.rejected += admitted.rejected;
    if (admitted.span_count > 0) file.bodies.push_back(std::move(admitted.otlp));
    return true;
}

}  // namespace

Result<TraceFile> read_trace_file(const std::string& path, const wire::Limits& limits) {
    std::string bytes;
    if (path == "-") {
        bytes.assign(std::istreambuf_iterator<char>(std::cin), {});
    } else {
        std::ifstream stream(path, std::ios::binary);
        if (!stream) return Error{fmt::format("read {}: {}", path, std::strerror(errno))};
        bytes.assign(std::istreambuf_iterator<char>(stream), {});
        if (stream.bad()) return Error{fmt::format("read {}: {}", path, std::strerror(errno))};
    }
    if (const auto compression = compression_of(bytes); compression != wire::Compression::identity) {
        constexpr std::size_t bytes_max = 4ull << 30;  // A file was chosen by hand; still no bombs.
        wire::Inflated inflated = wire::inflate(bytes, compression, bytes_max);
        if (inflated.outcome != wire::Inflated::Outcome::ok)
            return Error{fmt::format("read {}: {}", path, inflated.why)};
        bytes = std::move(inflated.body);
    }

    TraceFile file;
    const std::size_t first = bytes.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
    if (first == std::string::npos) return file;
    if (bytes[first] != '{' && bytes[first] != '[') {
        add(file, std::move(bytes), wire::Encoding::protobuf, limits, path);
        return file;
    }
    // One document or one a line: a document alone has no second '{' at the start of a line.
    const bool lines = bytes.find("\n{", first) != std::string::npos;
    if (!lines) {
        add(file, std::move(bytes), wire::Encoding::json, limits, path);
        return file;
    }
    std::size_t number = 1;
    for (std::size_t at = 0; at < bytes.size(); ++number) {
        const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
        if (bytes.find_first_not_of(" \t\r", at) < end)
            add(file, bytes.substr(at, end - at), wire::Encoding::json, limits,
                fmt::format("{}:{}", path, number));
        at = end + 1;
    }
    return file;
}

}  // namespace plimsoll::app
