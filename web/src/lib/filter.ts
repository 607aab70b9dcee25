/// filter.ts: which interactions one looks at. It lives in the address, so that a colleague who gets
/// the link sees the same; the names there are those of the REST query parameters.
///
///   ?window=24h&service=support&attr.app.customer.segment=enterprise&failed=true

import type { Query } from "../api/client";

export const windows = { "1h": 3_600, "24h": 86_400, "7d": 604_800, "4w": 2_419_200 } as const;
export type Window = keyof typeof windows | "all" | "custom";
export const default_window: Window = "7d";

const plain_names = ["service", "environment", "model", "prompt", "session", "user", "text",
                     "dimension", "evaluator", "score_below", "unscored", "failed",
                     "unrecognised"] as const;
type PlainName = (typeof plain_names)[number];

/// Pure data; names as in the address. Absent: not filtered by it.
export interface Filter {
    window: Window;
    from: string;  ///< Custom window only; ISO, "" where open.
    to: string;
    values: Partial<Record<PlainName, string>>;
    attributes: Record<string, string>;
}

export function read_filter(address: URLSearchParams): Filter {
    const filter: Filter = { window: default_window, from: "", to: "", values: {}, attributes: {} };
    const window = address.get("window");
    if (window && (window in windows || window === "all")) filter.window = window as Window;
    if (address.get("from") || address.get("to")) {
        filter.window = "custom";
        filter.from = address.get("from") ?? "";
        filter.to = address.get("to") ?? "";
    }
    for (const name of plain_names) {
        const value = address.get(name);
        if (value) filter.values[name] = value;
    }
    for (const [name, value] of address) {
        if (name.startsWith("attr.") && value) filter.attributes[name.slice(5)] = value;
    }
    return filter;
}

/// What stands in the address: only what differs from the default.
export function write_filter(filter: Filter): URLSearchParams {
    const address = new URLSearchParams();
    if (filter.window === "custom") {
        if (filter.from) address.set("from", filter.from);
        if (filter.to) address.set("to", filter.to);
    } else if (filter.window !== default_window) {
        address.set("window", filter.window);
    }
    for (const name of plain_names) {
        const value = filter.values[name];
        if (value) address.set(name, value);
    }
    for (const [key, value] of Object.entries(filter.attributes)) address.set(`attr.${key}`, value);
    return address;
}

/// The same question gives the same text, whatever the hour.
export function identity(filter: Filter): string {
    return write_filter(filter).toString();
}

/// What is sent to the server: "the last day" becomes a time.
export function to_query(filter: Filter, now: number): Query {
    const query: Query = { ...filter.values };
    if (filter.window === "custom") {
        query.from = filter.from;
        query.to = filter.to;
    } else if (filter.window !== "all") {
        query.from = new Date(now - windows[filter.window as keyof typeof windows] * 1000).toISOString();
    }
    for (const [key, value] of Object.entries(filter.attributes)) query[`attr.${key}`] = value;
    return query;
}

/// How many things one filters by, the window aside.
export function filters_set(filter: Filter): number {
    return Object.keys(filter.values).length + Object.keys(filter.attributes).length;
}

export function with_value(filter: Filter, name: PlainName, value: string | null): Filter {
    const values = { ...filter.values };
    if (value) values[name] = value;
    else delete values[name];
    return { ...filter, values };
}

export function with_attribute(filter: Filter, key: string, value: string | null): Filter {
    const attributes = { ...filter.attributes };
    if (value) attributes[key] = value;
    else delete attributes[key];
    return { ...filter, attributes };
}

/// Without filters; the window stays.
export function cleared(filter: Filter): Filter {
    return { ...filter, values: {}, attributes: {} };
}

const steps_s = [60, 120, 300, 600, 1_800, 3_600, 7_200, 14_400, 21_600, 43_200, 86_400, 604_800, 2_419_200];

/// The step of the trend that gives some 24 to 50 points: enough to see a change, not so many that
/// each is noise.
export function trend_step_s(filter: Filter, now: number, range: { from: string; to: string } | null): number {
    let span_s: number;
    if (filter.window !== "all" && filter.window !== "custom") {
        span_s = windows[filter.window];
    } else {
        const from = Date.parse(filter.from || range?.from || "");
        const to = Date.parse(filter.to || range?.to || "") || now;
        span_s = Number.isNaN(from) ? 86_400 : Math.max(60, (to - from) / 1000);
    }
    return steps_s.find((step) => span_s / step <= 50) ?? 2_419_200 * Math.ceil(span_s / 2_419_200 / 50);
}
