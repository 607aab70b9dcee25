// check_layers.mjs: reads src/LAYERS and refuses every import that looks to the right. Features do
// not see each other either: what two of them share belongs further left.
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const root = new URL("./src", import.meta.url).pathname;
const order = readFileSync(join(root, "LAYERS"), "utf8").trim().split(/\s*<\s*/);
const files = readdirSync(root, { recursive: true }).filter((name) => /\.tsx?$/.test(name));
let wrong = 0;

for (const file of files) {
    const here = file.split("/");
    const lines = readFileSync(join(root, file), "utf8").split("\n");
    lines.forEach((line, index) => {
        const target = /(?:from|import)\s*\(?["'](\.[^"']*)["']/.exec(line)?.[1];
        if (!target) return;
        const there = relative(root, resolve(root, dirname(file), target)).split("/");
        const mine = order.indexOf(here[0]);
        const theirs = order.indexOf(there[0]);
        const sideways = here[0] === "features" && there[0] === "features" && here[1] !== there[1];
        if (mine >= 0 && theirs >= 0 && theirs <= mine && !sideways) return;
        console.error(`src/${file}:${index + 1}: ${here[0]} may not import ${there.join("/")} (src/LAYERS)`);
        wrong = 1;
    });
}
process.exit(wrong);
