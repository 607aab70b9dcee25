#include "analyse/evidence/bundle.h"

#include <fmt/format.h>

#include "base/json.h"
#include "base/sha256.h"

namespace plimsoll::analyse {

namespace {

constexpr const char* manifest_name = "manifest.json";

}  // namespace

std::string bundle_digest(const BundleFiles& files) {
    std::string list;
    for (const auto& [name, bytes] : files)
        if (name != manifest_name) list += fmt::format("{}  {}\n", sha256_hex(bytes), name);
    return sha256_hex(list);
}

void seal_bundle(BundleFiles& files, const std::string& made_by) {
    files.erase(manifest_name);
    json::Writer w;
    w.begin_object().key("format").value(bundle_format).key("made_by").value(made_by);
    w.key("digest").value(bundle_digest(files)).key("files").begin_object();
    for (const auto& [name, bytes] : files)
        w.key(name)
            .begin_object()
            .key("sha256")
            .value(sha256_hex(bytes))
            .key("bytes")
            .value(std::uint64_t{bytes.size()})
            .end_object();
    w.end_object().end_object();
    files[manifest_name] = w.take() + "\n";
}

Result<std::string> check_bundle(const BundleFiles& files) {
    const auto manifest = files.find(manifest_name);
    if (manifest == files.end()) return Error{"there is no manifest.json: this is no bundle"};
    const auto document = json::Document::parse(manifest->second);
    if (!document) return Error{"manifest.json: " + document.error().what};
    const auto format = document->root().find("format");
    if (!format || format->as_integer() != bundle_format)
        return Error{
            fmt::format("manifest.json: this Plimsoll reads format {} of bundles", bundle_format)};
    const auto listed = document->root().find("files");
    if (!listed || !listed->is_object()) return Error{"manifest.json lists no files"};
    for (const json::Member member : listed->members()) {
        const auto file = files.find(std::string(member.key));
        if (file == files.end()) return Error{fmt::format("{} is missing", member.key)};
        const auto digest = member.value.find("sha256");
        if (!digest || digest->as_string() != sha256_hex(file->second))
            return Error{fmt::format("{} was changed: its SHA-256 is another one", member.key)};
    }
    for (const auto& [name, bytes] : files)
        if (name != manifest_name && !listed->find(name))
            return Error{fmt::format("{} does not belong to the bundle", name)};
    const auto digest = document->root().find("digest");
    const std::string is = bundle_digest(files);
    if (!digest || digest->as_string() != is)
        return Error{"manifest.json was changed: the digest of the whole is another one"};
    return is;
}

}  // namespace plimsoll::analyse
