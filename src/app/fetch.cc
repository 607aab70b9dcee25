#include "app/fetch.h"

#include <curl/curl.h>

#include <memory>

#include <fmt/format.h>

#include "base/json.h"

namespace plimsoll::app {

namespace {

std::size_t append(char* bytes, std::size_t size, std::size_t count, void* body) {
    static_cast<std::string*>(body)->append(bytes, size * count);
    return size * count;
}

Result<std::string> exchange(std::string_view method, const std::string& url,
                             const std::string& key, const std::string* json) {
    const std::unique_ptr<CURL, void (*)(CURL*)> curl(curl_easy_init(), curl_easy_cleanup);
    std::string body;
    curl_slist* list = nullptr;
    if (!key.empty()) list = curl_slist_append(list, ("Authorization: Bearer " + key).c_str());
    if (json) {
        list = curl_slist_append(list, "Content-Type: application/json");
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, curl_off_t(json->size()));
        curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDS, json->data());
    }
    const std::unique_ptr<curl_slist, void (*)(curl_slist*)> headers(list, curl_slist_free_all);
    curl_easy_setopt(curl.get(), CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.get());
    curl_easy_setopt(curl.get(), CURLOPT_WRITEFUNCTION, append);
    curl_easy_setopt(curl.get(), CURLOPT_WRITEDATA, &body);
    curl_easy_setopt(curl.get(), CURLOPT_ACCEPT_ENCODING, "gzip");
    curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT, 5L);
    curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT, 60L);
    if (const CURLcode code = curl_easy_perform(curl.get()); code != CURLE_OK)
        return Error{fmt::format("{} {}: {}. Is the server running? --server names another, "
                                 "--data opens its directory when it is not.",
                                 method, url, curl_easy_strerror(code))};
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    if (status != 200)
        return Error{fmt::format("{} {}: {} {}", method, url, status, sentence_of(body))};
    return body;
}

}  // namespace

std::string sentence_of(const std::string& body) {
    const auto document = json::Document::parse(body);
    if (!document) return body.substr(0, 200);
    const auto error = document->root().find("error");
    if (!error) return body.substr(0, 200);
    const auto text = [&](std::string_view key) {
        const auto found = error->find(key);
        return std::string(found ? found->as_string() : "");
    };
    return fmt::format("{} ({}). {}", text("what"), text("where"), text("mend"));
}

Result<std::string> fetch(const std::string& url, const std::string& key) {
    return exchange("GET", url, key, nullptr);
}

Result<std::string> send(const std::string& url, const std::string& key, const std::string& json) {
    return exchange("POST", url, key, &json);
}

std::string url_encoded(const std::string& text) {
    std::string encoded;
    for (const char c : text) {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '-' || c == '_' || c == '.')
            encoded += c;
        else
            encoded += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
    return encoded;
}

}  // namespace plimsoll::app
