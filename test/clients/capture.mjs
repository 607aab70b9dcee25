// Writes what an instrumentation really sends, as a case of test/replay:
//
//   node capture.mjs openinference-openai ../replay/openinference_openai_captured
//
// A door that keeps bodies stands where Plimsoll would; then `./run accept` writes interaction.txt.
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const [what, folder] = process.argv.slice(2);
const bodies = [];
const door = createServer(async (request, response) => {
  let text = '';
  for await (const piece of request) text += piece;
  const body = JSON.parse(text);
  if (body.resourceSpans) bodies.push(body); // Logs are another door's.
  response.setHeader('content-type', 'application/json').end('{}');
});
await new Promise((done) => door.listen(0, '127.0.0.1', done));
process.env.PLIMSOLL_HTTP = `http://127.0.0.1:${door.address().port}`;

const { startModelApi, answer } = await import('./model_api.mjs');
const { runAiSdk, runOpenAi, askOpenAi, question } = await import('./instrumented.mjs');
const { startLogs, startTelemetry } = await import('./telemetry.mjs');

const model = await startModelApi();
const provider = startTelemetry('json', 'weather-desk');
const ask = (client, say) => askOpenAi(client, { withTool: true, say });
const with_ = { provider, url: model.url, session: 's-1', ask, question };
const runs = {
  'ai-sdk-4': async () => (await import('./instrumentations/ai_sdk_4.mjs')).runAiSdk4(with_),
  'traceloop-openai': async () => (await import('./instrumentations/traceloop.mjs')).runTraceloop(with_),
  'traceloop-openai-old': async () =>
    (await import('./instrumentations/traceloop.mjs')).runTraceloop({ ...with_, older: true }),
  langfuse: async () => (await import('./instrumentations/langfuse.mjs')).runLangfuse(with_),
  langsmith: async () => (await import('./instrumentations/langsmith.mjs')).runLangSmith(with_),
  'otel-openai': async () => (await import('./instrumentations/otel_openai.mjs')).runOtelOpenAi({ ...with_, logs: startLogs('weather-desk') }),
  'ai-sdk': () => runAiSdk({ provider, url: model.url, session: 's-1' }),
  'openinference-openai': () => runOpenAi({ provider, url: model.url, withTool: true }),
};
if (!runs[what]) throw new Error(`capture what? ${Object.keys(runs).join(' or ')}`);
await runs[what]();
await provider.shutdown();
mkdirSync(folder, { recursive: true });
// One body; a machine's own name and process are nobody's business.
const resource = { attributes: bodies[0].resourceSpans[0].resource.attributes.filter(({ key }) => !/^(host|process)\./.test(key)) };
const scopeSpans = bodies.flatMap((body) => body.resourceSpans.flatMap((one) => one.scopeSpans));
writeFileSync(`${folder}/otlp.json`, `${JSON.stringify({ resourceSpans: [{ resource, scopeSpans }] }, null, 1)}\n`);
console.log(`${scopeSpans.reduce((sum, { spans }) => sum + spans.length, 0)} spans in ${folder}/otlp.json`);
process.exit(0);
