/// client.ts: one question or answer to /api/v1. An answer is JSON, or a Refusal that says what was wrong,
/// where, and the mend. The access key lives in the session storage of this tab and nowhere else.

export class Refusal extends Error {
    constructor(
        readonly status: number,
        what: string,
        readonly where: string = "",
        readonly mend: string = "",
    ) {
        super(what);
    }
}

const key_name = "plimsoll-access-key";

export function access_key(): string {
    try {
        return sessionStorage.getItem(key_name) ?? "";
    } catch {
        return "";  // Storage is off: the key is asked for again on each load.
    }
}

export function keep_access_key(key: string): void {
    sessionStorage.setItem(key_name, key);
}

export type Query = Record<string, string | number | undefined>;

/// "/scorecard", {step: 60} → "/api/v1/scorecard?step=60". Empty values are left out.
export function address(path: string, query: Query = {}): string {
    const parameters = new URLSearchParams();
    for (const [name, value] of Object.entries(query)) {
        if (value !== undefined && value !== "") parameters.set(name, String(value));
    }
    const text = parameters.toString();
    return `/api/v1${path}${text ? `?${text}` : ""}`;
}

export function get<Answer>(path: string, query: Query = {}, signal?: AbortSignal): Promise<Answer> {
    return ask<Answer>(address(path, query), { signal });
}

export function post<Answer>(path: string, body: unknown): Promise<Answer> {
    return ask<Answer>(address(path), { method: "POST", body: JSON.stringify(body) });
}

async function ask<Answer>(url: string, more: { method?: string; body?: string; signal?: AbortSignal }): Promise<Answer> {
    const headers: Record<string, string> = { accept: "application/json" };
    const key = access_key();
    if (key) headers.authorization = `Bearer ${key}`;
    if (more.body !== undefined) headers["content-type"] = "application/json";
    let response: Response;
    try {
        response = await fetch(url, { ...more, headers, credentials: "omit" });
    } catch (error) {
        if (more.signal?.aborted) throw error;
        throw new Refusal(0, "The server does not answer.", location.host,
                          "Is `plimsoll serve` still running? This page tries again by itself.");
    }
    if (response.ok) return (await response.json()) as Answer;
    throw await refusal(response);
}

async function refusal(response: Response): Promise<Refusal> {
    try {
        const { error } = (await response.json()) as
            { error: { what?: string; where?: string; mend?: string } };
        return new Refusal(response.status, error.what ?? response.statusText, error.where, error.mend);
    } catch {
        return new Refusal(response.status, `The server answered ${response.status}.`);
    }
}
