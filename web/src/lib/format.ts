/// format.ts: numbers and times as people read them. What is absent is "–".

export const absent = "–";

const whole = new Intl.NumberFormat("en-GB");

export function format_count(value: number): string {
    return whole.format(value);
}

/// 1234 → "1.2k": for places where four digits do not fit.
export function format_short(value: number): string {
    if (Math.abs(value) < 1000) return String(value);
    for (const [size, letter] of [[1e9, "G"], [1e6, "M"], [1e3, "k"]] as const) {
        if (Math.abs(value) >= size * 0.9995) {
            const shown = value / size;
            return `${shown >= 99.95 ? shown.toFixed(0) : shown.toFixed(1)}${letter}`;
        }
    }
    return String(value);
}

/// A score or a mean of scores. Never rounded up to 1, nor down to 0: "1.000" is a promise.
export function format_score(value: number | null | undefined, digits = 3): string {
    if (value === null || value === undefined || Number.isNaN(value)) return absent;
    if (value === 0 || value === 1) return value.toFixed(digits);
    const edge = 10 ** -digits;
    return Math.min(1 - edge, Math.max(edge, value)).toFixed(digits);
}

/// A difference with its sign; a true minus, as wide as the plus.
export function format_delta(value: number, digits = 3): string {
    const text = Math.abs(value).toFixed(digits);
    if (Number(text) === 0) return `±${text}`;
    return `${value > 0 ? "+" : "−"}${text}`;
}

export function format_duration(milliseconds: number | null | undefined): string {
    if (milliseconds === null || milliseconds === undefined) return absent;
    if (milliseconds < 0) return `−${format_duration(-milliseconds)}`;
    if (milliseconds === 0) return "0 ms";
    if (milliseconds < 0.9995) return `${(milliseconds * 1000).toFixed(0)} µs`;
    if (milliseconds < 9.95) return `${milliseconds.toFixed(1)} ms`;
    if (milliseconds < 999.5) return `${milliseconds.toFixed(0)} ms`;
    if (milliseconds < 9_995) return `${(milliseconds / 1000).toFixed(2)} s`;
    if (milliseconds < 59_950) return `${(milliseconds / 1000).toFixed(1)} s`;
    const seconds = Math.round(milliseconds / 1000);
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
    const minutes = Math.round(seconds / 60);
    if (minutes < 1440) return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
    return `${(minutes / 1440).toFixed(1)} d`;
}

export function format_bytes(bytes: number): string {
    if (bytes < 1024) return `${bytes} B`;
    let value = bytes;
    for (const unit of ["KiB", "MiB", "GiB"]) {
        value /= 1024;
        if (value < 1023.5) return `${value < 9.95 ? value.toFixed(1) : value.toFixed(0)} ${unit}`;
    }
    return `${(value / 1024).toFixed(1)} TiB`;
}

export function format_usd(value: number | null | undefined): string {
    if (value === null || value === undefined) return absent;
    if (value === 0) return "$0";
    if (value < 0.000_1) return "<$0.0001";
    if (value < 0.01) return `$${value.toFixed(4)}`;
    return value < 1 ? `$${value.toFixed(3)}` : `$${value.toFixed(2)}`;
}

/// One day by the calendar is "step_s" 86400; a word for a step of a trend.
export function format_step(seconds: number): string {
    for (const [size, word] of [[604800, "week"], [86400, "day"], [3600, "hour"], [60, "minute"]] as const) {
        if (seconds % size === 0) return seconds === size ? word : `${seconds / size} ${word}s`;
    }
    return `${seconds} seconds`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
    return `${format_count(count)} ${count === 1 ? one : many}`;
}

/// "not_applicable" → "not applicable".
export function words(name: string): string {
    return name.replaceAll("_", " ");
}
