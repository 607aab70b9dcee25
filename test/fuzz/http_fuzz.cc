/// A connection's bytes: heads, chunked bodies, and the URLs in them. They must be cut in the same
/// places however the network cuts them; the first byte says how.
#include <string>

#include "fuzz.h"
#include "net/chunked_body.h"
#include "net/http_head_parser.h"
#include "net/percent.h"

using namespace plimsoll::net;

namespace {

/// All that one request says, read in pieces of at most `piece` bytes.
std::string read_in_pieces(std::string_view bytes, std::size_t piece) {
    HttpHeadParser parser(4096);
    std::size_t at = 0, end = 0;
    while (true) {
        end = std::min(bytes.size(), end + piece);
        std::size_t consumed = 0;
        const auto outcome = parser.read(bytes.substr(at, end - at), consumed);
        at += consumed;
        if (outcome == HttpHeadParser::Outcome::refused)
            return "refused " + std::to_string(parser.refusal_status());
        if (outcome == HttpHeadParser::Outcome::done) break;
        if (end == bytes.size()) return "need more";
    }
    const HttpHead& head = parser.head();
    std::string all = std::string(head.method()) + ' ' + std::string(head.target()) + '\n';
    for (std::size_t i = 0; i < head.field_count(); ++i)
        all += std::string(head.name(i)) + ':' + std::string(head.value(i)) + '\n';
    if (const auto path = percent_decoded(head.path())) all += *path;
    if (const auto query = query_decoded(head.query())) all += std::to_string(query->size());
    if (!head.chunked) return all;
    ChunkedBody body;
    for (end = std::max(at, end);;) {
        const ChunkedBody::Step step = body.next(bytes.substr(at, end - at));
        at += step.consumed;
        all += step.data;
        if (step.outcome == ChunkedBody::Step::Outcome::bad)
            return all.substr(0, all.rfind('\n')) + "bad";
        if (step.outcome == ChunkedBody::Step::Outcome::done)
            return all + "done " + std::to_string(at);
        if (step.outcome == ChunkedBody::Step::Outcome::data) continue;
        if (end == bytes.size()) return all + "need more";
        end = std::min(bytes.size(), end + piece);
    }
}

}  // namespace

void fuzz_one(std::string_view bytes) {
    const std::size_t piece = 1 + take_choice(bytes) % 32;
    const std::string pieces = read_in_pieces(bytes, piece);
    const std::string whole = read_in_pieces(bytes, bytes.size() + 1);
    // What is not whole yet may be refused at once, or when the rest has come.
    const bool early = pieces.ends_with("need more") && whole.starts_with("refused");
    promise(pieces == whole || early, "a request reads alike, however the network cut it");
}
