#include "net/key_check.h"

#include "net/http_head.h"

namespace plimsoll::net {

std::string_view presented_key(std::optional<std::string_view> authorization,
                               std::optional<std::string_view> x_api_key) {
    static constexpr std::string_view scheme = "bearer ";
    if (authorization && authorization->size() > scheme.size() &&
        equal_caseless(authorization->substr(0, scheme.size()), scheme)) {
        std::string_view key = authorization->substr(scheme.size());
        key.remove_prefix(std::min(key.find_first_not_of(' '), key.size()));
        return key;
    }
    return x_api_key.value_or("");
}

}  // namespace plimsoll::net
