#include "app/configuration/yaml_tree.h"

#include <charconv>
#include <cmath>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "base/json.h"
#include "base/utf8.h"

namespace plimsoll::app {

namespace {

Mark mark_of(const YAML::Mark& mark) {
    // yaml-cpp counts from 0, and has -1 for "unknown".
    return {static_cast<std::size_t>(std::max(mark.line, 0)) + 1,
            static_cast<std::size_t>(std::max(mark.column, 0)) + 1};
}

std::size_t count_nodes(const YamlNode& node) {
    std::size_t count = 1;
    for (const YamlNode& item : node.items) count += count_nodes(item);
    for (const YamlMember& member : node.members) count += count_nodes(member.value);
    return count;
}

/// Builds the tree from yaml-cpp's events, so that nothing is expanded before it was counted.
class TreeBuilder : public YAML::EventHandler {
  public:
    explicit TreeBuilder(const YamlLimits& limits) : limits_(limits) {}

    YamlNode take() { return std::move(root_); }

    void OnDocumentStart(const YAML::Mark&) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        YamlNode node;
        node.mark = mark_of(mark);
        put(std::move(node), anchor);
    }
    void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  const std::string& value) override {
        YamlNode node;
        node.kind = YamlNode::Kind::scalar;
        node.mark = mark_of(mark);
        node.text = value;
        node.quoted = tag != "?";
        put(std::move(node), anchor);
    }
    void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
        const auto known = anchored_.find(anchor);
        if (known == anchored_.end()) {
            throw YamlFault{mark_of(mark), "an alias inside of what it stands for would never end"};
        }
        take_nodes(known->second.nodes, mark_of(mark));
        YamlNode copy = known->second.node;
        copy.mark = mark_of(mark);
        attach(std::move(copy), 0);
    }
    void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value) override {
        open(YamlNode::Kind::list, mark, anchor);
    }
    void OnSequenceEnd() override { close(); }
    void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value) override {
        open(YamlNode::Kind::map, mark, anchor);
    }
    void OnMapEnd() override { close(); }

  private:
    struct Open {
        YamlNode node;
        YAML::anchor_t anchor = 0;
        bool has_key = false;
        YamlMember member;  ///< Its key is read, its value is next.
    };
    struct Anchored {
        YamlNode node;
        std::size_t nodes = 0;
    };

    void open(YamlNode::Kind kind, const YAML::Mark& mark, YAML::anchor_t anchor) {
        take_nodes(1, mark_of(mark));
        if (open_.size() >= limits_.depth_max) {
            throw YamlFault{mark_of(mark),
                            fmt::format("nested deeper than {} levels", limits_.depth_max)};
        }
        if (!open_.empty() && open_.back().node.is_map() && !open_.back().has_key) {
            throw YamlFault{mark_of(mark), "a key must be plain text"};
        }
        Open opened;
        opened.node.kind = kind;
        opened.node.mark = mark_of(mark);
        opened.anchor = anchor;
        open_.push_back(std::move(opened));
    }
    void close() {
        Open done = std::move(open_.back());
        open_.pop_back();
        attach(std::move(done.node), done.anchor);
    }
    void put(YamlNode node, YAML::anchor_t anchor) {
        take_nodes(1, node.mark);
        attach(std::move(node), anchor);
    }
    void attach(YamlNode node, YAML::anchor_t anchor) {
        if (anchor != 0) {
            const std::size_t nodes = count_nodes(node);
            take_nodes(nodes, node.mark);
            anchored_[anchor] = {node, nodes};
        }
        if (open_.empty()) {
            root_ = std::move(node);
            return;
        }
        Open& parent = open_.back();
        if (parent.node.is_list()) {
            parent.node.items.push_back(std::move(node));
        } else if (!parent.has_key) {
            if (!node.is_scalar()) throw YamlFault{node.mark, "a key must be plain text"};
            parent.member = {std::move(node.text), node.mark, {}};
            parent.has_key = true;
        } else {
            parent.member.value = std::move(node);
            parent.node.members.push_back(std::move(parent.member));
            parent.has_key = false;
        }
    }
    void take_nodes(std::size_t count, Mark mark) {
        nodes_ += count;
        if (nodes_ <= limits_.nodes_max) return;
        throw YamlFault{mark,
                        fmt::format("more than {} values, aliases written out", limits_.nodes_max)};
    }

    const YamlLimits& limits_;
    std::vector<Open> open_;
    std::map<YAML::anchor_t, Anchored> anchored_;
    std::size_t nodes_ = 0;
    YamlNode root_;
};

/// Where the first byte stands that is not text; nullopt if all is.
std::optional<YamlFault> not_text(std::string_view text) {
    Mark mark;
    for (std::size_t i = 0; i < text.size();) {
        const std::size_t length = utf8_length(text.substr(i));
        if (length == 0) return YamlFault{mark, "the file is not UTF-8 from here on"};
        const char c = text[i];
        if (c >= 0 && c < ' ' && c != '\n' && c != '\r' && c != '\t') {
            return YamlFault{mark, "a control character; the file may be damaged"};
        }
        mark = c == '\n' ? Mark{mark.line + 1, 1} : Mark{mark.line, mark.column + 1};
        i += length;
    }
    return std::nullopt;
}

/// A scalar as YAML's core schema reads it; nullopt if that is text.
std::optional<std::string> as_json_number(const std::string& text) {
    std::string_view digits = text;
    if (digits.starts_with('+')) digits.remove_prefix(1);
    const std::string_view unsigned_part = digits.starts_with('-') ? digits.substr(1) : digits;
    if (unsigned_part.empty() || (!std::isdigit(unsigned_part[0]) && unsigned_part[0] != '.')) {
        return std::nullopt;
    }
    std::int64_t integer = 0;
    const char* const end = digits.data() + digits.size();
    if (const auto read = std::from_chars(digits.data(), end, integer);
        read.ec == std::errc{} && read.ptr == end) {
        return fmt::format("{}", integer);
    }
    double real = 0;
    if (const auto read = std::from_chars(digits.data(), end, real);
        read.ec == std::errc{} && read.ptr == end && std::isfinite(real)) {
        return json::Writer().value(real).take();
    }
    return std::nullopt;
}

void write_json(json::Writer& w, const YamlNode& node) {
    switch (node.kind) {
        case YamlNode::Kind::null:
            w.null();
            break;
        case YamlNode::Kind::list:
            w.begin_array();
            for (const YamlNode& item : node.items) write_json(w, item);
            w.end_array();
            break;
        case YamlNode::Kind::map:
            w.begin_object();
            for (const YamlMember& member : node.members) {
                w.key(member.key);
                write_json(w, member.value);
            }
            w.end_object();
            break;
        case YamlNode::Kind::scalar:
            if (!node.quoted && (node.text == "true" || node.text == "false")) {
                w.value(node.text == "true");
            } else if (const auto number = as_json_number(node.text); number && !node.quoted) {
                w.raw(*number);
            } else {
                w.value(node.text);
            }
            break;
    }
}

}  // namespace

const YamlNode* YamlNode::find(std::string_view key) const {
    for (const YamlMember& member : members) {
        if (member.key == key) return &member.value;
    }
    return nullptr;
}

std::string_view YamlNode::kind_word() const {
    switch (kind) {
        case Kind::null:
            return "nothing";
        case Kind::scalar:
            return "text";
        case Kind::list:
            return "a list";
        case Kind::map:
            return "a group of keys";
    }
    return "nothing";
}

std::variant<YamlNode, YamlFault> parse_yaml(std::string_view text, const YamlLimits& limits) {
    if (text.size() > limits.bytes_max) {
        return YamlFault{{},
                         fmt::format("the file has {} bytes; at most {} are read", text.size(),
                                     limits.bytes_max)};
    }
    if (auto fault = not_text(text)) return *fault;
    try {
        std::istringstream stream{std::string(text)};
        YAML::Parser parser(stream);
        TreeBuilder builder(limits);
        parser.HandleNextDocument(builder);
        YamlNode root = builder.take();
        TreeBuilder second(limits);
        if (parser.HandleNextDocument(second)) {
            return YamlFault{second.take().mark, "a second document; a configuration is one"};
        }
        return root;
    } catch (const YamlFault& fault) {
        return fault;
    } catch (const YAML::Exception& exception) {
        return YamlFault{mark_of(exception.mark), "the YAML breaks off: " + exception.msg};
    }
}

std::string to_json(const YamlNode& node) {
    json::Writer writer;
    write_json(writer, node);
    return writer.take();
}

}  // namespace plimsoll::app
