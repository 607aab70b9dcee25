#include "evaluate/judges/read_verdict.h"

#include <algorithm>
#include <charconv>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "base/json.h"
#include "base/utf8.h"
#include "evaluate/checks/refusal_signals.h"
#include "evaluate/quote.h"
#include "evaluate/unicode/fold.h"

namespace plimsoll::evaluate {

namespace {

/// Something in the reply that says a verdict.
struct Claim {
    const JudgeClass* chosen = nullptr;  ///< nullptr: off the scale.
    std::string said;                    ///< The answer as it was given.
    std::string reason;
    std::string_view place;  ///< The bytes of the reply it was read from.
};

std::string_view trimmed(std::string_view text, std::string_view what = " \t\r\n") {
    const std::size_t first = text.find_first_not_of(what);
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(what) - first + 1);
}

/// Undoes the escapes of a JSON string, well enough to compare; the others' letter goes, too.
std::string unescaped(std::string_view text) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '\\') {
            plain += text[i];
            continue;
        }
        std::uint32_t point = 0;
        const char* const digits = text.data() + i + 2;
        if (i + 6 <= text.size() && text[i + 1] == 'u' &&
            std::from_chars(digits, digits + 4, point, 16).ptr == digits + 4) {
            if (point < 0xD800 || point > 0xDFFF) append_utf8(plain, point);
            i += 5;
        } else {
            ++i;
        }
    }
    return plain;
}

/// Letters and digits only, case folded: what is left when a text is quoted in another way.
std::string squeezed(std::string_view text) {
    std::string bare;
    for (const char c : folded(unescaped(text)))
        if (static_cast<unsigned char>(c) >= 0x80 || std::isalnum(static_cast<unsigned char>(c)))
            bare += c;
    return bare;
}

/// Whether `content` holds the claim letter for letter, in either order of its members.
bool repeats(const Claim& claim, std::string_view content) {
    const std::string all = squeezed(content);
    const std::string reason = "reason" + squeezed(json::quoted(claim.reason));
    const std::string verdict = "verdict" + squeezed(claim.said);
    return all.find(squeezed(claim.place)) != all.npos ||
           (!claim.reason.empty() &&
            (all.find(reason + verdict) != all.npos || all.find(verdict + reason) != all.npos));
}

/// The thoughts that some models put in front.
std::string_view without_thoughts(std::string_view text) {
    text = trimmed(text);
    if (!text.starts_with("<think>")) return text;
    const std::size_t end = text.rfind("</think>");
    return end == text.npos ? std::string_view() : trimmed(text.substr(end + 8));
}

/// One object with a verdict gives a claim for each time that it says one.
void claims_of(json::Value object, std::string_view place, const JudgeScale& scale,
               std::vector<Claim>& claims) {
    const auto reason = object.find("reason");
    for (const json::Member member : object.members()) {
        if (member.key != "verdict") continue;
        claims.push_back({scale.find(member.value), json::to_text(member.value),
                          std::string(reason ? reason->as_string() : ""), place});
    }
}

/// The end of the object that begins at `open`, one past its brace; npos if it never ends.
std::size_t end_of_object(std::string_view text, std::size_t open) {
    std::size_t depth = 0;
    bool in_string = false;
    for (std::size_t i = open; i < text.size(); ++i) {
        const char c = text[i];
        if (in_string) {
            if (c == '\\') ++i;
            if (c == '"') in_string = false;
        } else if (c == '"') {
            in_string = true;
        } else if (c == '{') {
            ++depth;
        } else if (c == '}' && --depth == 0) {
            return i + 1;
        }
    }
    return text.npos;
}

/// Every object between other words. Few braces are tried, so that a reply of braces costs little.
void objects_in(std::string_view text, const JudgeScale& scale, std::vector<Claim>& claims) {
    std::size_t at = 0;
    for (int tries = 0; tries < 64; ++tries) {
        const std::size_t open = text.find('{', at);
        if (open == text.npos) return;
        at = open + 1;
        const std::size_t end = end_of_object(text, open);
        if (end == text.npos) continue;
        const std::string_view place = text.substr(open, end - open);
        const auto parsed = json::Document::parse(place, {.depth_max = 32});
        if (!parsed) continue;
        claims_of(parsed->root(), place, scale, claims);
        at = end;
    }
}

/// What `words` say as a whole: "4" for "4", "4/5" and "**4 out of 5**.", else the words.
std::string_view answer_in(std::string_view words, const JudgeScale& scale) {
    words = trimmed(words, " \t\r\n*_`\"'");
    if (words.ends_with('.')) words = trimmed(words.substr(0, words.size() - 1), " *_`\"'");
    if (scale.kind != JudgeScale::Kind::graded) return words;
    std::size_t digits = words.starts_with('-') ? 1 : 0;
    while (digits < words.size() && (std::isdigit(static_cast<unsigned char>(words[digits]))))
        ++digits;
    std::string_view of = trimmed(words.substr(digits));
    if (of.starts_with('/'))
        of = trimmed(of.substr(1));
    else if (of.starts_with("out of "))
        of = trimmed(of.substr(7));
    else if (!of.empty())
        return words;
    // 4/10 on a scale to 5 is another scale.
    if (of.empty() ? digits < words.size() : of != scale.classes.back().name) return words;
    return words.substr(0, digits);
}

/// Lines that begin with "Verdict:", "Score:", "Rating:" or "Grade:".
void lines_in(std::string_view text, const JudgeScale& scale, std::vector<Claim>& claims) {
    while (!text.empty()) {
        const std::size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        const std::string_view bare = trimmed(line, " \t\r*_#`>-");
        const std::size_t colon = bare.find(':');
        if (colon == bare.npos) continue;
        const std::string label = folded(trimmed(bare.substr(0, colon), " *_`"));
        if (label != "verdict" && label != "score" && label != "rating" && label != "grade" &&
            label != "final verdict" && label != "final score")
            continue;
        const std::string_view words = answer_in(bare.substr(colon + 1), scale);
        claims.push_back({scale.find(words), std::string(words), "", bare});
    }
}

ReadVerdict unread(std::string why) {
    return {Verdict::unscored(Reason::judge_unreadable, std::move(why)), ""};
}

/// At most reason_characters_max of it.
std::string shortened(std::string_view reason) {
    if (count_characters(reason) <= reason_characters_max) return std::string(reason);
    std::size_t end = reason_characters_max;  // Of bytes: not more than so many characters.
    while (end > 0 && (static_cast<unsigned char>(reason[end]) & 0xC0) == 0x80) --end;
    return std::string(reason.substr(0, end)) + "…";
}

ReadVerdict decide(const std::vector<Claim>& claims, std::string_view content) {
    const Claim& last = claims.back();
    for (const Claim& claim : claims) {
        if (!claim.chosen)
            return unread(fmt::format("The judge said {}, which is not on its scale.",
                                      quote(claim.said, 60)));
        if (claim.chosen != last.chosen)
            return unread(fmt::format("The judge said both {} and {}.", quote(claim.chosen->name),
                                      quote(last.chosen->name)));
    }
    if (std::any_of(claims.begin(), claims.end(),
                    [&](const Claim& claim) { return repeats(claim, content); }))
        return unread("The judge's verdict only repeats a text that was to be judged.");
    return {{Score::of(last.chosen->score), shortened(trimmed(last.reason))}, last.chosen->name};
}

}  // namespace

ReadVerdict read_verdict(const JudgeScale& scale, const JudgeReply& reply,
                         std::string_view content) {
    if (!reply.fault.empty())
        return unread(fmt::format("From the judge's server: {}.", reply.fault));
    if (reply.refused)
        return {Verdict::unscored(Reason::judge_refused,
                                  fmt::format("The judge's model declined: {}", quote(reply.text))),
                ""};
    if (reply.cut) return unread("The judge's reply was cut at max_tokens.");
    if (reply.text.size() > reply_bytes_max)
        return unread(fmt::format("The judge's reply has {} bytes.", reply.text.size()));
    const std::string_view text = without_thoughts(reply.text);
    if (text.empty()) return unread("The judge's reply is empty.");

    std::vector<Claim> claims;
    objects_in(text, scale, claims);
    if (claims.empty()) lines_in(text, scale, claims);
    if (!claims.empty()) return decide(claims, content);
    // The bare answer is a word or two: that data holds it too says nothing.
    if (const JudgeClass* chosen = scale.find(answer_in(text, scale)))
        return {{Score::of(chosen->score), ""}, chosen->name};
    if (see_refusal(refusal_signals(text)).compliance == Compliance::refused)
        return {Verdict::unscored(Reason::judge_refused,
                                  fmt::format("The judge's model declined: {}", quote(text))),
                ""};
    return unread(fmt::format("The judge's reply holds no verdict: {}", quote(text)));
}

}  // namespace plimsoll::evaluate
