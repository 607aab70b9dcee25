#include <ctime>

#include <fmt/format.h>

#include "app/access.h"
#include "app/commands/commands.h"
#include "app/system_clock.h"
#include "base/json.h"
#include "store/sqlite_state.h"

namespace plimsoll::app {

namespace {

int create(record::State& state, const KeyOptions& options) {
    const NewKey made = make_key(options.role, options.note, SystemClock().now());
    if (const auto added = state.add_key(made.key); !added) return complain(added.error().what);
    if (options.json) {
        json::Writer writer;
        writer.begin_object().key("id").value(made.key.id).key("role");
        writer.value(to_word(made.key.role)).key("key").value(made.secret).end_object();
        print(writer.text());
        return 0;
    }
    print(made.secret);
    fmt::print(stderr,
               "This is the only time the key is shown. From now on every door asks for a key:\n"
               "  export OTEL_EXPORTER_OTLP_HEADERS=\"authorization=Bearer {}\"\n",
               options.role == record::KeyRole::read ? "<an ingest key>" : made.secret);
    return 0;
}

int list(record::State& state, const KeyOptions& options) {
    const auto keys = state.keys();
    if (!keys) return complain(keys.error().what);
    json::Writer writer;
    writer.begin_array();
    for (const record::Key& key : *keys) {
        if (options.json)
            writer.begin_object().key("id").value(key.id).key("role").value(to_word(key.role))
                .key("note").value(key.note).key("created").value(to_iso8601(key.created))
                .key("revoked").value(key.revoked).end_object();
        else
            print(fmt::format("{}  {:<6}  {}  {}{}", key.id, to_word(key.role),
                              to_iso8601(key.created), key.note, key.revoked ? "  revoked" : ""));
    }
    if (options.json) print(writer.end_array().text());
    if (!options.json && keys->empty()) print("no keys: only loopback is open");
    return 0;
}

}  // namespace

int key(const KeyOptions& options) {
    auto opened = store::open_sqlite_state({.data_dir = options.data});
    if (!opened) return complain(opened.error().what);
    record::State& state = *opened->state;
    switch (options.what) {
        case KeyOptions::Do::create: return create(state, options);
        case KeyOptions::Do::list: return list(state, options);
        case KeyOptions::Do::revoke: break;
    }
    const auto revoked = state.revoke_key(options.id);
    return revoked ? 0 : complain(revoked.error().what);
}

}  // namespace plimsoll::app
