// Instrumentations of models' clients that people have installed, old and new, against a server that
// runs: whatever names they use, the same conversation is understood.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { assertAsked } from './assert_asked.mjs';
import { askOpenAi, question, system } from './instrumented.mjs';
import { runAiSdk4 } from './instrumentations/ai_sdk_4.mjs';
import { runOtelOpenAi } from './instrumentations/otel_openai.mjs';
import { runTraceloop } from './instrumentations/traceloop.mjs';
import { answer, startModelApi } from './model_api.mjs';
import { interactionOf, textOf } from './plimsoll.mjs';
import { startLogs, startTelemetry } from './telemetry.mjs';

const run = `${process.pid}-${Date.now()}`; // The server may have seen earlier runs.
const node = Number(process.versions.node.split('.')[0]);

describe('with a stand-in for a model', () => {
  let api;
  before(async () => (api = await startModelApi()));
  after(() => api.close());
  const ask = (client, say) => askOpenAi(client, { withTool: true, say });

  for (const older of [false, true])
    test(`Traceloop for the OpenAI client, ${older ? '0.14: numbered attributes' : '0.27: JSON of messages'}`, async () => {
      const service = `traceloop-${older ? 'old' : 'new'}-${run}`;
      const provider = startTelemetry('protobuf', service);
      await runTraceloop({ provider, url: api.url, older, ask });
      await provider.shutdown();
      const { steps } = await interactionOf(service, 1);
      assertAsked(steps[0]);
      assert.equal(steps[0].provider, 'openai');
      assert.deepEqual(steps[0].finish_reasons, ['tool_call']);
      const source = steps[0].sources.find(({ field }) => field === 'input');
      assert.equal(source.convention, older ? 'otel_genai_old' : 'otel_genai');
    });

  test('the Vercel AI SDK 4: names of tokens and arguments as they were', async () => {
    const service = `ai-sdk-4-${run}`;
    const provider = startTelemetry('json', service);
    assert.equal(await runAiSdk4({ provider, url: api.url, session: `s-${service}` }), answer);
    await provider.shutdown();
    const { interaction, steps } = await interactionOf(service, 4);
    assertAsked(steps.find((step) => step.kind === 'model_call'));
    assert.equal(interaction.session, `s-${service}`);
    assert.equal(interaction.question, question);
    assert.equal(interaction.answer, answer);
    assert.equal(interaction.input_tokens, 82);
    const tool = steps.find((step) => step.kind === 'tool_call');
    assert.deepEqual(JSON.parse(tool.tool_arguments), { city: 'Porto' });
    assert.deepEqual(JSON.parse(tool.tool_result), { city: 'Porto', celsius: 21 });
    assert.deepEqual(steps.flatMap((step) => step.unmapped), []);
  });

  test('Langfuse: observations by hand', { skip: node < 20 && 'its SDK asks for Node 20' }, async () => {
    const { runLangfuse } = await import('./instrumentations/langfuse.mjs');
    const service = `langfuse-${run}`;
    const provider = startTelemetry('protobuf', service);
    await runLangfuse({ provider, url: api.url, session: `s-${service}`, ask, question });
    await provider.shutdown();
    const { interaction, steps } = await interactionOf(service, 3);
    assert.deepEqual(steps.map((step) => step.kind), ['agent', 'model_call', 'tool_call']);
    assertAsked(steps[1]);
    assert.equal(steps[1].parameters.temperature, '0');
    assert.equal(steps[2].tool_name, 'weather');
    assert.deepEqual(JSON.parse(steps[2].tool_arguments), { city: 'Porto' });
    assert.deepEqual(JSON.parse(steps[2].tool_result), { celsius: 21 });
    assert.equal(interaction.session, `s-${service}`);
    assert.equal(interaction.question, question);
    assert.equal(interaction.attributes['tag.weather'], 'true');
  });

  for (const first of ['spans', 'logs'])
    test(`OpenTelemetry's own for the OpenAI client: content from the logs, ${first} first`, async () => {
      const service = `otel-openai-${first}-${run}`;
      const provider = startTelemetry('grpc', service);
      const logs = startLogs(service);
      await runOtelOpenAi({ provider, logs, url: api.url, ask });
      for (const each of first === 'spans' ? [provider, logs] : [logs, provider]) await each.shutdown();
      const { interaction, steps } = await interactionOf(service, 1, (row) => row.question !== '');
      assert.equal(steps[0].kind, 'model_call');
      assert.equal(steps[0].model_answered, 'standin-1-0105');
      assert.equal(steps[0].parameters.temperature, '0');
      assert.deepEqual(steps[0].finish_reasons, ['tool_call']);
      assert.deepEqual(steps[0].input.map(textOf), [system, question]);
      const [call] = steps[0].output[0].parts.filter((part) => part.kind === 'tool_call');
      assert.deepEqual(JSON.parse(call.json), { city: 'Porto' });
      assert.equal(interaction.question, question);
      assert.equal(interaction.input_tokens, 41);
      assert.equal(interaction.output_tokens, 12);
      assert.deepEqual(steps[0].unmapped, []);
    });
});
