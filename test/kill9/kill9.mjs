// Four writers send small bodies; the server is killed with SIGKILL at a random moment and started
// again on the same data; so on for many rounds. Then it is stopped gently, and what its store holds
// is compared with what it had acknowledged: nothing lost, nothing twice.
//
// A body whose answer never came is sent again in the next round, with the same ids, as a real client
// would: so the server also sees what it may already have.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as later } from 'node:timers/promises';

import { request, span } from './otlp.mjs';

const [binary, rounds_text, seed_text] = process.argv.slice(2);
const rounds = Number(rounds_text);
const writers = 4;
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-kill9-'));
const data = join(folder, 'data');

/// splitmix64: the rounds' random moments and all ids come from the seed.
let state = BigInt(seed_text);
function word() {
  const mask = (1n << 64n) - 1n;
  state = (state + 0x9e3779b97f4a7c15n) & mask;
  let mixed = state;
  mixed = ((mixed ^ (mixed >> 30n)) * 0xbf58476d1ce4e5b9n) & mask;
  mixed = ((mixed ^ (mixed >> 27n)) * 0x94d049bb133111ebn) & mask;
  return mixed ^ (mixed >> 31n);
}
const uniform = () => Number(word() >> 11n) / 2 ** 53;
const id = (bytes) => {
  const made = Buffer.alloc(bytes);
  for (let at = 0; at < bytes; at += 8) made.writeBigUInt64LE(word(), at);
  return made;
};

function makeBody() {
  const spans = [];
  const names = [];
  const traces = 1 + Math.floor(uniform() * 3);
  for (let t = 0; t < traces; ++t) {
    const trace = id(16);
    let parent = null;
    const count = 1 + Math.floor(uniform() * 4);
    for (let s = 0; s < count; ++s) {
      const own = id(8);
      spans.push(span({ trace, id: own, parent, words: `round of ${names.length} words, ${own.toString('hex')}` }));
      names.push(`${trace.toString('hex')} ${own.toString('hex')}`);
      parent ??= own;
    }
  }
  return { bytes: request(spans), names };
}

/// The status of the answer; 0 if the connection broke before it was whole.
function post(url, agent, body) {
  return new Promise((done) => {
    const sent = httpRequest(`${url}/v1/traces`, {
      method: 'POST',
      agent,
      headers: { 'content-type': 'application/x-protobuf', 'content-length': body.length },
    }, (answer) => {
      answer.on('data', () => {});
      answer.on('end', () => done(answer.complete ? answer.statusCode : 0));
      answer.on('error', () => done(0));
    });
    sent.on('error', () => done(0));
    sent.end(body);
  });
}

async function startServer(round) {
  const ready = join(folder, `ready-${round}`);
  const child = spawn(binary, ['serve', '--data', data, '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0',
    '--page', '127.0.0.1:0', '--ready-file', ready], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (text) => (told = (told + text).slice(-20_000)));
  const ended = new Promise((done) => child.on('exit', (code, signal) => done(signal ?? code)));
  for (let tries = 0; !existsSync(ready); ++tries) {
    if (child.exitCode !== null || child.signalCode !== null || tries > 2_400)
      throw new Error(`round ${round}: the server did not start\n${told}`);
    await later(25);
  }
  const addresses = Object.fromEntries(readFileSync(ready, 'utf8').trim().split('\n').map((line) => line.split(/=(.*)/s)));
  return { child, ended, told: () => told, http: addresses.PLIMSOLL_HTTP, url: addresses.PLIMSOLL_URL };
}

const acknowledged = new Map(); // span → how often it was acknowledged
const unsure = []; // bodies whose answer never came
let unexpected = 0;
let come_back = 0;

/// One writer, until the server is gone.
async function write(server, life) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  while (!life.over) {
    const body = unsure.pop() ?? makeBody();
    const status = await post(server.http, agent, body.bytes);
    if (status === 200) {
      for (const name of body.names) acknowledged.set(name, (acknowledged.get(name) ?? 0) + 1);
    } else {
      unsure.push(body);
      if (status === 503 || status === 429) {
        ++come_back;
        await later(20);
      } else if (status !== 0) {
        ++unexpected;
        console.error(`unexpected answer: ${status}`);
        life.over = true;
      } else if (!life.over) await later(5);
    }
  }
  agent.destroy();
}

/// The store's spans with how often each is there.
async function held() {
  const child = spawn(binary, ['spans', '--data', data], { stdio: ['ignore', 'pipe', 'inherit'] });
  const ended = new Promise((done) => child.on('exit', done));
  const found = new Map();
  for await (const line of createInterface({ input: child.stdout })) found.set(line, (found.get(line) ?? 0) + 1);
  if ((await ended) !== 0) throw new Error('`plimsoll spans` failed');
  return found;
}

/// Until everything acknowledged has reached the facts.
async function settled(server) {
  let last;
  for (const end = Date.now() + 300_000; Date.now() < end; await later(100)) {
    last = await (await fetch(`${server.url}/api/v1/status`)).json();
    if (last.facts.applied_seq === last.journal.head_seq && last.open_traces === 0) return last;
  }
  throw new Error(`not settled after 300 s: ${JSON.stringify(last)}`);
}

const began = Date.now();
let last_shown = -1;
for (let round = 1; round <= rounds; ++round) {
  const server = await startServer(round);
  const life = { over: false };
  const writing = Array.from({ length: writers }, () => write(server, life));
  // Most kills come while writing is in full swing, some at once, some after facts were applied.
  await later(uniform() < 0.2 ? uniform() * 30 : 50 + uniform() * (uniform() < 0.1 ? 4_000 : 450));
  life.over = true;
  server.child.kill('SIGKILL');
  await server.ended;
  await Promise.all(writing);
  const tenth = Math.floor((10 * round) / rounds);
  if (tenth !== last_shown) console.error(`kill -9: ${round} of ${rounds} rounds, ${acknowledged.size} spans acknowledged`);
  last_shown = tenth;
}

const server = await startServer(rounds + 1);
const status = await settled(server);
server.child.kill('SIGTERM');
const code = await server.ended;
const found = await held();
let lost = 0;
for (const name of acknowledged.keys()) if (!found.has(name)) ++lost;
let doubled = 0;
for (const count of found.values()) if (count > 1) ++doubled;
const result = {
  rounds, writers, acknowledged: acknowledged.size, held: found.size, lost, doubled, come_back, unexpected,
  damage: status.journal.damage.length, exit: code, seconds: Math.round((Date.now() - began) / 1000),
};
console.log(JSON.stringify(result));
const good = lost === 0 && doubled === 0 && unexpected === 0 && result.damage === 0 && code === 0 && acknowledged.size > 0;
if (good) rmSync(folder, { recursive: true, force: true });
else console.error(`kill -9 failed; the data are in ${folder}\n${server.told()}`);
process.exitCode = good ? 0 : 1;
