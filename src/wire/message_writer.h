/// message_writer.h: protobuf messages inside each other, written front to back into one string.
///
///     MessageWriter span(scope, tag);     // begins a message inside another one
///     span.add_bytes(name, "chat");
///     // its length is filled in when `span` goes out of scope
///
/// While an inner message is open its outer ones must not be written to. Unlike protozero's writer
/// it keeps empty messages, since an empty AnyValue is null and an empty list is not, and it is
/// told how many bytes a length will likely take, so that long messages are rarely moved.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>

#include <protozero/types.hpp>
#include <protozero/varint.hpp>

namespace plimsoll::wire {

class MessageWriter {
  public:
    /// The outermost message, which has no length.
    explicit MessageWriter(std::string& out) : out_(out) {}

    /// `length_bytes`: 1 for messages of less than 128 bytes, 2 below 16 KiB, 3 below 2 MiB;
    /// another length costs a move of the message.
    MessageWriter(MessageWriter& parent, std::uint32_t tag, std::size_t length_bytes = 1)
        : out_(parent.out_), length_bytes_(length_bytes) {
        add_key(tag, protozero::pbf_wire_type::length_delimited);
        out_.append(length_bytes_, '\0');
        start_ = out_.size();
    }

    MessageWriter(const MessageWriter&) = delete;
    MessageWriter& operator=(const MessageWriter&) = delete;

    ~MessageWriter() {
        if (length_bytes_ == 0) return;
        const std::size_t size = out_.size() - start_;
        char length[protozero::max_varint_length];
        const auto used = static_cast<std::size_t>(protozero::add_varint_to_buffer(length, size));
        if (used > length_bytes_) {
            out_.insert(start_, used - length_bytes_, '\0');
        } else if (used < length_bytes_) {
            out_.erase(start_ - (length_bytes_ - used), length_bytes_ - used);
        }
        std::memcpy(out_.data() + start_ - length_bytes_, length, used);
    }

    void add_bytes(std::uint32_t tag, std::string_view content) {
        add_key(tag, protozero::pbf_wire_type::length_delimited);
        add_plain_varint(content.size());
        out_.append(content);
    }
    /// Fields as they lie in another message, tags and all.
    void add_raw(std::string_view fields) { out_.append(fields); }
    void add_varint(std::uint32_t tag, std::uint64_t number) {
        add_key(tag, protozero::pbf_wire_type::varint);
        add_plain_varint(number);
    }
    void add_fixed64(std::uint32_t tag, std::uint64_t number) {
        add_key(tag, protozero::pbf_wire_type::fixed64);
        add_little_endian(number);
    }
    void add_fixed32(std::uint32_t tag, std::uint32_t number) {
        add_key(tag, protozero::pbf_wire_type::fixed32);
        add_little_endian(number);
    }
    void add_double(std::uint32_t tag, double number) {
        std::uint64_t bits;
        std::memcpy(&bits, &number, sizeof bits);
        add_fixed64(tag, bits);
    }

  private:
    void add_key(std::uint32_t tag, protozero::pbf_wire_type type) {
        add_plain_varint(protozero::tag_and_type(tag, type));
    }
    void add_plain_varint(std::uint64_t number) {
        if (number < 0x80) {
            out_ += static_cast<char>(number);
            return;
        }
        char bytes[protozero::max_varint_length];
        const int used = protozero::add_varint_to_buffer(bytes, number);
        out_.append(bytes, static_cast<std::size_t>(used));
    }
    template <class Number>
    void add_little_endian(Number number) {
        char bytes[sizeof number];
        for (std::size_t i = 0; i < sizeof number; ++i) {
            bytes[i] = static_cast<char>(number >> (8 * i) & 0xff);
        }
        out_.append(bytes, sizeof bytes);
    }

    std::string& out_;
    std::size_t start_ = 0;
    std::size_t length_bytes_ = 0;
};

}  // namespace plimsoll::wire
