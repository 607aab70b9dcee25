// browser.mjs: a Chromium that stays at home.
import { chromium } from "playwright-core";

export const base_arguments = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync"];

export function start_browser() {
    return chromium.launch({ executablePath: process.env.PLIMSOLL_CHROMIUM ?? "/usr/bin/chromium", args: base_arguments });
}

/// A page that reports what must not happen: errors in the console, faults, requests to elsewhere.
export async function open_page(browser, url, { width = 1440, height = 900, scheme = "light", key = "" } = {}) {
    const context = await browser.newContext({ viewport: { width, height }, colorScheme: scheme, locale: "en-GB", timezoneId: "Europe/Berlin" });
    const page = await context.newPage();
    const wrong = [];
    page.on("console", (message) => { if (["error", "warning"].includes(message.type())) wrong.push(`console: ${message.text()}`); });
    page.on("pageerror", (error) => wrong.push(`fault: ${error.message}`));
    page.on("request", (request) => { if (!request.url().startsWith(url) && !request.url().startsWith("data:")) wrong.push(`elsewhere: ${request.url()}`); });
    if (key) await page.addInitScript((value) => sessionStorage.setItem("plimsoll-access-key", value), key);
    return { page, wrong, close: () => context.close() };
}
