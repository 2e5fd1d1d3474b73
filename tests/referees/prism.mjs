// SPDX-License-Identifier: MIT
// Prism reads along while the demo, the buying tests and the sandbox's own tests run: no request of
// our client and no answer of the sandbox is other than openapi.yaml says.
import { request } from './cloud.mjs';
import { Front } from './front.mjs';
import { runTests, startSandbox } from './lib.mjs';
import { document } from './openapi.mjs';

/** Our client throughout. */
const clients = {
  'the demo': ['demo'],
  'the outage': ['demo-outage'],
  'the buying tests': ['purchase', 'purchase-fault', 'purchase-lines', 'purchase-recovery', 'purchase-search', 'blockers'],
  'the module and the host': ['host-sandbox', 'model', 'model-sign-in'],
};
/**
 * They ask what no client should, and some of it only over a connection of their own; only the
 * answers are judged.
 */
const sandboxTests = ['sandbox-contract', 'sandbox-sign-in', 'sandbox-quotes', 'sandbox-orders', 'sandbox-checkout'];

const tell = ({ method, path, answer, violations }) =>
  violations.map(({ location, message }) => `${method} ${path} ${answer?.status ?? '-'}: ${location.join('.')}: ${message}`);

const routeOf = ({ method, path }, api) => {
  const [name] = path.split('?');
  const route = Object.keys(api.paths).find((one) => new RegExp(`^${one.replace(/[.]/g, '\\.').replace(/\{[^}]*\}/g, '[^/]+')}$`).test(name));
  return route && `${method} ${route}`;
};

const judgeRun = async (tally, front, what, tests, matters) => {
  const before = front.exchanges.length;
  const begun = Date.now();
  const { status, output, errors } = await runTests(tests, { TTCLOUD_SANDBOX_FRONT: front.address });
  const exchanges = front.exchanges.slice(before);
  const seen = exchanges.map((exchange) => ({ ...exchange, violations: exchange.violations.filter(({ location }) => matters(location[0], exchange)) }));
  const words = [...new Set(seen.flatMap(tell).map((line) => line.replace(/order-[\w-]+/g, 'order-*')))];

  const seconds = ((Date.now() - begun) / 1000).toFixed(0);

  if (what in clients) tally.check(status === 0, `${what} went well behind Prism`, `${output.slice(-3000)}${errors.slice(-1000)}`);
  tally.check(exchanges.length > 0, `${exchanges.length} exchanges of ${what} were read, in ${seconds} s`);
  tally.none(words, `no violation in ${what}`);
};

/** That Prism can say no: to a wrong request, and to a page of a guest network. */
const judgeJudge = async (tally, front) => {
  const sandbox = await startSandbox([], { TTCLOUD_SANDBOX_FRONT: front.address });
  const last = (side) => front.exchanges.at(-1).violations.some(({ location }) => location[0] === side);
  try {
    await request(sandbox, 'POST', '/oauth/token', { form: { grant_type: 'password', client_id: 'prosoft-ttecomm' } });
    tally.check(last('request') && !last('response'), 'Prism sees a wrong request');
    await fetch(`${sandbox.urls.control_url}/sandbox/faults`, {
      method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ name: 'html-200' }),
    });
    await request(sandbox, 'GET', '/v1/keys');
    tally.check(last('response') && !last('request') && front.exchanges.at(-1).onPurpose, 'Prism sees a wrong answer');
  } finally {
    await sandbox.stop();
    front.exchanges.length = 0;
  }
};

export const judge = async (tally) => {
  const front = new Front();
  const api = document();

  await front.start();
  try {
    await judgeJudge(tally, front);
    // A spoilt answer is spoilt on purpose; a request never is.
    for (const [what, tests] of Object.entries(clients))
      await judgeRun(tally, front, what, tests, (side, exchange) => side !== 'response' || !exchange.onPurpose);
    const client = new Set(front.exchanges.map((exchange) => routeOf(exchange, api)));
    const described = Object.entries(api.paths).flatMap(([route, item]) => ['get', 'post'].filter((method) => item[method]).map((method) => `${method.toUpperCase()} ${route}`));
    tally.none(described.filter((route) => !client.has(route)), `the client used each of ${described.length} operations`);
    await judgeRun(tally, front, "the sandbox's tests", sandboxTests, (side, exchange) => side === 'response' && !exchange.onPurpose);
    const answered = new Set(front.exchanges.filter(({ answer }) => answer).map((exchange) => `${exchange.answer.status}`));
    tally.check(['200', '201', '400', '401', '404', '405', '409'].every((status) => answered.has(status)), `answers of status ${[...answered].sort().join(', ')}`);
  } finally {
    front.stop();
  }
};
