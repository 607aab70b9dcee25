// plimsoll_put_findings DIR: findings from stdin, a JSON object a line, into DIR/state.db, as the
// watch would put them there.
#include <cstdio>
#include <iostream>
#include <string>
#include <vector>

#include "base/json.h"
#include "store/sqlite_findings.h"
#include "store/sqlite_state.h"

int main(int count, char** words) {
    using namespace plimsoll;
    if (count != 2) return 2;
    const std::string data = words[1];
    const auto fail = [](const std::string& why) {
        std::fprintf(stderr, "%s\n", why.c_str());
        return 1;
    };
    std::vector<record::Finding> findings;
    for (std::string line; std::getline(std::cin, line);) {
        const auto document = json::Document::parse(line);
        if (!document) return fail(document.error().what);
        auto finding = record::finding_of(document->root());
        if (!finding) return fail(finding.error().what);
        findings.push_back(std::move(*finding));
    }
    if (const auto state = store::open_sqlite_state({.data_dir = data}); !state)
        return fail(state.error().what);
    const auto store = store::open_sqlite_findings(data + "/state.db");
    if (!store) return fail(store.error().what);
    if (const auto put = (*store)->put(findings); !put) return fail(put.error().what);
    return 0;
}
