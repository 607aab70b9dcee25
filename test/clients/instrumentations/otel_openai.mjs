// OpenTelemetry's own instrumentation of the OpenAI client (the generation before 1.37). It finds its
// client as it is required, and sends what was said as log records, not on spans.
import { OpenAIInstrumentation } from '@opentelemetry/instrumentation-openai';
import { createRequire } from 'node:module';

let OpenAI;
let instrumentation;

export async function runOtelOpenAi({ provider, logs, url, ask }) {
  instrumentation ??= new OpenAIInstrumentation({ captureMessageContent: true });
  instrumentation.setTracerProvider(provider);
  instrumentation.setLoggerProvider(logs);
  OpenAI ??= createRequire(import.meta.url)('openai').OpenAI;
  return await ask(new OpenAI({ apiKey: 'not-a-key', baseURL: url }));
}
