// OpenLLMetry for the OpenAI client: messages as OpenTelemetry's JSON since 2026 (0.27.0), numbered
// attributes before (0.14.0). One process holds one of them at a time: both patch the same client.
import { OpenAIInstrumentation as Newest } from '@traceloop/instrumentation-openai';
import OpenAI from 'openai';
import { createRequire } from 'node:module';

const { OpenAIInstrumentation: Older } = createRequire(import.meta.url)('traceloop-openai-0.14');

export async function runTraceloop({ provider, url, older, ask }) {
  const instrumentation = new (older ? Older : Newest)();
  instrumentation.setTracerProvider(provider);
  const original = { chat: OpenAI.Chat.Completions.prototype.create, text: OpenAI.Completions.prototype.create };
  instrumentation.manuallyInstrument(OpenAI);
  try {
    return await ask(new OpenAI({ apiKey: 'not-a-key', baseURL: url }));
  } finally {
    OpenAI.Chat.Completions.prototype.create = original.chat;
    OpenAI.Completions.prototype.create = original.text;
  }
}
