// SPDX-License-Identifier: MIT
// The real module in the mock host signs in, refreshes and signs out at oidc-provider.
import path from 'node:path';

import { inBuild, inTree, run, startSandbox, temporary } from './lib.mjs';
import { startProvider } from './provider.mjs';

const file = inTree('tests/data/villa-picos.nbt');

const startHost = (sandbox, home) => (as, ...command) => {
  const person = [process.execPath, inTree('tests/referees/oidc-person.mjs'), path.join(sandbox.folder, 'ca.pem'), as].map((word) => `'${word}'`).join(' ');

  return run(inBuild('tests/host/prosoft-mock'),
    ['--module', inBuild('plugin/ttecomm.so'), '--sandbox', sandbox.folder, '--home', home, '--browser', as ? person : 'false', ...command],
    { timeout: 120000 });
};

const judgeAll = async (tally, world, host) => {
  const { seen } = world;
  const told = (answer) => `${answer.status} ${answer.output.slice(0, 1500)} ${answer.errors.slice(0, 500)} ${seen.errors.join('; ')}`;

  const refused = await host('-', 'sign-in', file);
  tally.check(refused.status !== 0 && /refused|declined|again/i.test(refused.output + refused.errors), 'who does not agree there is not signed in', told(refused));
  seen.errors.length = 0;

  const first = await host('mara@example.org', 'sign-in', file);
  tally.check(first.status === 0 && seen.grants.join() === 'authorization_code', 'the module signs in with a code, over a loopback redirect', told(first));
  tally.check(seen.challenges.length > 0 && seen.challenges.every((method) => method === 'S256'), 'and with PKCE', seen.challenges.join());

  await world.endAccess();
  const second = await host(null, 'page', file);
  tally.check(second.status === 0 && /mara@example\.org, system integrator/.test(second.output), 'the next host shows who is signed in', told(second));
  tally.check(seen.grants.slice(1).join() === 'refresh_token', 'after one refresh', seen.grants.join());
  await world.endAccess();
  const third = await host(null, 'session', file);
  tally.check(third.status === 4 && /not_activated|not activated/i.test(third.output), 'another asks for the session, signed in', told(third));
  const used = seen.presented.slice(1);
  tally.check(used.length >= 2 && used.every((token, i) => token === seen.refreshTokens[i]) && new Set(seen.refreshTokens).size === seen.refreshTokens.length,
    `${used.length} refreshes, each with the token that the one before gave`);

  const last = seen.refreshTokens.at(-1);
  tally.check((await world.provider.RefreshToken.find(last)) !== undefined, 'the last of them is good');
  const out = await host(null, 'invoke', file, 'sign-out');
  const signedOutWith = seen.refreshTokens.at(-1);
  tally.check(out.status === 0 && seen.revoked >= 1, 'signing out revokes', told(out));
  tally.check((await world.provider.RefreshToken.find(signedOutWith)) === undefined, 'the refresh token is gone there');
  const after = await host(null, 'page', file);
  tally.check(after.status === 0 && /nobody/i.test(after.output) && !/mara@example\.org, system/.test(after.output.split('People')[0]), 'and nobody is signed in here', told(after));
  tally.none(seen.errors, 'the provider had nothing to complain about');

  const again = await host('mara@example.org', 'sign-in', file);
  await world.endSignIn();
  const ended = await host(null, 'page', file);
  tally.check(again.status === 0 && ended.status === 0 && /sign in again/.test(ended.output) && !/system integrator\nTTcloud account/.test(ended.output), 'a sign-in that was ended there asks to sign in again here', told(ended));
  tally.check(seen.errors.some((line) => line.includes('invalid_grant')), 'after the provider said invalid_grant', seen.errors.join('; '));
};

export const judge = async (tally) => {
  const world = await startProvider();
  const sandbox = await startSandbox([], { TTCLOUD_SANDBOX_FRONT: world.address });

  // The sandbox itself, behind the provider.
  world.sandbox = { ...sandbox, urls: { ...sandbox.urls, ttcloud_url: `https://127.0.0.1:${world.port}` } };
  try {
    await judgeAll(tally, world, startHost(sandbox, temporary('home')));
  } finally {
    await sandbox.stop();
    world.stop();
  }
};
