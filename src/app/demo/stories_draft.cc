#include "app/demo/stories.h"

namespace plimsoll::app::demo {

std::vector<Story> draft_stories() {
    constexpr Feature draft = Feature::reply_draft;
    return {
        {draft,
         "en",
         "draft",
         {{"Buyer asks why parcel <order> to <city> is stuck. Last scan was on <weekday>.",
           "Dear <name>,\n\nthank you for your patience. Your parcel <order> was last scanned on "
           "<weekday>. When "
           "nothing new is reported for three working days, the carrier searches for it by itself, "
           "and we will tell "
           "you what it finds.\n\nThe Pakkolin team",
           {"kb-006"},
           {}},
          {"make it a bit shorter",
           "Dear <name>,\n\nparcel <order> was last scanned on <weekday>; a search starts by "
           "itself after three "
           "working days without news.\n\nThe Pakkolin team",
           {"kb-006"},
           {}}}},
        {draft,
         "en",
         "draft",
         {{"Buyer's lamp arrived broken. Ask for what we need for the claim.",
           "Dear <name>,\n\nwe are sorry that the lamp arrived broken. Please send us three photos "
           "within seven days "
           "of delivery: of the box from outside, of the padding and of the lamp. Please also keep "
           "everything until "
           "the claim is closed.\n\nThe Pakkolin team",
           {"kb-009"},
           {}}}},
        {draft,
         "en",
         "draft",
         {{"Tell the buyer how to return order <order>. We pay the label.",
           "Dear <name>,\n\nyou can return order <order> free of charge: enter its number and your "
           "e-mail in our "
           "returns portal, choose a reason, and print the label or take the locker code.\n\nThe "
           "Pakkolin team",
           {"kb-011"},
           {}}}},
        {draft,
         "en",
         "draft",
         {{"Buyer complains about 38 of customs duties. We did not book duties paid.",
           "Dear <name>,\n\nfor deliveries outside the customs union the receiver pays the duties; "
           "they are raised by "
           "your country and not by us. For your next order we can book a delivery with duties "
           "paid.\n\nThe Pakkolin "
           "team",
           {"kb-015"},
           {}}}},
        {draft,
         "en",
         "draft",
         {{"Locker in <city>, buyer is on holiday and asks whether we can extend.",
           "Dear <name>,\n\nyour parcel waits in the locker in <city> for seven days, which cannot "
           "be extended. "
           "Somebody else may collect it with the six-digit code.\n\nThe Pakkolin team",
           {"kb-005"},
           {}}}},
    };
}

}  // namespace plimsoll::app::demo
