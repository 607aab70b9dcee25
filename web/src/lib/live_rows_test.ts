import { expect, test } from "vitest";
import type { InteractionList, InteractionRow } from "../api/types";
import { merge_newest } from "./live_rows";

const list = (ids: string, next: string | null, revision = 1): InteractionList =>
    ({ total: 9, next, interactions: [...ids].map((id) => ({ id, revision }) as InteractionRow) });
const ids = (pages: InteractionList[]) => pages.map((page) => page.interactions.map(({ id }) => id).join(""));

test("new rows come on top, the pages below stay", () => {
    const merged = merge_newest([list("dcb", "b"), list("a", null)], list("fed", "d"));
    expect(ids(merged.pages)).toEqual(["fedcb", "a"]);
    expect(merged).toMatchObject({ added: 2, gap: false });
    expect(merged.pages[0]!.next).toBe("b");  // One goes on from where the old first page ended.
});
test("a late span's revision replaces its row, and one that no longer matches goes", () => {
    const merged = merge_newest([list("dcb", "b")], list("db", "b", 2));
    expect(ids(merged.pages)).toEqual(["db"]);
    expect(merged.pages[0]!.interactions[0]!.revision).toBe(2);
});
test("more than a page arrived: start afresh", () => {
    expect(merge_newest([list("cba", null)], list("zyx", "x"))).toMatchObject({ gap: true, added: 3 });
});
test("nothing known yet, or all of it on one page", () => {
    expect(ids(merge_newest([], list("ba", null)).pages)).toEqual(["ba"]);
    expect(ids(merge_newest([list("a", null)], list("ba", null)).pages)).toEqual(["ba"]);
});
