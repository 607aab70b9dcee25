#include "app/demo/stories.h"
#include "app/demo/content.h"

namespace plimsoll::app::demo {

const std::vector<Story>& stories() {
    static const std::vector<Story> all = [] {
        std::vector<Story> list;
        for (auto* part : {english_help_stories, german_stories, spanish_stories, desk_stories,
                           triage_stories, draft_stories})
            for (Story& story : part()) list.push_back(std::move(story));
        return list;
    }();
    return all;
}

}  // namespace plimsoll::app::demo
