// SPDX-License-Identifier: MIT
// Prism as a validating proxy between the sandbox's API and its clients.
//
//   client -> front (TLS, the sandbox's own identity) -> Prism -> back -> sandbox
//
// Prism reads every exchange and says what is not as the document has it. The bytes themselves go
// from back to front unaltered, so that a fault of the sandbox stays the fault it is.
import { spawn } from 'node:child_process';
import crypto from 'node:crypto';
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';

import { inBuild, inPackage, inTree, until } from './lib.mjs';

const mark = 'x-referee';

const listen = (server, port = 0) =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve(server.address().port));
  });

const collect = (stream) =>
  new Promise((resolve) => {
    const parts = [];
    stream.on('data', (part) => parts.push(part));
    // "close" comes after "end" too; whether it was whole is `complete`.
    stream.on('close', () => resolve(Buffer.concat(parts)));
    stream.on('error', () => {});
  });

/** Header lists without what belongs to one connection. */
const without = (raw, names) => raw.filter((_, i) => !names.includes(raw[i - (i % 2)].toLowerCase()));

export class Front {
  exchanges = [];
  #pending = new Map();
  #open = new Set();
  #count = 0;

  /** Asks the sandbox what the client asked, byte by byte. */
  async #ask(exchange) {
    const { sandbox, method, path, rawHeaders, body } = exchange;
    const sent = https.request({
      host: '127.0.0.1', port: sandbox.port, method, path, agent: false, rejectUnauthorized: false,
      headers: without(rawHeaders, ['connection']), setHost: false,
    });
    exchange.abandon = () => sent.destroy();
    sent.on('socket', (socket) =>
      socket.on('secureConnect', () => {
        if (!socket.getPeerCertificate().raw.equals(sandbox.identity)) sent.destroy();
      }),
    );
    const answer = await new Promise((resolve) => {
      sent.on('response', resolve);
      sent.on('error', () => resolve(null));
      sent.end(body);
    });
    if (answer === null) return;
    exchange.answer = { status: answer.statusCode, rawHeaders: answer.rawHeaders, body: await collect(answer) };
    exchange.answer.whole = answer.complete;
    exchange.onPurpose = answer.headers['sandbox-fault'] !== undefined || !answer.complete;
  }

  async #serveBack(message, response) {
    const exchange = this.#pending.get(message.headers[mark]);

    await collect(message);
    if (!exchange) return void response.writeHead(502).end();
    exchange.passedOn = true;
    await this.#ask(exchange);
    const { answer } = exchange;
    if (!answer) return void response.writeHead(502).end();
    response.writeHead(answer.status, without(answer.rawHeaders, ['connection', 'content-length', 'transfer-encoding']));
    response.end(answer.body);
  }

  /** What Prism has against an exchange. */
  async #judge(exchange) {
    const { method, path, rawHeaders, body } = exchange;
    const sent = http.request({
      host: '127.0.0.1', port: this.prismPort, method, path, agent: false, setHost: false,
      headers: [...without(rawHeaders, ['connection']), mark, exchange.id],
    });
    const response = await new Promise((resolve, reject) => {
      sent.on('response', resolve);
      sent.on('error', reject);
      sent.end(body);
    });
    const text = await collect(response);
    const violations = JSON.parse(response.headers['sl-violations'] ?? '[]');
    // When the sandbox was not there to answer, Prism complains of what the back said instead.
    exchange.violations = exchange.passedOn && !exchange.answer ? violations.filter(({ location }) => location[0] === 'request') : violations;
    if (!exchange.passedOn) exchange.violations.push({ location: ['request'], message: `Prism answered by itself: ${text}` });
  }

  async #serveFront(sandbox, message, response) {
    const exchange = { id: String(++this.#count), sandbox, method: message.method, path: message.url, rawHeaders: message.rawHeaders };

    response.on('close', () => exchange.abandon?.());
    exchange.body = await collect(message);
    this.#pending.set(exchange.id, exchange);
    try {
      await this.#judge(exchange);
    } catch (error) {
      exchange.violations = [{ location: ['referee'], message: error.message }];
    }
    this.#pending.delete(exchange.id);
    exchange.during = this.during;
    this.exchanges.push(exchange);
    if (!exchange.answer) return void response.socket?.destroy();
    const { status, rawHeaders, body, whole } = exchange.answer;
    response.writeHead(status, rawHeaders);
    if (whole) response.end(body);
    else response.write(body, () => response.socket?.destroy());
  }

  /** A sandbox that lives as long as its line is open. */
  async #register(line, question) {
    const { port, wanted, certificate, key } = JSON.parse(question);
    const sandbox = { port, identity: new crypto.X509Certificate(certificate).raw };
    const server = https.createServer({ cert: certificate, key, keepAliveTimeout: 0 }, (message, response) => this.#serveFront(sandbox, message, response));
    const sockets = new Set();

    server.on('connection', (socket) => (sockets.add(socket), socket.on('close', () => sockets.delete(socket))));
    line.on('close', () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    });
    line.write(`${JSON.stringify({ port: await listen(server, wanted) })}\n`);
  }

  async start() {
    const back = http.createServer((message, response) => this.#serveBack(message, response));
    const registrar = net.createServer((line) => {
      let question = '';
      this.#open.add(line);
      line.on('error', () => {});
      line.on('data', (part) => {
        question += part;
        if (question.endsWith('\n')) this.#register(line, question).catch(() => line.destroy());
      });
    });
    const backPort = await listen(back);
    const spare = net.createServer();
    this.prismPort = await listen(spare);
    await new Promise((resolve) => spare.close(resolve));
    const log = fs.openSync(inBuild('referees/prism.log'), 'w');
    const prism = spawn(
      process.execPath,
      [inPackage('@stoplight/prism-cli', 'dist/index.js'), 'proxy', inTree('api/ttcloud/openapi.yaml'), `http://127.0.0.1:${backPort}`,
        '--host', '127.0.0.1', '--port', String(this.prismPort), '--multiprocess=false', '--verboseLevel=error'],
      { stdio: ['ignore', log, log] },
    );
    this.address = `127.0.0.1:${await listen(registrar)}`;
    this.stop = () => {
      prism.kill('SIGKILL');
      back.close();
      registrar.close();
      for (const line of this.#open) line.destroy();
    };
    await until('Prism', () => new Promise((resolve) => {
      const probe = net.connect(this.prismPort, '127.0.0.1', () => (probe.destroy(), resolve(true)));
      probe.on('error', () => resolve(false));
    }), 60000);
  }
}
