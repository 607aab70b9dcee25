/// filter.h: the query parameters that say which interactions are meant, shared by every route.
#pragma once

#include <span>
#include <string_view>
#include <variant>

#include "record/facts.h"
#include "show/http.h"

namespace plimsoll::show {

struct QueryParameter {
    std::string_view name;
    std::string_view type;
    std::string_view says;
};

std::span<const QueryParameter> filter_parameters();

/// What could not be read, for a 400.
struct BadQuery {
    std::string what, where, mend;
};

/// The filter a request asks for; names it does not know are refused, but for those in `also`.
std::variant<record::Filter, BadQuery> filter_of(const HttpRequest& request,
                                                 std::span<const QueryParameter> also);

}  // namespace plimsoll::show
