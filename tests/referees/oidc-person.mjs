// SPDX-License-Identifier: MIT
// node oidc-person.mjs CA-FILE ADDRESS|- URL: the person in the browser, on oidc-provider's pages.
// Signs in as ADDRESS and agrees; with - goes back without. Ends with 0 when the program that asked
// has its answer.
import fs from 'node:fs';
import http from 'node:http';
import https from 'node:https';

const [caFile, address, first] = process.argv.slice(2);
const ca = fs.readFileSync(caFile);
const cookies = new Map();

const send = (url, form) =>
  new Promise((resolve, reject) => {
    const body = form ? new URLSearchParams(form).toString() : undefined;
    const sent = (url.protocol === 'https:' ? https : http).request(
      url,
      {
        method: form ? 'POST' : 'GET',
        agent: false,
        ...(url.protocol === 'https:' ? { ca } : {}),
        headers: {
          accept: 'text/html',
          cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
          ...(form ? { 'content-type': 'application/x-www-form-urlencoded', 'content-length': Buffer.byteLength(body) } : {}),
        },
      },
      (answer) => {
        let text = '';
        for (const line of answer.headers['set-cookie'] ?? []) {
          const [pair] = line.split(';');
          const at = pair.indexOf('=');
          if (at + 1 === pair.length) cookies.delete(pair.slice(0, at));
          else cookies.set(pair.slice(0, at), pair.slice(at + 1));
        }
        answer.on('data', (part) => (text += part));
        answer.on('end', () => resolve({ status: answer.statusCode, location: answer.headers.location, text }));
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });

/** What is filled in on a page; undefined when there is nothing to fill in. */
const fill = (text) => {
  const action = text.match(/<form[^>]* action="([^"]+)"/)?.[1];
  const prompt = text.match(/name="prompt" value="([^"]+)"/)?.[1];

  if (address === '-') return { next: text.match(/href="([^"]+\/abort)"/)?.[1] };
  return { next: action, form: prompt === 'login' ? { prompt, login: address, password: 'anything' } : { prompt } };
};

let url = new URL(first);
let answer = await send(url);
for (let steps = 0; steps < 20; steps++) {
  if (url.protocol === 'http:') process.exit(answer.status === 200 ? 0 : 1);
  const { next, form } = answer.location ? { next: answer.location } : fill(answer.text);
  if (!next) break;
  url = new URL(next, url);
  answer = await send(url, form);
}
console.error(`oidc-person: lost at ${url.origin}${url.pathname}: ${answer.status} ${answer.text.slice(0, 500)}`);
process.exit(1);
