// An alert from start to end; README.md says what is expected.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';

import { MailServer, Webhook, freePort, readMail, startAlertmanager } from './receivers.mjs';

const [binary, put_findings] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-alerting-'));
const data = join(folder, 'data');
const began = Date.now();
const say = (text) => console.log(`  ${((Date.now() - began) / 1000).toFixed(1).padStart(5)} s  ${text}`);

async function until(what, true_now, seconds = 20) {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await true_now();
    if (value) return value;
    if (Date.now() > end) throw new Error(`not within ${seconds} s: ${what}`);
    await later(50);
  }
}

const hook = new Webhook('a secret of two');
const mail = new MailServer();
await hook.start();
await mail.start();
const manager = await startAlertmanager(join(folder, 'alertmanager'), await freePort());

const config = join(folder, 'plimsoll.yaml');
writeFileSync(config, `
owners:
  team: {rotation: [ana, bo], notify: [hook, prom, mail], acknowledge_within: 3s, escalate: [next]}
channels:
  hook: {kind: webhook, url: "http://127.0.0.1:${hook.port}/hook", secret_env: HOOK_SECRET}
  prom: {kind: alertmanager, url: "${manager.url}", repeat: 1s}
  mail: {kind: email, url: "smtp://127.0.0.1:${mail.port}", from: plimsoll@example.org,
         to: [oncall@example.org]}
alerts: {page_url: "https://plimsoll.example.org"}
dimensions:
  latency:
    says: Nobody waits long.
    owner: team
    evaluators: [{check: latency_budget, ms_max: 3000}]
    alert: {page: default}
`);

const hours = (n) => new Date(began - n * 3_600_000).toISOString();
const finding = {
  id: '00000000000000f1', kind: 'latency_drift', dimension: 'latency', evaluator: '', version: '',
  service: 'support', slice: { 'customer.segment': 'Größe "x"' }, measure: 'p99 ms', worse: true,
  found: hours(1), since: hours(5), since_earliest: hours(6), since_latest: hours(4),
  before: 1200, before_low: 1100, before_high: 1300, after: 1900, after_low: 1800, after_high: 2000,
  change: 700, change_low: 500, change_high: 900, sessions_before: 4000, sessions_after: 700,
  pages: true, level: 1.4, says: 'p99 of support rose after retriever r2.',
  causes: [{ element: 'retriever', from: 'r1', to: 'r2', probability: 0.9, effect: 700, low: 500, high: 900 }],
};
const put = (changes) => execFileSync(put_findings, [data], { input: `${JSON.stringify({ ...finding, ...changes })}\n` });

let server = null;
let starts = 0;
async function start() {
  const ready = join(folder, `ready-${++starts}`);
  const child = spawn(binary, ['serve', '--config', config, '--data', data, '--grpc', '127.0.0.1:0', '--http',
    '127.0.0.1:0', '--page', '127.0.0.1:0', '--ready-file', ready],
  { stdio: ['ignore', 'ignore', 'pipe'], env: { ...process.env, HOOK_SECRET: 'a secret of two' } });
  let told = '';
  child.stderr.on('data', (text) => (told = (told + text).slice(-20_000)));
  server = { child, told: () => told, ended: new Promise((done) => child.on('exit', done)) };
  await until('the server is ready', () => {
    assert.equal(child.exitCode, null, told);
    return existsSync(ready);
  }, 60);
  server.page = readFileSync(ready, 'utf8').match(/PLIMSOLL_URL=(.*)/)[1];
}
async function kill9() {
  server.child.kill('SIGKILL');
  await server.ended;
}
const cli = (...words) => execFileSync(binary, [...words, '--server', server.page], { encoding: 'utf8' });
const api = (path) => fetch(server.page + path).then((answer) => answer.json());

try {
  // It refuses; the server dies; it hangs; the server dies while it waits; it takes the message and
  // the answer is lost; the server dies; it is gone; it is back.
  execFileSync('mkdir', ['-p', data]);
  put({});
  hook.mode = 'refuse';
  mail.refuse = 2;
  await start();
  await until('the receiver was asked and refused', () => hook.attempts >= 2);
  await kill9();
  hook.mode = 'hang';
  let before = hook.attempts;
  await start();
  await until('the receiver hangs', () => hook.attempts > before);
  await kill9();
  hook.mode = 'swallow';
  await start();
  await until('a message was taken and its answer lost', () => hook.taken.length > 0);
  await kill9();
  const port = hook.port;
  await hook.stop();
  await start();
  await later(1500);
  hook.mode = 'take';
  await hook.start(port);
  say(`refused, hung, swallowed, gone and back, with ${starts - 1} kills: ${hook.attempts} requests`);

  const alert = (await until('an alert', async () => (await api('/api/v1/alerts')).alerts))[0];
  assert.equal(alert.urgency, 'page');
  await until('nobody acknowledged: the next is asked', () => hook.taken.some((one) => one.step === 'escalated'));
  say('nobody acknowledged, and bo was asked');

  const active = async () => (await fetch(`${manager.url}/api/v2/alerts?active=true`).then((a) => a.json()));
  await until('Alertmanager knows it', async () => (await active()).length > 0);
  let known = await active();
  assert.equal(known.length, 1);
  assert.equal(known[0].labels.alert, alert.id);
  assert.equal(known[0].labels.slice, 'customer.segment=Größe "x"');
  assert.equal(known[0].generatorURL, `https://plimsoll.example.org/alerts/${alert.id}`);
  say('Alertmanager has it once');

  assert.match(cli('alerts', 'ack', alert.id, '--by', 'bo'), /acknowledged by bo/);
  await until('the receiver hears of it', () => hook.taken.some((one) => one.step === 'acknowledged'));
  put({ ended: new Date().toISOString() });
  await until('the recovery is told', () => hook.taken.some((one) => one.step === 'recovered'));
  await until('Alertmanager lets it go', async () => (await active()).length === 0);
  assert.match(cli('alerts', 'decide', alert.id, '--decision', 'roll_back', '--by', 'bo', '--reason',
    'r2 is slow; write to bo@example.org', '--link', 'https://example.org/pr/7'), /decided by bo/);
  await until('the decision is told', () => hook.taken.some((one) => one.step === 'decided'));
  say('acknowledged, recovered, decided');

  // Exactly one id for each event, in their order, each signed.
  const story = await api(`/api/v1/alerts/${alert.id}`);
  assert.deepEqual(hook.taken.map((one) => one.step), story.events.map((event) => event.step));
  assert.deepEqual(story.events.map((event) => event.step),
    ['opened', 'escalated', 'acknowledged', 'recovered', 'decided']);
  assert.deepEqual(hook.faults, []);
  assert.ok(hook.seen.get(hook.taken[0].id) >= 2, 'the swallowed one came again under its id');
  const first = hook.taken[0].body;
  assert.equal(first.headline,
    'latency rose from 1200 to 1900 (p99 ms) in support (customer.segment = Größe "x")');
  assert.equal(first.command, `plimsoll reproduce ${alert.id} --out DIR`);
  assert.equal(first.who, 'ana (on call for team)');
  assert.match(story.decided.reason, /^r2 is slow; write to /);
  assert.ok(!JSON.stringify(story).includes('bo@example.org'), 'reasons are redacted');

  const mails = mail.mails.map((one) => readMail(one.text));
  const ids = mails.map((one) => one.headers['message-id']);
  assert.equal(new Set(ids).size, 3, `opened, escalated, recovered: ${ids}`);
  assert.ok(mails.every((one) => one.headers.references === `<${alert.id}@plimsoll>`));
  assert.match(mails[0].headers.subject, /latency rose .* \(customer.segment = Größe "x"\)/);
  assert.match(mails[0].text, /retriever from r1 to r2, probability 0.90/);
  say(`${mails.length} mails of 3 events`);

  const left = story.notifications.filter((one) => one.state === 'pending');
  assert.deepEqual(left.filter((one) => one.channel !== 'prom'), []);
  const records = (await api('/api/v1/records?kind=decision')).records;
  assert.equal(records.length, 1);
  assert.equal(records[0].subject, alert.id);
  assert.equal(records[0].result.decision, 'roll_back');
  cli('records', 'verify');
  say('the trail has the decision, and is whole');

  server.child.kill('SIGTERM');
  assert.equal(await server.ended, 0, server.told());
  rmSync(folder, { recursive: true });
  console.log(`alerting: told once; ${starts - 1} kills, ${((Date.now() - began) / 1000).toFixed(0)} s`);
} catch (error) {
  console.error(error);
  console.error(server?.told());
  console.error(`what is left of it: ${folder}`);
  process.exitCode = 1;
} finally {
  manager.child.kill('SIGKILL');
  server?.child.kill('SIGKILL');
  mail.stop();
  await hook.stop().catch(() => {});
}
