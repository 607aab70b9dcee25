// LangSmith's exporter, in a process of its own: it sends through the first tracer provider that a
// process has made the global one.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { assertAsked } from './assert_asked.mjs';
import { askOpenAi } from './instrumented.mjs';
import { runLangSmith } from './instrumentations/langsmith.mjs';
import { startModelApi } from './model_api.mjs';
import { interactionOf } from './plimsoll.mjs';
import { startTelemetry } from './telemetry.mjs';

test('LangSmith: an agent and its call of the OpenAI client', async () => {
  const api = await startModelApi();
  const ask = (client) => askOpenAi(client, { withTool: true });
  const service = `langsmith-${process.pid}-${Date.now()}`;
  const provider = startTelemetry('json', service);
  await runLangSmith({ provider, url: api.url, session: `s-${service}`, ask });
  await provider.shutdown();
  await api.close();
  const { interaction, steps } = await interactionOf(service, 2);
  assert.deepEqual(steps.map((step) => step.kind), ['workflow', 'model_call']);
  assertAsked(steps[1]);
  assert.equal(steps[1].provider, 'openai');
  assert.equal(interaction.session, `s-${service}`);
  assert.equal(interaction.input_tokens, 41);
});
