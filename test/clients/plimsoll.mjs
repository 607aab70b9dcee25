// The server's REST API, asked until it says what is waited for.
const url = () => process.env.PLIMSOLL_URL;

export async function ask(path) {
  const response = await fetch(`${url()}/api/v1/${path}`);
  if (!response.ok) throw new Error(`GET ${path}: ${response.status} ${await response.text()}`);
  return response.json();
}

/// Resolves to what `look` finds, as soon as it is truthy. Gives up after half a minute, and says
/// what was seen last.
export async function eventually(what, look) {
  const end = Date.now() + 30_000;
  for (let seen; ; ) {
    seen = await look();
    if (seen.found) return seen.found;
    if (Date.now() > end) throw new Error(`waited 30 s for ${what}; last: ${JSON.stringify(seen.last)}`);
    await new Promise((later) => setTimeout(later, 100));
  }
}

/// The one interaction of `service`, in full, once it has `steps` spans and is `ready`.
export function interactionOf(service, steps, ready = () => true) {
  return eventually(`${steps} steps of ${service}`, async () => {
    const list = await ask(`interactions?service=${encodeURIComponent(service)}&limit=5`);
    const row = list.interactions[0];
    if (list.total !== 1 || row.spans !== steps || !ready(row)) return { last: list };
    return { found: await ask(`interactions/${row.id}`) };
  });
}

/// {"format/empty_output": 1, "tool_calls/tool_errors": "not_applicable", …}
export function verdictsOf(detail) {
  return Object.fromEntries(
    detail.verdicts.map(({ dimension, evaluator, score, reason }) => [`${dimension}/${evaluator}`, score ?? reason]),
  );
}

/// The texts of a message's parts.
export const textOf = (message) =>
  message.parts
    .filter((part) => part.kind === 'text')
    .map((part) => part.text)
    .join('\n');
