#include "evaluate/verdict.h"

namespace plimsoll {

std::string_view to_word(Reason reason) {
    switch (reason) {
        case Reason::not_applicable:
            return "not_applicable";
        case Reason::missing_content:
            return "missing_content";
        case Reason::truncated:
            return "truncated";
        case Reason::incomplete:
            return "incomplete";
        case Reason::unparsable:
            return "unparsable";
        case Reason::too_large:
            return "too_large";
        case Reason::fault:
            return "fault";
        case Reason::judge_refused:
            return "judge_refused";
        case Reason::judge_unreadable:
            return "judge_unreadable";
        case Reason::judge_unreachable:
            return "judge_unreachable";
        case Reason::timed_out:
            return "timed_out";
    }
    return "fault";
}

}  // namespace plimsoll
