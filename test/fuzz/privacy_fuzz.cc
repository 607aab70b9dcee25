/// A text that may hold personal data, and a whole request with it. First byte: odd is a request.
#include "fuzz.h"
#include "interaction/privacy/protection.h"
#include "wire/admit.h"

using namespace plimsoll;

void fuzz_one(std::string_view bytes) {
    static const interaction::privacy::PseudonymKey key{1, 2, 3};
    static const interaction::privacy::Redactor redactor(key, {});
    static const interaction::privacy::Protection protection(key, {});
    if (take_choice(bytes) & 1) {
        const wire::Limits limits{.body_bytes_max = 1u << 20, .spans_max = 200};
        const auto admitted = wire::admit(std::string(bytes), wire::Encoding::protobuf, limits);
        if (!admitted.decodable) return;
        const wire::Edited edited = wire::edit_content(admitted.otlp, protection);
        const auto again = wire::admit(edited.otlp, wire::Encoding::protobuf,
                                       {.body_bytes_max = 4u << 20, .spans_max = 200});
        promise(again.decodable && again.otlp == edited.otlp,
                "what was protected is still clean OTLP");
        return;
    }
    std::size_t end = 0;
    for (const auto& found : redactor.find(bytes)) {
        promise(found.place.begin >= end && found.place.end > found.place.begin &&
                    found.place.end <= bytes.size(),
                "what is found stands in the text, in order, without overlap");
        end = found.place.end;
    }
    redactor.redact(bytes);
}
