// fixtures.mjs: a small support assistant's traffic, made up for this project: the same rows for the
// same seed and the same "now". Answers in the shapes of src/api/types.ts.

export function dice(seed) {  // mulberry32
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
    };
}

const hex = (roll, digits) => Array.from({ length: digits }, () => Math.floor(roll() * 16).toString(16)).join("");
const pick = (roll, list) => list[Math.floor(roll() * list.length)];

export const dimensions = [
    { name: "format", says: "The answer has the shape that the client parses.", owner: "app-team", evaluators: [
        { name: "answer_schema", check: "json_schema", version: "json_schema@1:5f3ac1d2", says: "The output parses and satisfies the declared schema.", parameters: { schema: "schemas/answer.json" }, where: { "app.channel": "api" } },
        { name: "banned_phrase", check: "banned_phrase", version: "banned_phrase@1:91be07aa", says: "The output holds none of the phrases the team listed.", parameters: { phrases: ["as an AI", "I cannot help"] }, where: {} },
        { name: "length", check: "length_bounds", version: "length_bounds@1:0c11fe34", says: "The output is neither shorter nor longer than the bounds.", parameters: { characters_min: 10, characters_max: 1200 }, where: {} }] },
    { name: "completeness", says: "Every question gets a whole answer.", owner: "app-team", evaluators: [
        { name: "empty_output", check: "empty_output", version: "empty_output@1:00000000", says: "The output is not empty.", parameters: {}, where: {} },
        { name: "truncated_output", check: "truncated_output", version: "truncated_output@1:00000000", says: "The model ended by itself, not at a limit of tokens.", parameters: {}, where: {} }] },
    { name: "tool_calls", says: "Tools are called as they are described, and they work.", owner: "tools-team", evaluators: [
        { name: "tool_call_valid", check: "tool_call_valid", version: "tool_call_valid@1:00000000", says: "Every tool call satisfies the schema of the tool that was offered.", parameters: {}, where: {} },
        { name: "tool_errors", check: "tool_errors", version: "tool_errors@1:00000000", says: "No tool that was called failed.", parameters: {}, where: {} }] },
    { name: "latency", says: "An answer arrives while the customer is still looking.", owner: "platform", evaluators: [
        { name: "latency_budget", check: "latency_budget", version: "latency_budget@1:7a3e55d0", says: "The interaction ends within its budget.", parameters: { latency_ms_max: 4000 }, where: {} },
        { name: "first_token", check: "first_token_budget", version: "first_token_budget@1:2be1d001", says: "The first piece of the answer comes within its budget.", parameters: { first_token_ms_max: 900 }, where: {} }] },
    { name: "cost", says: "An answer costs no more than it is worth.", owner: "platform", evaluators: [
        { name: "cost_budget", check: "cost_budget", version: "cost_budget@1:c0570001", says: "The model calls of an interaction cost no more than the budget.", parameters: { usd_max: 0.02 }, where: {} }] },
];

export const owners = {
    "app-team": { rotation: ["ana", "bo"], notify: ["oncall-webhook"] },
    "tools-team": { rotation: ["chidi"], notify: ["tools-channel"] },
    platform: { rotation: ["dana", "eli", "fumi"], notify: ["oncall-webhook", "platform-mail"] },
};

export const catalogue = { checks: [
    { name: "banned_phrase", version: 1, dimension: "format", says: "The output holds none of the phrases the team listed.",
      takes: [{ name: "phrases", says: "What to look for. Case is ignored.", example: '["as an AI"]', required: true }],
      example: { params: { phrases: ["as an AI"] }, interaction: { output: "As an AI, I cannot." }, score: 0 } },
    { name: "cost_budget", version: 1, dimension: "cost", says: "The model calls of an interaction cost no more than the budget.",
      takes: [{ name: "usd_max", says: "Budget of one interaction, in US dollars.", example: "0.02", required: true }],
      example: { params: { usd_max: 0.02 }, interaction: { output: "Hello", cost_usd: 0.05 }, score: 0 } },
    { name: "empty_output", version: 1, dimension: "completeness", says: "The output is not empty.", takes: [],
      example: { params: {}, interaction: { output: "  \n" }, score: 0 } },
    { name: "first_token_budget", version: 1, dimension: "latency", says: "The first piece of the answer comes within its budget.",
      takes: [{ name: "first_token_ms_max", says: "Budget from the start of the call to the first piece, in milliseconds.", example: "900", required: true }],
      example: { params: { first_token_ms_max: 900 }, interaction: { output: "Hello", first_token_ms: 200 }, score: 1 } },
    { name: "json_schema", version: 1, dimension: "format", says: "The output parses and satisfies the declared schema.",
      takes: [{ name: "schema", says: "A JSON Schema (2020-12 or draft-07), or the path of a file that holds one.", example: '{"type":"object","required":["answer"]}', required: true },
              { name: "extract", says: "Whether a fenced block may surround the JSON.", example: "true", required: false }],
      example: { params: { schema: { type: "object", required: ["answer"] } }, interaction: { output: "{\"answer\":\"Yes\"}" }, score: 1 } },
    { name: "latency_budget", version: 1, dimension: "latency", says: "The interaction ends within its budget.",
      takes: [{ name: "latency_ms_max", says: "Budget in milliseconds.", example: "4000", required: true },
              { name: "span_kind", says: "Look at spans of this kind in place of the whole interaction.", example: '"tool_call"', required: false }],
      example: { params: { latency_ms_max: 4000 }, interaction: { output: "Hello", latency_ms: 900 }, score: 1 } },
    { name: "length_bounds", version: 1, dimension: "format", says: "The output is neither shorter nor longer than the bounds.",
      takes: [{ name: "characters_min", says: "Fewest characters.", example: "10", required: false }, { name: "characters_max", says: "Most characters.", example: "1200", required: false }],
      example: { params: { characters_min: 10 }, interaction: { output: "Hello" }, score: 0 } },
    { name: "tool_call_valid", version: 1, dimension: "tool_calls", says: "Every tool call satisfies the schema of the tool that was offered.", takes: [],
      example: { params: {}, interaction: { output: "ok", tools: [{ name: "f", parameters: { required: ["id"] } }], tool_calls: [{ name: "f", arguments: {} }] }, score: 0 } },
    { name: "tool_errors", version: 1, dimension: "tool_calls", says: "No tool that was called failed.", takes: [],
      example: { params: {}, interaction: { output: "ok", tool_calls: [{ name: "f", failed: true }] }, score: 0 } },
    { name: "truncated_output", version: 1, dimension: "completeness", says: "The model ended by itself, not at a limit of tokens.", takes: [],
      example: { params: {}, interaction: { output: "The three steps are: 1. Open the", finish_reason: "length" }, score: 0 } },
] };

const topics = [
    ["Where is my order 48213? It was due on Friday.", "Your order 48213 left the warehouse on Thursday and is with the carrier. The new date is Monday, 16 November.", "lookup_order"],
    ["How do I reset the thermostat to factory settings?", "Hold the dial for ten seconds until the ring blinks amber, then let go. Your schedules are kept in the app.", ""],
    ["Can I return an opened filter pack?", "Opened filter packs can be returned within 30 days if at least two filters are still sealed.", "search_policy"],
    ["My invoice shows two charges for March.", "I see one charge for March and one authorisation of the same amount, which drops off on its own within five days.", "lookup_invoice"],
    ["Which humidifier works for a 40 m² room?", "For 40 m² the Brume 3 is enough: it moistens up to 55 m² at 400 ml an hour.", "search_catalogue"],
    ["¿Puedo cambiar la dirección de entrega?", "Sí. Mientras el pedido no haya salido del almacén puede cambiar la dirección en «Mis pedidos».", "lookup_order"],
    ["The app says “sensor offline” since the update.", "Version 4.2 needs the hub to be restarted once. Unplug it for ten seconds; the sensor comes back within two minutes.", "search_policy"],
];

const models = ["orca-large-2026-08", "orca-mini-2026-06"];
const segments = ["enterprise", "small-business", "consumer"];

/// One row at time `at`. The story: prompt v4 ships ten days before `now` and makes tool calls worse
/// for enterprise; on one day the provider is slow.
export function make_row(roll, at, now) {
    const [question, answer, tool] = pick(roll, topics);
    const days_ago = (now - at) / 86_400_000;
    const prompt = days_ago < 10 ? "support@v4" : "support@v3";
    const segment = pick(roll, segments);
    const channel = roll() < 0.6 ? "web" : "api";
    const slow_day = days_ago > 5 && days_ago < 6;
    const model = pick(roll, models);
    const duration_ms = (700 + roll() * 2400) * (slow_day ? 1.9 : 1) * (roll() < 0.04 ? 3 : 1);
    const cost_usd = model === models[0] ? 0.004 + roll() * 0.018 : 0.0006 + roll() * 0.002;
    const failed = roll() < 0.018;
    const tool_bad = tool !== "" && roll() < (prompt === "support@v4" && segment === "enterprise" ? 0.22 : 0.03);
    const truncated = roll() < 0.012;
    const shape_bad = roll() < 0.03;
    const scores = {};
    if (!failed) {
        scores.format = shape_bad ? (roll() < 0.4 ? 0.5 : 0) : 1;
        scores.completeness = truncated ? 0 : 1;
    }
    if (tool !== "" && !failed) scores.tool_calls = tool_bad ? 0 : 1;
    scores.latency = duration_ms > 4000 ? 0 : duration_ms > 3300 ? 0.5 : 1;
    if (roll() > 0.06) scores.cost = cost_usd > 0.02 ? 0 : 1;
    return {
        id: hex(roll, 32), revision: 1, recognised: true, incomplete: roll() < 0.01, failed,
        start: new Date(at).toISOString(), duration_ms, service: roll() < 0.85 ? "support-assistant" : "sales-assistant",
        environment: "production", session: `s-${hex(roll, 8)}`, user: `user-${Math.floor(roll() * 400)}`,
        provider: "orca", model, prompt, question, answer: failed ? "" : answer,
        input_tokens: Math.floor(900 + roll() * 2200), output_tokens: failed ? 0 : Math.floor(40 + roll() * 260),
        cost_usd: roll() > 0.06 ? cost_usd : null, first_token_s: 0.2 + roll() * 0.8, spans: tool ? 6 : 4, scores,
        hidden: { segment, channel, tool, tool_bad, truncated, shape_bad },
    };
}

export function make_rows(now, count = 1400, weeks = 4) {
    const roll = dice(20261123);
    const rows = [];
    for (let index = 0; index < count; ++index) {
        const at = now - Math.floor((index / count) * weeks * 7 * 86_400_000 + roll() * 20_000);
        rows.push(make_row(roll, at, now));
    }
    return rows.sort((left, right) => right.start.localeCompare(left.start));
}

const say = (role, text, more = {}) => ({ role, role_sent: role, name: "", finish_reason: "", parts: [{ kind: "text", text }], ...more });

const system_prompt = `You are the support assistant of Havn Home. You help customers with orders, invoices, devices and returns.

- Answer in the customer's language, in at most four sentences.
- Look up an order or an invoice before you speak about it. Never guess a date.
- For anything about health or safety, hand over to a person.
- If the documents do not hold the answer, say so.

Today's date is given with each message.`;

const tool_definitions = [
    { name: "lookup_order", description: "Finds an order by its number.", parameters_json: '{"type":"object","properties":{"order_id":{"type":"string","pattern":"^[0-9]{5}$"}},"required":["order_id"],"additionalProperties":false}' },
    { name: "lookup_invoice", description: "Finds the invoices of the signed-in customer.", parameters_json: '{"type":"object","properties":{"month":{"type":"string"}},"required":["month"]}' },
    { name: "search_policy", description: "Searches policies and manuals.", parameters_json: '{"type":"object","properties":{"query":{"type":"string"},"limit":{"type":"integer","maximum":10}},"required":["query"]}' },
    { name: "search_catalogue", description: "", parameters_json: "" },
];

const sources = [
    { field: "model_requested", key: "gen_ai.request.model", convention: "otel_genai" },
    { field: "model_answered", key: "gen_ai.response.model", convention: "otel_genai" },
    { field: "input", key: "gen_ai.input.messages", convention: "otel_genai" },
    { field: "output", key: "gen_ai.output.messages", convention: "otel_genai" },
    { field: "tokens.input", key: "gen_ai.usage.input_tokens", convention: "otel_genai" },
    { field: "tokens.output", key: "gen_ai.usage.output_tokens", convention: "otel_genai" },
    { field: "finish_reasons", key: "gen_ai.response.finish_reasons", convention: "otel_genai" },
    { field: "cost_usd", key: "llm.cost.total", convention: "openinference" },
];

function blank(id, parent, name, kind, start_ms, duration_ms, more = {}) {
    return { id, parent, name, kind, start_ms, duration_ms, failed: false, error_type: "", error_message: "", provider: "",
        operation: "", model_requested: "", model_answered: "", response_id: "", parameters: {}, system: "", input: [], output: [],
        tools: [], documents: [], query: "", tool_name: "", tool_call_id: "", tool_arguments: "", tool_result: "", content: "absent",
        tokens: {}, cost_usd: null, first_token_s: null, counts_tokens: false, session: "", user: "", agent: "", prompt_name: "",
        prompt_version: "", finish_reasons: [], dropped: 0, scope: "havn.support", sources: [], has_more: false, ...more };
}

function make_steps(row) {
    const roll = dice(parseInt(row.id.slice(0, 8), 16));
    const id = () => hex(roll, 16);
    const total = row.duration_ms;
    const root = id();
    const retrieval = id();
    const agent = id();
    const tool = row.hidden.tool;
    const order = /\d{5}/.exec(row.question)?.[0] ?? "48213";
    const call_json = row.hidden.tool_bad ? `{"order":"#${order}"}` : tool === "lookup_order" ? `{"order_id":"${order}"}` : tool === "lookup_invoice" ? '{"month":"2026-03"}' : JSON.stringify({ query: row.question.slice(0, 40), limit: 5 });
    const call = { kind: "tool_call", id: "call_7Hq2", name: tool, json: call_json };
    const result = row.hidden.tool_bad ? "order_id is required" : tool === "lookup_order" ? '{"order_id":"48213","state":"shipped","left_warehouse":"2026-11-12T16:20:00+01:00","carrier":{"name":"Nordpost","tracking":"NP 7731 0042"},"eta":"2026-11-16"}' : '[{"id":"inv-2026-03","amount":"49.00","currency":"EUR","kind":"charge"},{"id":"auth-2026-03","amount":"49.00","currency":"EUR","kind":"authorisation"}]';
    const history = [say("user", "Hello, I have a question about something I bought."), say("assistant", "Of course. What is it about?")];
    const documents = [
        { id: "manual/thermostat-2.md#reset", score: 0.87, text: "Factory reset. Hold the dial for ten seconds until the ring blinks amber. Schedules are kept in the app and come back when the thermostat has joined the network again.", metadata_json: '{"section":"Reset","revision":"2026-08"}' },
        { id: "policy/returns.md", score: 0.74, text: "Returns. Goods may be returned within 30 days of delivery. Opened filter packs: at least two filters must still be sealed. The customer pays for the way back unless the goods are faulty.", metadata_json: "{}" },
        { id: "policy/delivery.md", score: null, text: "", metadata_json: "" }];
    const steps = [
        blank(root, "", "POST /chat", "workflow", 0, total, { failed: row.failed, error_type: row.failed ? "upstream_timeout" : "", error_message: row.failed ? "The model did not answer within 30 s." : "", session: row.session, user: row.user, scope: "http" }),
        blank(retrieval, root, "retrieve documents", "retrieval", total * 0.01, total * 0.08, { query: row.question, documents, content: "full", sources: [{ field: "documents", key: "retrieval.documents", convention: "openinference" }] }),
        blank(agent, root, "invoke_agent support", "agent", total * 0.1, total * 0.89, { agent: "support", failed: row.failed, tokens: { input: row.input_tokens, output: row.output_tokens } })];
    const model = (start, duration, more) => blank(id(), agent, `chat ${row.model}`, "model_call", start, duration, {
        provider: "orca", operation: "chat", model_requested: row.model.replace(/-\d{4}-\d{2}$/, ""), model_answered: row.model, response_id: `resp_${hex(roll, 12)}`,
        parameters: { temperature: "0.2", max_tokens: "800", top_p: "1" }, system: system_prompt, tools: tool_definitions, content: "full", counts_tokens: true,
        prompt_name: "support", prompt_version: row.prompt.split("@")[1], first_token_s: row.first_token_s, sources, scope: "orca.sdk", ...more });
    const question = say("user", row.question);
    if (tool) {
        steps.push(model(total * 0.1, total * 0.35, { input: [...history, question], output: [{ role: "assistant", role_sent: "assistant", name: "", finish_reason: "tool_call", parts: [{ kind: "reasoning", text: "The customer asks about something I must look up before I speak about it." }, call] }], finish_reasons: ["tool_call"], tokens: { input: Math.floor(row.input_tokens * 0.45), output: 31, cache_read: 512, reasoning: 18 }, cost_usd: row.cost_usd && row.cost_usd * 0.4 }));
        steps.push(blank(id(), agent, `execute_tool ${tool}`, "tool_call", total * 0.46, total * 0.12, { tool_name: tool, tool_call_id: "call_7Hq2", tool_arguments: call_json, tool_result: result, content: "full", failed: row.hidden.tool_bad, error_type: row.hidden.tool_bad ? "invalid_argument" : "", error_message: row.hidden.tool_bad ? "order_id is required" : "", operation: "execute_tool" }));
    }
    const input = tool ? [...history, question, { role: "assistant", role_sent: "assistant", name: "", finish_reason: "", parts: [call] }, { role: "tool", role_sent: "tool", name: tool, finish_reason: "", parts: [{ kind: "tool_result", id: "call_7Hq2", name: tool, text: result, is_error: row.hidden.tool_bad }] }] : [...history, question];
    steps.push(model(total * 0.6, total * 0.38, { input, output: row.failed ? [] : [say("assistant", row.answer, { finish_reason: row.hidden.truncated ? "length" : "stop" })], failed: row.failed, error_type: row.failed ? "upstream_timeout" : "", error_message: row.failed ? "The model did not answer within 30 s." : "", finish_reasons: row.failed ? ["error"] : [row.hidden.truncated ? "length" : "stop"], tokens: { input: row.input_tokens - Math.floor(tool ? row.input_tokens * 0.45 : 0), output: row.output_tokens, cache_read: 1024, reasoning: 0 }, cost_usd: row.cost_usd && row.cost_usd * 0.6, content: row.failed ? "absent" : "full" }));
    return steps;
}

function make_verdicts(row) {
    const verdicts = [];
    for (const dimension of dimensions) {
        dimension.evaluators.forEach((evaluator, index) => {
            const score = row.scores[dimension.name];
            const applies = !(evaluator.where["app.channel"] && row.hidden.channel === "web");
            const worst = index === dimension.evaluators.length - 1;
            const own = score === undefined || !applies ? null : worst ? score : 1;
            verdicts.push({ dimension: dimension.name, evaluator: evaluator.name, check: evaluator.check, version: evaluator.version, score: own,
                reason: own === null ? (row.failed ? "missing_content" : "not_applicable") : "",
                explanation: own === null ? (applies ? "No tool was called." : "app.channel is web, not api.") : own === 1 ? "" :
                    { format: "1,312 characters, more than 1,200.", completeness: "The model stopped at its limit of tokens (finish_reason length).", tool_calls: "lookup_order: $.order_id is required, and $.order is not allowed.", latency: `${Math.round(row.duration_ms)} ms, budget 4,000 ms.`, cost: `$${row.cost_usd?.toFixed(4)}, budget $0.0200.` }[dimension.name] ?? "",
                inclusion: 1 });
        });
    }
    return verdicts;
}

/// The arguments of every tool call, as a whole.
function marks_of_calls(steps) {
    return steps.flatMap((step) => (step.output ?? []).flatMap((message, message_index) => message.parts.flatMap((part, part_index) =>
        part.kind === "tool_call" ? [{ step: step.id, message: message_index, part: part_index, begin: 0, end: Buffer.byteLength(part.json), why: "expected the member \"order_id\", which is missing" }] : [])));
}

export function public_row(row) {
    const { hidden, steps, ...rest } = row;
    return rest;
}

const light_keys = ["id", "parent", "name", "kind", "start_ms", "duration_ms", "failed", "error_type", "tool_name", "model_answered", "agent", "cost_usd", "tokens"];

export function make_trace(row) {
    const steps = row.steps ?? make_steps(row);
    return {
        interaction: { ...public_row(row), attributes: { "app.customer.segment": row.hidden.segment, "app.channel": row.hidden.channel },
            resource: { "service.name": row.service, "service.version": "2026.11.2", "deployment.environment.name": "production", "telemetry.sdk.language": "python" },
            versions: { model: row.model, prompt: row.prompt, judge: "", dataset: "", rubric: "" }, configuration: "9c1f04be77aa02d1" },
        verdicts: make_verdicts(row).map((verdict) => verdict.dimension === "tool_calls" && verdict.score !== null && verdict.score < 1
            ? { ...verdict, marks: marks_of_calls(steps) } : verdict),
        steps: steps.length > 500 ? steps.map((step) => ({ ...Object.fromEntries(light_keys.map((key) => [key, step[key]])), light: true })) : steps,
    };
}

export function make_step(row, id) {
    const step = (row.steps ?? make_steps(row)).find((candidate) => candidate.id === id);
    return step && { ...step, attributes: [
        { key: "gen_ai.operation.name", json: JSON.stringify(step.operation) }, { key: "gen_ai.request.model", json: JSON.stringify(step.model_requested) },
        { key: "gen_ai.response.model", json: JSON.stringify(step.model_answered) }, { key: "gen_ai.usage.input_tokens", json: String(step.tokens?.input ?? null) },
        { key: "gen_ai.usage.output_tokens", json: String(step.tokens?.output ?? null) }, { key: "gen_ai.input.messages", json: JSON.stringify(JSON.stringify(step.input)) },
        { key: "app.customer.segment", json: JSON.stringify(row.hidden.segment) }, { key: "__proto__", json: '{"polluted":true}' }] };
}

/// A trace of 10,000 spans: an agent that searches, calls and is called.
export function make_huge_row(now) {
    const roll = dice(7);
    const row = make_row(roll, now - 45_000, now);
    row.id = "f00d".padEnd(32, "0");
    row.question = "Go through last year's 3,300 tickets and tell me what to mend first.";
    row.answer = "Start with the hub's restart after updates: it is behind 412 tickets, 12% of all.";
    row.failed = false;
    row.duration_ms = 412_000;
    row.spans = 10_000;
    row.scores = { format: 1, completeness: 1, tool_calls: 0, latency: 0, cost: 0 };
    row.cost_usd = 4.21;
    row.hidden = { ...row.hidden, tool: "search_policy", tool_bad: true, channel: "api" };
    const steps = [blank("a".repeat(16), "", "review tickets", "workflow", 0, 412_000)];
    const kinds = ["agent", "model_call", "tool_call", "retrieval", "other"];
    const open = [{ id: steps[0].id, start: 0, end: 412_000 }];
    while (steps.length < 10_000) {
        const parent = open[Math.floor(roll() * roll() * open.length)] ?? open[0];
        const kind = pick(roll, kinds);
        const start = parent.start + roll() * (parent.end - parent.start) * 0.8;
        const end = start + (parent.end - start) * (0.05 + roll() * 0.5);
        const id = steps.length.toString(16).padStart(16, "0");
        const failed = roll() < 0.004;
        steps.push(blank(id, parent.id, { agent: "invoke_agent reader", model_call: `chat ${row.model}`, tool_call: "execute_tool search_policy", retrieval: "retrieve tickets", other: "SELECT tickets" }[kind], kind, start, end - start, {
            failed, error_type: failed ? "timeout" : "", tool_name: kind === "tool_call" ? "search_policy" : "", model_answered: kind === "model_call" ? row.model : "",
            tokens: kind === "model_call" ? { input: 1200, output: 80 } : {}, counts_tokens: kind === "model_call", cost_usd: kind === "model_call" ? 0.0012 : null,
            input: kind === "model_call" ? [say("user", `Ticket ${steps.length}: which device, which fault?`)] : [], output: kind === "model_call" ? [say("assistant", "Hub, offline after update.")] : [],
            tool_arguments: kind === "tool_call" ? '{"query":"offline after update"}' : "", tool_result: kind === "tool_call" ? '{"hits":3}' : "", content: "full" }));
        if (kind === "agent" || roll() < 0.1) open.push({ id, start, end });
    }
    row.steps = steps;
    return row;
}

/// A12: text that would act, wherever text can stand.
export function make_hostile_row(now) {
    const row = make_row(dice(12), now - 90_000, now);
    const markup = `<script>window.acted=1</script><img src=x onerror="window.acted=2"><svg onload="window.acted=3"></svg>`;
    const markdown = `![pixel](http://198.51.100.7/leak.png) [click](javascript:window.acted=4) http://198.51.100.7/plain`;
    const escapes = "\u001b[31mred\u001b[0m \u001b]8;;http://198.51.100.7\u0007link\u001b]8;;\u0007";
    const bidi = "invoice_\u202Efdp.exe\u2066 \u2069 zero\u200Bwidth \u{E0069}\u{E0067}\u{E006E}\u{E006F}\u{E0072}\u{E0065}";
    const everything = `${markup}\n${markdown}\n${escapes}\n${bidi}`;
    row.id = "bad0".padEnd(32, "0");
    row.failed = false;
    row.question = `${markup} ${bidi}`;
    row.answer = `${markdown} ${escapes}`;
    row.service = "=cmd|'/c calc'!A1";
    row.session = `"><script>window.acted=5</script>`;
    row.user = "../../etc/passwd";
    row.prompt = `<b>support</b>@v4`;
    row.hidden = { ...row.hidden, tool: "lookup_order", tool_bad: true };
    row.steps = make_steps({ ...row, question: everything, answer: everything }).map((step) => ({
        ...step, name: step.kind === "agent" ? markup : step.name, system: step.system ? `${step.system}\n${everything}` : "",
        tool_name: step.tool_name ? `<i>lookup</i>` : "", tool_result: step.tool_name ? everything : "",
        error_message: step.failed ? everything : "", documents: step.documents.map((document) => ({ ...document, id: markup, text: everything })),
        output: step.output.length ? [...step.output, { role: "assistant", role_sent: markup, name: bidi, finish_reason: escapes, parts: [{ kind: "media", json: `{"type":"image","url":"http://198.51.100.7/leak.png"}` }, { kind: "text", text: "a very long answer. ".repeat(2000) }] }] : [] }));
    return row;
}

/// Two judges: one short of money and watched, one whose sentinels have fired.
export function make_judges(now) {
    const spent = (requests, usd) => ({ requests, usd, usd_possible: 0, input_tokens: requests * 900, output_tokens: requests * 60 });
    const time = new Date(now - 3_600_000).toISOString();
    return [
        { name: "faithfulness", definition: "5d".repeat(16), model: "faithfulness-judge", rate: 0.2, usd_per_day: 5, today: spent(14_210, 4.97), total: spent(391_044, 137.2), due: 1204, in_flight: 16, scored: 402_118, from_cache: 11_903,
            unscored: { judge_refused: 214, timed_out: 31, judge_unreadable: 12 }, left_out: { judge_budget_spent: 8820, too_late: 12 }, waits: "judge_budget_spent",
            sentinels: { state: "watches", why: "", items: 200, frozen: time, flip_rate: 0.013, last_run: time, last: { run: "quiet", scored: 200, flips: 3, alarm_at: 14 } } },
        { name: "tone", definition: "7e".repeat(16), model: "tone-judge", rate: 0.05, usd_per_day: null, today: spent(3050, 1.2), total: spent(90_120, 36.1), due: 0, in_flight: 0, scored: 90_002, from_cache: 0, unscored: {}, left_out: {}, waits: "",
            sentinels: { state: "freezing", why: "", items: 200, frozen: time, flip_rate: 0, last_run: time, last: { run: "fired", scored: 198, flips: 36, alarm_at: 13 } } },
    ];
}

export function make_overlap(now) {
    const names = dimensions.map(({ name }) => name);
    const share = (value) => ({ value, low: value === null ? null : value - 0.06, high: value === null ? null : value + 0.05, undefined: "" });
    const pairs = names.flatMap((a, row) => names.slice(row + 1).map((b, column) => {
        const phi = row + column === 0 ? 0.64 : row === 1 && column === 0 ? null : 0.04 * (row + 1);
        return { a, b, advice: row + column === 0 ? "B implied by A" : "independent", interactions: 18_000, failures_a: 320, failures_b: 611, phi: share(phi), jaccard: share(phi && phi / 2), b_given_a: share(phi && 0.94), a_given_b: share(phi && 0.5), association_p: 0.2 };
    }));
    return { from: new Date(now - 28 * 86_400_000).toISOString(), to: new Date(now).toISOString(), dimensions: names, effective: names.length - 0.7, advice: "", pairs };
}

/// What people said of the evaluators: one that is trusted, one suspended, one that is good overall
/// and useless on a slice, the others without labels.
export function make_trust(rows, now) {
    const at = (days) => new Date(now - days * 86_400_000).toISOString();
    const line = (name, value, low, high) => ({ name, value, low, high, method: "Fisher z, half a label a cell" });
    const none = (why) => ({ name: "MCC", value: null, low: null, high: null, method: "", undefined: why });
    const misses = (dimension, count) => rows.filter((row) => row.scores[dimension] === 0 || row.scores[dimension] === 1).slice(0, count)
        .map((row, index) => ({ interaction: row.id, score: row.scores[dimension], people: 1 - row.scores[dimension], labelled: at(index) }));
    const blank = (dimension, evaluator) => ({ dimension, evaluator: evaluator.name, kind: "check", version: evaluator.version, rubric: "", trust: "closed", why: "no labels, 40 are needed", probability: null, threshold: 0.6,
        labels_needed: { undefined: "there are no labels" }, scale: "binary",
        figures: { items: 0, compared: 0, without_judge: 0, without_people: 0, people_split: 0, labels: 0, agreement: [none("there are no labels")], among_people: [], judge_and_one_person: null, ceiling: { undefined: "no item has two human labels" } },
        weighted: false, left_out: 0, unsure: 0, by_hand: 0, confusion: { both_fail: 0, only_evaluator_fails: 0, only_people_fail: 0, both_pass: 0 }, weeks: [], slices: [], misses: [], earlier: [], suspended: null, relabelling: null, due: null });
    const week = (days, labels, value, trust, why) => ({ begins: at(days), labels, agreement: value === null ? none("no label in this week") : line("MCC", value, value - 0.19, value + 0.12), trust, probability: 0.88, why });
    const evaluators = dimensions.flatMap((dimension) => dimension.evaluators.map((evaluator) => blank(dimension.name, evaluator)));
    const of = (dimension) => evaluators.find((one) => one.dimension === dimension);
    Object.assign(of("format"), { trust: "open", why: "P = 0.97 that agreement is above 0.60", probability: 0.97, labels_needed: { towards: "open", even: 0, likely: 0 }, weighted: true, unsure: 4, due: at(-21),
        figures: { ...of("format").figures, items: 236, compared: 229, people_split: 3, labels: 141.2, agreement: [line("MCC", 0.7812, 0.671, 0.862)], among_people: [line("MCC of two people", 0.74, 0.48, 0.91)], ceiling: { judge_max: 0.8602, against_truth: 0.9082, cut_at_one: false } },
        confusion: { both_fail: 61, only_evaluator_fails: 9, only_people_fail: 11, both_pass: 148 }, weeks: [week(21, 80, 0.71, "provisional", "P = 0.74 decides nothing"), week(14, 76, 0.78, "open", "P = 0.93"), week(7, 0, null, "open", "P = 0.91"), week(0, 73, 0.81, "open", "P = 0.97")],
        slices: [{ attribute: "app.channel", value: "api", labels: 58, agreement: line("MCC", 0.12, -0.14, 0.36), probability: 0.001, useless: true }, { attribute: "app.channel", value: "web", labels: 171, agreement: line("MCC", 0.86, 0.78, 0.91), probability: 0.99, useless: false }], misses: misses("format", 9) });
    Object.assign(of("tool_calls"), { kind: "judge", trust: "provisional", why: "48 labels decide nothing yet: P = 0.55", probability: 0.55, suspended: at(3), relabelling: "label_more", labels_needed: { towards: "open", even: 64, likely: 310 }, due: at(-27),
        figures: { ...of("tool_calls").figures, items: 48, compared: 48, labels: 48, agreement: [line("MCC", 0.6291, 0.371, 0.793)] }, confusion: { both_fail: 12, only_evaluator_fails: 4, only_people_fail: 4, both_pass: 28 },
        weeks: [week(0, 48, 0.63, "provisional", "P = 0.55 decides nothing")], misses: misses("tool_calls", 4), earlier: [{ version: "judge-small-2026-03", labels: 212, agreement: line("MCC", 0.74, 0.64, 0.82) }] });
    const event = (days, dimension, step, before, after, why) => ({ time: at(days), dimension, evaluator: of(dimension).evaluator, version: of(dimension).version, step, before, after, probability: null, why });
    return { computed: at(0), evaluators, events: [event(20, "format", "labels", "", "provisional", "P = 0.74 decides nothing, so the gate stays not open"), event(13, "format", "labels", "provisional", "open", "P = 0.93 that agreement is above 0.60"),
        event(12, "tool_calls", "labels", "", "open", "P = 0.95 that agreement is above 0.60"), event(3, "tool_calls", "suspended", "open", "provisional", "14 of 200 sentinels changed their verdict")] };
}

/// Findings, alerts and their trail: one change that its owner was told of, seen in two series; one that is
/// withheld; an improvement; one that is over.
export function make_watch(rows, now) {
    const at = (hours) => new Date(now - hours * 3_600_000).toISOString();
    const worst = rows.filter((row) => row.recognised && row.scores.faithfulness !== undefined && row.scores.faithfulness < 1).slice(0, 3).map(({ id }) => id);
    const finding = (change) => ({ kind: "slice_drift", id: "a1b2c3d4e5f60718", dimension: dimensions[0].name, evaluator: "", version: "2f6a", service: "support-assistant", slice: { "app.customer.segment": "enterprise" },
        measure: "mean score", worse: true, found: at(30), since: at(96), since_earliest: at(102), since_latest: at(90), ended: null,
        before: 0.941, before_low: 0.936, before_high: 0.946, after: 0.889, after_low: 0.868, after_high: 0.909, change: -0.052, change_low: -0.073, change_high: -0.031,
        sessions_before: 9120, sessions_after: 884, pages: true, level: 1.31, answer: "explained", replay: [], related: [], leader: "", run: "12", worst,
        causes: [{ element: "prompt", from: "p7.2", to: "p7.3", probability: 0.97, effect: -0.051, low: -0.072, high: -0.03 }],
        says: "The mean score of the enterprise slice of support-assistant fell from 0.941 to 0.889 when prompt p7.3 came.", ...change });
    const lead = finding({});
    const all = finding({ id: "b1b2c3d4e5f60718", kind: "score_drift", slice: {}, before: 0.938, before_low: 0.935, before_high: 0.941, after: 0.919, after_low: 0.911, after_high: 0.927, change: -0.019, change_low: -0.028, change_high: -0.01, leader: lead.id, pages: false, related: [lead.id] });
    const tone = finding({ id: "c1b2c3d4e5f60718", dimension: "tone", evaluator: "tone", kind: "score_drift", slice: {}, before: 0.82, before_low: 0.81, before_high: 0.83, after: 0.71, after_low: 0.69, after_high: 0.73, change: -0.11, change_low: -0.13, change_high: -0.09, worst: [], causes: [{ element: "judge", from: "v2.1", to: "v2.2", probability: 0.99, effect: -0.11, low: -0.13, high: -0.09 }] });
    const faster = finding({ id: "d1b2c3d4e5f60718", kind: "latency_drift", dimension: "latency", measure: "p99 ms", slice: {}, worse: false, pages: false, before: 8120, before_low: 7900, before_high: 8400, after: 5630, after_low: 5400, after_high: 5900, change: -2490, change_low: -2800, change_high: -2200, worst: [], causes: [] });
    const told = { story: { headline: "Faithfulness fell from 0.941 to 0.889 for enterprise", what: lead.says, where: "support-assistant, app.customer.segment = enterprise", since: lead.since, why: "prompt p7.2 → p7.3 came with it (P 0.97); it explains all of the change", how_sure: "131% of the evidence that pages, at one false page in 90 days for the whole deployment", who: "ana is on call for rag-team until Monday; bo is asked in 30 minutes if nobody acknowledges", to_do: "Take back prompt p7.3, or say why not.", command: "plimsoll reproduce a7c09be1550f3d21 --out evidence", link: "" } };
    const alert = { id: "a7c09be1550f3d21", state: "open", urgency: "page", critical: false, headline: told.story.headline, dimension: lead.dimension, service: lead.service, slice: lead.slice, owner: "rag-team", asked: "ana", opened: at(30), changed: at(29), acknowledged: null, recovered: null, decided: null, findings_count: 2 };
    const over = { ...alert, id: "e7c09be1550f3d21", state: "decided", headline: "Tool calls fell from 0.973 to 0.902 in travel-agent", dimension: "tool_calls", service: "travel-agent", slice: {}, findings_count: 1, acknowledged: { by: "bo", time: at(300) }, decided: { decision: "roll_back", by: "bo", time: at(290), reason: "Model 2026-02 calls the wrong city.", link: "https://git.example/travel/412" } };
    const events = [{ time: at(30), step: "opened", by: "", says: "faithfulness fell for enterprise", asked: "ana", told: at(30), urgency: "page", channels: ["oncall-webhook", "slack"] },
        { time: at(29), step: "updated", by: "", says: "seen over all traffic too", asked: "ana", told: at(29), urgency: "page", channels: ["oncall-webhook"] }];
    const notifications = [{ id: "f00", channel: "oncall-webhook", step: "opened", state: "delivered", attempts: 2, due: at(30), delivered: at(29.9), error: "" }, { id: "f01", channel: "slack", step: "opened", state: "pending", attempts: 3, due: at(30), delivered: null, error: "the server answered 503" }];
    const story = (one) => ({ ...one, ...told, findings: one === over ? [finding({ id: "e1b2c3d4e5f60718", dimension: "tool_calls", ended: at(250) })] : [lead, all], events, notifications });
    let previous = "";
    const records = ["configuration", "trust", "watch", "alert", "watch", "decision"].map((kind, index) => {
        const hash = [...`${kind}${index}`].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7).toString(16).padStart(8, "0").repeat(8);
        const record = { seq: index + 1, time: at(200 - index * 30), kind, subject: ["plimsoll.yaml", "tone tone", "", alert.id, "", over.id][index], tuple: { model: "orca-mini-2026-06", prompt: "p7.3" }, from: kind === "watch" ? at(400) : null, to: kind === "watch" ? at(200) : null, inputs: kind === "watch" ? hash : "", configuration: "9c1f04be77aa02d1", methods: { e_detector: "1" }, result: { findings: 4 }, previous, hash };
        previous = hash;
        return record;
    }).reverse();
    return { findings: [lead, all, tone, faster], alerts: [alert, over], story, records,
        withheld: [{ why: "tone is closed: its agreement with people fell to 0.52", evaluator: "tone", labels_missing: 46, finding: tone }],
        not_yet: [{ dimension: "format", evaluator: "json_parses", service: "extractor", attribute: "app.customer.segment", value: "gov", sessions: 140, why: "140 sessions before the window, 200 are needed", ready: at(-60) }] };
}

/// A dimension by day for two evaluators; the first falls when a prompt comes.
export function make_series(dimension, now, slice) {
    const roll = dice(dimension.length * 7919 + slice.length);
    const at = (days) => new Date(now - days * 86_400_000).toISOString();
    const of = dimensions.find(({ name }) => name === dimension)?.evaluators ?? [];
    return { until: at(0), series: of.map(({ name, version }, index) => {
        const fell = index === 0;
        return { dimension, evaluator: name, version, service: "support-assistant", attribute: slice ? slice.split("=")[0] : "", value: slice ? slice.split("=")[1] : "", measure: "mean score",
            reference_from: at(56), reference_to: at(14), watched: true, why: "", ready: null, level_worse: fell ? 1.3 : 0.07, level_better: 0.02, findings: fell ? ["a1b2c3d4e5f60718"] : [],
            points: Array.from({ length: 56 }, (_, day) => {
                const value = 0.94 - (fell && day > 46 ? 0.05 : 0) + (roll() - 0.5) * 0.02;
                return { time: at(56 - day), sessions: 180 + Math.floor(roll() * 60), value, low: value - 0.018, high: Math.min(1, value + 0.018), expected_low: 0.915, expected_high: 0.965 };
            }),
            events: [{ time: at(40), element: "model", from: "orca-mini-2026-05", to: "orca-mini-2026-06" }, { time: at(9.5), element: "prompt", from: "p7.2", to: "p7.3" }] };
    }) };
}
