/// TruLens' golden spans, a row of CSV each, its attributes as Python prints a dictionary.
#include <gtest/gtest.h>

#include <deque>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <sstream>

#include "base/json.h"
#include "interaction/understand.h"

namespace plimsoll::interaction {
namespace {

namespace fs = std::filesystem;
const fs::path data = fs::path(PLIMSOLL_ROOT) / "../shared/data/framework_traces/trulens";

/// Rows of fields; a field in quotes may hold commas, line breaks and doubled quotes.
std::vector<std::vector<std::string>> rows_of(const std::string& csv) {
    std::vector<std::vector<std::string>> rows(1, {""});
    bool quoted = false;
    for (std::size_t i = 0; i < csv.size(); ++i) {
        const char c = csv[i];
        if (c == '"' && quoted && i + 1 < csv.size() && csv[i + 1] == '"') {
            rows.back().back() += csv[++i];
        } else if (c == '"') {
            quoted = !quoted;
        } else if (c == ',' && !quoted) {
            rows.back().emplace_back();
        } else if (c == '\n' && !quoted) {
            rows.push_back({""});
        } else {
            rows.back().back() += c;
        }
    }
    return rows;
}

/// A value of Python's repr: text, or a list of texts; words for anything else.
struct Literal {
    std::string text;
    std::vector<std::string> list;
    bool is_list = false;
};

class Repr {
  public:
    explicit Repr(std::string_view text) : rest_(text) {}

    std::map<std::string, Literal> dictionary() {
        std::map<std::string, Literal> read;
        skip("{");
        while (!rest_.empty() && !rest_.starts_with('}')) {
            const std::string key = value().text;
            skip(": ");
            read[key] = value();
            skip(", ");
        }
        return read;
    }

  private:
    void skip(std::string_view what) {
        if (rest_.starts_with(what)) rest_.remove_prefix(what.size());
    }
    Literal value() {
        Literal read;
        if (rest_.starts_with('[')) {
            read.is_list = true;
            skip("[");
            while (!rest_.empty() && !rest_.starts_with(']')) {
                read.list.push_back(value().text);
                skip(", ");
            }
            skip("]");
        } else if (rest_.starts_with('\'') || rest_.starts_with('"')) {
            const char quote = rest_[0];
            std::size_t at = 1;
            for (; at < rest_.size() && rest_[at] != quote; ++at) {
                if (rest_[at] == '\\') {
                    ++at;
                    read.text += rest_[at] == 'n' ? '\n' : rest_[at];
                } else {
                    read.text += rest_[at];
                }
            }
            rest_.remove_prefix(std::min(at + 1, rest_.size()));
        } else {
            const std::size_t end = std::min(rest_.find_first_of(",]}"), rest_.size());
            read.text = rest_.substr(0, end);
            rest_.remove_prefix(end);
        }
        return read;
    }
    std::string_view rest_;
};

Step understood(const std::map<std::string, Literal>& attributes) {
    std::deque<std::string> texts;
    wire::ResourceView resource;
    wire::ScopeView scope;
    wire::SpanView view;
    view.resource = &resource;
    view.scope = &scope;
    for (const auto& [key, literal] : attributes) {
        wire::AnyValue value;
        value.kind = wire::AnyValue::Kind::string;
        if (literal.is_list) {  // On the wire an array; what reads it sees the same JSON.
            json::Writer list;
            list.begin_array();
            for (const std::string& each : literal.list) list.value(each);
            value.text = texts.emplace_back(list.end_array().take());
        } else {
            value.text = literal.text;
        }
        view.attributes.add({key, value});
    }
    return understand_span(view);
}

TEST(TruLens, golden_spans_hold_the_questions_answers_and_contexts_they_say) {
    if (!fs::exists(data)) GTEST_SKIP() << "The public traces are not here: " << data;
    int roots = 0, retrievals = 0, spans = 0;
    for (const auto& entry : fs::directory_iterator(data)) {
        std::ifstream file(entry.path());
        std::ostringstream all;
        all << file.rdbuf();
        for (const auto& row : rows_of(all.str())) {
            if (row.size() < 4 || !row[3].starts_with('{')) continue;
            const auto attributes = Repr(row[3]).dictionary();
            const Step step = understood(attributes);
            const auto said = [&](const std::string& key) {
                return attributes.at("ai.observability." + key);
            };
            ++spans;
            EXPECT_TRUE(step.unmapped.empty()) << step.unmapped[0];
            const std::string type = said("span_type").text;
            if (type == "record_root") {
                ++roots;
                EXPECT_EQ(step.kind, StepKind::workflow);
                EXPECT_EQ(step.input.at(0).text(), said("record_root.input").text);
                EXPECT_EQ(step.output.at(0).text(), said("record_root.output").text);
            } else if (type == "retrieval") {
                ++retrievals;
                EXPECT_EQ(step.kind, StepKind::retrieval);
                EXPECT_EQ(step.query, said("retrieval.query_text").text);
                std::vector<std::string> texts;
                for (const Document& document : step.documents) texts.push_back(document.text);
                EXPECT_EQ(texts, said("retrieval.retrieved_contexts").list);
            } else if (type == "generation") {
                EXPECT_EQ(step.kind, StepKind::model_call);
            }
        }
    }
    std::cout << "trulens: " << spans << " spans, " << roots << " roots, " << retrievals
              << " retrievals\n";
    EXPECT_EQ(spans, 27);
    EXPECT_EQ(roots, 3);
    EXPECT_EQ(retrievals, 5);
}

}  // namespace
}  // namespace plimsoll::interaction
