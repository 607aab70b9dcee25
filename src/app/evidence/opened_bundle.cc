#include "app/evidence/opened_bundle.h"

#include <fmt/format.h>

#include "app/evidence/bundle_folder.h"
#include "base/json.h"

namespace plimsoll::app {

namespace {

/// The files that the bundle's configuration names, from the bundle.
class FilesOfBundle : public evaluate::Files {
  public:
    FilesOfBundle(const analyse::BundleFiles& files, json::Value paths)
        : files_(files), paths_(paths) {}
    Result<std::string> read(std::string_view path) const override {
        const auto name = paths_.find(path);
        const auto file = files_.find(name ? std::string(name->as_string()) : "");
        if (file == files_.end()) return Error{fmt::format("the bundle has no file '{}'", path)};
        return file->second;
    }

  private:
    const analyse::BundleFiles& files_;
    const json::Value paths_;
};

}  // namespace

Result<OpenedBundle> open_bundle(const analyse::BundleFiles& files) {
    auto digest = analyse::check_bundle(files);
    if (!digest) return digest.error();
    auto evidence = analyse::read_evidence(files);
    if (!evidence) return evidence.error();
    const auto text = files.find("configuration.yaml"), paths = files.find("files.json");
    if (text == files.end() || paths == files.end())
        return Error{"configuration.yaml or files.json is missing"};
    const auto names = json::Document::parse(paths->second);
    if (!names) return Error{"files.json: " + names.error().what};
    auto loaded =
        read_configuration(text->second, "configuration.yaml", FilesOfBundle(files, names->root()));
    if (const auto* complaints = std::get_if<std::vector<Complaint>>(&loaded))
        return Error{to_text(complaints->front())};
    return OpenedBundle{
        std::move(*digest), std::move(*evidence),
        std::make_unique<const Configuration>(std::move(std::get<Loaded>(loaded).configuration))};
}

Result<OpenedBundle> open_bundle(const std::string& folder) {
    const auto files = read_bundle_folder(folder);
    if (!files) return files.error();
    return open_bundle(*files);
}

}  // namespace plimsoll::app
