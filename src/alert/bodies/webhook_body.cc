#include "alert/bodies/bodies.h"

namespace plimsoll::alert {

std::string webhook_body(const Message& message) {
    return R"({"version":1,)" + to_json(message).substr(1);
}

}  // namespace plimsoll::alert
