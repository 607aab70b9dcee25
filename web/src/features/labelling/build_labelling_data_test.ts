import { expect, test } from "vitest";
import type { LabelQueue, Message, Step, Trace } from "../../api/types";
import { build_labelled_item, build_progress, choice_of, choices_of } from "./build_labelling_data";

const say = (role: string, text: string): Message => ({ role, parts: [{ kind: "text", text }] });
const step = (more: Partial<Step>): Step => ({ id: "1", parent: "", name: "chat", kind: "model_call", start_ms: 0, duration_ms: 1, failed: false, content: "full", ...more });
const trace = (steps: Step[], failed = false) => ({ interaction: { id: "ab", failed }, verdicts: [], steps }) as unknown as Trace;

test("the last call that answered is what is labelled, with every document", () => {
    const item = build_labelled_item(trace([
        step({ kind: "retrieval", documents: [{ id: "d", text: "doc" }] }),
        step({ input: [say("user", "first")], output: [{ role: "assistant", parts: [{ kind: "tool_call", name: "f" }] }] }),
        step({ input: [say("user", "first"), say("tool", "42")], output: [say("assistant", "It is 42.")], system: "Be brief." }),
        step({ input: [say("user", "title?")], output: [] }),
    ]));
    expect(item.conversation).toHaveLength(2);
    expect(item.answer[0]!.parts[0]!.text).toBe("It is 42.");
    expect(item.documents).toEqual([{ id: "d", text: "doc" }]);
    expect(item).toMatchObject({ system: "Be brief.", gap: "" });
});
test("what is missing is said", () => {
    expect(build_labelled_item(trace([])).gap).toMatch(/no call/);
    expect(build_labelled_item(trace([step({ output: [] })], true)).gap).toMatch(/failed/);
    expect(build_labelled_item(trace([step({ content: "absent" })])).gap).toMatch(/left out/);
    expect(build_labelled_item(trace([step({ output: [say("assistant", "")] })])).gap).toMatch(/nothing/);
});
test("keys choose, but not while somebody types or with a modifier", () => {
    const event = { key: "p", ctrlKey: false, metaKey: false, altKey: false, target: { tagName: "BODY" } };
    const choices = choices_of({ kind: "binary", answers: [] });
    expect(choice_of(choices, event)).toBe(choices[0]);
    expect(choice_of(choices, { ...event, key: "F" })?.score).toBe(0);
    expect(choice_of(choices, { ...event, key: "u" })?.score).toBe("unsure");
    expect(choice_of(choices, { ...event, key: "x" })).toBeUndefined();
    expect(choice_of(choices, { ...event, ctrlKey: true })).toBeUndefined();
    expect(choice_of(choices, { ...event, target: { tagName: "TEXTAREA" } })).toBeUndefined();
});
test("grades have their own digits, a team's words the digit of their place", () => {
    const event = { key: "4", ctrlKey: false, metaKey: false, altKey: false, target: null };
    const grades = choices_of({ kind: "graded", answers: [1, 2, 3, 4, 5].map((grade) => ({ name: String(grade), score: (grade - 1) / 4 })) });
    expect(grades.map(({ name }) => name)).toEqual(["5", "4", "3", "2", "1", "Unsure"]);
    expect(choice_of(grades, event)?.score).toBe(0.75);
    const words = choices_of({ kind: "classes", answers: [{ name: "supported", score: 1 }, { name: "partly", score: 0.5 }, { name: "unsupported", score: 0 }] });
    expect(choice_of(words, { ...event, key: "2" })).toMatchObject({ name: "partly", score: 0.5 });
    const wide = choices_of({ kind: "graded", answers: Array.from({ length: 11 }, (_, grade) => ({ name: String(grade), score: grade / 10 })) });
    expect(wide.filter(({ key }) => key === "")).toHaveLength(2);
    expect(choice_of(wide, { ...event, key: "" })).toBeUndefined();
});
test("progress counts what was given since; agreement among people has its interval", () => {
    const queue: LabelQueue = { dimension: "tone", says: "", rubric: { version: "", text: "" }, scale: { kind: "binary", answers: [] }, items: [],
        progress: { items: 80, done: 20, open_for_you: 50, by_you: 12, split: 1 },
        among_people: [{ name: "MCC of two people", value: 0.71, low: 0.4, high: 0.88, method: "BCa" }] };
    const progress = build_progress(queue, 3);
    expect(progress.text).toBe("20 of 80 items done · 15 by you · 47 open for you · 1 to be decided by a third person");
    expect(progress.people).toBe("People among each other: MCC of two people 0.71, 0.40 to 0.88.");
    expect(build_progress({ ...queue, among_people: [] }, 0).people).toMatch(/Nobody/);
});
