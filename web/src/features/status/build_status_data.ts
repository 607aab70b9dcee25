/// build_status_data.ts: the strip at the top, the warnings below it, and what to tell a newcomer.
import type { Status } from "../../api/types";
import { format_bytes, format_count, plural } from "../../lib/format";

export interface Warning {
    tone: "fail" | "warn" | "info";
    title: string;
    says: string;
    /// In [0, 1] where there is something to wait for.
    done: number | null;
}

export interface StatusData {
    state: "live" | "idle" | "behind" | "trouble" | "silent";
    state_word: string;
    spans: number;
    rejected: number;
    backlog: number;
    open_traces: number;
    warnings: Warning[];
    details: { title: string; facts: { label: string; value: string }[] }[];
}

/// `failing_since`: the server did not answer the last time it was asked. `seen`: the last status.
export function build_status_data(seen: Status | undefined, silent: boolean): StatusData {
    if (!seen) {
        return { state: "silent", state_word: silent ? "No answer" : "Connecting", spans: 0, rejected: 0, backlog: 0, open_traces: 0,
                 details: [], warnings: silent ? [silence] : [] };
    }
    const backlog = Math.max(0, seen.journal.head_seq - seen.facts.read_seq);
    const warnings = [...(silent ? [silence] : []), ...warnings_of(seen, backlog)];
    const state = silent ? "silent" : seen.journal.refusing ? "trouble"
        : backlog > 5000 || seen.facts.rebuilding ? "behind"
            : seen.open_traces > 0 || backlog > 0 ? "live" : "idle";
    return {
        state,
        state_word: { live: "Live", idle: "Live", behind: "Catching up", trouble: "Refusing", silent: "No answer" }[state],
        spans: seen.intake.spans_accepted,
        rejected: seen.intake.spans_rejected,
        backlog,
        open_traces: seen.open_traces,
        warnings,
        details: details_of(seen),
    };
}

const silence: Warning = {
    tone: "fail", title: "The server does not answer.", done: null,
    says: "What you see is from before. This page tries again every second.",
};

function warnings_of(seen: Status, backlog: number): Warning[] {
    const warnings: Warning[] = [];
    if (seen.journal.refusing) {
        warnings.push({ tone: "fail", title: "Senders are told to come back.", done: null,
                        says: `${seen.journal.refusing} Nothing acknowledged is lost; clients send again.` });
    }
    if (seen.facts.rebuilding) {
        warnings.push({ tone: "info", title: "Facts are being rebuilt from the journal.", done: seen.facts.rebuilding.done,
                        says: `${Math.floor(seen.facts.rebuilding.done * 100)}% is done. Figures are incomplete until then.` });
    } else if (backlog > 5000) {
        warnings.push({ tone: "info", title: "Catching up.", done: null,
                        says: `${plural(backlog, "span")} safe in the journal and not yet in the figures.` });
    }
    for (const damage of seen.journal.damage) {
        const count = damage.last_seq - damage.first_seq + 1;
        warnings.push({ tone: "warn", title: `Part of ${damage.file} cannot be read.`, done: null,
                        says: `${plural(count, "entry", "entries")} (${damage.first_seq} to ${damage.last_seq}) set aside: ${damage.why}` });
    }
    return warnings;
}

function details_of(seen: Status): StatusData["details"] {
    const count = format_count;
    return [
        { title: "Received", facts: [
            { label: "Requests", value: count(seen.intake.requests) },
            { label: "Spans accepted", value: count(seen.intake.spans_accepted) },
            { label: "Spans rejected", value: count(seen.intake.spans_rejected) },
            { label: "Malformed requests", value: count(seen.intake.malformed) },
            { label: "Too large", value: count(seen.intake.too_large) },
            { label: "Told to come back", value: count(seen.intake.come_back) },
            { label: "Strings repaired", value: count(seen.intake.strings_repaired) },
            { label: "Bytes", value: format_bytes(seen.intake.bytes) }] },
        { title: "Kept", facts: [
            { label: "Interactions", value: count(seen.facts.interactions) },
            { label: "Spans", value: count(seen.facts.spans) },
            { label: "Scores", value: count(seen.facts.scores) },
            { label: "Journal on disk", value: format_bytes(seen.journal.disk_bytes) },
            { label: "The same as sent", value: format_bytes(seen.journal.raw_bytes) },
            { label: "Facts on disk", value: format_bytes(seen.facts.disk_bytes) },
            { label: "Waiting in memory", value: format_bytes(seen.budget.used) },
            { label: "At most", value: format_bytes(seen.budget.bytes_max) }] },
        { title: "Running", facts: [
            { label: "Version", value: seen.version },
            { label: "Configuration", value: seen.configuration_file },
            { label: "Its hash", value: seen.configuration.slice(0, 12) },
            { label: "OTLP/gRPC", value: seen.endpoints.grpc },
            { label: "OTLP/HTTP", value: seen.endpoints.http }] },
    ];
}
