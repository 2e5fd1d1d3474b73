// SPDX-License-Identifier: MIT
// A certified OpenID provider in the place of the sandbox's sign-in. What is not its own (/v1) goes
// on to the sandbox, under a sign-in of the same person there.
import crypto from 'node:crypto';
import https from 'node:https';

import { request, signIn } from './cloud.mjs';
import { loadModule } from './lib.mjs';
import { startRegistrar } from './registrar.mjs';

// Node 18 and 20 lack these.
globalThis.crypto ??= crypto.webcrypto;
URL.parse ??= (...parts) => {
  try {
    return new URL(...parts);
  } catch {
    return null;
  }
};

const settings = () => ({
  clients: [{
    client_id: 'prosoft-ttecomm', application_type: 'native', token_endpoint_auth_method: 'none',
    grant_types: ['authorization_code', 'refresh_token'], response_types: ['code'], id_token_signed_response_alg: 'ES256',
    redirect_uris: ['http://127.0.0.1/callback', 'http://[::1]/callback'],
  }],
  scopes: ['openid', 'email', 'offline_access', 'ttcloud'],
  claims: { openid: ['sub'], email: ['email'] },
  features: { revocation: { enabled: true, allowedPolicy: (ctx, client, token) => token.clientId === client.clientId }, devInteractions: { enabled: true } },
  findAccount: (ctx, id) => ({ accountId: id, claims: () => ({ sub: id, email: id }) }),
  // OpenID Connect Core, section 11: other conditions permit it than prompt=consent.
  issueRefreshToken: (ctx, client) => client.grantTypeAllowed('refresh_token'),
  cookies: { keys: [crypto.randomBytes(16).toString('hex')] },
  jwks: { keys: [{ ...crypto.generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
  ttl: { AccessToken: 600, AuthorizationCode: 60, Grant: 86400, IdToken: 600, Interaction: 600, RefreshToken: 86400, Session: 86400 },
});

const refuse = (response) => {
  const body = JSON.stringify({ type: 'urn:ttecomm:problem:not_signed_in', title: 'Sign in first', status: 401 });
  response.writeHead(401, { 'content-type': 'application/problem+json', 'content-length': body.length }).end(body);
};

/** What the provider saw, how to end what it gave, and the address that a sandbox reports to. */
export const startProvider = async () => {
  const { default: Provider } = await loadModule('oidc-provider', 'lib/index.js');
  const seen = { grants: [], challenges: [], refreshTokens: [], presented: [], accessTokens: [], revoked: 0, errors: [] };
  const world = { seen, provider: null, sandbox: null };
  const tokens = new Map();

  const watch = (provider) => {
    provider.use(async (ctx, next) => {
      await next();
      if (ctx.oidc?.route === 'authorization') seen.challenges.push(ctx.oidc.params.code_challenge_method);
      if (ctx.oidc?.route === 'token' && ctx.status === 200) {
        seen.grants.push(ctx.oidc.params.grant_type);
        seen.presented.push(ctx.oidc.params.refresh_token);
        seen.refreshTokens.push(ctx.body.refresh_token);
        seen.accessTokens.push(ctx.body.access_token);
      }
      if (ctx.oidc?.route === 'revocation' && ctx.status === 200) seen.revoked++;
    });
    for (const event of ['server_error', 'authorization.error', 'grant.error', 'revocation.error'])
      provider.on(event, (ctx, error) => seen.errors.push(`${event}: ${error.message} ${error.error_description ?? ''}`));
  };

  const tokenFor = async (address) => {
    if (!tokens.has(address)) tokens.set(address, signIn(world.sandbox, address).then((answer) => answer.access_token));
    return tokens.get(address);
  };

  const passOn = async (message, response) => {
    const bearer = message.headers.authorization?.match(/^Bearer (.+)$/)?.[1];
    const access = bearer && (await world.provider.AccessToken.find(bearer));
    const parts = [];

    for await (const part of message) parts.push(part);
    if (!access && message.url !== '/v1/keys') return refuse(response);
    if (access && !access.scope.split(' ').includes('ttcloud')) return refuse(response);
    const body = Buffer.concat(parts);
    const answer = await request(world.sandbox, message.method, message.url, {
      ...(access ? { token: await tokenFor(access.accountId) } : {}),
      ...(body.length > 0 ? { json: JSON.parse(body) } : {}),
      headers: message.headers['idempotency-key'] ? { 'idempotency-key': message.headers['idempotency-key'] } : {},
    });
    const text = Buffer.from(answer.text);
    response.writeHead(answer.status, { 'content-type': answer.headers['content-type'], 'content-length': text.length }).end(text);
  };

  const make = ({ port, certificate, key }) => {
    let handle;
    const server = https.createServer({ cert: certificate, key }, (message, response) => {
      if (!message.url.startsWith('/v1/')) handle(message, response);
      else passOn(message, response).catch((error) => (seen.errors.push(error.message), response.destroy()));
    });
    server.on('listening', () => {
      world.port = port;
      world.provider = new Provider(`https://127.0.0.1:${server.address().port}`, settings());
      watch(world.provider);
      handle = world.provider.callback();
    });
    return server;
  };

  /** The access token is over before its time, as after a restart of the provider. */
  world.endAccess = async () => (await world.provider.AccessToken.find(seen.accessTokens.at(-1)))?.destroy();
  /** The whole sign-in is. */
  world.endSignIn = async () => {
    const token = await world.provider.RefreshToken.find(seen.refreshTokens.at(-1));

    await world.endAccess();
    await (await world.provider.Grant.find(token.grantId)).destroy();
    await token.destroy();
  };
  return Object.assign(world, await startRegistrar(make));
};
