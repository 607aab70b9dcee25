// Receivers of messages that misbehave when told to.
import { spawn } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer as createHttp } from 'node:http';
import { createServer as createTcp } from 'node:net';
import { join } from 'node:path';

const listening = (server, port) =>
  new Promise((done) => server.listen(port, '127.0.0.1', () => done(server.address().port)));

/// A webhook receiver. `mode`: take, refuse (503), hang, swallow (takes the message and breaks the
/// connection before the answer). Keeps what it took, by id; checks every signature.
export class Webhook {
  mode = 'take';
  attempts = 0;
  taken = [];  // {id, step, alert, body} in the order of their first arrival
  seen = new Map();  // id → how often it arrived and was processed
  faults = [];
  #secret;
  #server;
  #sockets = new Set();

  constructor(secret) { this.#secret = secret; }

  async start(port = 0) {
    this.#server = createHttp((request, response) => this.#answer(request, response));
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    this.port = await listening(this.#server, port);
  }

  async stop() {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((done) => this.#server.close(done));
  }

  #answer(request, response) {
    const pieces = [];
    request.on('data', (piece) => pieces.push(piece));
    request.on('error', () => {});
    request.on('end', () => {
      this.attempts += 1;
      if (this.mode === 'hang') return;
      if (this.mode === 'refuse') {
        response.statusCode = 503;
        return response.end('not now');
      }
      this.#take(request, Buffer.concat(pieces).toString());
      if (this.mode === 'swallow') return request.socket.destroy();
      response.end('{}');
    });
  }

  #take(request, text) {
    const time = request.headers['plimsoll-timestamp'];
    const wanted = `v1=${createHmac('sha256', this.#secret).update(`${time}.${text}`).digest('hex')}`;
    if (request.headers['plimsoll-signature'] !== wanted) this.faults.push('a signature is wrong');
    if (Math.abs(Date.now() / 1000 - Number(time)) > 60) this.faults.push('a timestamp is old');
    const body = JSON.parse(text);
    const id = request.headers['plimsoll-id'];
    if (id !== body.id) this.faults.push('the header has another id than the body');
    if (!this.seen.has(id)) this.taken.push({ id, step: body.step, alert: body.alert, body });
    this.seen.set(id, (this.seen.get(id) ?? 0) + 1);
  }
}

/// An SMTP server that keeps mails; every `refuse`th conversation is told to come back (451).
export class MailServer {
  mails = [];  // {from, to, text}
  refuse = 0;

  async start() {
    const server = createTcp((socket) => this.#talk(socket));
    this.port = await listening(server, 0);
    this.stop = () => server.close();
  }

  #talk(socket) {
    let held = '';
    let mail = null;
    let mode = 'commands';
    const say = (text) => socket.write(`${text}\r\n`);
    socket.on('error', () => {});
    say('220 sink ESMTP');
    const command = (line) => {
      const word = line.slice(0, 4).toUpperCase();
      if (word === 'EHLO' || word === 'HELO') return say('250 sink');
      if (word === 'MAIL') {
        if (this.refuse > 0) {
          this.refuse -= 1;
          return say('451 come back');
        }
        mail = { from: line, to: [], text: '' };
        return say('250 ok');
      }
      if (word === 'RCPT') {
        mail.to.push(line);
        return say('250 ok');
      }
      if (word === 'DATA') {
        mode = 'data';
        return say('354 go on');
      }
      if (word === 'QUIT') {
        say('221 bye');
        return socket.end();
      }
      return say('250 ok');
    };
    socket.on('data', (bytes) => {
      held += bytes.toString();
      for (;;) {
        const end = held.indexOf(mode === 'data' ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const text = held.slice(0, end);
        held = held.slice(end + (mode === 'data' ? 5 : 2));
        if (mode === 'data') {
          mode = 'commands';
          this.mails.push({ ...mail, text });
          say('250 taken');
        } else {
          command(text);
        }
      }
    });
  }
}

/// Headers and body of a mail as this sink got it: unfolded, words decoded, base64 undone.
export function readMail(text) {
  const [head, body] = text.split('\r\n\r\n');
  const headers = {};
  for (const line of head.replace(/\r\n[ \t]/g, ' ').split('\r\n')) {
    const colon = line.indexOf(':');
    headers[line.slice(0, colon).toLowerCase()] = line.slice(colon + 1).trim();
  }
  headers.subject = headers.subject.split(' ')
    .map((word) => Buffer.from(word.match(/^=\?UTF-8\?B\?(.*)\?=$/)[1], 'base64').toString()).join('');
  return { headers, text: Buffer.from(body, 'base64').toString() };
}

/// Debian's Alertmanager, alone, with a receiver that does nothing.
export async function startAlertmanager(folder, port) {
  mkdirSync(folder);
  const config = join(folder, 'alertmanager.yml');
  writeFileSync(config, 'route: {receiver: nobody, group_wait: 1s}\nreceivers: [{name: nobody}]\n');
  const child = spawn('build/alertmanager/usr/bin/prometheus-alertmanager', [`--config.file=${config}`,
    `--storage.path=${join(folder, 'data')}`, `--web.listen-address=127.0.0.1:${port}`,
    '--cluster.listen-address='], { stdio: ['ignore', 'ignore', 'pipe'] });
  let told = '';
  child.stderr.on('data', (text) => (told = (told + text).slice(-4000)));
  const url = `http://127.0.0.1:${port}`;
  for (let tries = 0; tries < 100; ++tries) {
    if (child.exitCode !== null) break;
    const ready = await fetch(`${url}/-/ready`).then((answer) => answer.ok, () => false);
    if (ready) return { url, child };
    await new Promise((done) => setTimeout(done, 100));
  }
  child.kill('SIGKILL');
  throw new Error(`Alertmanager did not start: ${told}`);
}

/// A port that was free a moment ago.
export async function freePort() {
  const server = createTcp();
  const port = await listening(server, 0);
  await new Promise((done) => server.close(done));
  return port;
}
