/// visible.ts: makes visible what would otherwise act. Text of a trace is data: an ANSI escape must
/// not pass for nothing, a bidi override must not turn a line around, invisible letters must not
/// carry a message nobody sees.
///
///   "a\u202Eb" → [{text: "a"}, {mark: "RLO", says: "U+202E right-to-left override"}, {text: "b"}]
///
/// Line breaks and tabs stay as they are; joiners inside emoji and scripts that need them too.

export type Piece = { text: string } | { mark: string; says: string };

const named: Record<number, [string, string]> = {
    0x00: ["NUL", "null"], 0x07: ["BEL", "bell"], 0x08: ["BS", "backspace"], 0x0b: ["VT", "vertical tab"],
    0x0c: ["FF", "form feed"], 0x0d: ["CR", "carriage return"], 0x1b: ["ESC", "escape"],
    0x7f: ["DEL", "delete"], 0x85: ["NEL", "next line"], 0x9b: ["CSI", "control sequence introducer"],
    0xad: ["SHY", "soft hyphen"], 0x61c: ["ALM", "Arabic letter mark"],
    0x180e: ["MVS", "Mongolian vowel separator"], 0x200b: ["ZWSP", "zero-width space"],
    0x200e: ["LRM", "left-to-right mark"], 0x200f: ["RLM", "right-to-left mark"],
    0x2028: ["LS", "line separator"], 0x2029: ["PS", "paragraph separator"],
    0x202a: ["LRE", "left-to-right embedding"], 0x202b: ["RLE", "right-to-left embedding"],
    0x202c: ["PDF", "pop directional formatting"], 0x202d: ["LRO", "left-to-right override"],
    0x202e: ["RLO", "right-to-left override"], 0x2060: ["WJ", "word joiner"],
    0x2061: ["FA", "function application"], 0x2062: ["IT", "invisible times"],
    0x2063: ["IS", "invisible separator"], 0x2064: ["IP", "invisible plus"],
    0x2066: ["LRI", "left-to-right isolate"], 0x2067: ["RLI", "right-to-left isolate"],
    0x2068: ["FSI", "first strong isolate"], 0x2069: ["PDI", "pop directional isolate"],
    0x3164: ["HF", "Hangul filler"], 0xfeff: ["BOM", "byte order mark"],
    0xfff9: ["IAA", "interlinear annotation anchor"], 0xfffa: ["IAS", "interlinear annotation separator"],
    0xfffb: ["IAT", "interlinear annotation terminator"],
};

// C0 but tab and line feed, DEL, C1, the invisible ones above, deprecated format characters,
// surrogates without their other half, and the tag letters that hide text in text.
const acts = new RegExp("[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u00ad\\u061c\\u180e" +
    "\\u200b\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\u3164\\ufeff\\ufff9-\\ufffb" +
    "\\u{d800}-\\u{dfff}\\u{e0000}-\\u{e007f}]+", "gu");

function hex(point: number): string {
    return point.toString(16).toUpperCase().padStart(4, "0");
}

function mark(point: number): Piece {
    const known = named[point];
    if (known) return { mark: known[0], says: `U+${hex(point)} ${known[1]}` };
    if (point >= 0xe0020 && point <= 0xe007e) {
        return { mark: `tag ${String.fromCharCode(point - 0xe0000)}`, says: `U+${hex(point)} invisible tag letter` };
    }
    const kind = point >= 0xd800 && point <= 0xdfff ? "half of a surrogate pair" : "control character";
    return { mark: `U+${hex(point)}`, says: `U+${hex(point)} ${kind}` };
}

/// Windows line ends are line ends, not something to mark.
export function visible_pieces(text: string): Piece[] {
    const clean = text.includes("\r") ? text.replaceAll("\r\n", "\n") : text;
    const pieces: Piece[] = [];
    let done = 0;
    for (const found of clean.matchAll(acts)) {
        if (found.index > done) pieces.push({ text: clean.slice(done, found.index) });
        for (const letter of found[0]) pieces.push(mark(letter.codePointAt(0)!));
        done = found.index + found[0].length;
    }
    if (done < clean.length) pieces.push({ text: clean.slice(done) });
    return pieces;
}

/// As plain text, for a title, a label or the clipboard's preview: "a⟨RLO⟩b".
export function visible_text(text: string): string {
    return visible_pieces(text).map((piece) => "text" in piece ? piece.text : `⟨${piece.mark}⟩`).join("");
}

/// The beginning as one line, for lists.
export function one_line(text: string, length_max = 300): string {
    return text.slice(0, length_max).replace(/\s+/g, " ").trim();
}
