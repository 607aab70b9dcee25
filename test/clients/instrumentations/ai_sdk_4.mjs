// The Vercel AI SDK as it was in its fourth version: other names of tokens and of tools' arguments.
import { generateText, tool } from 'ai-4';
import { createOpenAICompatible } from 'openai-compatible-0.2';
import { z } from 'zod';

import { question, system } from '../instrumented.mjs';

export async function runAiSdk4({ provider, url, session }) {
  const { text } = await generateText({
    model: createOpenAICompatible({ name: 'standin', baseURL: url })('standin-1'),
    system,
    prompt: question,
    tools: {
      weather: tool({
        description: 'The temperature of a city.',
        parameters: z.object({ city: z.string() }),
        execute: async ({ city }) => ({ city, celsius: 21 }),
      }),
    },
    maxSteps: 3,
    experimental_telemetry: {
      isEnabled: true,
      functionId: 'weather-desk',
      metadata: { sessionId: session, userId: 'u-7' },
      tracer: provider.getTracer('ai'),
    },
  });
  return text;
}
