#include "app/demo/content.h"

namespace plimsoll::app::demo {
namespace {

constexpr Tool offered[] = {
    {"order_status", "Where a parcel is now, and when it is expected.",
     R"({"type":"object","properties":{"order_id":{"type":"string","pattern":"^PK-[0-9]{6}$"}},"required":["order_id"],"additionalProperties":false})"},
    {"search_orders", "Finds parcels by receiver, city or reference.",
     R"({"type":"object","properties":{"query":{"type":"string","minLength":2},"status":{"type":"string","enum":["booked","in_transit","delivered","stopped","any"]},"limit":{"type":"integer","minimum":1,"maximum":50}},"required":["query"],"additionalProperties":false})"},
    {"refund_quote", "What would be refunded for a parcel, without starting the refund.",
     R"({"type":"object","properties":{"order_id":{"type":"string","pattern":"^PK-[0-9]{6}$"},"reason":{"type":"string","enum":["damaged","lost","late","wrong_measure"]},"goods_value":{"type":"number","minimum":0}},"required":["order_id","reason"],"additionalProperties":false})"},
    {"create_ticket", "Hands the matter to a person.",
     R"({"type":"object","properties":{"subject":{"type":"string","maxLength":120},"priority":{"type":"string","enum":["low","normal","high","urgent"]},"order_id":{"type":"string","pattern":"^PK-[0-9]{6}$"}},"required":["subject","priority"],"additionalProperties":false})"},
    {"change_pickup", "Moves a pick-up to another day or window.",
     R"({"type":"object","properties":{"pickup_id":{"type":"string"},"date":{"type":"string","format":"date"},"window":{"type":"string","enum":["morning","afternoon","evening"]}},"required":["pickup_id","date","window"],"additionalProperties":false})"},
    {"validate_address", "Tells whether carriers can deliver to an address, and how it is written.",
     R"({"type":"object","properties":{"street":{"type":"string"},"postcode":{"type":"string"},"city":{"type":"string"},"country":{"type":"string","pattern":"^[A-Z]{2}$"}},"required":["street","postcode","city","country"],"additionalProperties":false})"},
};

}  // namespace

std::span<const Tool> tools() {
    return offered;
}

}  // namespace plimsoll::app::demo
