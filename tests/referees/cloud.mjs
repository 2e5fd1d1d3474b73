// SPDX-License-Identifier: MIT
// A client of TTcloud's API that shares nothing with ours: Node's https and crypto.
import crypto from 'node:crypto';
import http from 'node:http';
import https from 'node:https';

import { inBuild, run } from './lib.mjs';

/** @returns {Promise<{status, headers, text, json}>} */
export const request = (sandbox, method, route, { token, json, form, headers = {} } = {}) =>
  new Promise((resolve, reject) => {
    const body = json !== undefined ? JSON.stringify(json) : form !== undefined ? new URLSearchParams(form).toString() : '';
    const sent = https.request(
      sandbox.urls.ttcloud_url + route,
      {
        method,
        ca: sandbox.ca,
        agent: false,
        headers: {
          ...(token ? { authorization: `Bearer ${token}` } : {}),
          ...(json !== undefined ? { 'content-type': 'application/json' } : {}),
          ...(form !== undefined ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
          ...(method === 'POST' ? { 'content-length': Buffer.byteLength(body) } : {}),
          ...headers,
        },
      },
      (answer) => {
        let text = '';
        answer.on('data', (data) => (text += data));
        answer.on('end', () => {
          const isJson = /json/.test(answer.headers['content-type'] ?? '');
          resolve({ status: answer.statusCode, headers: answer.headers, text, json: isJson ? JSON.parse(text) : undefined });
        });
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

/** Waits on a loopback port of its own for the code that the browser brings. */
const startLoopback = () =>
  new Promise((resolve) => {
    let bring;
    const brought = new Promise((done) => (bring = done));
    const server = http.createServer((message, answer) => {
      bring(new URL(message.url, 'http://127.0.0.1').searchParams);
      answer.end('<!DOCTYPE html><title>Done</title>');
    });
    server.listen(0, '127.0.0.1', () =>
      resolve({ redirect: `http://127.0.0.1:${server.address().port}/callback`, brought, stop: () => server.close() }),
    );
  });

/** Signs in as a person would. @returns the answer of the token end point */
export const signIn = async (sandbox, address) => {
  const { json: discovery } = await request(sandbox, 'GET', '/.well-known/openid-configuration');
  const verifier = crypto.randomBytes(32).toString('base64url');
  const state = crypto.randomBytes(16).toString('base64url');
  const loopback = await startLoopback();
  const page = `${discovery.authorization_endpoint}?${new URLSearchParams({
    response_type: 'code', client_id: 'prosoft-ttecomm', redirect_uri: loopback.redirect, state,
    scope: 'openid email offline_access ttcloud', code_challenge_method: 'S256',
    code_challenge: crypto.createHash('sha256').update(verifier).digest('base64url'),
  })}`;

  const person = await run(inBuild('tests/sandbox/sandbox-person'), [page, '--as', address], { timeout: 60000 });
  if (person.status !== 0) throw new Error(`the person did not sign in: ${person.output}${person.errors}`);
  const answer = await loopback.brought;
  loopback.stop();
  if (answer.get('state') !== state) throw new Error('another state came back');
  const { json } = await request(sandbox, 'POST', '/oauth/token', {
    form: { grant_type: 'authorization_code', client_id: 'prosoft-ttecomm', code: answer.get('code'), redirect_uri: loopback.redirect, code_verifier: verifier },
  });
  return json;
};
