import assert from 'node:assert/strict';

import { question, system } from './instrumented.mjs';
import { textOf } from './plimsoll.mjs';

/// The step is the call in which the model asks for the tool, understood in full.
export function assertAsked(step) {
  assert.equal(step.kind, 'model_call');
  assert.equal(step.model_requested, 'standin-1');
  assert.equal(step.model_answered, 'standin-1-0105');
  assert.deepEqual(step.input.map((message) => message.role), ['system', 'user']);
  assert.deepEqual(step.input.map(textOf), [system, question]);
  assert.equal(step.tools[0].name, 'weather');
  assert.equal(JSON.parse(step.tools[0].parameters_json).required[0], 'city');
  const call = step.output[0].parts.find((part) => part.kind === 'tool_call');
  assert.equal(call.name, 'weather');
  assert.deepEqual(JSON.parse(call.json), { city: 'Porto' });
  assert.equal(step.tokens.input, 41);
  assert.equal(step.tokens.output, 12);
  assert.deepEqual(step.unmapped, []);
  for (const field of ['model_answered', 'input', 'output', 'tools', 'tokens.input'])
    assert.ok(step.sources.some((source) => source.field === field && source.key && source.convention), field);
}
