#include <fmt/format.h>

#include "app/commands/commands.h"
#include "app/configuration/configuration.h"
#include "app/configuration/disk_files.h"
#include "app/configuration/options.h"
#include "base/json.h"

namespace plimsoll::app {

namespace {

void write_complaints(json::Writer& w, const std::vector<Complaint>& complaints) {
    w.begin_array();
    for (const Complaint& complaint : complaints)
        w.begin_object().key("file").value(complaint.file)
            .key("line").value(std::uint64_t{complaint.mark.line})
            .key("column").value(std::uint64_t{complaint.mark.column})
            .key("what").value(complaint.what).key("mend").value(complaint.mend).end_object();
    w.end_array();
}

void tell(const std::vector<Complaint>& complaints, std::string_view before) {
    for (const Complaint& complaint : complaints) print(fmt::format("{}{}", before, to_text(complaint)));
}

}  // namespace

int check_config(const CheckConfigOptions& options) {
    if (options.explain) {
        print(explain_options());
        return 0;
    }
    if (options.config.empty()) return complain("check-config needs a file, or --explain", 2);
    LoadResult result = load_configuration(options.config, DiskFiles());
    const auto* errors = std::get_if<std::vector<Complaint>>(&result);
    const auto* loaded = std::get_if<Loaded>(&result);
    if (options.json) {
        json::Writer w;
        w.begin_object().key("ok").value(loaded != nullptr).key("errors");
        write_complaints(w, errors ? *errors : std::vector<Complaint>{});
        w.key("warnings");
        write_complaints(w, loaded ? loaded->warnings : std::vector<Complaint>{});
        w.key("version").value(loaded ? loaded->configuration.version : "").end_object();
        print(w.text());
    } else if (errors) {
        tell(*errors, "");
        print(fmt::format("{} to mend", errors->size()));
    } else {
        tell(loaded->warnings, "warning: ");
        std::size_t evaluators = 0;
        for (const auto& dimension : loaded->configuration.scorecard.dimensions)
            evaluators += dimension.evaluators.size() + dimension.judges.size();
        print(fmt::format("{} is well: {} dimensions, {} evaluators, version {}", options.config,
                          loaded->configuration.scorecard.dimensions.size(), evaluators,
                          loaded->configuration.version));
    }
    return loaded ? 0 : 1;
}

}  // namespace plimsoll::app
