#include "interaction/message_reader.h"

#include <gmock/gmock.h>

namespace plimsoll::interaction {
namespace {

/// "user: Hi | assistant: call f({}) #1": a message list in a line.
std::string in_a_line(const std::vector<Message>& messages) {
    std::string all;
    for (const Message& message : messages) {
        if (!all.empty()) all += " | ";
        all += std::string(to_word(message.role)) + ":";
        for (const Part& part : message.parts) {
            switch (part.kind) {
                case PartKind::text:
                    all += " " + part.text;
                    break;
                case PartKind::reasoning:
                    all += " (" + part.text + ")";
                    break;
                case PartKind::tool_call:
                    all += " call " + part.name + "(" + part.json + ") #" + part.id;
                    break;
                case PartKind::tool_result:
                    all += std::string(part.is_error ? " error " : " result ") + part.text + " #" +
                           part.id;
                    break;
                case PartKind::media:
                    all += " media";
                    break;
                case PartKind::other:
                    all += " other " + part.json;
                    break;
            }
        }
        if (!message.finish_reason.empty()) all += " → " + message.finish_reason;
    }
    return all;
}

std::string read(std::string_view text, Role unless_said = Role::user) {
    return in_a_line(read_messages(text, unless_said).messages);
}

TEST(MessageReader, reads_opentelemetry_parts) {
    EXPECT_EQ(read(R"([{"role":"user","parts":[{"type":"text","content":"Weather?"}]},
        {"role":"assistant","parts":[{"type":"reasoning","content":"hm"},{"type":"tool_call","id":"1",
          "name":"w","arguments":{"c":"Paris"}}],"finish_reason":"tool_call"},
        {"role":"tool","parts":[{"type":"tool_call_response","id":"1","response":{"t":20}}]}])"),
              R"(user: Weather? | assistant: (hm) call w({"c":"Paris"}) #1 → tool_call | )"
              R"(tool: result {"t":20} #1)");
    // The rendered examples of the convention write `result`; Pydantic AI does so under role user.
    EXPECT_EQ(
        read(R"([{"role":"user","parts":[{"type":"tool_call_response","id":"1","result":"20"}]}])"),
        "tool: result 20 #1");
}

TEST(MessageReader, reads_openai_chat) {
    EXPECT_EQ(read(R"([{"role":"developer","content":"Be brief."},
        {"role":"user","content":[{"type":"text","text":"Look"},{"type":"image_url","image_url":{"url":"u"}}]},
        {"role":"assistant","content":null,"tool_calls":[{"id":"c1","type":"function",
          "function":{"name":"f","arguments":"{\"a\":1}"}}]},
        {"role":"tool","tool_call_id":"c1","content":"ok"}])"),
              R"(system: Be brief. | user: Look media | assistant: call f({"a":1}) #c1 | )"
              "tool: result ok #c1");
    EXPECT_EQ(read(R"({"id":"x","choices":[{"index":0,"finish_reason":"stop",
        "message":{"role":"assistant","content":"Hi"}}]})",
                   Role::assistant),
              "assistant: Hi → stop");
    EXPECT_EQ(read(R"({"index":0,"finish_reason":"tool_calls","message":{"tool_calls":[{"id":"c",
        "function":{"name":"f","arguments":"{}"},"type":"function"}]}})",
                   Role::assistant),
              "assistant: call f({}) #c → tool_call");
    EXPECT_EQ(read(R"([{"role":"assistant","content":null,"refusal":"No."}])"), "assistant: No.");
    EXPECT_EQ(read(R"([{"role":"assistant","function_call":{"name":"f","arguments":"{}"}}])"),
              "assistant: call f({}) #");
}

TEST(MessageReader, reads_openai_responses) {
    EXPECT_EQ(
        read(R"([{"type":"message","role":"user","content":[{"type":"input_text","text":"Hi"}]},
        {"type":"function_call","call_id":"c1","name":"f","arguments":"{}"},
        {"type":"function_call_output","call_id":"c1","output":"ok"}])"),
        "user: Hi | assistant: call f({}) #c1 | tool: result ok #c1");
}

TEST(MessageReader, reads_anthropic) {
    const auto request = read_messages(R"({"model":"m","system":"Be brief.","tools":[{"name":"f",
        "description":"d","input_schema":{"type":"object"}}],"messages":[{"role":"user","content":"Hi"}]})",
                                       Role::user);
    EXPECT_EQ(in_a_line(request.messages), "user: Hi");
    EXPECT_EQ(request.system, "Be brief.");
    EXPECT_THAT(request.tools,
                testing::ElementsAre(ToolDefinition{"f", "d", R"({"type":"object"})"}));
    EXPECT_EQ(read(R"({"role":"assistant","content":[{"type":"thinking","thinking":"hm"},
        {"type":"text","text":"Hi"},{"type":"tool_use","id":"t","name":"f","input":{"a":1}}],
        "stop_reason":"tool_use"})"),
              R"(assistant: (hm) Hi call f({"a":1}) #t → tool_call)");
    EXPECT_EQ(read(R"([{"role":"user","content":[{"type":"tool_result","tool_use_id":"t",
        "content":[{"type":"text","text":"down"}],"is_error":true}]}])"),
              "tool: error down #t");
}

TEST(MessageReader, reads_gemini_bedrock_langchain_and_the_ai_sdk) {
    EXPECT_EQ(read(R"({"contents":[{"role":"user","parts":[{"text":"Hi"}]},{"role":"model",
        "parts":[{"functionCall":{"name":"f","args":{"a":1}}}]}]})"),
              R"(user: Hi | assistant: call f({"a":1}) #)");
    EXPECT_EQ(read(R"({"candidates":[{"content":{"parts":[{"text":"Hi"}],"role":"model"},
        "finishReason":"STOP"}]})",
                   Role::assistant),
              "assistant: Hi → stop");
    EXPECT_EQ(read(R"([{"role":"user","content":[{"text":"Hi"},{"toolResult":{"toolUseId":"t",
        "status":"error","content":[{"text":"no"}]}}]}])"),
              "user: Hi error no #t");
    EXPECT_EQ(read(R"([[{"lc":1,"type":"constructor","id":["langchain","schema","HumanMessage"],
        "kwargs":{"content":"Hi"}}]])"),
              "user: Hi");
    EXPECT_EQ(read(R"([{"type":"human","content":"Hi"},{"type":"ai","content":"","tool_calls":[
        {"name":"f","args":{},"id":"c","type":"tool_call"}]}])"),
              "user: Hi | assistant: call f({}) #c");
    EXPECT_EQ(read(R"([{"toolCallId":"c","toolName":"f","input":"{}"}])", Role::assistant),
              "assistant: call f({}) #c");
    EXPECT_EQ(
        read(R"([{"role":"tool","content":[{"type":"tool-result","toolCallId":"c","toolName":"f",
        "output":{"type":"error-text","value":"no"}}]}])"),
        "tool: error no #c");
}

TEST(MessageReader, reads_words_and_json_in_json) {
    EXPECT_EQ(read("Hello"), "user: Hello");
    EXPECT_EQ(read(R"("Hello")"), "user: Hello");
    EXPECT_EQ(read(R"("[{\"role\":\"user\",\"content\":\"Hi\"}]")"), "user: Hi");
    EXPECT_EQ(read(R"(["a","b"])"), "user: a | user: b");
    EXPECT_EQ(read(R"([{"type":"text","content":"You are"},{"type":"text","content":"brief."}])",
                   Role::system),
              "system: You are brief.");
    EXPECT_EQ(read(R"({"text":"Hi","finish_reason":"length"})", Role::assistant),
              "assistant: Hi → length");
}

TEST(MessageReader, keeps_what_no_dialect_knows_as_it_was_sent) {
    EXPECT_EQ(read(R"([{"role":"user","parts":[{"type":"hologram","x":1}]}])"),
              R"(user: other {"type":"hologram","x":1})");
    EXPECT_EQ(read(R"({"state":{"step":3}})"), R"(user: other {"state":{"step":3}})");
    EXPECT_EQ(read("{}"), "");
    EXPECT_EQ(read("[]"), "");
    EXPECT_EQ(read("  "), "");
}

TEST(MessageReader, says_what_was_cut_and_what_could_not_be_read) {
    const auto cut = read_messages(
        R"([{"role":"user","content":"Hi"},{"role":"assistant","content":"Hel)", Role::user);
    EXPECT_EQ(in_a_line(cut.messages), "user: Hi | assistant: Hel");
    EXPECT_EQ(cut.status, ContentStatus::truncated);
    const auto python = read_messages("[{'role': 'user'}]", Role::user);
    EXPECT_EQ(in_a_line(python.messages), "user: [{'role': 'user'}]");
    EXPECT_EQ(python.status, ContentStatus::unparsable);
    EXPECT_EQ(read_messages_or_words("[urgent] help", Role::user).status, ContentStatus::full);
}

TEST(MessageReader, a_users_words_that_look_like_json_are_words) {
    std::vector<Part> parts;
    read_content_text(R"([{"price":3}])", parts);
    EXPECT_EQ(parts[0].text, R"([{"price":3}])");
    parts.clear();
    read_content_text(R"([{"text":"Hi"}])", parts);
    EXPECT_EQ(parts[0].text, "Hi");
    EXPECT_EQ(read(R"([{"role":"user","content":"[{\"type\":\"text\"}]"}])"),
              R"(user: [{"type":"text"}])");
}

TEST(MessageReader, A05_nested_without_end_it_neither_crashes_nor_crawls) {
    for (const std::string_view open : {"[", "{\"message\":", "{\"messages\":[", "[{\"content\":[",
                                        "{\"type\":\"tool_result\",\"content\":[",
                                        "{\"role\":\"user\",\"content\":{\"parts\":["}) {
        std::string deep;
        for (int i = 0; i < 100'000; ++i) deep += open;
        (void)read_messages(deep, Role::user);
        std::string shallow;
        for (int i = 0; i < 120; ++i) shallow += open;
        (void)read_messages(shallow, Role::user);
    }
}

TEST(MessageReader, every_prefix_of_a_request_is_read_without_harm) {
    const std::string whole =
        R"({"model":"m","system":[{"type":"text","text":"S"}],"tools":[{"functionDeclarations":[{"name":"g"}]}],)"
        R"("messages":[{"role":"user","content":[{"type":"text","text":"é\u00e9"},{"type":"image"}]},)"
        R"({"role":"assistant","tool_calls":[{"id":"c","function":{"name":"f","arguments":"{}"}}]}]})";
    for (std::size_t length = 0; length <= whole.size(); ++length) {
        const auto read = read_messages(std::string_view(whole).substr(0, length), Role::user);
        EXPECT_LE(read.messages.size(), 2u);
    }
}

TEST(ToolReader, reads_every_providers_form) {
    const ToolDefinition f{"f", "d", R"({"type":"object"})"};
    for (
        const std::string_view sent :
        {R"([{"type":"function","name":"f","description":"d","parameters":{"type":"object"}}])",
         R"([{"type":"function","function":{"name":"f","description":"d","parameters":{"type":"object"}}}])",
         R"({"name":"f","description":"d","input_schema":{"type":"object"}})",
         R"(["{\"name\":\"f\",\"description\":\"d\",\"inputSchema\":{\"type\":\"object\"}}"])",
         R"([{"functionDeclarations":[{"name":"f","description":"d","parameters":{"type":"object"}}]}])"}) {
        EXPECT_THAT(read_tools(sent), testing::ElementsAre(f)) << sent;
    }
    EXPECT_TRUE(read_tools("nonsense").empty());
}

TEST(DocumentReader, reads_what_retrievers_return) {
    EXPECT_THAT(read_documents(R"([{"id":7,"score":0.5},{"page_content":"x","metadata":{"p":1}}])"),
                testing::ElementsAre(Document{"7", "", 0.5, ""},
                                     Document{"", "x", std::nullopt, R"({"p":1})"}));
    EXPECT_THAT(read_documents(R"({"documents":[{"document":{"id":"a","content":"b"}}]})"),
                testing::ElementsAre(Document{"a", "b", std::nullopt, ""}));
    EXPECT_TRUE(read_documents("words").empty());
}

}  // namespace
}  // namespace plimsoll::interaction
