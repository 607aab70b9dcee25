#include "app/watch/accepted_baselines.h"

#include <map>
#include <set>
#include <string>

namespace plimsoll::app {

Result<std::vector<analyse::AcceptedBaseline>> accepted_baselines(record::AlertLog& alerts,
                                                                  record::Findings& findings) {
    const auto events = alerts.events();
    if (!events) return events.error();
    struct Alert {
        std::set<std::string> findings;
        bool accepted = false;
    };
    std::map<std::string, Alert> by_id;
    for (const record::AlertEvent& event : *events) {
        Alert& alert = by_id[event.alert];
        alert.findings.insert(event.findings.begin(), event.findings.end());
        if (event.step == record::AlertStep::decided)
            alert.accepted = event.decision == "accept_baseline";
    }
    std::vector<analyse::AcceptedBaseline> accepted;
    for (const auto& [id, alert] : by_id) {
        if (!alert.accepted) continue;
        for (const std::string& name : alert.findings) {
            const auto finding = findings.finding(name);
            if (!finding) return finding.error();
            if (*finding)
                accepted.push_back({.dimension = (*finding)->dimension,
                                    .service = (*finding)->service,
                                    .since = (*finding)->since});
        }
    }
    return accepted;
}

}  // namespace plimsoll::app
