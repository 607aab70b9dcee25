#include "app/page.h"

#include <page_files.h>

#include <algorithm>

namespace plimsoll::app {

namespace {

const PageFile* find(std::string_view path) {
    const auto files = page_files();
    const auto found = std::ranges::find(files, path, &PageFile::path);
    return found == files.end() ? nullptr : &*found;
}

std::string header(const show::HttpRequest& request, const std::string& name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? "" : found->second;
}

}  // namespace

show::HttpAnswer page_answer(const show::HttpRequest& request) {
    if (request.method != "GET" && request.method != "HEAD")
        return {.status = 405, .type = "text/plain", .headers = {{"Allow", "GET, HEAD"}},
                .body = "The page answers GET only.\n"};
    const PageFile* file = find(request.path);
    const std::size_t last = request.path.rfind('/');
    const bool names_a_file = request.path.find('.', last) != std::string::npos;
    if (!file && !names_a_file) file = find("/index.html");
    if (!file) return {.status = 404, .type = "text/plain", .body = "No such file.\n"};

    show::HttpAnswer answer{.type = std::string(file->type)};
    answer.headers["ETag"] = file->etag;
    // Vite names every asset by its content; the page itself is asked for anew each time.
    answer.headers["Cache-Control"] =
        file->path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    answer.headers["Vary"] = "Accept-Encoding";
    if (header(request, "if-none-match") == file->etag) {
        answer.status = 304;
    } else if (!file->gzip.empty() &&
               header(request, "accept-encoding").find("gzip") != std::string::npos) {
        answer.headers["Content-Encoding"] = "gzip";
        answer.body = file->gzip;
    } else {
        answer.body = file->bytes;
    }
    return answer;
}

}  // namespace plimsoll::app
