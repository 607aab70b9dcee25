#include "app/page.h"

#include <page_files.h>

#include <fmt/format.h>

namespace plimsoll::app {

namespace {

std::string header(const show::HttpRequest& request, const std::string& name) {
    const auto found = request.headers.find(name);
    return found == request.headers.end() ? "" : found->second;
}

}  // namespace

show::HttpAnswer page_answer(const show::HttpRequest& request) {
    if (request.method != "GET" && request.method != "HEAD")
        return {.status = 405, .type = "text/plain", .headers = {{"Allow", "GET, HEAD"}},
                .body = "The page answers GET only.\n"};
    const PageFile* file = find_page_file(request.path);
    if (!file) return {.status = 404, .type = "text/plain", .body = "No such file.\n"};

    show::HttpAnswer answer{.type = std::string(file->type)};
    // Vite names every asset by its content; the page itself is asked for anew each time.
    answer.headers["Cache-Control"] =
        file->path.starts_with("/assets/") ? "public, max-age=31536000, immutable" : "no-cache";
    answer.headers["Vary"] = "Accept-Encoding";
    const bool gzip = !file->gzip.empty() &&
                      header(request, "accept-encoding").find("gzip") != std::string::npos;
    const std::string etag = gzip ? fmt::format("W/{}", file->etag) : std::string(file->etag);
    answer.headers["ETag"] = etag;
    if (header(request, "if-none-match") == etag) {
        answer.status = 304;
    } else {
        answer.body = gzip ? file->gzip : file->bytes;
        if (gzip) answer.headers["Content-Encoding"] = "gzip";
    }
    return answer;
}

}  // namespace plimsoll::app
