#include <array>
#include <ctime>

#include <fmt/chrono.h>
#include <fmt/format.h>

#include "alert/bodies/bodies.h"
#include "base/utf8.h"

namespace plimsoll::alert {

namespace {

std::string base64(std::string_view bytes) {
    static constexpr std::string_view digits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        std::uint32_t three = 0;
        const std::size_t count = std::min<std::size_t>(3, bytes.size() - at);
        for (std::size_t i = 0; i < 3; ++i)
            three = three << 8 | (i < count ? static_cast<unsigned char>(bytes[at + i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i)
            text += i <= count ? digits[three >> (18 - 6 * i) & 63] : '=';
    }
    return text;
}

/// A header's text: RFC 2047 words of whole characters, short enough for lines of 76. No line
/// break of ours or of a trace survives.
std::string header_text(std::string_view text) {
    std::string encoded, word;
    const auto flush = [&] {
        if (word.empty()) return;
        encoded += (encoded.empty() ? "" : "\r\n ") + fmt::format("=?UTF-8?B?{}?=", base64(word));
        word.clear();
    };
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t length = std::max<std::size_t>(utf8_length(text.substr(at)), 1);
        const std::string_view character = text.substr(at, length);
        if (word.size() + length > 36) flush();
        word += static_cast<unsigned char>(character[0]) < ' ' ? std::string_view(" ") : character;
        at += length;
    }
    flush();
    return encoded;
}

/// "Mon, 05 Jan 2026 10:00:00 +0000"
std::string mail_date(UnixNanos time) {
    const std::time_t seconds = static_cast<std::time_t>(time / nanos_per_second);
    static constexpr std::array<const char*, 7> days{"Sun", "Mon", "Tue", "Wed",
                                                     "Thu", "Fri", "Sat"};
    static constexpr std::array<const char*, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                        "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const std::tm utc = fmt::gmtime(seconds);
    return fmt::format("{}, {:02} {} {} {:02}:{:02}:{:02} +0000",
                       days[static_cast<std::size_t>(utc.tm_wday)], utc.tm_mday,
                       months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900,
                       utc.tm_hour, utc.tm_min, utc.tm_sec);
}

}  // namespace

std::string mail_text(const Message& message, const Channel& channel) {
    std::string to;
    for (const std::string& one : channel.to) to += (to.empty() ? "<" : ",\r\n <") + one + ">";
    std::string text = fmt::format(
        "From: Plimsoll <{}>\r\nTo: {}\r\nSubject: {}\r\nDate: {}\r\n"
        "Message-ID: <{}@plimsoll>\r\nReferences: <{}@plimsoll>\r\n"
        "Auto-Submitted: auto-generated\r\nMIME-Version: 1.0\r\n"
        "Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n",
        channel.from, to, header_text(message.headline), mail_date(message.time), message.id,
        message.alert);
    const std::string body = base64(to_text(message));
    for (std::size_t at = 0; at < body.size(); at += 76) text += body.substr(at, 76) + "\r\n";
    return text;
}

}  // namespace plimsoll::alert
