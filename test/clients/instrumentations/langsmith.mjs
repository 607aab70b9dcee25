// LangSmith's wrapper of the OpenAI client, telling its runs as OpenTelemetry spans.
import { createServer } from 'node:http';

import OpenAI from 'openai';

/// Its own server is never spoken to: it asks once what that can do, and is answered here.
async function startNobody() {
  const server = createServer((_, response) => response.setHeader('content-type', 'application/json').end('{}'));
  await new Promise((listening) => server.listen(0, '127.0.0.1', listening));
  server.unref();
  return `http://127.0.0.1:${server.address().port}`;
}

export async function runLangSmith({ provider, url, session, ask }) {
  Object.assign(process.env, {
    LANGSMITH_TRACING: 'true', // Read as its modules load.
    LANGSMITH_TRACING_MODE: 'otel',
    LANGSMITH_ENDPOINT: await startNobody(),
    LANGSMITH_API_KEY: 'not-a-key',
  });
  const { initializeOTEL } = await import('langsmith/experimental/otel/setup');
  const { wrapOpenAI } = await import('langsmith/wrappers');
  const { traceable } = await import('langsmith/traceable');
  const { Client } = await import('langsmith');
  initializeOTEL({ globalTracerProvider: provider, skipGlobalContextManagerSetup: true });
  const langsmith = new Client();
  const client = wrapOpenAI(new OpenAI({ apiKey: 'not-a-key', baseURL: url }), { client: langsmith });
  const run = traceable(() => ask(client), {
    name: 'weather-desk',
    run_type: 'chain',
    client: langsmith,
    metadata: { thread_id: session, user_id: 'u-7' },
  });
  const reply = await run();
  await langsmith.awaitPendingTraceBatches();
  return reply;
}
