// ExportTraceServiceRequest in protobuf, the few fields that matter here, written by hand so that this
// test shares no code with what it tests.
const varint = (number) => {
  const bytes = [];
  for (; number > 127; number = Math.floor(number / 128)) bytes.push((number % 128) | 128);
  return Buffer.from([...bytes, number]);
};
const field = (tag, content) => Buffer.concat([varint((tag << 3) | 2), varint(content.length), content]);
const text = (tag, value) => field(tag, Buffer.from(value));
const attribute = (key, value) => field(9, Buffer.concat([text(1, key), field(2, text(1, value))]));
const time = (tag, nanos) => {
  const bytes = Buffer.alloc(9);
  bytes[0] = (tag << 3) | 1;
  bytes.writeBigUInt64LE(nanos, 1);
  return bytes;
};

/// A model call's span, about 600 bytes. `parent` is null for a root.
export function span({ trace, id, parent, words }) {
  const now = BigInt(Date.now()) * 1_000_000n;
  const messages = (role) => JSON.stringify([{ role, parts: [{ type: 'text', content: words }] }]);
  return field(2, Buffer.concat([
    field(1, trace),
    field(2, id),
    ...(parent ? [field(4, parent)] : []),
    text(5, 'chat standin-1'),
    time(7, now - 1_000_000_000n),
    time(8, now),
    attribute('gen_ai.operation.name', 'chat'),
    attribute('gen_ai.request.model', 'standin-1'),
    attribute('gen_ai.input.messages', messages('user')),
    attribute('gen_ai.output.messages', messages('assistant')),
  ]));
}

export const request = (spans) =>
  field(1, Buffer.concat([
    field(1, field(1, Buffer.concat([text(1, 'service.name'), field(2, text(1, 'kill9'))]))),
    field(2, Buffer.concat(spans)),
  ]));
