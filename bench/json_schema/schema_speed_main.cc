// plimsoll_schema_speed FILE: nanoseconds to compile, examine, parse and examine the documents of
// FILE, JSON lines of {"schema": …, "text": "…"}. See run.mjs.
#include <algorithm>
#include <ctime>
#include <fstream>
#include <map>
#include <vector>

#include <fmt/format.h>

#include "evaluate/json_schema/json_schema.h"

namespace {

using namespace plimsoll;
using evaluate::JsonSchema;

/// Of the processor, since other work may share the machine.
double seconds() {
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

struct Work {
    const JsonSchema* schema;
    std::string text;
    json::Document instance;
};

bool satisfied(const evaluate::Finding& finding) {
    return std::holds_alternative<evaluate::Satisfied>(finding);
}

/// Nanoseconds per document; the best of three quarter seconds, after one that warms up.
template <class Each>
double nanoseconds(const std::vector<Work>& all, Each each) {
    double best = 1e300;
    for (int round = 0; round < 4; ++round) {
        const double from = seconds();
        std::size_t passes = 0, valid = 0;
        double spent = 0;
        do {
            for (const Work& one : all) valid += each(one);
            if (++passes % 64 == 0 || all.size() > 100) spent = seconds() - from;
        } while (spent < 0.25);
        if (valid > passes * all.size()) return 0;  // Keeps the compiler from dropping the work.
        if (round > 0)
            best = std::min(best, 1e9 * spent / static_cast<double>(passes * all.size()));
    }
    return best;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 3;
    std::ifstream in(argv[1]);
    std::vector<Work> all;
    std::map<std::string, JsonSchema> schemas;
    double compiling = 0;
    for (std::string line; std::getline(in, line);) {
        const auto document = json::Document::parse(line);
        if (!document) return 3;
        const json::Value schema = *document->root().find("schema");
        const std::string key = json::to_text(schema);
        if (!schemas.contains(key)) {
            const double from = seconds();
            auto compiled = JsonSchema::compile(schema);
            compiling += seconds() - from;
            if (!compiled) {
                fmt::print(stderr, "{}\n", compiled.error().what);
                return 3;
            }
            schemas.emplace(key, std::move(*compiled));
        }
        const std::string text(document->root().find("text")->as_string());
        all.push_back({&schemas.at(key), text, std::move(*json::Document::parse(text))});
    }
    std::size_t valid = 0;
    for (const Work& one : all) valid += satisfied(one.schema->examine(one.instance.root()));
    json::Writer out;
    out.begin_object().key("valid").value(std::uint64_t{valid});
    out.key("compile").value(1e9 * compiling / static_cast<double>(schemas.size()));
    out.key("examine").value(nanoseconds(
        all, [](const Work& one) { return satisfied(one.schema->examine(one.instance.root())); }));
    out.key("parse_and_examine").value(nanoseconds(all, [](const Work& one) {
        return satisfied(one.schema->examine(json::Document::parse(one.text)->root()));
    }));
    fmt::print("{}\n", out.end_object().text());
}
