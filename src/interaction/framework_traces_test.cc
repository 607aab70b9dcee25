/// Public traces of real frameworks, and what their projects say is in them. They are no part of
/// the repository: the tests run where the data stands beside it.
#include <gtest/gtest.h>

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
using json::Value;

const fs::path data = fs::path(PLIMSOLL_ROOT) / "../shared/data/framework_traces";

#define NEEDS_DATA() \
    if (!fs::exists(data)) GTEST_SKIP() << "The public traces are not here: " << data

std::string contents(const fs::path& path) {
    std::ifstream file(path, std::ios::binary);
    std::ostringstream all;
    all << file.rdbuf();
    return all.str();
}

void write_any(json::Writer& out, Value value) {
    out.begin_object();
    switch (value.kind()) {
        case json::Kind::string:
            out.key("stringValue").value(value.as_string());
            break;
        case json::Kind::boolean:
            out.key("boolValue").value(*value.as_boolean());
            break;
        case json::Kind::integer:
            out.key("intValue").value(*value.as_integer());
            break;
        case json::Kind::real:
            out.key("doubleValue").value(*value.as_number());
            break;
        case json::Kind::array:
            out.key("arrayValue").begin_object().key("values").begin_array();
            for (const Value each : value.elements()) write_any(out, each);
            out.end_array().end_object();
            break;
        case json::Kind::object:
            out.key("kvlistValue").begin_object().key("values").begin_array();
            for (const auto& [key, each] : value.members()) {
                out.begin_object().key("key").value(key).key("value");
                write_any(out, each);
                out.end_object();
            }
            out.end_array().end_object();
            break;
        case json::Kind::null:
            break;
    }
    out.end_object();
}

/// A span with these attributes, through the door like any other.
Step understood(Value attributes, const std::map<std::string, std::string>& more = {},
                std::string_view name = "span") {
    json::Writer out;
    out.begin_object().key("resourceSpans").begin_array().begin_object();
    out.key("scopeSpans").begin_array().begin_object().key("spans").begin_array();
    out.begin_object().key("traceId").value("5b8efff798038103d269b633813fc60c");
    out.key("spanId").value("eee19b7ec3c1b174").key("name").value(name);
    out.key("startTimeUnixNano").value("1000").key("endTimeUnixNano").value("2000");
    out.key("attributes").begin_array();
    for (const auto& [key, value] : attributes.members()) {
        out.begin_object().key("key").value(key).key("value");
        write_any(out, value);
        out.end_object();
    }
    for (const auto& [key, value] : more) {
        out.begin_object().key("key").value(key).key("value");
        out.begin_object().key("stringValue").value(value).end_object().end_object();
    }
    out.end_array().end_object().end_array().end_object().end_array();
    out.end_object().end_array().end_object();
    const auto admitted = wire::admit(out.take(), wire::Encoding::json, wire::Limits{});
    EXPECT_EQ(admitted.span_count, 1u) << admitted.why;
    Step step;
    wire::for_each_span(admitted.otlp, [&step](std::uint32_t, const wire::SpanView& span) {
        step = understand_span(span);
    });
    return step;
}

Step understood_file(const std::string& name) {
    const auto document = json::Document::parse(contents(data / "openinference" / name));
    EXPECT_TRUE(document.ok()) << name;
    return understood(document->root());
}

/// The conversation that three of the fixtures tell in three vocabularies.
void expect_weather_in_paris(const Step& step) {
    EXPECT_EQ(step.kind, StepKind::model_call);
    EXPECT_EQ(step.provider, "openai");
    EXPECT_EQ(step.model_requested, "gpt-4");
    EXPECT_EQ(step.model_answered, "gpt-4-0613");
    EXPECT_EQ(step.tokens.input, 97);
    EXPECT_EQ(step.tokens.output, 52);
    EXPECT_EQ(step.parameters.at("temperature"), "0.5");
    ASSERT_EQ(step.input.size(), 3u);
    EXPECT_EQ(step.input[0].role, Role::user);
    EXPECT_EQ(step.input[0].text(), "Weather in Paris?");
    ASSERT_EQ(step.input[1].parts.size(), 2u);
    EXPECT_EQ(step.input[1].text(), "Absolutely! Let me check the weather for you.");
    EXPECT_EQ(step.input[1].parts[1].name, "get_weather");
    EXPECT_EQ(step.input[1].parts[1].id, "1234");
    EXPECT_EQ(step.input[1].parts[1].json, R"({"location":"Paris"})");
    EXPECT_EQ(step.input[2].role, Role::tool);
    EXPECT_EQ(step.input[2].parts.at(0).text, "rainy, 57°F");
    EXPECT_EQ(step.input[2].parts.at(0).id, "1234");
    ASSERT_EQ(step.output.size(), 1u);
    EXPECT_EQ(step.output[0].text(),
              "The weather in Paris is currently rainy with a temperature of 57°F.");
}

TEST(FrameworkTraces, openinference_and_both_generations_tell_the_same) {
    NEEDS_DATA();
    expect_weather_in_paris(understood_file("openinference_client_span_tool_calls.json"));
    expect_weather_in_paris(understood_file("openinference_client_span_input_output_only.json"));
    expect_weather_in_paris(understood_file("otel_genai_client_span_tool_calls.json"));
    expect_weather_in_paris(understood_file("otel_genai_deprecated_client_span_tool_calls.json"));
    const Step tool = understood_file("otel_genai_tool_execution_span.json");
    EXPECT_EQ(tool.kind, StepKind::tool_call);
    EXPECT_EQ(tool.tool_name, "get_weather");
    EXPECT_EQ(tool.tool_call_id, "1234");
    EXPECT_EQ(tool.tool_arguments, R"({"city": "New York"})");
    EXPECT_TRUE(tool.tool_result.starts_with(R"({"status": "success")"));
}

TEST(FrameworkTraces, the_protocols_own_examples_are_spans_or_are_no_traces) {
    NEEDS_DATA();
    const auto admitted = [](const char* name) {
        return wire::admit(contents(data / "otlp" / name), wire::Encoding::json, wire::Limits{});
    };
    const wire::Admitted trace = admitted("trace.json");
    EXPECT_EQ(trace.span_count, 1u);
    wire::for_each_span(trace.otlp, [](std::uint32_t, const wire::SpanView& span) {
        const Step step = understand_span(span);
        EXPECT_EQ(step.name, "I'm a server span");
        EXPECT_EQ(step.kind, StepKind::other);
        EXPECT_EQ(step.id.hex(), "eee19b7ec3c1b174");
        EXPECT_EQ(step.slices.at(0),
                  std::pair(std::string("my.span.attr"), std::string("some value")));
        EXPECT_EQ(origin_of(span).service, "my.service");
    });
    for (const char* other : {"logs.json", "events.json", "metrics.json"}) {
        EXPECT_EQ(admitted(other).span_count, 0u) << other;
    }
}

TEST(FrameworkTraces, vercel_ai_6_tells_its_calls_and_their_roots) {
    NEEDS_DATA();
    const auto document = json::Document::parse(contents(data / "openinference/all-spans.json"));
    ASSERT_TRUE(document.ok());
    std::map<StepKind, int> kinds;
    for (const Value span : document->root().elements()) {
        const Value attributes = *span.find("attributes");
        const Step step = understood(attributes, {}, span.find("name")->as_string());
        ++kinds[step.kind];
        if (step.kind == StepKind::embedding) {
            EXPECT_EQ(step.tokens.input, 10);
            EXPECT_EQ(step.model_requested, "text-embedding-3-small");
        }
        if (step.kind != StepKind::model_call) continue;
        EXPECT_EQ(step.provider, "openai");
        EXPECT_EQ(step.model_answered, "gpt-4o-mini-2024-07-18");
        EXPECT_EQ(step.tokens.input, attributes.find("gen_ai.usage.input_tokens")->as_integer());
        EXPECT_EQ(step.tokens.output, attributes.find("gen_ai.usage.output_tokens")->as_integer());
        EXPECT_EQ(step.input.back().role, Role::user);
        ASSERT_EQ(step.output.size(), 1u);
        const auto text = attributes.find("ai.response.text");
        EXPECT_EQ(step.output[0].text(),
                  (text ? text : attributes.find("ai.response.object"))->as_string());
    }
    EXPECT_EQ(kinds[StepKind::model_call], 4);
    EXPECT_EQ(kinds[StepKind::workflow], 5);
    EXPECT_EQ(kinds[StepKind::embedding], 1);
}

/// "user Hi | assistant f({…})": what the fixture expects and what we found, in one form.
std::string expected_in_a_line(Value messages) {
    std::string all;
    for (const Value message : messages.elements()) {
        const auto role = message.find("role");
        if (!role) return "";  // The fixture itself found no message in this.
        if (!all.empty()) all += " | ";
        all += to_word(role->as_string() == "model"    ? Role::assistant
                       : role->as_string() == "user"   ? Role::user
                       : role->as_string() == "system" ? Role::system
                       : role->as_string() == "tool"   ? Role::tool
                                                       : Role::assistant);
        if (const auto content = message.find("content"); content && content->is_string()) {
            if (content->size()) all += " " + std::string(content->as_string());
        } else if (content) {
            for (const Value block : content->elements()) {
                if (const auto text = block.find("text"))
                    all += " " + std::string(text->as_string());
            }
        }
        if (const auto calls = message.find("tool_calls")) {
            for (const Value call : calls->elements()) {
                all += " " + std::string(call.find("name")->as_string()) + "(" +
                       std::string(call.find("arguments")->as_string()) + ")";
            }
        }
    }
    return all;
}

std::string found_in_a_line(const std::vector<Message>& messages) {
    std::string all;
    for (const Message& message : messages) {
        if (!all.empty()) all += " | ";
        all += to_word(message.role);
        for (const Part& part : message.parts) {
            if (part.kind == PartKind::tool_call) {
                all += " " + part.name + "(" + part.json + ")";
            } else if (!part.text.empty()) {
                all += " " + part.text;
            }
        }
    }
    return all;
}

/// Every observation of a Langfuse trace, told again as the span it came from: its attributes, and
/// the input and output that the server took out of them.
TEST(FrameworkTraces, langfuse_traces_hold_the_messages_their_project_expects) {
    NEEDS_DATA();
    // What is not ours to find, and why; everything else must be found.
    const std::map<std::string, int> misses_allowed = {
        // Of one tool result it expects no words, where we find some.
        {"langgraph-python-2025-08-22", 1},
        // It expects an agent's whole conversation as its output; we call only the answer that.
        {"pydantic-ai-2025-06-06", 1},
    };
    for (const auto& entry : fs::directory_iterator(data / "langfuse")) {
        const std::string file = entry.path().filename();
        if (!file.ends_with(".trace.json")) continue;
        const std::string name = file.substr(0, file.size() - sizeof ".trace.json" + 1);
        const auto trace = json::Document::parse(contents(entry.path()));
        const auto chatml =
            json::Document::parse(contents(data / "langfuse" / (name + ".chatml.json")));
        ASSERT_TRUE(trace.ok() && chatml.ok()) << name;
        int expected = 0, found = 0, tokens_expected = 0, tokens_found = 0;
        for (const Value observation : trace->root().find("observations")->elements()) {
            const std::string metadata =
                observation.find("metadata") ? json::to_text(*observation.find("metadata")) : "{}";
            auto parsed = json::Document::parse(metadata);
            if (parsed->root().is_string()) {
                parsed = json::Document::parse(std::string(parsed->root().as_string()));
            }
            const auto nothing = json::Document::parse("{}");
            const auto attributes = parsed->root().find("attributes");
            const Value sent = attributes ? *attributes : nothing->root();
            const auto text = [&](std::string_view side) {
                const auto value = observation.find(side);
                return std::string(value ? value->as_string() : "");
            };
            std::map<std::string, std::string> more;
            if (sent.find("gen_ai.operation.name")) {
                more = {{"gen_ai.input.messages", text("input")},
                        {"gen_ai.output.messages", text("output")}};
            } else if (!sent.find("input.value")) {
                more = {{"input.value", text("input")}, {"output.value", text("output")}};
            }
            const Step step = understood(sent, more);

            if (const auto usage = observation.find("usageDetails");
                usage && usage->find("input") &&
                (sent.find("openinference.span.kind") || sent.find("gen_ai.usage.input_tokens"))) {
                ++tokens_expected;
                tokens_found += step.tokens.input == usage->find("input")->as_integer() &&
                                step.tokens.output == usage->find("output")->as_integer();
            }
            const auto wanted = chatml->root().find(observation.find("id")->as_string());
            if (!wanted) continue;
            for (const std::string_view side : {"input", "output"}) {
                const auto one = wanted->find(side);
                const auto messages = one ? one->find("data") : std::nullopt;
                if (!messages) continue;
                const std::string want = expected_in_a_line(*messages);
                if (want.empty()) continue;
                ++expected;
                const std::string got = found_in_a_line(side == "input" ? step.input : step.output);
                if (got == want) {
                    ++found;
                } else {
                    std::cout << name << ", " << observation.find("name")->as_string() << ", "
                              << side << ":\n    wanted " << want.substr(0, 300) << "\n    found  "
                              << got.substr(0, 300) << "\n";
                }
            }
        }
        std::cout << name << ": " << found << " of " << expected << " sides, tokens "
                  << tokens_found << " of " << tokens_expected << "\n";
        const auto allowed = misses_allowed.find(name);
        EXPECT_GE(found, expected - (allowed == misses_allowed.end() ? 0 : allowed->second))
            << name;
        EXPECT_EQ(tokens_found, tokens_expected) << name;
    }
}

}  // namespace
}  // namespace plimsoll::interaction
