// Clients that exist, against a server that runs: what they sent is what is shown.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { SpanKind, SpanStatusCode, context, trace } from '@opentelemetry/api';

import { question, runAiSdk, runOpenAi, system } from './instrumented.mjs';
import { answer, startModelApi } from './model_api.mjs';
import { ask, interactionOf, textOf, verdictsOf } from './plimsoll.mjs';
import { startTelemetry, transports } from './telemetry.mjs';

const run = `${process.pid}-${Date.now()}`; // The server may have seen earlier runs.

/// invoke_agent > chat (asks for a tool), execute_tool, chat (answers), as an application that follows
/// the GenAI conventions would write them.
function sendByHand(provider, session) {
  const tracer = provider.getTracer('by-hand', '1.0.0');
  const messages = (...list) => JSON.stringify(list);
  const say = (role, content) => ({ role, parts: [{ type: 'text', content }] });
  const call = { type: 'tool_call', id: 'call_1', name: 'weather', arguments: { city: 'Porto' } };
  const model = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.provider.name': 'openai',
    'gen_ai.request.model': 'standin-1',
    'gen_ai.response.model': 'standin-1-0105',
    'gen_ai.request.temperature': 0,
    'gen_ai.conversation.id': session,
    'gen_ai.system_instructions': JSON.stringify([{ type: 'text', content: system }]),
    'gen_ai.tool.definitions': JSON.stringify([
      {
        type: 'function',
        name: 'weather',
        parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      },
    ]),
    'gen_ai.usage.input_tokens': 41,
    'gen_ai.usage.output_tokens': 9,
  };
  const root = tracer.startSpan('invoke_agent weather-desk', {
    attributes: {
      'gen_ai.operation.name': 'invoke_agent',
      'gen_ai.agent.name': 'weather-desk',
      'gen_ai.conversation.id': session,
      'user.id': 'u-7',
      'app.customer.segment': 'smb',
    },
  });
  const inside = trace.setSpan(context.active(), root);
  const step = (name, attributes, kind = SpanKind.INTERNAL) =>
    tracer.startSpan(name, { attributes, kind }, inside).end();

  step('chat standin-1', {
    ...model,
    'gen_ai.input.messages': messages(say('user', question)),
    'gen_ai.output.messages': messages({ role: 'assistant', parts: [call], finish_reason: 'tool_call' }),
    'gen_ai.response.finish_reasons': ['tool_call'],
  }, SpanKind.CLIENT);
  step('execute_tool weather', {
    'gen_ai.operation.name': 'execute_tool',
    'gen_ai.tool.name': 'weather',
    'gen_ai.tool.call.id': 'call_1',
    'gen_ai.tool.call.arguments': '{"city":"Porto"}',
    'gen_ai.tool.call.result': '{"celsius":21}',
  });
  step('chat standin-1', {
    ...model,
    'gen_ai.input.messages': messages(
      say('user', question),
      { role: 'assistant', parts: [call] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'call_1', response: { celsius: 21 } }] },
    ),
    'gen_ai.output.messages': messages({ ...say('assistant', answer), finish_reason: 'stop' }),
    'gen_ai.response.finish_reasons': ['stop'],
  }, SpanKind.CLIENT);
  root.end();
  return root.spanContext().traceId;
}

for (const transport of transports)
  test(`the OpenTelemetry SDK by ${transport}: spans sent by hand`, async () => {
    const service = `by-hand-${transport}-${run}`;
    const provider = startTelemetry(transport, service);
    const id = sendByHand(provider, `s-${service}`);
    await provider.shutdown();

    const detail = await interactionOf(service, 4);
    const { interaction, steps } = detail;
    assert.equal(interaction.id, id);
    assert.equal(interaction.question, question);
    assert.equal(interaction.answer, answer);
    assert.equal(interaction.session, `s-${service}`);
    assert.match(interaction.user, /^<USER_\w+>$/);
    assert.equal(interaction.environment, 'test');
    assert.equal(interaction.model, 'standin-1-0105');
    assert.equal(interaction.provider, 'openai');
    assert.equal(interaction.input_tokens, 82);
    assert.equal(interaction.output_tokens, 18);
    assert.equal(interaction.failed, false);
    assert.equal(interaction.incomplete, false);
    assert.equal(interaction.attributes['app.customer.segment'], 'smb');

    assert.deepEqual(steps.map((step) => step.kind), ['agent', 'model_call', 'tool_call', 'model_call']);
    const root = steps[0];
    assert.equal(root.parent, '');
    for (const step of steps.slice(1)) assert.equal(step.parent, root.id);
    assert.equal(steps[1].system, system);
    assert.equal(steps[1].output[0].parts[0].kind, 'tool_call');
    assert.deepEqual(JSON.parse(steps[1].output[0].parts[0].json), { city: 'Porto' });
    assert.equal(steps[2].tool_name, 'weather');
    assert.deepEqual(JSON.parse(steps[2].tool_result), { celsius: 21 });
    assert.equal(steps[3].input.length, 3);
    assert.equal(textOf(steps[3].output[0]), answer);

    assert.deepEqual(verdictsOf(detail), {
      'format/empty_output': 1,
      'format/truncated_output': 1,
      'format/names_a_temperature': 1,
      'format/not_porto': 0,
      'tool_calls/tool_call_well_formed': 1,
      'tool_calls/tool_errors': 1,
      'latency/latency_budget': 1,
      'cost/token_budget': 1,
    });
  });

test('the OpenTelemetry SDK: a failed root without content', async () => {
  const service = `failing-${run}`;
  const provider = startTelemetry('protobuf', service);
  const span = provider.getTracer('by-hand').startSpan('chat standin-1', {
    attributes: { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'standin-1' },
  });
  span.recordException(new RangeError('context too long'));
  span.setStatus({ code: SpanStatusCode.ERROR, message: 'context too long' });
  span.end();
  await provider.shutdown();

  const detail = await interactionOf(service, 1);
  assert.equal(detail.interaction.failed, true);
  assert.equal(detail.steps[0].failed, true);
  assert.equal(detail.steps[0].error_message, 'context too long');
  assert.equal(detail.steps[0].content, 'absent');
  const verdicts = verdictsOf(detail);
  assert.equal(typeof verdicts['format/names_a_temperature'], 'string', 'unscored, with a reason');
  assert.equal(verdicts['tool_calls/tool_errors'], 'not_applicable');
});

describe('with a stand-in for a model', () => {
  let api;
  before(async () => (api = await startModelApi()));
  after(() => api.close());

  for (const stream of [false, true])
    test(`the Vercel AI SDK, ${stream ? 'streaming' : 'at once'}`, async () => {
      const service = `ai-sdk-${stream ? 'stream' : 'once'}-${run}`;
      const provider = startTelemetry('json', service);
      assert.equal(await runAiSdk({ provider, url: api.url, session: `s-${service}`, stream }), answer);
      // A stream's root span ends a moment after its text: wait for the server to have it.
      const flushing = setInterval(() => provider.forceFlush(), 100);
      const detail = await interactionOf(service, 4).finally(() => clearInterval(flushing));
      await provider.shutdown();

      const { interaction, steps } = detail;
      assert.equal(interaction.recognised, true);
      assert.equal(interaction.incomplete, false);
      assert.equal(interaction.model, 'standin-1-0105');
      // The root repeats what its calls used; only the calls count.
      assert.equal(interaction.input_tokens, 82);
      assert.equal(interaction.output_tokens, 24);
      const kinds = steps.map((step) => step.kind).sort();
      assert.deepEqual(kinds, ['model_call', 'model_call', 'tool_call', 'workflow']);
      assert.equal(interaction.question, question);
      assert.equal(interaction.answer, answer);
      const tool = steps.find((step) => step.kind === 'tool_call');
      assert.equal(tool.tool_name, 'weather');
      assert.deepEqual(JSON.parse(tool.tool_arguments), { city: 'Porto' });

      const verdicts = verdictsOf(detail);
      assert.equal(verdicts['cost/token_budget'], 0, '24 tokens came out, 20 are allowed');
      assert.equal(verdicts['format/names_a_temperature'], 1);
      assert.equal(verdicts['format/not_porto'], 0);
      assert.equal(verdicts['tool_calls/tool_errors'], 1);
      assert.equal(verdicts['tool_calls/tool_call_well_formed'], 1);
    });

  test('OpenInference for the OpenAI client: a tool is asked for', async () => {
    const service = `openinference-tool-${run}`;
    const provider = startTelemetry('grpc', service);
    await runOpenAi({ provider, url: api.url, withTool: true });
    await provider.shutdown();

    const detail = await interactionOf(service, 1);
    const [step] = detail.steps;
    assert.equal(step.kind, 'model_call');
    assert.equal(step.provider, 'openai');
    assert.equal(step.model_answered, 'standin-1-0105');
    assert.deepEqual(step.input.map((message) => message.role), ['system', 'user']);
    assert.equal(detail.interaction.question, question);
    assert.equal(step.tools[0].name, 'weather');
    assert.equal(step.output[0].parts[0].name, 'weather');
    assert.deepEqual(step.tokens, { ...step.tokens, input: 41, output: 12 });
    const verdicts = verdictsOf(detail);
    assert.equal(verdicts['tool_calls/tool_call_well_formed'], 1);
    assert.equal(verdicts['cost/token_budget'], 1);
  });

  test('OpenInference for the OpenAI client: an answer in a stream', async () => {
    const service = `openinference-stream-${run}`;
    const provider = startTelemetry('protobuf', service);
    assert.equal(await runOpenAi({ provider, url: api.url, stream: true }), answer);
    await provider.shutdown();

    const detail = await interactionOf(service, 1);
    assert.equal(detail.interaction.answer, answer);
    assert.equal(detail.steps[0].finish_reasons[0], 'stop');
    // The instrumentation does not count the tokens of a stream, so nobody may.
    assert.equal(detail.interaction.output_tokens, null);
    const verdicts = verdictsOf(detail);
    assert.equal(typeof verdicts['cost/token_budget'], 'string', 'unscored, with a reason');
    assert.equal(verdicts['format/names_a_temperature'], 1);
    assert.equal(verdicts['format/truncated_output'], 1);
  });

  test('OpenInference for the OpenAI client: arguments that the schema refuses', async () => {
    const odd = await startModelApi({ toolArguments: '{"town":"Porto"}' });
    const service = `openinference-odd-${run}`;
    const provider = startTelemetry('protobuf', service);
    await runOpenAi({ provider, url: odd.url, withTool: true });
    await provider.shutdown();
    await odd.close();

    const detail = await interactionOf(service, 1);
    const verdict = detail.verdicts.find((one) => one.evaluator === 'tool_call_well_formed');
    assert.equal(verdict.score, 0);
    assert.match(verdict.explanation, /city|town/);
  });
});

test('the scorecard counts what was sent', async () => {
  const service = `by-hand-protobuf-${run}`;
  const scorecard = await ask(`scorecard?service=${service}`);
  assert.equal(scorecard.interactions, 1);
  const format = scorecard.dimensions.find((dimension) => dimension.name === 'format');
  assert.equal(format.scored, 1);
  assert.equal(format.mean, 0, 'the lowest evaluator of an interaction decides');
  assert.equal(format.owner, 'testers');
});
