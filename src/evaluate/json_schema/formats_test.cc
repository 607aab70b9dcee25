#include "evaluate/json_schema/formats.h"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::evaluate::schema {
namespace {

struct Case {
    const char* format;
    const char* good;
    const char* bad;
};

// From the grammars of the RFCs that formats.h names; the formats that the public suite at hand
// does not try, and one of each other.
TEST(Formats, tell_good_from_bad) {
    const Case cases[] = {
        {"date-time", "2026-02-28T23:59:60Z", "2026-02-29T10:00:00Z"},
        {"date-time", "2026-02-28t10:00:00.25+02:00", "2026-02-28 10:00:00Z"},
        {"time", "10:00:00z", "10:00:00"},
        {"duration", "P1Y2M3DT4H5M6S", "P1Y3D"},
        {"duration", "PT36H", "PT"},
        {"duration", "P3W", "P3W1D"},
        {"email", "joe.bloggs@example.com", "joe..bloggs@example.com"},
        {"email", "\"joe bloggs\"@example.com", "joe bloggs@example.com"},
        {"email", "joe@[127.0.0.1]", "joe@[300.0.0.1]"},
        {"hostname", "a-b.example", "-a.example"},
        {"hostname", "xn--4gbwdl.xn--wgbh1c", "a..b"},
        {"ipv4", "192.168.0.1", "192.168.00.1"},
        {"ipv6", "1::d6:192.168.0.1", "1::d6::2"},
        {"uri", "urn:isbn:0451450523", "//host/path"},
        {"uri-reference", "../a?b#c", "a b"},
        {"iri", "http://ä.example/ö", "ä/ö"},
        {"uuid", "2eb8aa08-aa98-11ea-b4aa-73b441d16380", "2eb8aa08aa98-11ea-b4aa-73b441d16380"},
        {"json-pointer", "/a~1b/~0", "a/b"},
        {"relative-json-pointer", "1/a", "01/a"},
        {"relative-json-pointer", "0#", "-1"},
        {"uri-template", "/a{?b*,c:3}", "/a{b"},
        {"regex", "^(?=a)a+$", "^(a"},
    };
    for (const auto& [format, good, bad] : cases) {
        EXPECT_TRUE(format_named(format)(good)) << format << " " << good;
        EXPECT_FALSE(format_named(format)(bad)) << format << " " << bad;
    }
    EXPECT_EQ(format_named("colour"), nullptr);
}

TEST(Formats, survive_every_prefix) {
    for (const char* format : {"date", "time", "date-time", "duration", "email", "hostname", "ipv4",
                               "ipv6", "uri", "iri", "uuid", "json-pointer", "uri-template"}) {
        for (const std::string text :
             {"2026-02-28T23:59:60.5+02:00", "P1Y2M3DT4H5M6S", "\"a\\\"b\"@[IPv6:1::2]",
              "http://a:b@[::ffff:1.2.3.4]:80/%41?q#f", "{+a.b:3,c*}%41{",
              "\xF0\x9F\x98\x80@\xC3"}) {
            for (std::size_t n = 0; n <= text.size(); ++n) {
                format_named(format)(std::string_view(text).substr(0, n));
            }
        }
    }
}

}  // namespace
}  // namespace plimsoll::evaluate::schema
