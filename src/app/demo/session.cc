#include "app/demo/session.h"

#include <vector>

namespace plimsoll::app::demo {
namespace {

struct Share {
    Feature feature;
    double share;
};
constexpr Share shares[] = {{Feature::help_chat, .5},
                            {Feature::order_desk, .25},
                            {Feature::ticket_triage, .15},
                            {Feature::reply_draft, .1}};

/// A story of a feature drawn by the shares above; inside a feature every story is as likely.
const Story& draw_story(Chance& chance) {
    double left = chance.uniform();
    Feature feature = Feature::help_chat;
    for (const Share& share : shares) {
        feature = share.feature;
        if ((left -= share.share) < 0) break;
    }
    static const std::vector<std::vector<const Story*>> by_feature = [] {
        std::vector<std::vector<const Story*>> lists(std::size(shares));
        for (const Story& story : stories())
            lists[static_cast<std::size_t>(story.feature)].push_back(&story);
        return lists;
    }();
    return *chance.pick(by_feature[static_cast<std::size_t>(feature)]);
}

}  // namespace

Session make_session(std::uint64_t seed, std::uint64_t number, double position, UnixNanos start) {
    Session session;
    session.seed = mix({seed, number});
    session.position = position;
    Chance chance(session.seed);
    session.story = &draw_story(chance);
    // A user asks, so a customer with more users asks more.
    std::size_t everybody = 0;
    for (const Customer& customer : customers()) everybody += customer.users;
    std::size_t who = chance.below(everybody);
    for (const Customer& customer : customers()) {
        session.customer = &customer;
        session.user = static_cast<unsigned>(who);
        if (who < customer.users) break;
        who -= customer.users;
    }
    session.values = draw_values(chance, session.customer->name, start);
    return session;
}

}  // namespace plimsoll::app::demo
