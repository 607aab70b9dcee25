// A stand-in for a model's API on loopback: chat completions as OpenAI's clients speak them, with
// tool calls and streaming. It answers by rules, so tests know what must come out:
//
//   a tool is offered and the last message is the user's   asks for the first tool with `toolArguments`
//   anything else                                          says `answer`
import { createServer } from 'node:http';

export const usage = { prompt_tokens: 41, completion_tokens: 12, total_tokens: 53 };
export const answer = 'It will be 21 degrees in Porto.';

function choice(request, toolArguments) {
  const last = request.messages.at(-1);
  if (request.tools?.length && last.role === 'user')
    return {
      index: 0,
      finish_reason: 'tool_calls',
      message: {
        role: 'assistant',
        content: null,
        tool_calls: [
          {
            id: 'call_1',
            type: 'function',
            function: { name: request.tools[0].function.name, arguments: toolArguments },
          },
        ],
      },
    };
  return { index: 0, finish_reason: 'stop', message: { role: 'assistant', content: answer } };
}

// The same answer in pieces of a few characters.
function pieces({ message, finish_reason }) {
  const list = [{ role: 'assistant', content: '' }];
  if (message.tool_calls) list.push({ tool_calls: message.tool_calls.map((call, index) => ({ index, ...call })) });
  else for (let at = 0; at < message.content.length; at += 8) list.push({ content: message.content.slice(at, at + 8) });
  return [...list.map((delta) => ({ delta, finish_reason: null })), { delta: {}, finish_reason }];
}

let answered = 0;

/// Starts listening; resolves to {url, close()}. `toolArguments` is what the model writes when it
/// asks for a tool.
export async function startModelApi({ toolArguments = '{"city":"Porto"}' } = {}) {
  const server = createServer(async (incoming, response) => {
    let body = '';
    for await (const chunk of incoming) body += chunk;
    const request = JSON.parse(body);
    const head = { id: `chatcmpl-${++answered}`, created: 1767607200, model: 'standin-1-0105' };
    const chosen = choice(request, toolArguments);
    if (!request.stream) {
      response.setHeader('content-type', 'application/json');
      response.end(JSON.stringify({ ...head, object: 'chat.completion', choices: [chosen], usage }));
      return;
    }
    response.setHeader('content-type', 'text/event-stream');
    const chunk = { ...head, object: 'chat.completion.chunk' };
    for (const piece of pieces(chosen))
      response.write(`data: ${JSON.stringify({ ...chunk, choices: [{ index: 0, ...piece }] })}\n\n`);
    if (request.stream_options?.include_usage)
      response.write(`data: ${JSON.stringify({ ...chunk, choices: [], usage })}\n\n`);
    response.end('data: [DONE]\n\n');
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${server.address().port}/v1`,
    close: () => new Promise((closed) => (server.closeAllConnections(), server.close(closed))),
  };
}
