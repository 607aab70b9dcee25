// run.mjs: a short walk through the page in a real browser.
//
//   PLIMSOLL_URL=http://127.0.0.1:4320 node e2e/run.mjs     against a server that holds some traces;
//                                                           with PLIMSOLL_HTTP it gets one of 10,000 spans
//   node e2e/run.mjs [part of a name]                       against the mock, which knows more stories
//
// PLIMSOLL_KEY: an access key, if the server asks for one. Ends with 1 if a step failed.
import assert from "node:assert/strict";
import { start_mock } from "../mock/server.mjs";
import { open_page, start_browser } from "./browser.mjs";
import { send_large_trace } from "./large_trace.mjs";

const given = process.env.PLIMSOLL_URL?.replace(/\/$/, "");
const browser = await start_browser();
const only = process.argv[2] ?? "";
let failures = 0;

async function story(name, url, options, tell) {
    if (!name.includes(only)) return;
    const { page, wrong, close } = await open_page(browser, url, { key: process.env.PLIMSOLL_KEY ?? "", ...options });
    page.setDefaultTimeout(20_000);
    const began = Date.now();
    try {
        const note = await tell(page);
        const unexpected = wrong.filter((one) => !options.allow?.test(one));
        assert.deepEqual(unexpected, [], "the browser complained");
        console.log(`ok    ${name} (${Date.now() - began} ms)${note ? `: ${note}` : ""}`);
    } catch (error) {
        failures += 1;
        console.log(`FAIL  ${name}: ${error.message}\n      ${wrong.join("\n      ")}`);
    } finally {
        await close();
    }
}

// From the click in the list to the first rows of the drawn tree.
async function opens_fast(url, id, text) {
    await story("10,000 spans open in less than 500 ms", url, {}, async (page) => {
        const list = `${url}/interactions?window=all&text=${text}`;
        const row = page.locator(`article a[href$="${id}"]`);
        const times = [];
        for (let round = 0; round < 5; ++round) {
            await page.goto(list);
            await row.waitFor();
            const took = await page.evaluate((wanted) => new Promise((resolve) => {
                const link = document.querySelector(`article a[href$="${wanted}"]`);
                const began = performance.now();
                const look = () => document.querySelector("[role=treeitem]") ? requestAnimationFrame(() => resolve(performance.now() - began)) : requestAnimationFrame(look);
                link.click();
                look();
            }), id);
            times.push(Math.round(took));
        }
        times.sort((left, right) => left - right);
        // The least of five: whatever else the machine does only adds. Sanitizers add to the server.
        assert.ok(times[0] < (process.env.PLIMSOLL_SANITIZED ? 5_000 : 500), `click to drawn tree ${times.join(", ")} ms`);
        return `click to drawn tree ${times.join(", ")} ms`;
    });
}

async function walk(url) {
    await story("the scorecard shows every dimension with mean, interval and counts", url, {}, async (page) => {
        await page.goto(`${url}/?window=all`);
        const cards = page.getByRole("main").locator("section.card");
        await cards.first().waitFor();
        const count = await cards.count();
        assert.ok(count > 0);
        assert.match(await cards.first().innerText(), /scored/);
        const open = cards.first().locator("button[aria-expanded]");
        await open.click();
        assert.equal(await open.getAttribute("aria-expanded"), "true");
        return `${count} dimensions`;
    });
    await story("the list opens a trace; its tree is walked with keys", url, {}, async (page) => {
        await page.goto(`${url}/interactions?window=all`);
        await page.locator("article a").first().click();
        const tree = page.getByRole("tree");
        await tree.waitFor();
        await tree.getByRole("treeitem").first().click();
        await tree.focus();
        const chosen = () => tree.getAttribute("aria-activedescendant");
        const first = await chosen();
        const steps = await tree.getByRole("treeitem").count();
        await page.keyboard.press("ArrowDown");
        if (steps > 1) await page.waitForFunction((old) => document.querySelector("[role=tree]").getAttribute("aria-activedescendant") !== old, first);
        await page.waitForURL(/step=[0-9a-f]{16}/);
        await page.getByRole("tab", { name: /Verdicts/ }).click();
        await page.getByRole("tab", { name: /Versions/ }).click();
        await page.getByText("Version tuple").waitFor();
        return `${steps} steps in sight`;
    });
    await story("filters stand in the address and come back with it", url, {}, async (page) => {
        await page.goto(`${url}/interactions?window=all`);
        await page.locator("article a").first().waitFor();
        await page.getByLabel("Search text").fill("no interaction says this 7f3a");
        await page.getByText("No interaction matches").waitFor();
        assert.match(page.url(), /text=/);
        await page.reload();
        await page.getByText("No interaction matches").waitFor();
        await page.getByRole("button", { name: "Show all" }).click();
        await page.locator("article a").first().waitFor();
    });
    await story("evaluators: dimensions and checks", url, {}, async (page) => {
        await page.goto(`${url}/evaluators`);
        await page.getByRole("heading", { name: /Checks/ }).waitFor();
        await page.locator("summary").first().click();
        return `${await page.locator("article").count()} cards`;
    });
    await story("dark, narrow, nothing runs off the side", url, { width: 390, height: 844, scheme: "dark" }, async (page) => {
        for (const path of ["/?window=all", "/interactions?window=all", "/evaluators", "/label", "/alerts", "/records", "/dimensions/format", "/compare"]) {
            await page.goto(url + path);
            await page.locator("main h1").first().waitFor();
            await page.waitForTimeout(300);
            assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${path} scrolls sideways`);
        }
        assert.equal(await page.evaluate(() => document.documentElement.dataset.mantineColorScheme), "dark");
    });
    await story("a page that is not there says so", url, {}, async (page) => {
        await page.goto(`${url}/nowhere`);
        await page.getByText("There is no such page").waitFor();
    });
}

async function stories_of_the_mock() {
    const now = Date.now();
    const mock = await start_mock({ live: 0, now });
    const { url } = mock;
    await walk(url);
    await opens_fast(url, "f00d".padEnd(32, "0"), "tickets");
    await story("10,000 spans: search, next failed, fold all, scroll to the end", url, {}, async (page) => {
        await page.goto(`${url}/interactions/${"f00d".padEnd(32, "0")}`);
        const tree = page.getByRole("tree");
        await tree.waitFor();
        assert.ok(await tree.getByRole("treeitem").count() < 80, "only the rows in sight are drawn");
        await tree.focus();
        await page.keyboard.press("f");
        await page.getByText("timeout").first().waitFor();
        await page.keyboard.press("End");
        await page.waitForTimeout(200);
        await page.getByLabel("Find a step").fill("retrieve");
        await page.keyboard.press("Enter");
        await page.getByRole("heading", { name: /retrieve tickets/ }).waitFor();
        await page.getByLabel("Fold all steps").click();
        await page.getByLabel("Open all steps").waitFor();
    });
    await story("an alert tells its story, and a person takes it", url, {}, async (page) => {
        await page.goto(`${url}/alerts`);
        await page.getByRole("link", { name: /Faithfulness fell/ }).click();
        await page.getByText("prompt p7.2 → p7.3 came with it").waitFor();
        await page.getByText("plimsoll reproduce").waitFor();
        await page.getByLabel("Your name").fill("ana");
        await page.getByRole("button", { name: "I take it" }).click();
        await page.getByRole("button", { name: "I take it" }).waitFor({ state: "detached" });
        await page.goto(`${url}/alerts`);
        await page.getByText("46 labels would release it").waitFor();
        return "withheld ones say what would release them";
    });
    await story("a person labels by keys, blind, and is not asked twice", url, {}, async (page) => {
        const asked = [], given = [];
        page.on("request", (request) => {
            if (request.url().includes("/interactions/")) asked.push(request.url());
            if (request.method() === "POST") given.push(JSON.parse(request.postData()));
        });
        await page.goto(`${url}/label`);
        await page.getByLabel("Name").fill("ana");
        await page.getByRole("button", { name: "Begin" }).click();
        const place = (text) => page.getByText(`${text} of 50 at hand`).waitFor();
        await place(1);
        await page.getByText("The answer", { exact: true }).waitFor();
        await page.keyboard.press("p");
        await place(2);
        await page.keyboard.press("n");
        await page.keyboard.type("fpu are letters here");
        await page.keyboard.press("Escape");
        await page.keyboard.press("f");
        await place(3);
        await page.keyboard.press("u");
        await place(4);
        await page.keyboard.press("b");
        await place(3);
        assert.deepEqual(given.map(({ score }) => score), [1, 0, "unsure"]);
        assert.equal(given[1].note, "fpu are letters here");
        assert.equal(new Set(given.map(({ interaction }) => interaction)).size, 3);
        assert.ok(asked.length > 0 && asked.every((one) => one.includes("blind=true")), "no verdict was asked for");
        await page.reload();
        await page.getByText("77 open for you").waitFor();
        return `${given.length} labels`;
    });
    await story("trust: matrix, useless slice and misses beside what people say", url, {}, async (page) => {
        await page.goto(`${url}/evaluators`);
        const card = page.getByRole("article", { name: /^format/ }).first();
        await card.getByText(/Useless where/).waitFor();
        await card.getByRole("button", { name: /Matrix/ }).click();
        assert.match(await card.locator("table").first().innerText(), /61/);
        await card.getByRole("button", { name: /false alarm|missed a failure/ }).first().click();
        await card.getByText("People say").waitFor();
    });
    await story("A12: content that would act stays text", url, {}, async (page) => {
        await page.goto(`${url}/interactions/${"bad0".padEnd(32, "0")}`);
        await page.getByRole("tree").waitFor();
        for (const item of await page.getByRole("treeitem").all()) {
            await item.click();
            await page.waitForTimeout(150);
            const folded = page.locator("main button[aria-expanded=false]");
            for (let left = await folded.count(); left > 0; left = await folded.count()) await folded.first().click();
        }
        await page.getByRole("tab", { name: /Versions/ }).click();
        const found = await page.evaluate(() => ({
            acted: window.acted ?? 0,
            planted: document.querySelectorAll("main img, main iframe, main object, main svg[onload], main script, main b:empty").length,
            links: [...document.querySelectorAll("main a")].map(({ href }) => href).filter((href) => !href.startsWith(location.origin)),
        }));
        assert.deepEqual(found, { acted: 0, planted: 0, links: [] });
        const text = await page.getByRole("heading", { level: 1 }).innerText();
        assert.ok(text.includes("<script>") && text.includes("RLO") && !/[\u202a-\u202e\u2066-\u2069]/.test(text), text);
        await page.goto(`${url}/interactions?window=all&text=script`);
        await page.locator("article a").first().waitFor();
        assert.equal(await page.evaluate(() => window.acted ?? 0), 0);
    });
    await story("scrolling on loads older pages", url, {}, async (page) => {
        await page.goto(`${url}/interactions?window=all`);
        const feed = page.getByRole("feed");
        await feed.waitFor();
        for (let round = 0; round < 12; ++round) {
            await feed.evaluate((element) => element.scrollTo(0, element.scrollHeight));
            await page.waitForTimeout(120);
        }
        const last = Number(await page.locator("article").last().getAttribute("aria-posinset"));
        assert.ok(last > 300, `came as far as row ${last}`);
        assert.ok(await page.locator("article").count() < 60);
        return `row ${last}`;
    });
    mock.close();

    const live = await start_mock({ live: 400, now });
    await story("new interactions appear by themselves, within two seconds", live.url, {}, async (page) => {
        await page.goto(`${live.url}/interactions`);
        const first = page.locator("article[aria-posinset='1'] a");
        const before = await first.getAttribute("href");
        const began = Date.now();
        await page.waitForFunction((old) => document.querySelector("article[aria-posinset='1'] a").getAttribute("href") !== old, before);
        const took = Date.now() - began;
        assert.ok(took < 2_000, `${took} ms`);
        return `${took} ms`;
    });
    await story("what one reads does not move when rows arrive above", live.url, {}, async (page) => {
        await page.goto(`${live.url}/interactions`);
        const feed = page.getByRole("feed");
        await feed.waitFor();
        await feed.evaluate((element) => element.scrollTo(0, 600));
        const top_row = () => page.evaluate(() => {
            const box = document.querySelector("[role=feed]").getBoundingClientRect();
            return document.elementFromPoint(box.x + 300, box.y + 100).closest("article").querySelector("a").getAttribute("href");
        });
        await page.waitForTimeout(200);
        const before = await top_row();
        await page.getByText(/new interaction/).waitFor();
        assert.equal(await top_row(), before);
        await page.getByText(/new interaction/).click();
    });
    await story("the scorecard stays on screen while it is asked again", live.url, {}, async (page) => {
        await page.goto(`${live.url}/`);
        await page.locator("main section.card").first().waitFor();
        await page.evaluate(() => {
            window.gone = 0;
            new MutationObserver(() => { if (!document.querySelector("main section.card canvas")) window.gone += 1; })
                .observe(document.body, { childList: true, subtree: true });
        });
        const count = () => page.locator("main p a").first().innerText();
        const before = await count();
        await page.waitForFunction((old) => document.querySelector("main p a").innerText !== old, before);
        assert.equal(await page.evaluate(() => window.gone), 0);
    });
    live.close();

    const locked = await start_mock({ mode: "key", live: 0, now });
    await story("a server that asks for a key gets it, and remembers it for the tab", locked.url, { allow: /401/ }, async (page) => {
        await page.goto(locked.url);
        await page.getByLabel("Key", { exact: true }).fill("plim_read_mock");
        await page.getByRole("button", { name: "Continue" }).click();
        await page.locator("main section.card").first().waitFor();
        await page.reload();
        await page.locator("main section.card").first().waitFor();
        assert.equal(await page.evaluate(() => localStorage.getItem("plimsoll-access-key")), null);
    });
    locked.close();

    const empty = await start_mock({ mode: "empty", live: 0, now });
    await story("an empty server says how to send traces", empty.url, {}, async (page) => {
        await page.goto(empty.url);
        await page.getByText("OTEL_EXPORTER_OTLP_ENDPOINT=http://127.0.0.1:4318").waitFor();
        assert.equal(await page.getByRole("button", { name: /Copy the variables/ }).count(), 2);
    });
    empty.close();

    const trouble = await start_mock({ mode: "trouble", live: 0, now });
    await story("trouble is said, with what it means", trouble.url, { allow: /ERR_|Failed to load/ }, async (page) => {
        await page.goto(trouble.url);
        await page.getByText("Senders are told to come back.").waitFor();
        await page.getByRole("progressbar").waitFor();
        trouble.close();
        await page.getByText("The server does not answer.").first().waitFor();
        assert.ok(await page.locator("main section.card").count() > 0, "the last figures stay");
    });
}

if (given) {
    await walk(given);
    // The door takes a trace of 10,000 spans as any client would send it; the page shows it as any other.
    if (process.env.PLIMSOLL_HTTP) await opens_fast(given, await send_large_trace(process.env.PLIMSOLL_HTTP, given), "everything");
} else {
    await stories_of_the_mock();
}
await browser.close();
if (failures) console.log(`${failures} failed`);
process.exit(failures ? 1 : 0);
