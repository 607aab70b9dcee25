/// pretty_json.ts: JSON laid out for reading, without reading it into numbers: 12345678901234567890
/// and 1.0 stay as they were sent, and so do duplicate keys. What is no JSON comes back unchanged.

export interface Pretty {
    text: string;
    is_json: boolean;
}

const length_max = 400_000;  // Laid out, more than this is no longer for reading.

export function pretty_json(sent: string): Pretty {
    if (sent.length > length_max || !/^\s*[[{"\d\-tfn]/.test(sent)) return { text: sent, is_json: false };
    try {
        JSON.parse(sent);
    } catch {
        return { text: sent, is_json: false };
    }
    return { text: lay_out(sent), is_json: true };
}

/// An attribute's value for reading: a string that itself holds JSON (messages often do) is laid out
/// as that JSON; anything else as sent.
export function readable_value(json: string): string {
    if (json.startsWith('"') && json.length <= length_max) {
        try {
            const inside = JSON.parse(json) as string;
            const pretty = /^\s*[[{]/.test(inside) ? pretty_json(inside) : null;
            if (pretty?.is_json) return pretty.text;
        } catch {
            return json;  // Not JSON after all: as sent.
        }
    }
    return json.length > 100 ? pretty_json(json).text : json;
}

/// `sent` is valid JSON.
export function lay_out(sent: string): string {
    const out: string[] = [];
    let depth = 0;
    let at = 0;
    const line = () => out.push("\n", "  ".repeat(Math.min(depth, 40)));
    while (at < sent.length) {
        const letter = sent[at]!;
        if (letter === '"') {
            const from = at++;
            while (sent[at] !== '"') at += sent[at] === "\\" ? 2 : 1;
            out.push(sent.slice(from, ++at));
        } else if (letter === "{" || letter === "[") {
            const close = /^\s*[}\]]/.exec(sent.slice(at + 1, at + 200));
            if (close) {  // {} and [] stay on one line.
                out.push(letter, close[0].trim());
                at += 1 + close[0].length;
            } else {
                out.push(letter);
                ++depth;
                line();
                ++at;
            }
        } else if (letter === "}" || letter === "]") {
            --depth;
            line();
            out.push(letter);
            ++at;
        } else {
            if (letter === ",") {
                out.push(",");
                line();
            } else if (letter === ":") {
                out.push(": ");
            } else if (!/\s/.test(letter)) {
                out.push(letter);
            }
            ++at;
        }
    }
    return out.join("");
}
