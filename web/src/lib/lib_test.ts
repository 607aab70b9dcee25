import { describe, expect, test } from "vitest";
import { format_bytes, format_count, format_delta, format_duration, format_score, format_short, format_step, format_usd } from "./format";
import { format_moment, format_time, format_utc } from "./time";
import { identity, read_filter, to_query, trend_step_s, write_filter } from "./filter";
import { one_line, visible_pieces, visible_text } from "./visible";
import { pretty_json, readable_value } from "./pretty_json";

describe("numbers", () => {
    test("a mean is never rounded to a perfect score", () => {
        expect(format_score(0.99996)).toBe("0.999");
        expect(format_score(1)).toBe("1.000");
        expect(format_score(0.00004)).toBe("0.001");
        expect(format_score(null)).toBe("–");
    });
    test("a difference carries its sign, and nothing is neither plus nor minus", () => {
        expect([0.0124, -0.0124, 0.0001].map((value) => format_delta(value))).toEqual(["+0.012", "−0.012", "±0.000"]);
    });
    test("durations take the unit one would say", () => {
        expect([0, 0.25, 3.21, 812.4, 1234, 45_000, 125_000, 7_260_000].map(format_duration)).toEqual(
            ["0 ms", "250 µs", "3.2 ms", "812 ms", "1.23 s", "45.0 s", "2 min 5 s", "2 h 1 min"]);
        expect(format_duration(null)).toBe("–");
    });
    test("counts, bytes and money", () => {
        expect(format_count(1234567)).toBe("1,234,567");
        expect([999, 1234, 99_990, 1_500_000].map(format_short)).toEqual(["999", "1.2k", "100k", "1.5M"]);
        expect([512, 2048, 5_242_880, 3e12].map(format_bytes)).toEqual(["512 B", "2.0 KiB", "5.0 MiB", "2.7 TiB"]);
        expect([0, 0.00001, 0.0042, 0.31, 12.5].map(format_usd)).toEqual(["$0", "<$0.0001", "$0.0042", "$0.310", "$12.50"]);
        expect([60, 3600, 14400, 86400, 90].map(format_step)).toEqual(["minute", "hour", "4 hours", "day", "90 seconds"]);
    });
});

describe("times", () => {
    const now = Date.parse("2026-11-23T14:00:00Z");
    test("today needs no date, this year no year", () => {
        expect(format_time("2026-11-23T09:30:05Z", now, "UTC")).toBe("09:30:05");
        expect(format_time("2026-11-03T09:30:05Z", now, "UTC")).toBe("3 Nov 09:30:05");
        expect(format_time("2025-11-03T09:30:05Z", now, "UTC")).toBe("3 Nov 2025 09:30");
    });
    test("a day that has begun in Auckland is today there", () => {
        expect(format_time("2026-11-23T12:00:00Z", now, "Pacific/Auckland")).toBe("01:00:00");
    });
    test("UTC for comparing with a log", () => {
        expect(format_utc("2026-11-23T09:30:05.125Z")).toBe("2026-11-23 09:30:05.125 UTC");
        expect(format_moment("2026-11-23T09:30:00Z", 3600, "UTC")).toBe("Mon 23 Nov 09:30");
    });
    test("what is no time is shown as it came", () => expect(format_time("soon", now)).toBe("soon"));
});

describe("filter", () => {
    const now = Date.parse("2026-11-23T14:00:00Z");
    test("address to filter and back says the same", () => {
        const address = "window=24h&service=support&failed=true&attr.app.customer.segment=a+%26+b";
        const filter = read_filter(new URLSearchParams(address));
        expect(filter.attributes).toEqual({ "app.customer.segment": "a & b" });
        expect(write_filter(filter).toString()).toBe(address);
    });
    test("the last day is another day each time, but the same question", () => {
        const filter = read_filter(new URLSearchParams("window=24h"));
        expect(to_query(filter, now).from).toBe("2026-11-22T14:00:00.000Z");
        expect(identity(filter)).toBe("window=24h");
    });
    test("unknown windows and unknown names are ignored", () => {
        expect(read_filter(new URLSearchParams("window=9y&colour=red"))).toEqual(read_filter(new URLSearchParams()));
    });
    test("a trend has some dozens of points", () => {
        const of = (address: string) => trend_step_s(read_filter(new URLSearchParams(address)), now, null);
        expect([of("window=1h"), of("window=24h"), of(""), of("window=4w")]).toEqual([120, 1800, 14400, 86400]);
        expect(of("from=2026-11-23T13:00:00Z")).toBe(120);
    });
});

describe("A12: text that would act is made visible", () => {
    test("ANSI escapes", () => expect(visible_text("\u001b[31mred\u001b[0m")).toBe("⟨ESC⟩[31mred⟨ESC⟩[0m"));
    test("bidi overrides and isolates", () => {
        expect(visible_text("invoice_\u202Efdp.exe\u2069")).toBe("invoice_⟨RLO⟩fdp.exe⟨PDI⟩");
    });
    test("text hidden in tag letters", () => {
        expect(visible_text("ok\u{E0068}\u{E0069}")).toBe("ok⟨tag h⟩⟨tag i⟩");
    });
    test("NUL, a lone carriage return, and half a surrogate", () => {
        expect(visible_text("a\u0000b\rc\uD800d")).toBe("a⟨NUL⟩b⟨CR⟩c⟨U+D800⟩d");
    });
    test("ordinary text, line breaks, emoji and joiners stay whole", () => {
        const text = "first\r\nsecond\t👩‍👩‍👧 می‌خواهم";
        expect(visible_pieces(text)).toEqual([{ text: text.replace("\r", "") }]);
    });
    test("markup is text", () => {
        expect(visible_text("<script>alert(1)</script>")).toBe("<script>alert(1)</script>");
        expect(one_line(" a\n\n b ")).toBe("a b");
    });
});

describe("JSON for reading", () => {
    test("numbers and duplicate keys stay as sent", () => {
        expect(pretty_json('{"a":12345678901234567890,"a":1.0,"b":[],"c":{ }}').text).toBe(
            '{\n  "a": 12345678901234567890,\n  "a": 1.0,\n  "b": [],\n  "c": {}\n}');
    });
    test("braces inside strings are not layout", () => {
        expect(pretty_json('["a{\\"b,:]"]').text).toBe('[\n  "a{\\"b,:]"\n]');
    });
    test("a string that holds JSON is laid out as that; other strings keep their quotes", () => {
        expect(readable_value('"[{\\"role\\":\\"user\\"}]"')).toBe('[\n  {\n    "role": "user"\n  }\n]');
        expect(readable_value('"chat"')).toBe('"chat"');
        expect(readable_value('"cut sho')).toBe('"cut sho');
    });
    test("what is no JSON is left alone", () => {
        expect(pretty_json('{"city": "Par')).toEqual({ text: '{"city": "Par', is_json: false });
        expect(pretty_json("rain in Paris").is_json).toBe(false);
    });
});
