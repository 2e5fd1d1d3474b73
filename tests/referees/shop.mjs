// SPDX-License-Identifier: MIT
// The sandbox as a person and a program meet it: pages in a browser, orders over the API.
import crypto from 'node:crypto';
import http from 'node:http';
import https from 'node:https';

import { listen } from './registrar.mjs';

const villa = 'b7a1c2d4-0f5e-4a6b-9c3d-2e1f00a1b2c3';
const verifier = 'abcdefghijklmnopqrstuvwxyz0123456789-._~ABCDEFG';

const send = (url, { method = 'POST', headers = {}, body = '', ca } = {}) =>
  new Promise((resolve, reject) => {
    const sent = (url.startsWith('https:') ? https : http).request(url,
      { method, ca, agent: false, headers: { ...headers, 'content-length': Buffer.byteLength(body) } },
      (answer) => {
        let text = '';
        answer.on('data', (part) => (text += part));
        answer.on('end', () => (answer.statusCode < 300 ? resolve(JSON.parse(text || '{}')) : reject(new Error(`${url}: ${answer.statusCode} ${text}`))));
      });
    sent.on('error', reject);
    sent.end(body);
  });

export class Shop {
  constructor(sandbox) {
    this.sandbox = sandbox;
    this.web = sandbox.urls.ttecomm_url;
  }

  /** POST to the control interface. */
  control(path, object = {}) {
    return send(`${this.sandbox.urls.control_url}/sandbox/${path}`, { headers: { 'content-type': 'application/json' }, body: JSON.stringify(object) });
  }

  authorizeUrl(changes = {}) {
    const query = new URLSearchParams({
      response_type: 'code', client_id: 'prosoft-ttecomm', redirect_uri: 'http://127.0.0.1:49152/callback', state: 'a',
      code_challenge: crypto.createHash('sha256').update(verifier).digest('base64url'), code_challenge_method: 'S256', ...changes,
    });
    return `${this.web}/authorize?${query}`;
  }

  /** Signs a program in, with the pages of a browser. */
  async signIn(page, address) {
    /* It stays for what a browser asks for by itself, and keeps nobody from ending. */
    const program = http.createServer((message, response) => response.end()).unref();
    const redirect_uri = `http://127.0.0.1:${await listen(program)}/callback`;

    await page.goto(this.authorizeUrl({ redirect_uri }));
    await page.fill('#email', address);
    await page.fill('#password', 'sandbox');
    await Promise.all([page.waitForURL(`${redirect_uri}*`), page.click('button[value=sign-in]')]);
    const form = { grant_type: 'authorization_code', client_id: 'prosoft-ttecomm', code_verifier: verifier, redirect_uri,
      code: new URL(page.url()).searchParams.get('code') };
    this.token = (await send(`${this.sandbox.urls.ttcloud_url}/oauth/token`, { ca: this.sandbox.ca,
      headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: new URLSearchParams(form).toString() })).access_token;
  }

  #api(path, object, headers = {}) {
    return send(`${this.sandbox.urls.ttcloud_url}/v1/${path}`, { ca: this.sandbox.ca, body: JSON.stringify(object),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${this.token}`, ...headers } });
  }

  /** The checkout address of a new order. */
  async order(services = ['RS']) {
    const lines = services.map((service) => ({ action: 'buy', installation: villa, service }));
    const { quote_id } = await this.#api('quotes', { lines });
    const order = await this.#api('orders', { quote_id, accept_terms: '2026-09' }, { 'idempotency-key': crypto.randomUUID() });

    return order.checkout_url;
  }
}
