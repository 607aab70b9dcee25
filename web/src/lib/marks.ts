/// marks.ts: text cut where marks begin and end, so that each piece knows why it is marked.
///
///   "Paris has 9 people"  [10, 11) "not in the evidence"  ──▶  "Paris has " | "9" why | " people"

export interface TextMark {
    /// Bytes [begin, end) of the text as UTF-8, which is what the server counts.
    begin: number;
    end: number;
    why: string;
}

export interface MarkedPiece {
    text: string;
    /// Each reason once; empty where nothing is marked.
    why: string[];
}

/// Marks may overlap; what reaches past the text is cut.
export function marked_pieces(text: string, marks: readonly TextMark[]): MarkedPiece[] {
    const at = letters_at(text, marks.flatMap(({ begin, end }) => [begin, end]));
    const spans = marks.map(({ begin, end, why }) => ({ begin: at.get(begin)!, end: at.get(end)!, why }));
    const edges = [...new Set([0, text.length, ...at.values()])].sort((a, b) => a - b);
    const pieces: MarkedPiece[] = [];
    for (let i = 0; i + 1 < edges.length; ++i) {
        const [begin, end] = [edges[i]!, edges[i + 1]!];
        const why = [...new Set(spans.filter((span) => span.begin <= begin && span.end >= end).map((span) => span.why))];
        pieces.push({ text: text.slice(begin, end), why });
    }
    return pieces;
}

/// Byte offset → offset in letters of JavaScript.
function letters_at(text: string, bytes: readonly number[]): Map<number, number> {
    const wanted = [...new Set(bytes)].sort((a, b) => a - b);
    const found = new Map<number, number>();
    let letter = 0;
    let byte = 0;
    for (const offset of wanted) {
        while (byte < offset && letter < text.length) {
            const point = text.codePointAt(letter)!;
            byte += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
            letter += point < 0x10000 ? 1 : 2;
        }
        found.set(offset, letter);
    }
    return found;
}

/// JSON laid out for reading by `lay_out`, marks and all: letters of a private area stand where
/// they begin and end meanwhile. null if the text has such letters itself.
export function marked_json(sent: string, marks: readonly TextMark[], lay_out: (sent: string) => string): MarkedPiece[] | null {
    if (/[\uE000-\uE001]/.test(sent)) return null;
    const pieces = marked_pieces(sent, marks);
    const laid_out = lay_out(pieces.map(({ text, why }) => why.length > 0 ? `\uE000${text}\uE001` : text).join(""));
    const whys = pieces.filter(({ why }) => why.length > 0).map(({ why }) => why);
    const result: MarkedPiece[] = [];
    for (const [index, stretch] of laid_out.split("\uE000").entries()) {
        const [inside, behind] = index === 0 ? ["", stretch] : [stretch.split("\uE001")[0]!, stretch.split("\uE001")[1] ?? ""];
        if (inside) result.push({ text: inside, why: whys[index - 1]! });
        if (behind) result.push({ text: behind, why: [] });
    }
    return result;
}
