#include <set>

#include <fmt/format.h>

#include "evaluate/checks/checks.h"
#include "evaluate/markup.h"
#include "evaluate/output_text.h"
#include "evaluate/parameters.h"
#include "evaluate/quote.h"

namespace plimsoll::evaluate {

namespace {

constexpr std::size_t marks_max = 100;

class PlainText : public Configured {
  public:
    explicit PlainText(std::vector<std::string> allow) : allow_(allow.begin(), allow.end()) {}

    Verdict verdict(const Interaction& interaction) const override {
        return on_output(interaction, [&](std::string_view output) {
            std::vector<Markup> found = markup_of(output);
            std::erase_if(found, [&](const Markup& one) { return allow_.contains(one.kind); });
            if (found.empty()) return Verdict::pass();
            const Markup& first = found.front();
            Verdict verdict = Verdict::fail(fmt::format(
                "{} of Markdown or HTML; first {} at {}: {}",
                found.size() == 1 ? std::string("A piece") : fmt::format("{} pieces", found.size()),
                first.kind, character_at(output, first.begin),
                quote_around(output, first.begin, first.end)));
            for (const Markup& one : found) {
                if (verdict.marks.size() == marks_max) break;
                verdict.marks.push_back({one.begin, one.end, std::string(one.kind)});
            }
            return verdict;
        });
    }

  private:
    std::set<std::string, std::less<>> allow_;
};

ConfigureResult configure_plain_text(json::Value params, const Files&) {
    ParameterReader read(params);
    auto allow = read.texts("allow");
    if (read.wrong()) return *read.wrong();
    return std::make_unique<PlainText>(std::move(allow));
}

}  // namespace

const Check plain_text{
    .name = "plain_text",
    .version = 1,
    .dimension = "format",
    .says = "The output is plain text: no Markdown and no HTML. Hand-written lists are plain.",
    .takes = {{"allow",
               "Kinds that may stand all the same: code fence, code, heading, bold, link, image, "
               "table, quote, rule, HTML tag, HTML character reference. Default: none.",
               R"(["link"])"}},
    .example = {.params = "{}",
                .interaction = R"({"output":"The store opens at **nine**."})",
                .score = 0.0},
    .configure = configure_plain_text};

}  // namespace plimsoll::evaluate
