/// yaml_tree.h: a YAML file as a small tree that knows where everything stands.
///
/// Bounded, whatever the file holds (A16, A21): bytes, nodes after aliases are expanded, depth.
/// What is not one document of UTF-8 is refused with its place. yaml-cpp stays behind yaml_tree.cc.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "app/configuration/complaint.h"

namespace plimsoll::app {

struct YamlMember;

/// A value. An alias is a copy of what it stands for, marked where the alias stands.
struct YamlNode {
    enum class Kind { null, scalar, list, map };
    Kind kind = Kind::null;
    Mark mark;
    std::string text;                 ///< scalar: its content.
    bool quoted = false;              ///< scalar: in quotes or a block, so that 5 is not a number.
    std::vector<YamlNode> items;      ///< list
    std::vector<YamlMember> members;  ///< map, in the order of the file, duplicates included.

    bool is_null() const { return kind == Kind::null; }
    bool is_scalar() const { return kind == Kind::scalar; }
    bool is_list() const { return kind == Kind::list; }
    bool is_map() const { return kind == Kind::map; }
    /// The first member of that name; nullptr if there is none or this is no map.
    const YamlNode* find(std::string_view key) const;
    /// "a list", "text", …: what stands here, for complaints.
    std::string_view kind_word() const;
};

struct YamlMember {
    std::string key;
    Mark mark;
    YamlNode value;
};

struct YamlLimits {
    std::size_t bytes_max = 4u << 20;
    std::size_t nodes_max = 200'000;
    std::size_t depth_max = 64;
};

struct YamlFault {
    Mark mark;
    std::string what;
};

/// An empty file is a null node.
std::variant<YamlNode, YamlFault> parse_yaml(std::string_view text, const YamlLimits& limits = {});

/// JSON of a node, scalars typed as YAML 1.2's core schema has it: only true and false are
/// booleans, and what is quoted is text.
std::string to_json(const YamlNode& node);

}  // namespace plimsoll::app
