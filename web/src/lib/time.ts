/// time.ts: instants in the reader's own zone, and in UTC where one compares with a log.

const clock: Intl.DateTimeFormatOptions =
    { hour: "2-digit", minute: "2-digit", second: "2-digit", hourCycle: "h23" };

/// "14:03:22" today, "3 Nov 14:03:22" this year, "3 Nov 2025 14:03" before. Local time.
export function format_time(time: string | number, now: number, zone?: string): string {
    const at = new Date(time);
    if (Number.isNaN(at.getTime())) return String(time);
    const day = (date: Date) => date.toLocaleDateString("en-GB", { timeZone: zone });
    const year = (date: Date) => date.toLocaleDateString("en-GB", { timeZone: zone, year: "numeric" });
    if (day(at) === day(new Date(now))) return at.toLocaleTimeString("en-GB", { ...clock, timeZone: zone });
    if (year(at) === year(new Date(now))) {
        return at.toLocaleString("en-GB", { timeZone: zone, day: "numeric", month: "short", ...clock })
            .replace(",", "");
    }
    return at.toLocaleString("en-GB", { timeZone: zone, day: "numeric", month: "short", year: "numeric",
                                        hour: "2-digit", minute: "2-digit", hourCycle: "h23" }).replace(",", "");
}

/// "2026-11-23 14:03:22.125 UTC": for a tooltip.
export function format_utc(time: string | number): string {
    const at = new Date(time);
    if (Number.isNaN(at.getTime())) return String(time);
    return `${at.toISOString().replace("T", " ").replace(/\.000Z$/, "Z").replace("Z", " UTC")}`;
}

/// A time on an axis or in a caption: with the hour only where the steps are shorter than a day.
export function format_moment(time: string | number, step_s: number, zone?: string): string {
    const at = new Date(time);
    const date: Intl.DateTimeFormatOptions = { weekday: "short", day: "numeric", month: "short", timeZone: zone };
    if (step_s >= 86400) return at.toLocaleDateString("en-GB", date).replace(",", "");
    return at.toLocaleString("en-GB", { ...date, hour: "2-digit", minute: "2-digit", hourCycle: "h23" })
        .replaceAll(",", "");
}

/// 90 → "1 min", for "last seen … ago".
export function format_age(milliseconds: number): string {
    const seconds = Math.max(0, Math.round(milliseconds / 1000));
    if (seconds < 60) return `${seconds} s`;
    if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
    if (seconds < 86400) return `${Math.floor(seconds / 3600)} h`;
    return `${Math.floor(seconds / 86400)} d`;
}
