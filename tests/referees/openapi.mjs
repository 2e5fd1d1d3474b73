// SPDX-License-Identifier: MIT
// openapi.yaml describes everything that exists: the sandbox's routes and the client's calls, both
// ways, every problem by name and status, an example for each; and Redocly's linter has no word.
import fs from 'node:fs';

import { inPackage, inTree, load, read, run } from './lib.mjs';

const methods = ['get', 'put', 'post', 'delete', 'patch'];

export const document = () => load('yaml').parse(read('api/ttcloud/openapi.yaml'));

/** "GET /v1/orders/{}", as the sandbox writes it. */
const operations = (api) =>
  Object.entries(api.paths).flatMap(([route, item]) =>
    methods
      .filter((method) => item[method])
      .map((method) => ({ name: `${method.toUpperCase()} ${route.replace(/\{[^}]*\}/g, '{}')}`, operation: item[method] })),
  );

const sandboxRoutes = () =>
  [...read('tests/sandbox/api.c').matchAll(/^\s*\{ "([A-Z]+)", "(\/[^"]*)",/gm)].map(([, method, route]) => `${method} ${route}`);

/** What the client writes as an address: a literal, or one with something in the middle. */
const clientPaths = () => {
  const found = new Set();
  for (const file of fs.readdirSync(inTree('api/ttcloud')).filter((name) => name.endsWith('.c'))) {
    const text = read('api/ttcloud', file);
    for (const [, first, last] of text.matchAll(/g_strconcat \("(\/v1\/[^"]*\/)", \w+, (?:"(\/[^"]*)", )?NULL\)/g))
      found.add(`${first}{}${last ?? ''}`);
    for (const [, literal] of text.matchAll(/"(\/(?:v1|\.well-known)\/[^"]*[^"/])"/g)) found.add(literal);
  }
  return [...found];
};

const problemRows = (file, pattern) =>
  Object.fromEntries([...read(file).matchAll(pattern)].map(([, name, status]) => [name, Number(status)]));

const resolve = (api, node) =>
  node?.$ref ? node.$ref.slice(2).split('/').reduce((at, step) => at[step], api) : node;

const missing = (from, of) => from.filter((entry) => !of.includes(entry));

const judgeRoutes = (tally, api) => {
  const described = operations(api).map(({ name }) => name);
  const served = sandboxRoutes();
  const paths = [...new Set(described.map((name) => name.split(' ')[1]))];
  const called = clientPaths();
  // These the client takes from the discovery document.
  const discovered = ['/oauth/token', '/oauth/revoke'];

  tally.check(served.length > 10 && called.length > 8, `${served.length} routes of the sandbox and ${called.length} of the client were found`);
  tally.none(missing(served, described), 'every route of the sandbox is described');
  tally.none(missing(described, served), 'the sandbox serves everything that is described');
  tally.none(missing(called, paths), 'every path that the client calls is described');
  tally.none(missing(paths, [...called, ...discovered]), 'the client calls everything that is described');
};

const mediaTypes = (api) =>
  operations(api).flatMap(({ name, operation }) => [
    ...Object.entries(operation.requestBody?.content ?? {}).map(([type, media]) => ({ where: `${name} request`, type, media })),
    ...Object.entries(operation.responses).flatMap(([status, response]) =>
      Object.entries(resolve(api, response).content ?? {}).map(([type, media]) => ({ where: `${name} ${status}`, type, media })),
    ),
  ]);

const judgeExamples = (tally, api) => {
  const media = mediaTypes(api);
  const bare = media.filter(({ media: one }) => !one.examples && one.example === undefined);
  const used = new Set(media.flatMap(({ media: one }) => Object.values(one.examples ?? {}).map(({ $ref }) => $ref)));
  const unused = Object.keys(api.components.examples).filter((name) => !used.has(`#/components/examples/${name}`));

  tally.none(bare.map(({ where, type }) => `${where} ${type}`), `each of ${media.length} bodies has an example`);
  tally.none(unused, `each of ${Object.keys(api.components.examples).length} examples is one of a body`);
};

const judgeProblems = (tally, api) => {
  const prefix = 'urn:ttecomm:problem:';
  const described = api.components.schemas.Problem.properties.type.enum.map((type) => type.slice(prefix.length));
  const client = problemRows('api/ttcloud/problem.c', /\{ "([a-z_]+)", (\d{3}) \}/g);
  const sandbox = problemRows('tests/sandbox/http.c', /\{ "([a-z_]+)", (\d{3}), "/g);
  const samples = Object.entries(api.components.examples).filter(([name]) => name.startsWith('problem_'));
  const wrong = samples.filter(
    ([name, { value }]) => value.type === prefix + name.slice(8) && value.status !== sandbox[name.slice(8)],
  );

  tally.none(missing(Object.keys(sandbox), described), `each of the sandbox's ${Object.keys(sandbox).length} problems is described`);
  tally.none(missing(described, Object.keys(sandbox)), 'the sandbox knows every problem that is described');
  tally.none(missing(described, [...Object.keys(client), 'internal']), 'the client knows every problem that a request may bring about');
  tally.none(
    Object.keys(client).filter((name) => client[name] !== sandbox[name]),
    'client and sandbox give each problem the same status',
  );
  tally.none(missing(described, samples.map(([name]) => name.slice(8))), 'each problem has an example');
  tally.none(wrong.map(([name]) => name), 'each example of a problem has its status');
};

const judgeLint = async (tally) => {
  const { status, output, errors } = await run(
    process.execPath,
    [inPackage('@redocly/cli', 'bin/cli.js'), 'lint', inTree('api/ttcloud/openapi.yaml'), '--format=json'],
    { env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' } },
  );
  const report = output.includes('{') ? JSON.parse(output.slice(output.indexOf('{'))) : null;
  const findings = report?.problems.map(({ ruleId, message, location }) => `${ruleId} ${location[0].pointer}: ${message}`);

  if (tally.check(report !== null, 'Redocly read the document', errors))
    tally.none(findings, 'Redocly has no word against the document');
  tally.check(status === 0, 'Redocly ends well', `status ${status}`);
};

export const judge = async (tally) => {
  const api = document();

  judgeRoutes(tally, api);
  judgeExamples(tally, api);
  judgeProblems(tally, api);
  await judgeLint(tally);
};
