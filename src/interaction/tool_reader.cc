/// Tools on offer and documents found, in any provider's form. Beside message_reader.cc.
#include "interaction/message_reader.h"
#include "interaction/salvage.h"

namespace plimsoll::interaction {
namespace {

using json::Value;

std::string string_of(Value object, std::string_view key) {
    const auto found = object.find(key);
    return found ? plain_or_json(*found) : "";
}

std::string first_of(Value object, std::initializer_list<std::string_view> keys) {
    for (const std::string_view key : keys) {
        if (const auto found = object.find(key); found && !found->is_null()) {
            return plain_or_json(*found);
        }
    }
    return "";
}

/// The document that `text` holds; of a text that was cut, what came whole.
std::optional<json::Document> parsed(std::string_view text) {
    auto document = json::Document::parse(text);
    if (!document) {
        if (const auto kept = salvage_json(text)) document = json::Document::parse(*kept);
    }
    if (document && document->root().is_string()) {  // Encoded twice.
        document = json::Document::parse(std::string(document->root().as_string()));
    }
    if (!document) return std::nullopt;
    return std::move(*document);
}

/// One tool. OpenAI wraps it in `function`, Bedrock in `toolSpec`; the schema has a name of its own
/// with each provider.
void read_tool(Value tool, std::vector<ToolDefinition>& into) {
    if (tool.is_string()) {  // The AI SDK sends a list of JSON texts.
        if (!tool.as_string().starts_with('{')) return;
        if (const auto inner = json::Document::parse(tool.as_string())) {
            read_tools(inner->root(), into);
        }
        return;
    }
    if (!tool.is_object()) return;
    for (const std::string_view several : {"functionDeclarations", "function_declarations"}) {
        if (const auto list = tool.find(several)) return read_tools(*list, into);  // Gemini
    }
    for (const std::string_view wrapper : {"function", "toolSpec"}) {
        if (const auto inner = tool.find(wrapper); inner && inner->is_object()) tool = *inner;
    }
    ToolDefinition made;
    made.name = string_of(tool, "name");
    if (made.name.empty())
        made.name = string_of(tool, "type");  // A provider's own: {"type":"web_search"}.
    if (made.name.empty()) return;
    made.description = string_of(tool, "description");
    made.parameters_json = first_of(tool, {"parameters", "input_schema", "inputSchema",
                                           "parameters_json_schema", "parametersJsonSchema"});
    into.push_back(std::move(made));
}

void read_document(Value value, std::vector<Document>& into) {
    Document made;
    if (value.is_string()) {
        made.text = value.as_string();
    } else if (value.is_object()) {
        if (const auto inner = value.find("document"); inner && inner->is_object()) value = *inner;
        Value described = value;
        if (const auto node = value.find("node"); node && node->is_object()) described = *node;
        made.id = first_of(described, {"id", "document_id", "id_", "doc_id"});
        made.text = first_of(described, {"content", "text", "page_content", "pageContent"});
        if (const auto score = value.find("score")) made.score = score->as_number();
        if (const auto metadata = described.find("metadata"); metadata && !metadata->is_null()) {
            made.metadata_json = plain_or_json(*metadata);
        }
        if (made.id.empty() && made.text.empty() && !made.score) return;
    } else {
        return;
    }
    into.push_back(std::move(made));
}

}  // namespace

void read_tools(Value tools, std::vector<ToolDefinition>& into) {
    if (!tools.is_array()) return read_tool(tools, into);
    for (const Value tool : tools.elements()) read_tool(tool, into);
}

std::vector<ToolDefinition> read_tools(std::string_view text) {
    std::vector<ToolDefinition> into;
    if (const auto document = parsed(text)) read_tools(document->root(), into);
    return into;
}

std::vector<Document> read_documents(std::string_view text) {
    std::vector<Document> into;
    const auto document = parsed(text);
    if (!document) return into;
    Value list = document->root();
    for (const std::string_view key : {"documents", "results", "matches", "nodes"}) {
        if (const auto inner = list.find(key); inner && inner->is_array()) list = *inner;
    }
    for (const Value each : list.elements()) read_document(each, into);
    return into;
}

}  // namespace plimsoll::interaction
