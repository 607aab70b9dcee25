#include "record/record_chain.h"

#include <charconv>

#include <fmt/format.h>

#include "base/sha256.h"

namespace plimsoll::record {

std::string link_hash(const RunRecord& record) {
    Sha256 sum;
    sum.add_field("plimsoll record 1");
    sum.add_field(std::to_string(record.seq));
    sum.add_field(std::to_string(record.time));
    sum.add_field(record.kind);
    sum.add_field(record.subject);
    sum.add_field(record.tuple);
    sum.add_field(std::to_string(record.from));
    sum.add_field(std::to_string(record.to));
    sum.add_field(record.inputs);
    sum.add_field(record.configuration);
    sum.add_field(record.methods);
    sum.add_field(record.result);
    sum.add_field(record.previous);
    return sum.hex();
}

void forge_link(RunRecord& record, const RunRecord* last) {
    record.seq = last ? last->seq + 1 : 1;
    record.previous = last ? last->hash : "";
    record.hash = link_hash(record);
}

std::string to_text(const ChainHead& head) {
    return fmt::format("{}:{}", head.seq, head.hash);
}

std::optional<ChainHead> chain_head_of(std::string_view text) {
    ChainHead head;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, head.seq);
    if (error != std::errc{} || stop == end || *stop != ':' || head.seq == 0) return std::nullopt;
    head.hash.assign(stop + 1, end);
    if (head.hash.size() != 64 ||
        head.hash.find_first_not_of("0123456789abcdef") != std::string::npos)
        return std::nullopt;
    return head;
}

Result<ChainReport> verify_chain(RunRecords& records, const std::optional<ChainHead>& remembered) {
    ChainReport report;
    const auto broken = [&](std::uint64_t seq, std::string why) {
        if (!report.whole()) return;  // The first one counts: later ones may follow from it.
        report.broken_at = seq;
        report.why = std::move(why);
    };
    const auto read = records.for_each(1, [&](const RunRecord& link) {
        if (link.seq != report.head.seq + 1)
            broken(report.head.seq + 1,
                   fmt::format("link {} is missing: {} follows {}", report.head.seq + 1, link.seq,
                               report.head.seq));
        else if (link.previous != report.head.hash)
            broken(link.seq, fmt::format("link {} does not follow link {}: the hash of the one "
                                         "before is another one",
                                         link.seq, report.head.seq));
        else if (link_hash(link) != link.hash)
            broken(link.seq,
                   fmt::format("link {} was changed: its content has another hash", link.seq));
        if (remembered && link.seq == remembered->seq && link.hash != remembered->hash)
            broken(link.seq, fmt::format("link {} is not the one that was remembered: the chain "
                                         "was rewritten up to here",
                                         link.seq));
        ++report.links;
        report.head = {link.seq, link.hash};
    });
    if (!read) return read.error();
    if (remembered && report.head.seq < remembered->seq)
        broken(report.head.seq + 1,
               fmt::format("links {} to {} were cut off: the chain was remembered to reach link {}",
                           report.head.seq + 1, remembered->seq, remembered->seq));
    return report;
}

}  // namespace plimsoll::record
