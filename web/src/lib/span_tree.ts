/// span_tree.ts: the steps of a trace as a tree, flattened to the rows one sees.
///
///   steps (any order, parents missing, cycles) ──▶ SpanTree ── collapsed ──▶ rows, top to bottom
///
/// Built once per trace, 10,000 steps in some 10 ms; no recursion, since a sender chooses the depth.
import type { Step } from "../api/types";

export interface SpanNode {
    step: Step;
    depth: number;
    /// Index of its parent's node, -1 for a root.
    parent: number;
    /// Steps below this one, at any depth.
    descendants: number;
    children: number;
    /// Something below failed; shown on a collapsed row.
    failed_below: boolean;
}

/// Nodes stand in the order of reading: each before its children, children by start.
export interface SpanTree {
    nodes: SpanNode[];
    index_of: Map<string, number>;
    /// The stretch that the waterfall shows.
    from_ms: number;
    to_ms: number;
}

export function build_span_tree(steps: readonly Step[]): SpanTree {
    const place = new Map<string, number>();
    steps.forEach((step, index) => { if (!place.has(step.id)) place.set(step.id, index); });
    const children: number[][] = steps.map(() => []);
    const roots: number[] = [];
    steps.forEach((step, index) => {
        const parent = step.parent ? place.get(step.parent) : undefined;
        if (parent === undefined || parent === index) roots.push(index);
        else children[parent]!.push(index);
    });
    const by_start = (left: number, right: number) =>
        steps[left]!.start_ms - steps[right]!.start_ms || left - right;
    roots.sort(by_start);
    for (const list of children) if (list.length > 1) list.sort(by_start);

    const nodes: SpanNode[] = [];
    const index_of = new Map<string, number>();
    const seen = new Uint8Array(steps.length);
    const walk = (root: number) => {
        const stack: [step: number, depth: number, parent: number][] = [[root, 0, -1]];
        while (stack.length > 0) {
            const [index, depth, parent] = stack.pop()!;
            if (seen[index]) continue;
            seen[index] = 1;
            const step = steps[index]!;
            const at = nodes.length;
            if (!index_of.has(step.id)) index_of.set(step.id, at);
            nodes.push({ step, depth, parent, descendants: 0, children: 0, failed_below: false });
            const below = children[index]!;
            for (let child = below.length - 1; child >= 0; --child) {
                if (!seen[below[child]!]) stack.push([below[child]!, depth + 1, at]);
            }
        }
    };
    for (const root of roots) walk(root);
    // What is left hangs on nothing but itself: a cycle. Its earliest member is shown as a root.
    const rest = steps.map((_, index) => index).filter((index) => !seen[index]).sort(by_start);
    for (const index of rest) walk(index);

    let from_ms = 0;
    let to_ms = 0;
    for (let at = nodes.length - 1; at >= 0; --at) {
        const node = nodes[at]!;
        from_ms = Math.min(from_ms, node.step.start_ms);
        to_ms = Math.max(to_ms, node.step.start_ms + Math.max(0, node.step.duration_ms));
        const parent = nodes[node.parent];
        if (!parent) continue;
        parent.children += 1;
        parent.descendants += node.descendants + 1;
        parent.failed_below ||= node.failed_below || node.step.failed;
    }
    return { nodes, index_of, from_ms, to_ms: to_ms > from_ms ? to_ms : from_ms + 1 };
}

/// Indices of the nodes that are not inside a collapsed one.
export function visible_rows(tree: SpanTree, collapsed: ReadonlySet<string>): number[] {
    const rows: number[] = [];
    for (let at = 0; at < tree.nodes.length; ++at) {
        rows.push(at);
        const node = tree.nodes[at]!;
        if (node.children > 0 && collapsed.has(node.step.id)) at += node.descendants;
    }
    return rows;
}

/// Indices of nodes whose name, kind, tool, model or id holds the text, case aside.
export function find_steps(tree: SpanTree, text: string): number[] {
    const wanted = text.trim().toLowerCase();
    if (!wanted) return [];
    const found: number[] = [];
    tree.nodes.forEach(({ step }, at) => {
        for (const field of [step.name, step.kind, step.tool_name, step.model_answered,
                             step.model_requested, step.agent, step.error_type, step.error_message, step.id]) {
            if (field && field.toLowerCase().includes(wanted)) {
                found.push(at);
                return;
            }
        }
    });
    return found;
}

/// The ones to open so that `at` can be seen.
export function ancestors(tree: SpanTree, at: number): string[] {
    const ids: string[] = [];
    for (let up = tree.nodes[at]?.parent ?? -1; up >= 0; up = tree.nodes[up]!.parent) {
        ids.push(tree.nodes[up]!.step.id);
    }
    return ids;
}

/// What to open first: the step that failed deepest in a failed interaction, else the last model
/// call (its input is the whole exchange), else the first step. In a very long trace the first: one
/// wants to see where one is before one sees a part.
export function first_choice(tree: SpanTree, interaction_failed: boolean): number {
    if (interaction_failed) {
        const failed = tree.nodes.findIndex(({ step, failed_below }) => step.failed && !failed_below);
        if (failed >= 0) return failed;
    }
    for (let at = tree.nodes.length > 500 ? -1 : tree.nodes.length - 1; at >= 0; --at) {
        if (tree.nodes[at]!.step.kind === "model_call") return at;
    }
    return tree.nodes.length > 0 ? 0 : -1;
}
