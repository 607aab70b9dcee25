import { describe, expect, test } from "vitest";
import type { Status } from "../../api/types";
import { environment_variables } from "../../lib/environment_variables";
import { build_status_data } from "./build_status_data";

const status: Status = {
    version: "0.1.0", now: "", started: "", configuration: "9c1f04be77aa02d1", configuration_file: "plimsoll.yaml",
    journal: { head_seq: 100, rows: 1, raw_bytes: 1, disk_bytes: 1, commits: 1, refusing: "", damage: [] },
    facts: { applied_seq: 90, read_seq: 100, interactions: 1, spans: 3, scores: 10, disk_bytes: 1, rebuilding: null },
    intake: { requests: 1, spans_accepted: 12, spans_rejected: 2, strings_repaired: 0, malformed: 0, too_large: 0, come_back: 0, bytes: 1 },
    open_traces: 0, budget: { used: 0, bytes_max: 1 }, generation: 17, time_range: null,
    endpoints: { grpc: "127.0.0.1:4317", http: "127.0.0.1:4318", page: "127.0.0.1:4320" },
};

describe("status", () => {
    test("all is well: counts, no warning", () => {
        expect(build_status_data(status, false)).toMatchObject({ state: "idle", spans: 12, rejected: 2, backlog: 0, warnings: [] });
    });
    test("each trouble is said with what it means", () => {
        const data = build_status_data({ ...status,
            journal: { ...status.journal, head_seq: 900, refusing: "The disk is full.", damage: [{ file: "journal/x.db", first_seq: 5, last_seq: 9, why: "checksum" }] },
            facts: { ...status.facts, rebuilding: { done: 0.432 } } }, false);
        expect(data.warnings.map(({ tone, done }) => [tone, done])).toEqual([["fail", null], ["info", 0.432], ["warn", null]]);
        expect(data.warnings[1]!.says).toMatch(/^43%/);
        expect(data.warnings[2]!.says).toMatch(/^5 entries \(5 to 9\)/);
        expect(data).toMatchObject({ state: "trouble", backlog: 800 });
    });
    test("a silent server keeps its last figures on the page", () => {
        expect(build_status_data(status, true)).toMatchObject({ state: "silent", spans: 12, state_word: "No answer" });
        expect(build_status_data(undefined, false)).toMatchObject({ state_word: "Connecting", warnings: [] });
    });
    test("the two variables", () => {
        expect(environment_variables(status.endpoints).grpc).toBe(
            "export OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4317\nexport OTEL_EXPORTER_OTLP_PROTOCOL=grpc");
    });
});
