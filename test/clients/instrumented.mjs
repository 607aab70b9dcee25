// The two LLM instrumentations, as their users set them up.
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { OpenAIInstrumentation } from '@arizeai/openinference-instrumentation-openai';
import { generateText, stepCountIs, streamText, tool } from 'ai';
import OpenAI from 'openai';
import { z } from 'zod';

export const question = 'What is the weather in Porto?';
export const system = 'You talk about the weather.';

const weather = tool({
  description: 'The temperature of a city.',
  inputSchema: z.object({ city: z.string() }),
  execute: async ({ city }) => ({ city, celsius: 21 }),
});

/// One run of the Vercel AI SDK: the model asks for the tool, the tool runs, the model answers.
export async function runAiSdk({ provider, url, session, stream }) {
  const model = createOpenAICompatible({ name: 'standin', baseURL: url, includeUsage: true })('standin-1');
  const options = {
    model,
    system,
    prompt: question,
    tools: { weather },
    stopWhen: stepCountIs(3),
    experimental_telemetry: {
      isEnabled: true,
      functionId: 'weather-desk',
      metadata: { sessionId: session, userId: 'u-7' },
      tracer: provider.getTracer('ai'),
    },
  };
  if (!stream) return (await generateText(options)).text;
  return await streamText(options).text;
}

/// One call of the OpenAI client, as every instrumentation of it is tried with.
export async function askOpenAi(client, { stream, withTool, before = [], say = () => {} } = {}) {
  const request = {
    model: 'standin-1',
    temperature: 0,
    messages: [{ role: 'system', content: system }, { role: 'user', content: question }, ...before],
    ...(withTool && {
      tools: [
        {
          type: 'function',
          function: {
            name: 'weather',
            description: 'The temperature of a city.',
            parameters: {
              type: 'object',
              properties: { city: { type: 'string' } },
              required: ['city'],
              additionalProperties: false,
            },
          },
        },
      ],
    }),
    ...(stream && { stream: true, stream_options: { include_usage: true } }),
  };
  say(request);
  const reply = await client.chat.completions.create(request);
  if (!stream) return reply;
  let text = '';
  for await (const piece of reply) text += piece.choices[0]?.delta?.content ?? '';
  return text;
}

let instrumentation;

/// That call under OpenInference's instrumentation.
export async function runOpenAi({ provider, url, ...how }) {
  if (!instrumentation) {
    instrumentation = new OpenAIInstrumentation();
    instrumentation.manuallyInstrument(OpenAI);
  }
  instrumentation.setTracerProvider(provider);
  return await askOpenAi(new OpenAI({ apiKey: 'not-a-key', baseURL: url }), how);
}
