#include "app/demo/stories.h"

namespace plimsoll::app::demo {

std::vector<Story> desk_stories() {
    constexpr Feature desk = Feature::order_desk;
    return {
        {desk,
         "en",
         "tracking",
         {{"where is <order>",
           "<order> is in transit, last seen in <city>, and expected on <date>.",
           {},
           ToolUse{
               "order_status", R"({"order_id":"<order>"})",
               R"({"order_id":"<order>","state":"in_transit","place":"<city>","expected":"<date>","carrier":"<carrier>"})"}},
          {"is it late then?",
           "It goes as a standard parcel, which has an expected day but no promise. On <date> it "
           "is due.",
           {"kb-010"},
           {}}}},
        {desk,
         "en",
         "tracking",
         {{"Has the parcel for <name> in <city> been delivered?",
           "Yes, <order> was delivered in <city> and taken in by <name>.",
           {},
           ToolUse{
               "search_orders", R"({"query":"<name> <city>","status":"any","limit":5})",
               R"({"found":[{"order_id":"<order>","state":"delivered","taken_by":"<name>"}]})"}},
          {"And the second one, <order2>?",
           "<order2> waits at a pick-up point in <city> until <date>.",
           {},
           ToolUse{
               "order_status", R"({"order_id":"<order2>"})",
               R"({"order_id":"<order2>","state":"at_pickup_point","place":"<city>","until":"<date>"})"}}}},
        {desk,
         "en",
         "tracking",
         {{"status of <order> please, the buyer is calling every hour",
           "<order> has been out for delivery with <carrier> in <city> since this morning.",
           {},
           ToolUse{
               "order_status", R"({"order_id":"<order>"})",
               R"({"order_id":"<order>","state":"out_for_delivery","place":"<city>","carrier":"<carrier>"})"}}}},
        {desk,
         "en",
         "tracking",
         {{"list what is still stopped for <company>",
           "Two parcels are stopped: <order> and <order2>, both in <city>.",
           {},
           ToolUse{
               "search_orders", R"({"query":"<company>","status":"stopped","limit":20})",
               R"({"found":[{"order_id":"<order>","state":"stopped"},{"order_id":"<order2>","state":"stopped"}]})"}},
          {"why the second one?",
           "<order2> is held because of its content. A person has to release it, please open a "
           "ticket with the data "
           "sheet.",
           {"kb-003"},
           ToolUse{
               "order_status", R"({"order_id":"<order2>"})",
               R"({"order_id":"<order2>","state":"stopped","why":"content under review","place":"<city>"})"}},
          {"do that for me",
           "Done: ticket T-<ticket> about <order2> is open.",
           {"kb-025"},
           ToolUse{
               "create_ticket",
               R"({"subject":"Release stopped parcel","priority":"high","order_id":"<order2>"})",
               R"({"ticket":"T-<ticket>","state":"open"})"}}}},
        {desk,
         "en",
         "refund",
         {{"What would we get for <order>? It was lost, goods were worth <amount>.",
           "For <order> you would get the postage of 6.40 and <amount> for the goods. Please keep "
           "the purchase "
           "receipt ready.",
           {"kb-008"},
           ToolUse{"refund_quote",
                   R"({"order_id":"<order>","reason":"lost","goods_value":<amount>})",
                   R"({"order_id":"<order>","postage":6.4,"goods":<amount>,"currency":"EUR"})"}},
          {"ok start it",
           "I cannot start it myself. Ticket T-<ticket> does, and the payment takes up to six "
           "working days.",
           {"kb-008", "kb-025"},
           ToolUse{
               "create_ticket",
               R"({"subject":"Start claim for lost parcel","priority":"normal","order_id":"<order>"})",
               R"({"ticket":"T-<ticket>","state":"open"})"}}}},
        {desk,
         "en",
         "refund",
         {{"Express <order> came five hours late, what do we get",
           "The express surcharge of 7.90 would be refunded for <order>.",
           {"kb-010"},
           ToolUse{"refund_quote", R"({"order_id":"<order>","reason":"late"})",
                   R"({"order_id":"<order>","surcharge":7.9,"currency":"EUR"})"}}}},
        {desk,
         "en",
         "refund",
         {{"We were charged for 3 kg on <order>, it is 1.8 kg at most",
           "The difference of <amount> would be refunded. Please add a photo of your scale within "
           "14 days.",
           {"kb-002"},
           ToolUse{"refund_quote", R"({"order_id":"<order>","reason":"wrong_measure"})",
                   R"({"order_id":"<order>","difference":<amount>,"currency":"EUR"})"}}}},
        {desk,
         "en",
         "pickup",
         {{"move pick-up <pickup> to <date> in the morning",
           "Pick-up <pickup> now comes on <date> between 8 and 12, free of charge.",
           {"kb-004"},
           ToolUse{"change_pickup",
                   R"({"pickup_id":"<pickup>","date":"<date>","window":"morning"})",
                   R"({"pickup_id":"<pickup>","moved":true,"fee":0})"}},
          {"actually evening is better",
           "A pick-up can be moved only once for free, and this one has been moved. I left it on "
           "<date> in the "
           "morning.",
           {"kb-004"},
           {}}}},
        {desk,
         "en",
         "address",
         {{"Can you deliver to Kanaalstraat 12, 3531 CJ Utrecht?",
           "Yes, the address is valid; carriers write it Kanaalstraat 12, 3531 CJ UTRECHT.",
           {},
           ToolUse{
               "validate_address",
               R"({"street":"Kanaalstraat 12","postcode":"3531 CJ","city":"Utrecht","country":"NL"})",
               R"({"valid":true,"written":"Kanaalstraat 12, 3531 CJ UTRECHT"})"}},
          {"then change <order> to it",
           "I may check addresses but not change them. You can do so in the parcel's page for "
           "2.50, while it is not "
           "out for delivery.",
           {"kb-007"},
           {}}}},
        {desk,
         "en",
         "address",
         {{"Rua das Flores 88, Porto, is the postcode 4050-262 right?",
           "Yes, 4050-262 belongs to Rua das Flores in Porto.",
           {},
           ToolUse{
               "validate_address",
               R"({"street":"Rua das Flores 88","postcode":"4050-262","city":"Porto","country":"PT"})",
               R"({"valid":true,"written":"Rua das Flores 88, 4050-262 PORTO"})"}}}},
    };
}

}  // namespace plimsoll::app::demo
