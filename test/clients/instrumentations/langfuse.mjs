// Langfuse's SDK: observations by hand, as its users write them around a client.
import { propagateAttributes, setLangfuseTracerProvider, startActiveObservation } from '@langfuse/tracing';
import OpenAI from 'openai';

export async function runLangfuse({ provider, url, session, ask, question }) {
  setLangfuseTracerProvider(provider);
  const client = new OpenAI({ apiKey: 'not-a-key', baseURL: url });
  const conversation = async (agent) => {
    const generation = agent.startObservation(
      'answer',
      { model: 'standin-1', modelParameters: { temperature: 0 } },
      { asType: 'generation' },
    );
    const reply = await ask(client, (input) => generation.update({ input }));
    generation.update({ output: reply.choices[0].message, usageDetails: reply.usage, model: reply.model }).end();
    const tool = agent.startObservation('weather', { input: { city: 'Porto' } }, { asType: 'tool' });
    tool.update({ output: { celsius: 21 } }).end();
    agent.update({ input: question, output: 'It asked for the weather.' });
  };
  await startActiveObservation(
    'weather-desk',
    (agent) =>
      propagateAttributes({ userId: 'u-7', sessionId: session, tags: ['weather'] }, () => conversation(agent)),
    { asType: 'agent' },
  );
}
