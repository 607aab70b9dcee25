// large_trace.mjs: an agent that took 10,000 spans to answer, sent over OTLP/HTTP.
import { randomBytes } from "node:crypto";

const attribute = (key, value) => ({ key, value: typeof value === "number" ? { intValue: value } : { stringValue: value } });

// 100 steps of the agent, each with 99 model calls and tools below it; all over within a minute.
function spans_of(trace) {
    const root = randomBytes(8).toString("hex");
    const start = BigInt(Date.now() - 60_000) * 1_000_000n;
    const span = (id, parent, name, at, took_ms, attributes) => ({
        traceId: trace, spanId: id, ...(parent && { parentSpanId: parent }), name, kind: 1,
        startTimeUnixNano: String(start + BigInt(at) * 1_000_000n),
        endTimeUnixNano: String(start + BigInt(at + took_ms) * 1_000_000n),
        attributes,
    });
    const all = [];
    for (let step = 0; step < 100; ++step) {
        const id = randomBytes(8).toString("hex");
        const calls = step === 99 ? 98 : 99;
        all.push(span(id, root, `step ${step}`, step * 590, 580, [attribute("gen_ai.operation.name", "invoke_agent"), attribute("gen_ai.agent.name", `worker-${step}`)]));
        for (let call = 0; call < calls; ++call) {
            const tool = call % 3 === 2;
            all.push(span(randomBytes(8).toString("hex"), id, tool ? "execute_tool search" : "chat standin-1", step * 590 + call * 5, 4, tool
                ? [attribute("gen_ai.operation.name", "execute_tool"), attribute("gen_ai.tool.name", "search"), attribute("gen_ai.tool.call.arguments", `{"query":"part ${call}"}`)]
                : [attribute("gen_ai.operation.name", "chat"), attribute("gen_ai.request.model", "standin-1"), attribute("gen_ai.usage.input_tokens", 200 + call), attribute("gen_ai.usage.output_tokens", 20),
                    attribute("gen_ai.input.messages", JSON.stringify([{ role: "user", parts: [{ type: "text", content: `Look at part ${call} of step ${step}.` }] }])),
                    attribute("gen_ai.output.messages", JSON.stringify([{ role: "assistant", parts: [{ type: "text", content: `Part ${call} is in order.` }], finish_reason: "stop" }]))]));
        }
    }
    all.push(span(root, "", "invoke_agent", 0, 59_000, [
        attribute("gen_ai.operation.name", "invoke_agent"),
        attribute("gen_ai.input.messages", JSON.stringify([{ role: "user", parts: [{ type: "text", content: "Look through everything." }] }])),
        attribute("gen_ai.output.messages", JSON.stringify([{ role: "assistant", parts: [{ type: "text", content: "All 9,899 parts are in order." }], finish_reason: "stop" }])),
    ]));
    return all;
}

// Sends it to the door, in bodies as an exporter makes them; returns its id once the page's server has it whole.
export async function send_large_trace(door, server) {
    const trace = randomBytes(16).toString("hex");
    const spans = spans_of(trace);
    for (let at = 0; at < spans.length; at += 512) {
        const body = JSON.stringify({ resourceSpans: [{
            resource: { attributes: [attribute("service.name", "long-agent")] },
            scopeSpans: [{ scope: { name: "large_trace" }, spans: spans.slice(at, at + 512) }],
        }] });
        const reply = await fetch(`${door}/v1/traces`, { method: "POST", headers: { "content-type": "application/json" }, body });
        if (!reply.ok) throw new Error(`the door answered ${reply.status}`);
    }
    for (const until = Date.now() + 60_000; ; await new Promise((done) => setTimeout(done, 100))) {
        const reply = await fetch(`${server}/api/v1/interactions/${trace}`);
        if (reply.ok && (await reply.json()).steps?.length === spans.length) return trace;
        if (Date.now() > until) throw new Error(`a trace of ${spans.length} spans was not there after a minute: ${reply.status}`);
    }
}
