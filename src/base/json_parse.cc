#include <algorithm>
#include <cstring>
#include <vector>

#include <fmt/format.h>
#include <simdjson.h>

#include "base/json.h"
#include "base/json_strict.h"

namespace plimsoll::json {

namespace {

/// A parser keeps up to fifteen times the longest text it has read. Larger texts than this are
/// rare, so they get a parser of their own, and no thread holds their memory afterwards.
constexpr std::size_t kept_bytes_max = 1u << 20;

/// Goes over simdjson's tape once. A tape word has its type in the top byte; numbers take a second
/// word, and so do the ends of containers, which Nodes do without.
class TapeReader {
  public:
    TapeReader(const std::uint64_t* tape, const std::uint8_t* strings, Node* nodes,
               std::vector<std::uint32_t>& open)
        : tape_(tape), strings_(strings), nodes_(nodes), open_(open) {
        open_.clear();
    }

    /// False if containers are nested deeper than `depth_max`.
    bool read(std::size_t depth_max) {
        const std::size_t end = payload(tape_[0]) - 1;  // Word 0 and the last are the root's.
        for (std::size_t i = 1; i < end; ++i) {
            const std::uint64_t word = tape_[i];
            Node& node = nodes_[count_];
            switch (static_cast<char>(word >> 56)) {
                case '"':
                    string(node, payload(word));
                    break;
                case 'l':
                    number(node, Kind::integer, false, tape_[++i]);
                    break;
                case 'u':
                    number(node, Kind::integer, true, tape_[++i]);
                    break;
                case 'd':
                    number(node, Kind::real, false, tape_[++i]);
                    break;
                case 't':
                    number(node, Kind::boolean, false, 1);
                    break;
                case 'f':
                    number(node, Kind::boolean, false, 0);
                    break;
                case 'n':
                    number(node, Kind::null, false, 0);
                    break;
                case '[':
                case '{':
                    node.kind = static_cast<char>(word >> 56) == '[' ? Kind::array : Kind::object;
                    node.is_unsigned = false;
                    node.size = static_cast<std::uint32_t>(payload(word) >> 32);
                    open_.push_back(static_cast<std::uint32_t>(count_));
                    if (open_.size() > depth_max) return false;
                    break;
                default:
                    close();
                    continue;  // ']' or '}': no Node of its own.
            }
            ++count_;
        }
        return true;
    }

    std::size_t count() const { return count_; }
    std::size_t string_bytes() const { return string_bytes_; }

  private:
    static std::uint64_t payload(std::uint64_t word) { return word & 0x00FF'FFFF'FFFF'FFFF; }

    void string(Node& node, std::uint64_t start) {
        std::uint32_t size;
        std::memcpy(&size, strings_ + start, sizeof size);
        node.kind = Kind::string;
        node.is_unsigned = false;
        node.size = size;
        node.offset = start + sizeof size;
        string_bytes_ = node.offset + size;
    }

    static void number(Node& node, Kind kind, bool is_unsigned, std::uint64_t bits) {
        node.kind = kind;
        node.is_unsigned = is_unsigned;
        node.size = 0;
        node.natural = 0;
        if (kind == Kind::boolean) {
            node.boolean = bits != 0;
        } else if (kind == Kind::real) {
            std::memcpy(&node.real, &bits, sizeof bits);
        } else {
            node.natural = bits;
        }
    }

    void close() {
        Node& node = nodes_[open_.back()];
        node.inside = count_ - open_.back() - 1;
        if (node.size == 0xFF'FFFF) recount(open_.back());
        open_.pop_back();
    }

    /// simdjson stops counting at 2^24 - 1.
    void recount(std::size_t container) {
        std::uint32_t values = 0;
        for (std::size_t i = container + 1; i < count_; ++values) {
            const bool nests = nodes_[i].kind == Kind::array || nodes_[i].kind == Kind::object;
            i += 1 + (nests ? nodes_[i].inside : 0);
        }
        Node& node = nodes_[container];
        node.size = node.kind == Kind::object ? values / 2 : values;
    }

    const std::uint64_t* tape_;
    const std::uint8_t* strings_;
    Node* nodes_;
    std::vector<std::uint32_t>& open_;  ///< Containers not yet closed.
    std::size_t count_ = 0;
    std::size_t string_bytes_ = 0;
};

}  // namespace

/// nullopt for whatever simdjson or a limit refuses; the strict reader then says why, or reads it.
std::optional<Document> read_fast(std::string_view text, const ParseLimits& limits) {
    thread_local simdjson::dom::parser kept;
    thread_local std::vector<std::uint32_t> open;
    simdjson::dom::parser once;
    simdjson::dom::parser& parser = text.size() <= kept_bytes_max ? kept : once;
    if (parser.parse(text.data(), text.size()).error()) return std::nullopt;

    const std::uint64_t* tape = parser.doc.tape.get();
    const std::uint8_t* strings = parser.doc.string_buf.get();
    const std::size_t words = tape[0] & 0xFFFF'FFFF;
    Document document;
    document.nodes_ = std::make_unique_for_overwrite<Node[]>(words);
    TapeReader reader(tape, strings, document.nodes_.get(), open);
    if (!reader.read(limits.depth_max)) return std::nullopt;
    document.text_ = std::make_unique_for_overwrite<char[]>(reader.string_bytes());
    std::memcpy(document.text_.get(), strings, reader.string_bytes());
    document.bytes_ = words * sizeof(Node) + reader.string_bytes();
    return document;
}

Result<Document> Document::parse(std::string_view text, const ParseLimits& asked) {
    const ParseLimits limits{std::min(asked.depth_max, depth_cap),
                             std::min(asked.bytes_max, bytes_cap)};
    if (text.size() > limits.bytes_max) {
        return Error{
            fmt::format("{} bytes of JSON; at most {} are read", text.size(), limits.bytes_max)};
    }
    constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
    const std::size_t skipped = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    text.remove_prefix(skipped);
    if (auto document = read_fast(text, limits)) return std::move(*document);
    return read_strictly(text, limits, skipped);
}

}  // namespace plimsoll::json
