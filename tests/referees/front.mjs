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
import { listen, startRegistrar } from './registrar.mjs';

const mark = 'x-referee';

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
    this.exchanges.push(exchange);
    if (!exchange.answer) return void response.socket?.destroy();
    const { status, rawHeaders, body, whole } = exchange.answer;
    response.writeHead(status, rawHeaders);
    if (whole) response.end(body);
    else response.write(body, () => response.socket?.destroy());
  }

  /** What stands in front of one sandbox. */
  #make({ port, certificate, key }) {
    const sandbox = { port, identity: new crypto.X509Certificate(certificate).raw };

    return https.createServer({ cert: certificate, key }, (message, response) => this.#serveFront(sandbox, message, response));
  }

  async start() {
    const back = http.createServer((message, response) => this.#serveBack(message, response));
    const registrar = await startRegistrar((question) => this.#make(question));
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
    this.address = registrar.address;
    this.stop = () => {
      prism.kill('SIGKILL');
      back.close();
      registrar.stop();
    };
    await until('Prism', () => new Promise((resolve) => {
      const probe = net.connect(this.prismPort, '127.0.0.1', () => (probe.destroy(), resolve(true)));
      probe.on('error', () => resolve(false));
    }), 60000);
  }
}
