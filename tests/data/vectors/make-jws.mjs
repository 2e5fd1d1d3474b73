// SPDX-License-Identifier: MIT
// Makes jws-node.json: statements and key sets signed by a second implementation, Node's crypto.
// Usage: node make-jws.mjs > jws-node.json   (the same bytes every time: Ed25519 has no randomness)
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';

const seed = (byte) => {
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), Buffer.alloc(32, byte)]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
};
const x = (key) => createPublicKey(key).export({ format: 'jwk' }).x;
const b64 = (value) => Buffer.from(value).toString('base64url');
const jws = (key, typ, kid, payload) => {
  const input = `${b64(JSON.stringify({ alg: 'EdDSA', typ, kid }))}.${b64(JSON.stringify(payload))}`;
  return `${input}.${sign(null, Buffer.from(input), key).toString('base64url')}`;
};

const root = seed(1);
const signer = seed(2);
const stranger = seed(3);
const iat = 1790000000;
const claims = {
  iss: 'ttcloud', aud: 'prosoft-remote', env: 'sandbox', sub: 'TT-0001', acct: 'acct-1', ver: 12,
  iat, exp: iat + 72 * 3600, nonce: 'AAECAwQFBgcICQoLDA0ODw',
  svc: {
    RS: { flag: true, until: '2027-03-31', until_ts: 1806530400, renew: true, state: 'active' },
    VC: { flag: false, until: null, until_ts: null, renew: false, state: 'not_activated' },
  },
  who: { role: 'si', si_access: true }, cloud: { connected: true, seen: iat - 5 },
  min_prosoft: '3.7.3', next: 3600, payer: 'Élodie & Søn – 内 "BV"',
};
const keySet = { ver: 3, keys: [{ kid: '2026a', x: x(signer), nbf: iat - 86400, exp: iat + 86400 * 365 }] };

process.stdout.write(JSON.stringify({
  origin: 'tests/data/vectors/make-jws.mjs, Node crypto',
  trust: { env: 'sandbox', keys: [{ kty: 'OKP', crv: 'Ed25519', kid: 'root-1', x: x(root) }] },
  keys: jws(root, 'tt-keys+jwt', 'root-1', keySet),
  keys_by_stranger: jws(stranger, 'tt-keys+jwt', 'root-1', keySet),
  statement: jws(signer, 'tt-service-flag+jwt', '2026a', claims),
  statement_by_stranger: jws(stranger, 'tt-service-flag+jwt', '2026a', claims),
}, null, 1) + '\n');
