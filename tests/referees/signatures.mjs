// SPDX-License-Identifier: MIT
// What the sandbox signs, Node's crypto verifies; what Node's crypto signs, our code verifies.
import crypto from 'node:crypto';

import { request, signIn } from './cloud.mjs';
import { inTree, read, run, startSandbox, witness } from './lib.mjs';

const b64 = (value) => Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');
const publicKey = (x) => crypto.createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });

/** @returns {{header, payload, good}} */
const open = (jws, keyOf) => {
  const [head, body, signature, ...more] = jws.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url'));
  const x = keyOf(header.kid);

  return {
    header,
    payload: JSON.parse(Buffer.from(body, 'base64url')),
    good: more.length === 0 && x !== undefined
      && crypto.verify(null, Buffer.from(`${head}.${body}`), publicKey(x), Buffer.from(signature, 'base64url')),
  };
};

const isCompact = (jws) => /^[\w-]+\.[\w-]+\.[\w-]{86}$/.test(jws);

const judgeSandbox = async (tally) => {
  const sandbox = await startSandbox();
  try {
    const { json: keyAnswer } = await request(sandbox, 'GET', '/v1/keys');
    const keys = open(keyAnswer.keys, (kid) => sandbox.trust.keys.find((key) => key.kid === kid)?.x);
    tally.check(keys.good && isCompact(keyAnswer.keys) && keys.header.typ === 'tt-keys+jwt', "the sandbox's key set verifies with Node's crypto");

    const world = JSON.parse(read('tests/sandbox/world.json'));
    const sites = [...world.installations.map(({ id }) => id), 'nowhere'];
    const wrong = [];
    const states = new Set();
    let count = 0;
    for (const address of ['mara@example.org', 'alexa@example.org', 'stef@example.org']) {
      const { access_token: token } = await signIn(sandbox, address);
      const { json: account } = await request(sandbox, 'GET', '/v1/account', { token });
      for (const installation of sites) {
        const nonce = crypto.randomBytes(16).toString('base64url');
        const { json } = await request(sandbox, 'POST', '/v1/service-flag', { token, json: { installation, nonce } });
        const { header, payload, good } = open(json.statement, (kid) => keys.payload.keys.find((key) => key.kid === kid)?.x);
        count++;
        states.add(payload.svc.RS.state);
        if (!good || !isCompact(json.statement) || header.alg !== 'EdDSA' || header.typ !== 'tt-service-flag+jwt'
          || payload.nonce !== nonce || payload.sub !== installation || payload.acct !== account.id || payload.exp - payload.iat > 72 * 3600)
          wrong.push(`${address} ${installation}`);
      }
    }
    tally.none(wrong, `its ${count} statements verify (${[...states].sort().join(', ')})`);
    tally.check(states.size >= 5, 'they are of at least five states');
  } finally {
    await sandbox.stop();
  }
};

/** A vendor of its own: fresh keys, and JWS as RFC 8037 has them. */
const makeIssuer = () => {
  const pair = () => {
    const { publicKey: pub, privateKey } = crypto.generateKeyPairSync('ed25519');
    return { key: privateKey, x: pub.export({ format: 'jwk' }).x };
  };
  return { root: pair(), signer: pair(), stranger: pair() };
};

const sign = ({ key }, header, payload) => {
  const input = `${b64(header)}.${b64(payload)}`;
  return `${input}.${crypto.sign(null, Buffer.from(input), key).toString('base64url')}`;
};

const judgeOurs = async (tally) => {
  const { root, signer, stranger } = makeIssuer();
  const iat = Math.floor(Date.now() / 1000);
  const nonce = crypto.randomBytes(16).toString('base64url');
  const trust = JSON.stringify({ env: 'sandbox', keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'r', x: root.x }] });
  const set = { ver: 9, keys: [{ kid: 's', x: signer.x, nbf: iat - 10, exp: iat + 86400 }] };
  const claims = {
    iss: 'ttcloud', aud: 'prosoft-remote', env: 'sandbox', sub: 'site-1', acct: 'acct-1', ver: 4, iat, exp: iat + 3600, nonce,
    svc: { RS: { flag: true, until: '2099-01-31', until_ts: 4073583600, renew: true, state: 'active' } },
    who: { role: 'owner', si_access: false }, cloud: { connected: true, seen: iat }, min_prosoft: '3.7.3', next: 600, payer: 'Zoë ✓',
  };
  const head = { alg: 'EdDSA', typ: 'tt-service-flag+jwt', kid: 's' };
  const keys = sign(root, { alg: 'EdDSA', typ: 'tt-keys+jwt', kid: 'r' }, set);
  const question = (statement) => ({ op: 'statement', trust, keys, statement, installation: 'site-1', account: 'acct-1', nonce });
  const good = sign(signer, head, claims);
  const [first, second, third] = good.split('.');
  const flipped = (text, place) => text.slice(0, place) + (text[place] === 'A' ? 'B' : 'A') + text.slice(place + 1);
  const questions = [
    [true, 'a key set', { op: 'keys', trust, keys }],
    [true, 'a statement', question(good)],
    [false, 'a key set by a stranger', { op: 'keys', trust, keys: sign(stranger, { alg: 'EdDSA', typ: 'tt-keys+jwt', kid: 'r' }, set) }],
    [false, 'a key set by a signer', { op: 'keys', trust, keys: sign(signer, { alg: 'EdDSA', typ: 'tt-keys+jwt', kid: 'r' }, set) }],
    [false, 'a statement as a key set', { op: 'keys', trust, keys: good }],
    [false, 'a statement by a stranger', question(sign(stranger, head, claims))],
    [false, 'a statement by the root', question(sign(root, head, claims))],
    [false, 'a key set as a statement', question(keys)],
    [false, 'another alg', question(sign(signer, { ...head, alg: 'Ed25519' }, claims))],
    [false, 'no alg', question(sign(signer, { ...head, alg: 'none' }, claims))],
    [false, 'another typ', question(sign(signer, { ...head, typ: 'JWT' }, claims))],
    [false, 'another member in the header', question(sign(signer, { ...head, crit: ['exp'] }, claims))],
    [false, 'a key in the header', question(sign(stranger, { ...head, jwk: { kty: 'OKP', crv: 'Ed25519', x: stranger.x } }, claims))],
    ...['iss', 'aud', 'env', 'sub', 'acct', 'nonce'].map((name) => [
      false, `another ${name}`, question(sign(signer, head, { ...claims, [name]: `${claims[name]}x` }))]),
    [false, 'too long a life', question(sign(signer, head, { ...claims, exp: iat + 72 * 3600 + 1 }))],
    [false, 'a moment before the key', question(sign(signer, head, { ...claims, iat: iat - 11, exp: iat }))],
    [false, 'padding', question(`${first}.${second}.${third}==`)],
    ...[0, 10, first.length - 2].map((place) => [false, `character ${place} of the header`, question(`${flipped(first, place)}.${second}.${third}`)]),
    ...Array.from({ length: 40 }, (_, i) => i * Math.floor(second.length / 40)).map((place) => [
      false, `character ${place} of the payload`, question(`${first}.${flipped(second, place)}.${third}`)]),
    ...[0, 30, 60, 84].map((place) => [false, `character ${place} of the signature`, question(`${first}.${second}.${flipped(third, place)}`)]),
  ];
  const answers = await witness(questions.map(([, , one]) => one));
  const wrong = questions.filter(([accepted], i) => answers[i].accepted !== accepted).map(([, name]) => name);

  tally.none(wrong, `our code takes what Node signed, and refuses ${questions.filter(([accepted]) => !accepted).length} spoiled ones`);
  tally.check(answers[0].ver === 9 && answers[1].ver === 4 && answers[1].role === 'owner' && answers[1].svc?.RS?.until_ts === 4073583600,
    'it reads the same out of them', JSON.stringify(answers.slice(0, 2)));
};

const judgeVectors = async (tally) => {
  const { output } = await run(process.execPath, [inTree('tests/data/vectors/make-jws.mjs')]);
  const kept = JSON.parse(read('tests/data/vectors/jws-node.json'));

  tally.check(output === read('tests/data/vectors/jws-node.json'), 'Node makes tests/data/vectors/jws-node.json again, byte by byte');
  const answers = await witness(
    [['keys', 'statement'], ['keys_by_stranger', 'statement'], ['keys', 'statement_by_stranger']].map(([keys, statement]) => ({
      op: 'statement', trust: JSON.stringify(kept.trust), keys: kept[keys], statement: kept[statement], installation: 'TT-0001',
      account: 'acct-1', nonce: 'AAECAwQFBgcICQoLDA0ODw',
    })),
  );
  tally.check(answers.map(({ accepted }) => accepted).join() === 'true,false,false', 'our code verifies it, and not what a stranger signed');
};

export const judge = async (tally) => {
  await judgeSandbox(tally);
  await judgeOurs(tally);
  await judgeVectors(tally);
};
