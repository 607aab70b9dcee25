#include <cassert>

#include "app/demo/content.h"

namespace plimsoll::app::demo {
namespace {

constexpr Article help_centre[] = {
    {"kb-001", "Booking your first parcel",
     "Open Parcels and choose New parcel. Enter the receiver, the weight and the longest side; "
     "Pakkolin "
     "shows every carrier that takes such a parcel, with price and expected day. Prices hold for "
     "thirty "
     "minutes. After you pay, the label is ready as PDF (A6 or A4) and the parcel gets a number of "
     "the "
     "form PK-000000, which is valid in every tool and on the tracking page."},
    {"kb-002", "Weight, size and the second measurement",
     "Carriers weigh and measure every parcel again. If the second measurement is above what you "
     "booked "
     "by more than 250 g or 3 cm, the difference is added to your next invoice together with a "
     "photo of "
     "the scale. You have 14 days to dispute it under Invoices > Measurements. Round parcels and "
     "tubes "
     "count as bulky and cost 4.90 extra with all carriers."},
    {"kb-003", "Goods we cannot carry",
     "Not accepted: loose lithium batteries, aerosols, perfume above 100 ml, live animals, cash, "
     "passports, and food that must be kept cool. Batteries built into a device are fine inside "
     "the "
     "country. If such goods are found, the parcel is held for five working days and you pay the "
     "way "
     "back. When in doubt ask before you book; a ticket with the product's data sheet is enough."},
    {"kb-004", "Pick-ups from your door",
     "A pick-up can be booked until 11:00 for the same day and costs 3.20, or nothing from eight "
     "parcels "
     "on. Windows are morning (8-12), afternoon (12-16) and evening (16-20). You may move a "
     "pick-up once "
     "for free until one hour before its window starts. If the driver finds nobody, the pick-up is "
     "tried "
     "again on the next working day; after that it is cancelled and not refunded."},
    {"kb-005", "Pick-up points and lockers",
     "More than 9,000 shops and lockers accept parcels up to 20 kg and 60 cm. The parcel waits "
     "there for "
     "seven days. The receiver needs the six-digit code from our message and, for parcels worth "
     "more "
     "than 250, an identity card. Opening hours are on the map in the app; lockers are open day "
     "and "
     "night."},
    {"kb-006", "Following a parcel",
     "States are: booked, handed over, in transit, out for delivery, at pick-up point, delivered, "
     "on its "
     "way back, and stopped. A parcel that shows nothing new for three working days is searched "
     "for "
     "automatically; you need not do anything. The receiver sees the same page as you, without "
     "prices, "
     "in the language of the destination."},
    {"kb-007", "Changing the address after booking",
     "Until the parcel is handed over you can edit the address free of charge. Afterwards a change "
     "inside "
     "the same postcode area costs 2.50 and is possible until the parcel is out for delivery. A "
     "change "
     "to another country is not possible: stop the parcel and book again."},
    {"kb-008", "Lost parcels",
     "A parcel counts as lost when a search of ten working days ends without a find. We then "
     "refund the "
     "postage and pay the value of the goods up to the cover you booked: 50 without extra cover, "
     "500 or "
     "2,500 with it. We need the purchase receipt of the goods. Payment goes to the account the "
     "invoice "
     "is paid from and takes up to six working days."},
    {"kb-009", "Damaged parcels",
     "Report damage within seven days of delivery, with three photos: the box from outside, the "
     "padding, "
     "the goods. Keep everything until the claim is closed; the carrier may want to see it. If the "
     "padding was less than 4 cm on a side, the carrier may pay only half. Claims are decided "
     "within "
     "eight working days."},
    {"kb-010", "Late delivery and the express promise",
     "Only express parcels carry a promise. If one arrives more than four hours after the promised "
     "time, "
     "the express surcharge is refunded; after a full day the whole postage is. Weather, strikes "
     "and "
     "customs are excluded. Standard parcels have an expected day, not a promised one."},
    {"kb-011", "The returns portal",
     "Switch it on under Returns > Portal. Your buyers enter order number and e-mail, choose a "
     "reason, "
     "and get a label or a code for the locker. You decide who pays, how many days are allowed (14 "
     "is "
     "the lowest) and which goods are excluded. Labels that nobody uses are not charged."},
    {"kb-012", "Refunds to your buyers",
     "Pakkolin can start the refund in your shop system when a return is handed over, when it "
     "arrives, "
     "or when you approve it. We never hold your buyers' money: the refund runs through the "
     "payment "
     "provider of your shop. Partial refunds need a reason, which the buyer sees."},
    {"kb-013", "Plans and prices",
     "Free: 20 parcels a month, one user. Starter (19 a month): 300 parcels, three users, returns "
     "portal. "
     "Crew (59): 2,000 parcels, ten users, webhooks, pick-ups free from five parcels on. Harbour "
     "(from "
     "290): no limits, single sign-on, a named contact. Changing up is immediate, changing down "
     "happens "
     "at the end of the month."},
    {"kb-014", "Invoices and payment",
     "Invoices are issued on the first working day of the month and collected seven days later by "
     "card "
     "or direct debit. Harbour customers may pay within 30 days by transfer. A failed collection "
     "is tried "
     "again after three days; after the second failure booking is paused until the balance is "
     "paid. "
     "Invoices can be sent to a second address, for instance your bookkeeper."},
    {"kb-015", "Sending to other countries",
     "Inside the customs union no papers are needed. Elsewhere add a content list with customs "
     "number, "
     "value and origin of each item; Pakkolin prints the CN23 form and sends the data ahead. Wrong "
     "or "
     "missing numbers are the most frequent reason for delays. Duties are paid by the receiver "
     "unless "
     "you book 'duties paid', which costs 6.50 plus the duties."},
    {"kb-016", "Users and roles",
     "Owner: everything, including payment. Manager: all but payment and deletion of the account. "
     "Packer: "
     "may print labels and book pick-ups, sees no prices. Bookkeeper: sees invoices only. An "
     "invitation "
     "is valid for 72 hours. There is always at least one owner; the last one cannot leave."},
    {"kb-017", "Signing in, passwords and second factor",
     "A link for a new password is valid for 30 minutes and works once. After five wrong attempts "
     "the "
     "account rests for 15 minutes. A second factor by app is offered to all and required for "
     "owners "
     "from plan Crew on. If the phone is lost, use one of the ten recovery codes; without them an "
     "owner "
     "of the account can reset it."},
    {"kb-018", "Single sign-on",
     "Available in plan Harbour, by OpenID Connect or SAML 2.0. Enter issuer, client id and secret "
     "under "
     "Settings > Sign-on, then map groups to roles. Test with one user before you make it "
     "mandatory; the "
     "owner who set it up keeps a password as a way back."},
    {"kb-019", "The API and its keys",
     "Keys are made under Settings > Developers. A key is shown once. Sandbox keys begin with "
     "pks_, live "
     "keys with pkl_. Send the key as a bearer token. Limits: 10 requests per second and 5,000 per "
     "hour "
     "for each key; above them the answer is 429 with the number of seconds to wait. Keys that "
     "were not "
     "used for 180 days are switched off after a warning."},
    {"kb-020", "Webhooks",
     "From plan Crew on. Choose the states you care about; we send a signed JSON body and expect a "
     "2xx "
     "within ten seconds. A failed delivery is repeated after 1, 5, 30 and 120 minutes, then daily "
     "for "
     "five days. The signature is an HMAC-SHA256 of the body with your secret, in the header "
     "Pakkolin-Signature."},
    {"kb-021", "Connecting a shop",
     "Connectors exist for Marktstand, Bodega Online, Shopfront and Kettle. Orders are fetched "
     "every five "
     "minutes; a parcel booked here is marked as sent there, with its tracking link. If an order "
     "is "
     "missing, check that it is paid and that its country is switched on. One Pakkolin account can "
     "serve "
     "up to six shops."},
    {"kb-022", "Importing orders from a file",
     "CSV or spreadsheet, up to 5,000 rows. Needed columns: name, street, postcode, city, country, "
     "weight_g. The first import asks you to match columns and remembers it. Rows with faults are "
     "listed "
     "with their line number and left out; the rest is imported. A row whose reference was "
     "imported "
     "before is skipped."},
    {"kb-023", "Label printers",
     "Any printer with a PDF queue works. For thermal printers choose the A6 format at 203 or 300 "
     "dpi. "
     "If labels come out too small, switch off 'fit to page'. The print helper for Linux, macOS "
     "and "
     "Windows prints without a dialog; it needs version 2.4 or later since June."},
    {"kb-024", "Personal data, deletion and where data is kept",
     "Receivers' data is kept for 18 months because of claims and is then made anonymous. You can "
     "export "
     "everything under Settings > Data as a ZIP file. A receiver who wants to be erased earlier "
     "can be "
     "removed by an owner; parcels on their way are excluded until delivered. All data is kept in "
     "two "
     "data centres inside the customs union."},
    {"kb-025", "Reaching people",
     "Chat answers round the clock and passes to a person from Monday to Friday, 8 to 19. Tickets "
     "are "
     "answered within one working day, urgent ones within two hours. Plan Harbour has a telephone "
     "number. For a claim, always name the parcel number, because without it nothing can be looked "
     "up."},
};

}  // namespace

std::span<const Article> articles() {
    return help_centre;
}

const Article& article(std::string_view id) {
    for (const Article& candidate : help_centre)
        if (candidate.id == id) return candidate;
    assert(false && "a story names an article that the help centre does not have");
    return help_centre[0];
}

}  // namespace plimsoll::app::demo
