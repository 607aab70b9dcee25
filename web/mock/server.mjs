// server.mjs: the REST contract served from fixtures, with the built page beside it. For looking at
// the page and for e2e/; nothing of it is in the product.
//
//   node mock/server.mjs [full|empty|trouble|key] [port]     default: full 4330
import { createReadStream, existsSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { catalogue, dice, dimensions, make_series, make_judges, make_overlap, make_trust, make_watch, make_hostile_row, make_huge_row, make_row, make_rows, make_step, make_trace, owners, public_row } from "./fixtures.mjs";

const dist = new URL("../dist", import.meta.url).pathname;
const types = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".woff2": "font/woff2" };

/// Resolves to {url, close}. `live`: a new interaction every so many milliseconds, 0 for none.
export function start_mock({ mode = "full", port = 0, live = 1500, now = Date.now() } = {}) {
    const started = now;
    const rows = mode === "empty" ? [] : [make_huge_row(now), make_hostile_row(now), ...make_rows(now)]
        .sort((left, right) => right.start.localeCompare(left.start));
    const traces = new Map();
    const labels = [];
    let generation = 1;
    const roll = dice(now >>> 0);
    const timer = live && mode !== "empty" ? setInterval(() => {
        rows.unshift(make_row(roll, Date.now(), Date.now()));
        generation += 1;
    }, live) : null;

    const server = createServer((request, response) => {
        const url = new URL(request.url, "http://mock");
        const answer = (status, body) => {
            response.writeHead(status, { "content-type": "application/json" });
            response.end(JSON.stringify(body));
        };
        if (!url.pathname.startsWith("/api/")) return serve_file(url.pathname, response);
        if (mode === "key" && request.headers.authorization !== "Bearer plim_read_mock") {
            return answer(401, { error: { what: "This server asks for an access key.", where: "header Authorization", mend: "Send a key made by `plimsoll key create --role read`." } });
        }
        const path = url.pathname.replace("/api/v1", "");
        const one = /^\/interactions\/([^/]+)(?:\/steps\/([^/]+))?$/.exec(path);
        if (path === "/status") return answer(200, status());
        if (path === "/catalogue") return answer(200, catalogue);
        if (path === "/dimensions") return answer(200, { dimensions, owners, slices: ["app.customer.segment", "app.channel"] });
        if (path === "/facets") return answer(200, facets(select(rows, url.searchParams)));
        if (path === "/scorecard") return answer(200, scorecard(rows, url.searchParams));
        if (path === "/interactions") return answer(200, list(rows, url.searchParams));
        if (path === "/trust") return answer(200, make_trust(rows, now));
        if (path === "/judges") return answer(200, { judges: mode === "empty" ? [] : make_judges(now) });
        if (path === "/overlap") return answer(200, make_overlap(now));
        if (path === "/labels") return answer(200, { labels: labels.filter(({ interaction }) => interaction === url.searchParams.get("interaction")) });
        if (path === "/label-queue" && request.method === "POST") {
            let body = "";
            request.on("data", (piece) => { body += piece; });
            request.on("end", () => { labels.push(JSON.parse(body)); answer(200, { added: 1, replaced: 0, same: 0, older: 0, refused: [] }); });
            return;
        }
        if (path === "/label-queue") return answer(200, label_queue(url.searchParams));
        if (path === "/series") {
            const sliced = [...url.searchParams].find(([key]) => key.startsWith("attr."));
            return answer(200, mode === "empty" ? { until: new Date().toISOString(), series: [] } : make_series(url.searchParams.get("dimension"), started, sliced ? `${sliced[0].slice(5)}=${sliced[1]}` : ""));
        }
        const watch = make_watch(rows, started);
        const none = mode === "empty";
        if (path === "/findings") return answer(200, { until: new Date(started).toISOString(), watched: none ? 0 : 154, sharing: 154, findings: none ? [] : watch.findings, not_yet: none ? [] : watch.not_yet });
        if (path === "/alerts") return answer(200, none ? { alerts: [], withheld: [] } : { alerts: watch.alerts, withheld: watch.withheld });
        if (path === "/records") return answer(200, { records: none ? [] : watch.records.filter(({ kind }) => !url.searchParams.get("kind") || kind === url.searchParams.get("kind")), next: null });
        if (path === "/chain") return answer(200, { links: none ? 0 : watch.records.length, head: null, whole: mode !== "trouble", broken_at: mode === "trouble" ? 4 : null, why: mode === "trouble" ? "The hash differs." : "" });
        const of_alert = /^\/alerts\/([^/]+)(\/acknowledge|\/decide)?$/.exec(path);
        const alert = of_alert && watch.alerts.find(({ id }) => id === of_alert[1]);
        if (alert) return answer(200, watch.story(of_alert[2] === "/acknowledge" ? { ...alert, state: "acknowledged", acknowledged: { by: "ana", time: new Date().toISOString() } } : alert));
        const finding = watch.findings.find(({ id }) => path === `/findings/${id}`);
        if (finding) return answer(200, finding);
        if (/^\/(alerts|findings)\//.test(path)) return answer(404, { error: { what: "There is no such alert.", where: "path", mend: "GET /api/v1/alerts lists them." } });
        const row = one && rows.find((candidate) => candidate.id === one[1]);
        if (!row) return answer(404, { error: { what: "There is no interaction of this id.", where: "path", mend: "It may have left with its retention, or not have ended yet." } });
        if (!one[2] && url.searchParams.get("blind") === "true") return answer(200, { ...make_trace(row), verdicts: [] });
        if (!one[2]) {  // Made once: the page is what is measured, not this.
            traces.set(row.id, traces.get(row.id) ?? JSON.stringify(make_trace(row)));
            response.writeHead(200, { "content-type": "application/json" });
            return response.end(traces.get(row.id));
        }
        const step = make_step(row, one[2]);
        return step ? answer(200, step) : answer(404, { error: { what: "No such step.", where: "path", mend: "" } });
    });

    function label_queue(query) {
        const dimension = dimensions.find(({ name }) => name === query.get("dimension"));
        const drawn = rows.filter((row) => row.recognised && !row.failed && row.scores[dimension.name] !== undefined && row.hidden).slice(0, 80);
        const mine = (row) => labels.some((label) => label.interaction === row.id && label.annotator === query.get("annotator"));
        const open = drawn.filter((row) => !mine(row));
        return { dimension: dimension.name, says: dimension.says, rubric: { version: "5f3a09c1e77b20d4", text: "# Is the answer right for this customer?\n\nPass if every sentence can be checked against the documents or a tool's result, and the question is answered.\n\nFail if one claim is made up, a date is guessed, or the question is left open without saying so.\n\nUnsure if the documents contradict each other." },
            items: open.slice(0, 50).map((row, index) => ({ interaction: row.id, split: index === 0 && labels.length === 0 })),
            progress: { items: drawn.length, done: drawn.length - open.length, open_for_you: open.length, by_you: drawn.length - open.length, split: open.length ? 1 : 0 },
            among_people: [{ name: "MCC of two people", value: 0.74, low: 0.48, high: 0.91, method: "BCa bootstrap over items" }] };
    }

    function status() {
        const trouble = mode === "trouble";
        const spans = rows.reduce((sum, row) => sum + row.spans, 0);
        return { version: "0.1.0", now: new Date().toISOString(), started: new Date(started).toISOString(), configuration: "9c1f04be77aa02d1", configuration_file: "plimsoll.yaml",
            journal: { head_seq: spans + (trouble ? 4210 : 0), rows: rows.length, raw_bytes: spans * 3000, disk_bytes: spans * 900, commits: rows.length, refusing: trouble ? "The disk is full: /var/lib/plimsoll has 0 bytes left." : "",
                damage: trouble ? [{ file: "journal/2026-11-21.db", first_seq: 1201, last_seq: 1288, why: "page 17: checksum differs" }] : [] },
            facts: { applied_seq: spans, read_seq: spans, interactions: rows.length, spans, scores: rows.length * 10, disk_bytes: spans * 90, rebuilding: trouble ? { done: 0.43 } : null },
            intake: { requests: rows.length, spans_accepted: spans, spans_rejected: trouble ? 37 : rows.length ? 2 : 0, strings_repaired: 4, malformed: 0, too_large: 0, come_back: trouble ? 12 : 0, bytes: spans * 3000 },
            open_traces: rows.length ? 3 : 0, budget: { used: 1 << 20, bytes_max: 1 << 28 }, generation,
            time_range: rows.length ? { from: rows.at(-1).start, to: rows[0].start } : null,
            endpoints: { grpc: "127.0.0.1:4317", http: "127.0.0.1:4318", page: "127.0.0.1:4320" } };
    }

    return new Promise((resolve) => server.listen(port, "127.0.0.1", () => resolve({
        url: `http://127.0.0.1:${server.address().port}`,
        close: () => { clearInterval(timer); server.closeAllConnections(); server.close(); },
    })));
}

function serve_file(path, response) {
    let file = join(dist, normalize(decodeURIComponent(path)));
    if (!file.startsWith(dist) || !existsSync(file) || statSync(file).isDirectory()) file = join(dist, "index.html");
    response.writeHead(200, { "content-type": types[extname(file)] ?? "application/octet-stream" });
    createReadStream(file).pipe(response);
}

function select(rows, query) {
    const at = (name) => query.get(name) ? new Date(/^\d+$/.test(query.get(name)) ? Number(query.get(name)) : query.get(name)).toISOString() : null;
    const from = at("from"), to = at("to"), text = query.get("text")?.toLowerCase();
    const below = query.get("score_below") ? Number(query.get("score_below")) : null;
    return rows.filter((row) => {
        if ((from && row.start < from) || (to && row.start >= to)) return false;
        for (const name of ["service", "environment", "model", "prompt", "session", "user"]) {
            if (query.get(name) && row[name] !== query.get(name)) return false;
        }
        if (query.get("attr.app.customer.segment") && row.hidden.segment !== query.get("attr.app.customer.segment")) return false;
        if (query.get("attr.app.channel") && row.hidden.channel !== query.get("attr.app.channel")) return false;
        if (query.get("failed") && String(row.failed) !== query.get("failed")) return false;
        if (text && !`${row.question} ${row.answer} ${row.id}`.toLowerCase().includes(text)) return false;
        const wanted = query.get("dimension") ? [query.get("dimension")] : dimensions.map(({ name }) => name);
        if (below !== null && !wanted.some((name) => row.scores[name] !== undefined && row.scores[name] < below)) return false;
        if (query.get("unscored") === "true" && !wanted.some((name) => row.scores[name] === undefined)) return false;
        return query.get("unrecognised") !== "true" || !row.recognised;
    });
}

function list(rows, query) {
    const chosen = select(rows, query);
    const limit = Number(query.get("limit") ?? 50);
    const from = query.get("before") ? chosen.findIndex((row) => row.id === query.get("before")) + 1 : 0;
    const page = chosen.slice(from, from + limit);
    return { total: chosen.length, interactions: page.map(public_row), next: from + limit < chosen.length ? page.at(-1).id : null };
}

function facets(rows) {
    const names = { service: (row) => row.service, environment: (row) => row.environment, model: (row) => row.model, prompt: (row) => row.prompt, provider: (row) => row.provider,
        "attributes.app.customer.segment": (row) => row.hidden.segment, "attributes.app.channel": (row) => row.hidden.channel };
    return { facets: Object.entries(names).map(([name, of]) => {
        const counts = new Map();
        for (const row of rows) counts.set(of(row), (counts.get(of(row)) ?? 0) + 1);
        return { name, values: [...counts].map(([value, count]) => ({ value, count })).sort((left, right) => right.count - left.count) };
    }) };
}

function summary(rows, name) {
    const scores = rows.map((row) => row.scores[name]).filter((score) => score !== undefined);
    const mean = scores.length ? scores.reduce((sum, score) => sum + score, 0) / scores.length : null;
    const spread = scores.length > 7 ? 1.96 * Math.sqrt(scores.reduce((sum, score) => sum + (score - mean) ** 2, 0) / scores.length / scores.length) : null;
    return { mean, interval: spread === null ? null : [Math.max(0, mean - spread), Math.min(1, mean + spread)], scored: scores.length, unscored: rows.length - scores.length };
}

function scorecard(all, query) {
    const rows = select(all, query);
    const time = (text) => Date.parse(text);
    const to = query.get("to") ? time(query.get("to")) : Date.now();
    const from = query.get("from") ? time(query.get("from")) : all.length ? time(all.at(-1).start) : to - 86_400_000;
    const step = Number(query.get("step") ?? 86400) * 1000;
    const earlier = new URLSearchParams(query);
    earlier.set("from", new Date(from - (to - from)).toISOString());
    earlier.set("to", new Date(from).toISOString());
    const before = query.get("from") ? select(all, earlier) : [];
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), step_s: step / 1000, interactions: rows.length, failed: rows.filter((row) => row.failed).length,
        dimensions: dimensions.map((dimension) => {
            const own = summary(rows, dimension.name);
            const old = summary(before, dimension.name);
            const trend = [];
            for (let at = Math.floor(from / step) * step; at < to; at += step) {
                const bin = rows.filter((row) => time(row.start) >= at && time(row.start) < at + step);
                const { mean, scored, unscored } = summary(bin, dimension.name);
                trend.push({ time: new Date(at).toISOString(), mean, scored, unscored });
            }
            return { name: dimension.name, says: dimension.says, owner: dimension.owner, on_call: owners[dimension.owner].rotation[0], ...own,
                interval_method: own.interval ? "cluster-robust, 64 buckets, t63" : "too few sessions",
                previous: before.length ? { mean: old.mean, scored: old.scored, unscored: old.unscored, from: earlier.get("from"), to: earlier.get("to") } : null, trend,
                evaluators: dimension.evaluators.map((evaluator, index) => {
                    const last = index === dimension.evaluators.length - 1;
                    return { name: evaluator.name, check: evaluator.check, version: evaluator.version, kind: "check", ...(last ? own : { ...own, mean: own.mean === null ? null : 1, interval: own.interval && [1, 1] }),
                        reasons: own.unscored ? { not_applicable: Math.ceil(own.unscored * 0.8), missing_content: Math.floor(own.unscored * 0.2) } : {} };
                }) };
        }) };
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
    const mock = await start_mock({ mode: process.argv[2] ?? "full", port: Number(process.argv[3] ?? 4330) });
    console.log(mock.url);
}
