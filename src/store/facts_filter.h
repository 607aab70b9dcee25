/// facts_filter.h: a Filter as a condition with parameters. No text of a filter becomes SQL (A11).
#pragma once

#include <string>
#include <vector>

#include "record/facts.h"
#include "store/duck.h"

namespace plimsoll::store {

struct Condition {
    std::string sql = "true";
    std::vector<DuckParameter> parameters;

    void also(const std::string& condition) { sql += " AND " + condition; }
    void also(const std::string& condition, DuckParameter parameter) {
        also(condition);
        parameters.push_back(std::move(parameter));
    }
};

/// On rows of `interactions`.
Condition on_interactions(const record::Filter& filter);

/// On rows of `scores`. A filter that speaks of time only touches no other table.
Condition on_scores(const record::Filter& filter);

}  // namespace plimsoll::store
