#include "app/demo/stories.h"

namespace plimsoll::app::demo {

std::vector<Story> triage_stories() {
    constexpr Feature triage = Feature::ticket_triage;
    return {
        {triage,
         "en",
         "triage",
         {{"Subject: broken again\n\nSecond mug in a week that arrives in pieces (<order>). The "
           "box looks as if "
           "somebody stood on it. Photos attached. Regards, <name>",
           R"({"category":"damage","priority":"normal","language":"en","summary":"Second broken mug in a week, parcel <order>, photos attached."})",
           {},
           {}}}},
        {triage,
         "en",
         "triage",
         {{"Subject: Quick question\n\nHello, is it possible to have two people with the owner "
           "role? Not pressing. "
           "<name>, <company>",
           R"({"category":"account","priority":"low","language":"en","summary":"Asks whether two people can have the owner role."})",
           {},
           {}}}},
        {triage,
         "en",
         "triage",
         {{"Subject: API down?\n\nSince <time> every booking call answers 401 although the key was "
           "made last week. "
           "Our warehouse is standing still. <name>",
           R"({"category":"technical","priority":"urgent","language":"en","summary":"All booking calls answer 401; the warehouse cannot send."})",
           {},
           {}}}},
        {triage,
         "en",
         "triage",
         {{"Subject: where's my parcel\n\n<order> should have been in <city> on <date>. Customer "
           "is angry. Can you "
           "look? <name>",
           R"({"category":"delivery","priority":"high","language":"en","summary":"Parcel <order> to <city> is late and the buyer is angry."})",
           {},
           {}}}},
        {triage,
         "en",
         "triage",
         {{"Subject: Invoice\n\nPlease send invoices to our new bookkeeper from next month on, the "
           "address is in the "
           "attachment. <company>",
           R"({"category":"billing","priority":"low","language":"en","summary":"Wants invoices sent to a new bookkeeper from next month."})",
           {},
           {}}}},
        {triage,
         "en",
         "triage",
         {{"Subject: returns\n\nA buyer printed four return labels for one order and only used "
           "one. Do we pay for all "
           "four? <name>",
           R"({"category":"returns","priority":"normal","language":"en","summary":"Asks whether unused return labels are charged."})",
           {},
           {}}}},
        {triage,
         "en",
         "triage",
         {{"Subject: Congratulations\n\nYour website has been selected for our premium business "
           "directory. Reply to "
           "claim your place.",
           R"({"category":"other","priority":"low","language":"en","summary":"Advertisement for a business directory."})",
           {},
           {}}}},
        {triage,
         "en",
         "triage",
         {{"Subject: Pick-up missed 3 times\n\nThe driver of <carrier> has not come on three days "
           "in a row. We paid each "
           "time. This must stop. <name>, <company>",
           R"({"category":"delivery","priority":"high","language":"en","summary":"Driver of <carrier> missed three paid pick-ups in a row."})",
           {},
           {}}}},
    };
}

}  // namespace plimsoll::app::demo
