import { describe, expect, test } from "vitest";
import type { Step } from "../api/types";
import { ancestors, build_span_tree, find_steps, first_choice, visible_rows } from "./span_tree";

const step = (id: string, parent: string, start_ms: number, more: Partial<Step> = {}): Step =>
    ({ id, parent, name: id, kind: "other", start_ms, duration_ms: 10, failed: false, ...more });

describe("span tree", () => {
    const tree = build_span_tree([
        step("c", "a", 30), step("b", "a", 5, { kind: "model_call" }), step("a", "", 0, { duration_ms: 100 }),
        step("d", "b", 6, { failed: true, name: "lookup" }), step("lost", "gone", 50),
    ]);
    const ids = (rows: number[]) => rows.map((at) => tree.nodes[at]!.step.id);

    test("each stands before its children, children by start, orphans as roots", () => {
        expect(tree.nodes.map(({ step, depth }) => `${step.id}${depth}`)).toEqual(["a0", "b1", "d2", "c1", "lost0"]);
        expect(tree.nodes[0]).toMatchObject({ descendants: 3, children: 2, failed_below: true });
        expect([tree.from_ms, tree.to_ms]).toEqual([0, 100]);
    });
    test("a collapsed step hides all that is below it", () => {
        expect(ids(visible_rows(tree, new Set(["b"])))).toEqual(["a", "b", "c", "lost"]);
        expect(ids(visible_rows(tree, new Set(["a"])))).toEqual(["a", "lost"]);
        expect(ancestors(tree, 2)).toEqual(["b", "a"]);
    });
    test("finding and first choice", () => {
        expect(ids(find_steps(tree, "LOOK"))).toEqual(["d"]);
        expect(find_steps(tree, "  ")).toEqual([]);
        expect(ids([first_choice(tree, true), first_choice(tree, false)])).toEqual(["d", "b"]);
        expect(first_choice(build_span_tree([]), false)).toBe(-1);
    });
    test("A07: a span that is its own parent, a cycle, equal ids: each shown once", () => {
        const odd = build_span_tree([step("self", "self", 9), step("x", "y", 2), step("y", "x", 1), step("x", "", 3)]);
        expect(odd.nodes.map(({ step, depth }) => `${step.id}${depth}`)).toEqual(["x0", "self0", "y0", "x1"]);
    });
    test("A07: a chain of 10,000 steps needs no stack", () => {
        const chain = Array.from({ length: 10_000 }, (_, at) => step(`s${at}`, at ? `s${at - 1}` : "", at));
        const deep = build_span_tree(chain);
        expect(deep.nodes[9_999]!.depth).toBe(9_999);
        expect(deep.nodes[0]!.descendants).toBe(9_999);
    });
    test("A08: times before the start widen the waterfall, an end before the start is a point", () => {
        const odd = build_span_tree([step("a", "", -50, { duration_ms: -5 })]);
        expect([odd.from_ms, odd.to_ms]).toEqual([-50, 0]);
    });
});
