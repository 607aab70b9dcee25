#include "app/demo/stories.h"

namespace plimsoll::app::demo {

std::vector<Story> english_help_stories() {
    constexpr Feature help = Feature::help_chat;
    return {
        {help,
         "en",
         "sending",
         {{"How do I book my first parcel?",
           "Open Parcels, choose New parcel and enter receiver, weight and longest side. You then "
           "see every "
           "carrier with its price, which holds for thirty minutes. After payment the label is "
           "ready as PDF in "
           "A6 or A4.",
           {"kb-001"},
           {}},
          {"And if I am not sure about the weight?",
           "Better book a little more. The carrier measures again, and if the result is above your "
           "booking by "
           "more than 250 g or 3 cm the difference goes on your next invoice, with a photo of the "
           "scale.",
           {"kb-002", "kb-001"},
           {}},
          {"can i contest that",
           "Yes, within 14 days, under Invoices > Measurements.",
           {"kb-002"},
           {}}}},
        {help,
         "en",
         "sending",
         {{"Is a poster tube more expensive than a box?",
           "Yes. Tubes and other round parcels count as bulky and cost 4.90 extra with all "
           "carriers.",
           {"kb-002"},
           {}}}},
        {help,
         "en",
         "sending",
         {{"We sell camping gear. May we send gas cartridges and power banks?",
           "Gas cartridges are aerosols and loose batteries such as power banks are lithium cells: "
           "neither is "
           "accepted. A device with its battery built in is fine inside the country.",
           {"kb-003"},
           {}},
          {"What happens if a packer puts one in by mistake?",
           "The parcel is held for five working days once it is found, and you pay the way back.",
           {"kb-003"},
           {}},
          {"ok please let a person check our list of products",
           "I have opened ticket T-<ticket> with normal priority. Please attach the data sheets "
           "there; you will "
           "have an answer within one working day.",
           {"kb-025", "kb-003"},
           ToolUse{"create_ticket",
                   R"({"subject":"Check product list for dangerous goods","priority":"normal"})",
                   R"({"ticket":"T-<ticket>","state":"open"})"}}}},
        {help,
         "en",
         "pickup",
         {{"What's the latest I can order a pick-up for today?",
           "Until 11:00. It costs 3.20, and nothing from eight parcels on.",
           {"kb-004"},
           {}},
          {"we are on crew",
           "Then it is free from five parcels on already; otherwise the 3.20 apply.",
           {"kb-013", "kb-004"},
           {}}}},
        {help,
         "en",
         "pickup",
         {{"The driver came while we were at lunch. Now what?",
           "The pick-up is tried again on the next working day by itself. If nobody is there then "
           "either, it is "
           "cancelled and not refunded.",
           {"kb-004"},
           {}}}},
        {help,
         "en",
         "delivery",
         {{"How long will a locker keep the parcel for my customer?",
           "Seven days. The six-digit code from our message opens it, and for parcels worth more "
           "than 250 an "
           "identity card is asked for at shops.",
           {"kb-005"},
           {}},
          {"Is there a limit in size?",
           "Yes: 20 kg and 60 cm on the longest side.",
           {"kb-005"},
           {}}}},
        {help,
         "en",
         "delivery",
         {{"The tracking page says nothing new since <weekday>. Should I be worried?",
           "Not yet. After three working days without news a search starts by itself, and you need "
           "not do "
           "anything.",
           {"kb-006"},
           {}},
          {"and when does it count as lost?",
           "When the search has run for ten working days without a find. Then the postage is "
           "refunded and the "
           "goods are paid up to your cover: 50 without extra cover, otherwise 500 or 2,500.",
           {"kb-008", "kb-006"},
           {}},
          {"Which papers do you need from me?",
           "The purchase receipt of the goods and the parcel number. The money goes to the account "
           "your invoices "
           "are paid from, within six working days.",
           {"kb-008"},
           {}}}},
        {help,
         "en",
         "delivery",
         {{"My buyer typed the wrong house number, the parcel is already with the carrier",
           "It can still be changed inside the same postcode area for 2.50, as long as it is not "
           "out for "
           "delivery.",
           {"kb-007"},
           {}},
          {"it's actually a different country. sorry",
           "That cannot be changed on the way. Please stop the parcel and book it again with the "
           "right address.",
           {"kb-007"},
           {}}}},
        {help,
         "en",
         "claims",
         {{"A vase arrived in pieces. What do I have to send in?",
           "Three photos within seven days of delivery: the box from outside, the padding, and the "
           "vase. Please "
           "keep everything until the claim is closed.",
           {"kb-009"},
           {}},
          {"The padding was about 2 cm. Is that a problem?",
           "It can be. Below 4 cm on a side the carrier may pay only half.",
           {"kb-009"},
           {}}}},
        {help,
         "en",
         "claims",
         {{"Express parcel came the next afternoon instead of noon. Do I get money back?",
           "Yes. More than four hours after the promised time the express surcharge is refunded, "
           "after a full "
           "day the whole postage. Weather, strikes and customs are excluded.",
           {"kb-010"},
           {}},
          {"What about standard parcels?",
           "They have an expected day but no promise, so nothing is refunded for a late one.",
           {"kb-010"},
           {}}}},
        {help,
         "en",
         "returns",
         {{"How do I let my buyers make return labels themselves?",
           "Switch on the portal under Returns > Portal. Buyers enter order number and e-mail, "
           "choose a reason "
           "and get a label or a locker code. Labels that nobody uses are not charged.",
           {"kb-011"},
           {}},
          {"Can I allow only 10 days?", "No, 14 days is the lowest you can set.", {"kb-011"}, {}},
          {"when does the buyer get the money",
           "You choose: when the return is handed over, when it arrives, or when you approve it. "
           "The refund runs "
           "through your shop's payment provider.",
           {"kb-012"},
           {}}}},
        {help,
         "en",
         "billing",
         {{"What's the difference between Starter and Crew?",
           "Starter costs 19 a month for 300 parcels and three users, with the returns portal. "
           "Crew costs 59 for "
           "2,000 parcels and ten users, with webhooks and pick-ups that are free from five "
           "parcels on.",
           {"kb-013"},
           {}},
          {"If I go down to Starter today, do I lose webhooks at once?",
           "No. Changing down takes effect at the end of the month, so webhooks work until then.",
           {"kb-013", "kb-020"},
           {}}}},
        {help,
         "en",
         "billing",
         {{"Booking is paused and we have forty orders waiting!",
           "That happens after the second failed collection. As soon as the open balance is paid, "
           "booking works "
           "again; you find it under Invoices.",
           {"kb-014"},
           {}},
          {"Paid. How long does that take?",
           "The help articles do not say how long it takes. I have opened the urgent ticket "
           "T-<ticket>; those are "
           "answered within two hours.",
           {"kb-014", "kb-025"},
           ToolUse{
               "create_ticket",
               R"({"subject":"Booking still paused after payment, 40 orders waiting","priority":"urgent"})",
               R"({"ticket":"T-<ticket>","state":"open"})"}}}},
        {help,
         "en",
         "billing",
         {{"can our bookkeeper get the invoices without seeing anything else?",
           "Yes, in two ways: give her the role Bookkeeper, which sees invoices only, or have "
           "invoices sent to a "
           "second address.",
           {"kb-016", "kb-014"},
           {}}}},
        {help,
         "en",
         "customs",
         {{"Do I need papers for a parcel to <city>?",
           "Not inside the customs union. Elsewhere add the content list with customs number, "
           "value and origin of "
           "each item; the CN23 form is printed for you.",
           {"kb-015"},
           {}},
          {"My buyer refuses to pay the duties.",
           "For the next parcels book 'duties paid': it costs 6.50 plus the duties, and the "
           "receiver pays "
           "nothing. For this one the receiver has to pay.",
           {"kb-015"},
           {}}}},
        {help,
         "en",
         "account",
         {{"I changed phones and cannot sign in any more",
           "Use one of the ten recovery codes you got when you set up the second factor. Without "
           "them an owner of "
           "the account can reset it.",
           {"kb-017"},
           {}},
          {"I am the only owner.",
           "Then a person has to check who you are. I have opened ticket T-<ticket> with high "
           "priority.",
           {"kb-017", "kb-025"},
           ToolUse{"create_ticket",
                   R"({"subject":"Only owner lost second factor","priority":"high"})",
                   R"({"ticket":"T-<ticket>","state":"open"})"}}}},
        {help,
         "en",
         "account",
         {{"Which role should students have who only print labels?",
           "Packer: it prints labels and books pick-ups, and sees no prices.",
           {"kb-016"},
           {}},
          {"the invitation has expired",
           "Invitations are valid for 72 hours. Please send a new one.",
           {"kb-016"},
           {}}}},
        {help,
         "en",
         "account",
         {{"Do you support SAML?",
           "Yes, SAML 2.0 and OpenID Connect, in plan Harbour. You set it up under Settings > "
           "Sign-on and map "
           "groups to roles.",
           {"kb-018"},
           {}},
          {"What if it breaks on a weekend?",
           "The owner who set it up keeps a password as a way back. Test with one user before you "
           "make it "
           "mandatory.",
           {"kb-018"},
           {}}}},
        {help,
         "en",
         "developers",
         {{"We get 429 from the API when we book in a loop.",
           "Each key may send 10 requests per second and 5,000 per hour. The answer names the "
           "seconds to wait; "
           "please wait that long before you go on.",
           {"kb-019"},
           {}},
          {"is the sandbox limited in the same way?",
           "The articles give one limit for each key and make no difference for sandbox keys, "
           "which begin with "
           "pks_.",
           {"kb-019"},
           {}}}},
        {help,
         "en",
         "developers",
         {{"How do I verify that a webhook really comes from you?",
           "Compute the HMAC-SHA256 of the body with your secret and compare it with the header "
           "Pakkolin-Signature.",
           {"kb-020"},
           {}},
          {"Our endpoint was down for three hours last night, are the events gone?",
           "No. Failed deliveries are repeated after 1, 5, 30 and 120 minutes and then daily for "
           "five days.",
           {"kb-020"},
           {}}}},
        {help,
         "en",
         "shops",
         {{"An order from Kettle does not show up",
           "Orders are fetched every five minutes. Please check that the order is paid and that "
           "its country is "
           "switched on in the connector.",
           {"kb-021"},
           {}}}},
        {help,
         "en",
         "shops",
         {{"the csv import says 12 rows were left out??",
           "Those rows have faults; they are listed with their line numbers. Rows whose reference "
           "was imported "
           "before are skipped as well. Everything else is in.",
           {"kb-022"},
           {}}}},
        {help,
         "en",
         "printing",
         {{"Labels come out far too small on our thermal printer",
           "Choose A6 at 203 or 300 dpi and switch off 'fit to page'.",
           {"kb-023"},
           {}},
          {"Still a print dialog each time.",
           "Install the print helper; it prints without a dialog. It must be version 2.4 or later.",
           {"kb-023"},
           {}}}},
        {help,
         "en",
         "privacy",
         {{"A receiver asks us to delete her data. Can we?",
           "Yes. An owner can remove her under Settings > Data, unless a parcel to her is still on "
           "its way.",
           {"kb-024"},
           {}},
          {"How long would you keep it otherwise?",
           "18 months because of claims; then it is made anonymous.",
           {"kb-024"},
           {}}}},
        {help,
         "en",
         "other",
         {{"Do you also rent out cargo bikes?",
           "The help articles say nothing about cargo bikes. Shall I open a ticket, so that a "
           "person can answer?",
           {"kb-004", "kb-013"},
           {}}}},
    };
}

}  // namespace plimsoll::app::demo
