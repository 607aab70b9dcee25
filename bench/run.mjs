// Runs a workload against a server of its own and says what it cost.
//
//   search    on one server, short runs at rising rates: the highest that is sustained
//   measure   on a fresh server each: at that rate, and at half of it for the latencies
//
// Sustained: p99 of the acknowledgement below the bound, nothing refused, no backlog that grows, and
// the evaluation keeps up. A measured run whose ledger and store differ is void.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, existsSync, readFileSync, readdirSync, rmSync, statSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as later } from 'node:timers/promises';

const build = process.env.PLIMSOLL_BUILD ?? 'build/release';
const plimsoll = `${build}/src/app/plimsoll`;
const tools = `${build}/bench`;

const workloads = {
  W1: { connections: 16, from: 2_000, p99_ms: 100, unit: 'fat chat, all stages, MB per server core-second', of: (r) => r.mb_per_core_s, must: 80, aim: 150 },
  W3: { connections: 16, from: 20_000, p99_ms: 100, unit: '600-byte spans, durable, per server core-second', of: (r) => r.spans_per_durable_core_s, must: 80_000, aim: 200_000 },
  W7: { connections: 256, from: 2_000, p99_ms: 100, unit: 'one span per request, 256 connections, requests/s', of: (r) => r.requests_per_s, must: 10_000, aim: 30_000 },
};

const args = process.argv.slice(2);
const option = (name, otherwise) => {
  const at = args.indexOf(name);
  return at < 0 ? otherwise : args[at + 1];
};
const chosen = args.filter((word) => word in workloads);
const quick = args.includes('--quick');
const seconds = Number(option('--seconds', quick ? 5 : 30));
const fixed_rate = Number(option('--rate', 0));
const core = cpus().length - 1;
const say = (text) => process.stderr.write(`${text}\n`);

async function startServer() {
  const data = mkdtempSync(join(process.env.PLIMSOLL_BENCH_DIR ?? tmpdir(), 'plimsoll-bench-'));
  const child = spawn(plimsoll, ['serve', '--config', 'bench/plimsoll.yaml', '--data', join(data, 'data'),
    '--grpc', '127.0.0.1:0', '--http', '127.0.0.1:0', '--page', '127.0.0.1:0', '--ready-file', join(data, 'ready')],
    { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (text) => (told += text));
  const ended = new Promise((done) => child.on('exit', (code, signal) => done(code ?? signal)));
  for (let tries = 0; !existsSync(join(data, 'ready')); ++tries) {
    if (child.exitCode !== null || tries > 600) throw new Error(`the server did not start:\n${told}`);
    await later(100);
  }
  const ready = Object.fromEntries(
    readFileSync(join(data, 'ready'), 'utf8').trim().split('\n').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  );
  const pid = child.pid;
  const server = {
    data: join(data, 'data'),
    to: ready.PLIMSOLL_HTTP.replace('http://', ''),
    status: async () => (await fetch(`${ready.PLIMSOLL_URL}/api/v1/status`)).json(),
    cpu_s: () => {
      const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
      return (Number(fields[11]) + Number(fields[12])) / 100;
    },
    // Of the threads that stand between a sender and its answer: the door and the journal.
    durable_cpu_s: () => readdirSync(`/proc/${pid}/task`).reduce((sum, task) => {
      const [, name, rest] = /\((.*)\) (.*)/.exec(readFileSync(`/proc/${pid}/task/${task}/stat`, 'utf8'));
      const fields = rest.split(' ');
      return ['OTLP/HTTP', 'journal'].includes(name) ? sum + (Number(fields[11]) + Number(fields[12])) / 100 : sum;
    }, 0),
    rss_peak_mb: () => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024,
    written_bytes: () => Number(/^write_bytes: (\d+)/m.exec(readFileSync(`/proc/${pid}/io`, 'utf8'))[1]),
    // Until all that was acknowledged is evaluated; the seconds it took.
    caughtUp: async () => {
      const began = Date.now();
      for (let last; Date.now() - began < 300_000; await later(100)) {
        last = await server.status();
        if (last.facts.applied_seq === last.journal.head_seq && last.open_traces === 0) return (Date.now() - began) / 1000;
      }
      throw new Error(`not caught up after 300 s: ${JSON.stringify(await server.status())}`);
    },
    stop: async () => {
      child.kill('SIGTERM');
      const code = await ended;
      if (code !== 0) throw new Error(`the server ended with ${code}:\n${told}`);
    },
    remove: () => rmSync(data, { recursive: true, force: true }),
  };
  return server;
}

function load(server, workload, rate, time, ledger) {
  return new Promise((done, failed) => {
    const child = spawn(`${tools}/plimsoll_load`, ['--workload', workload, '--to', server.to, '--rate', String(rate),
      '--seconds', String(time), '--connections', String(workloads[workload].connections), '--core', String(core),
      ...(ledger ? ['--ledger', ledger] : [])], { stdio: ['ignore', 'pipe', 'inherit'] });
    let text = '';
    child.stdout.on('data', (piece) => (text += piece));
    child.on('exit', (code) => (code === 0 ? done(JSON.parse(text)) : failed(new Error(`plimsoll_load ended with ${code}`))));
  });
}

function sustained(workload, run, time) {
  const { p99_ms } = workloads[workload];
  if (run.refused || run.unanswered || run.broken) return 'refused or broken';
  if (run.come_back) return 'told to come back';
  if (run.latency_ms.p99 > p99_ms) return `p99 ${run.latency_ms.p99.toFixed(1)} ms`;
  if (run.waiting_last_quarter > 2 * run.waiting_second_quarter + 8) return 'backlog grows';
  if (run.catch_up_s > 3 + 0.15 * time) return `evaluation ${run.catch_up_s.toFixed(1)} s behind`;
  return '';
}

async function search(workload) {
  const time = quick ? 3 : 8;
  const server = await startServer();
  const holds = async (rate) => {
    const run = await load(server, workload, rate, time);
    run.catch_up_s = await server.caughtUp();
    const why = sustained(workload, run, time);
    say(`  ${workload} ${Math.round(rate)} spans/s, ${run.mb_per_s.toFixed(1)} MB/s, p99 ${run.latency_ms.p99.toFixed(1)} ms: ${why || 'sustained'}`);
    return !why;
  };
  let low = 0;
  let high = workloads[workload].from;
  while (await holds(high)) [low, high] = [high, high * 1.6];
  if (low === 0) for (low = high / 2; !(await holds(low)); low /= 2) high = low;
  for (let step = 0; step < 3; ++step) {
    const middle = (low + high) / 2;
    if (await holds(middle)) low = middle;
    else high = middle;
  }
  await server.stop();
  server.remove();
  return low;
}

function sizeOf(path) {
  const stat = statSync(path);
  return stat.isDirectory() ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0) : stat.size;
}

async function measure(workload, rate) {
  const server = await startServer();
  const ledger = `${server.data}.ledger`;
  const cpu_before = server.cpu_s();
  const run = await load(server, workload, rate, seconds, ledger);
  const catch_up_s = await server.caughtUp();
  const cpu_s = server.cpu_s() - cpu_before;
  const durable_cpu_s = server.durable_cpu_s();
  const status = await server.status();
  const costs = { server_cpu_s: cpu_s, rss_peak_mb: server.rss_peak_mb(), written_mb: server.written_bytes() / 1e6, commits: status.journal.commits };
  await server.stop();
  const disk_share = sizeOf(server.data) / run.bytes;
  const compared = spawnSync('bash', ['-c', 'set -o pipefail; "$1" spans --data "$2" | "$3" "$4"', 'compare', plimsoll, server.data, `${tools}/plimsoll_ledger`, ledger], { encoding: 'utf8', maxBuffer: 1 << 20 });
  const whole = compared.status === 0;
  if (!whole) say(`VOID: ${compared.stdout}${compared.stderr}`);
  server.remove();
  return {
    workload, ...run, catch_up_s, ...costs, disk_share,
    mb_per_core_s: run.bytes / 1e6 / cpu_s,
    spans_per_core_s: run.spans / cpu_s,
    spans_per_durable_core_s: run.spans / durable_cpu_s,
    requests_per_s: run.requests / run.seconds,
    cpu_s_per_gb: cpu_s / (run.bytes / 1e9),
    ledger: whole ? JSON.parse(compared.stdout) : compared.stdout,
    valid: whole,
  };
}

const round = (number) => (number >= 100 ? Math.round(number).toLocaleString('en') : number.toFixed(number >= 10 ? 1 : 2));

for (const workload of chosen.length ? chosen : Object.keys(workloads)) {
  const target = workloads[workload];
  const rate = fixed_rate || (say(`${workload}: searching for the sustained rate`), await search(workload));
  say(`${workload}: measuring at ${Math.round(rate)} spans/s and at half of it, ${seconds} s each`);
  const full = await measure(workload, rate);
  const half = await measure(workload, rate / 2);
  const valid = full.valid && half.valid;
  console.log(JSON.stringify({ workload, valid, sustained_spans_per_s: rate, full, half }));
  const row = (what, must, aim, measured) => console.log(`| ${workload} | ${what} | ${must} | ${aim} | ${valid ? measured : 'void'} |`);
  row(target.unit, target.must.toLocaleString('en'), target.aim.toLocaleString('en'), round(target.of(full)));
  if (workload === 'W3') row('600-byte spans, durable and evaluated, per server core-second', '', '', round(full.spans_per_core_s));
  row('sustained, spans/s and MB/s', '', '', `${round(full.spans_per_s)} and ${round(full.mb_per_s)}`);
  row('acknowledge p50 / p99 at half of sustained load, ms', '6 / 25', '3 / 10', `${round(half.latency_ms.p50)} / ${round(half.latency_ms.p99)}`);
  row('peak resident memory, DuckDB included, MB', '400 without', '200 without', round(full.rss_peak_mb));
  row('disk, bodies and facts, against raw', '0.45', '0.33', full.disk_share.toFixed(2));
  row('server CPU seconds per GB / journal commits / MB written', '', '', `${round(full.cpu_s_per_gb)} / ${full.commits} / ${round(full.written_mb)}`);
  row('ledger: acknowledged, lost, doubled', '0 lost', '', full.valid ? `${full.ledger.acknowledged.toLocaleString('en')}, ${full.ledger.lost}, ${full.ledger.doubled}` : 'void');
  if (!valid) process.exitCode = 1;
}
