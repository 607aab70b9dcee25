// screenshots.mjs: pictures of every page, dark and light, narrow and wide, empty, full and in
// trouble, from the mock, for a person to look at.
//
//   node e2e/screenshots.mjs FOLDER [part of a name]
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { start_mock } from "../mock/server.mjs";
import { open_page, start_browser } from "./browser.mjs";

const folder = process.argv[2] ?? "/tmp/plimsoll-screenshots";
const only = process.argv[3] ?? "";
mkdirSync(folder, { recursive: true });

const wide = { width: 1440, height: 900 };
const narrow = { width: 390, height: 844 };
const hostile = `/interactions/${"bad0".padEnd(32, "0")}`;
const huge = `/interactions/${"f00d".padEnd(32, "0")}`;
const open_first = async (page) => { await page.locator("article a").first().waitFor(); await page.locator("article a").first().click(); await page.getByRole("tree").waitFor(); };
const expand = (page) => page.getByRole("button", { name: "tool calls" }).first().click();

const open_trust = async (page) => { await page.getByRole("button", { name: "Matrix, weeks" }).first().click(); await page.getByText("Misses, newest first").waitFor(); await page.getByRole("button", { name: /false alarm|missed a failure/ }).first().click(); await page.waitForTimeout(300); };
const begin_labelling = async (page) => { await page.getByLabel("Name").fill("ana"); await page.getByRole("button", { name: "Begin" }).click(); await page.getByText("The answer", { exact: true }).waitFor(); };

const pictures = [
    ["scorecard-light", "full", "/?window=4w", wide, "light", expand],
    ["scorecard-dark", "full", "/?window=4w&model=orca-mini-2026-06", wide, "dark", expand],
    ["scorecard-narrow", "full", "/?window=4w", narrow, "light", expand],
    ["scorecard-filter", "full", "/", wide, "light", (page) => page.getByRole("button", { name: "Filter", exact: true }).click()],
    ["scorecard-empty", "empty", "/", wide, "light"],
    ["scorecard-empty-narrow", "empty", "/", narrow, "dark"],
    ["scorecard-none", "full", "/?from=2020-01-01T00:00:00.000Z&to=2020-01-02T00:00:00.000Z", wide, "light"],
    ["trouble-light", "trouble", "/?window=24h", wide, "light", (page) => page.getByRole("button", { name: /^Status/ }).click()],
    ["trouble-dark-narrow", "trouble", "/interactions", narrow, "dark"],
    ["interactions-light", "full", "/interactions", wide, "light"],
    ["interactions-dark", "full", "/interactions?dimension=tool_calls&score_below=1", wide, "dark"],
    ["interactions-narrow", "full", "/interactions", narrow, "light"],
    ["interactions-filter", "full", "/interactions?failed=true", wide, "light", (page) => page.getByRole("button", { name: "Filter", exact: true }).click()],
    ["trace-light", "full", "/interactions?text=order&dimension=tool_calls&score_below=1", wide, "light", open_first],
    ["trace-dark", "full", "/interactions?text=thermostat", wide, "dark", open_first],
    ["trace-verdicts", "full", "/interactions?text=order&dimension=tool_calls&score_below=1", wide, "light", async (page) => { await open_first(page); await page.getByRole("tab", { name: /Verdicts/ }).click(); }],
    ["trace-about", "full", "/interactions?text=invoice", wide, "dark", async (page) => { await open_first(page); await page.getByRole("tab", { name: /Versions/ }).click(); }],
    ["trace-narrow", "full", "/interactions?text=invoice", { width: 390, height: 1600 }, "light", open_first],
    ["trace-huge", "full", huge, wide, "light"],
    ["trace-hostile", "full", hostile, wide, "light"],
    ["trace-attributes", "full", hostile, { width: 1440, height: 1500 }, "dark", async (page) => { await page.getByRole("button", { name: /Attributes/ }).click(); await page.getByRole("button", { name: /Tools offered/ }).click(); await page.getByRole("button", { name: /Attributes/ }).scrollIntoViewIfNeeded(); }],
    ["evaluators-light", "full", "/evaluators", wide, "light", (page) => page.locator("summary").first().click()],
    ["evaluators-narrow", "full", "/evaluators", narrow, "dark"],
    ["trust-dark", "full", "/evaluators", wide, "dark", open_trust],
    ["trust-narrow", "full", "/evaluators", narrow, "light", open_trust],
    ["alerts-light", "full", "/alerts", wide, "light"],
    ["alerts-dark-narrow", "full", "/alerts", narrow, "dark"],
    ["alerts-empty", "empty", "/alerts", wide, "light"],
    ["alert-light", "full", "/alerts/a7c09be1550f3d21", { width: 1440, height: 1300 }, "light"],
    ["alert-dark-narrow", "full", "/alerts/a7c09be1550f3d21", { width: 390, height: 2200 }, "dark"],
    ["finding-dark", "full", "/alerts/c1b2c3d4e5f60718", wide, "dark"],
    ["dimension-light", "full", "/dimensions/format", wide, "light"],
    ["dimension-dark-narrow", "full", "/dimensions/tool_calls?step=24", narrow, "dark"],
    ["dimension-empty", "empty", "/dimensions/format", wide, "light"],
    ["compare-light", "full", "/compare", wide, "light"],
    ["compare-dark-narrow", "full", "/compare?of=prompt", narrow, "dark"],
    ["records-light", "full", "/records", wide, "light", (page) => page.locator("summary").nth(1).click()],
    ["records-trouble", "trouble", "/records", narrow, "dark"],
    ["label-light", "full", "/label", wide, "light", begin_labelling],
    ["label-dark", "full", "/label", wide, "dark", begin_labelling],
    ["label-narrow", "full", "/label", narrow, "dark", begin_labelling],
    ["label-who", "full", "/label", wide, "light"],
    ["key", "key", "/", wide, "light"],
];

const browser = await start_browser();
for (const mode of ["full", "empty", "trouble", "key"]) {
    const chosen = pictures.filter(([name, of]) => of === mode && name.includes(only));
    if (chosen.length === 0) continue;
    const mock = await start_mock({ mode, live: 0 });
    for (const [name, , path, size, scheme, act] of chosen) {
        const { page, wrong, close } = await open_page(browser, mock.url, { ...size, scheme });
        await page.goto(mock.url + path);
        await page.waitForLoadState("load");
        await page.waitForTimeout(700);
        if (act) await act(page);
        await page.waitForTimeout(500);
        await page.screenshot({ path: join(folder, `${name}.png`) });
        const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        console.log(name, sideways > 0 ? `SCROLLS SIDEWAYS by ${sideways}` : "", wrong.filter((one) => mode !== "key" || !one.includes("401")).join("\n  "));
        await close();
    }
    mock.close();
}
await browser.close();
