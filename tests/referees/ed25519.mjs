// SPDX-License-Identifier: MIT
// Ed25519: the authors' 1,024 vectors as Debian's python3-cryptography-vectors has them, whole and
// spoiled, and keys that anybody can sign for. Node's crypto is asked the same.
import crypto from 'node:crypto';
import fs from 'node:fs';

import { witness } from './lib.mjs';

const file = '/usr/lib/python3/dist-packages/cryptography_vectors/asymmetric/Ed25519/sign.input';
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

const hex = (text) => Buffer.from(text, 'hex');
const question = ({ key, message, signature }) => ({
  op: 'ed25519', key: key.toString('base64'), message: message.toString('base64'), signature: signature.toString('base64'),
});
const flipped = (bytes, bit) => {
  const copy = Buffer.from(bytes);
  copy[(bit >> 3) % copy.length] ^= 1 << (bit & 7);
  return copy;
};

const nodeVerifies = ({ key, message, signature }) => {
  const der = Buffer.concat([hex('302a300506032b6570032100'), key]);
  return crypto.verify(null, message, crypto.createPublicKey({ key: der, format: 'der', type: 'spki' }), signature);
};

/** S + L: the same signature written otherwise, which RFC 8032 refuses. */
const malleable = (signature) => {
  const s = BigInt(`0x${Buffer.from(signature.subarray(32)).reverse().toString('hex')}`) + order;
  return Buffer.concat([signature.subarray(0, 32), Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse()]);
};

/** Encodings of the eight points of small order, and numbers that are not below 2^255 - 19. */
const unsafeKeys = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0000000000000000000000000000000000000000000000000000000000000080',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000080',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
  'f0ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff',
].map(hex);

const spoiled = (row, i) => [
  { ...row, signature: flipped(row.signature, i % 512) },
  { ...row, message: row.message.length > 0 ? flipped(row.message, i * 7) : Buffer.from([0]) },
  { ...row, message: Buffer.concat([row.message, Buffer.from([0])]) },
  { ...row, signature: malleable(row.signature) },
];

export const judge = async (tally) => {
  if (!tally.check(fs.existsSync(file), 'the vectors are installed', `${file} is missing; install python3-cryptography-vectors`)) return;
  const rows = fs.readFileSync(file, 'utf8').split('\n').filter(Boolean).map((line) => {
    const [, key, message, signed] = line.split(':').map((part, i) => (i === 0 ? part : hex(part)));
    return { key, message, signature: signed.subarray(0, 64) };
  });
  const bad = rows.flatMap(spoiled);
  const others = rows.map((row, i) => ({ ...row, key: rows[(i + 1) % rows.length].key }));
  const forged = unsafeKeys.map((key) => ({ key, message: Buffer.from('x'), signature: Buffer.concat([hex('01'.padEnd(64, '0')), Buffer.alloc(32)]) }));
  const fresh = Array.from({ length: 200 }, (_, i) => {
    const { publicKey, privateKey } = crypto.generateKeyPairSync('ed25519');
    const message = crypto.randomBytes(i * 13);
    return { key: Buffer.from(publicKey.export({ format: 'jwk' }).x, 'base64url'), message, signature: crypto.sign(null, message, privateKey) };
  });
  const answers = await witness([...rows, ...bad, ...others, ...forged, ...fresh].map(question));
  const take = (list) => answers.splice(0, list.length).map(({ accepted }, i) => (accepted ? i : -1)).filter((i) => i >= 0);
  const accepted = { rows: take(rows), bad: take(bad), others: take(others), forged: take(forged), fresh: take(fresh) };

  tally.check(rows.length === 1024 && accepted.rows.length === 1024, `our code verifies all ${rows.length} vectors`, `${accepted.rows.length}`);
  tally.none(accepted.bad, `and none of ${bad.length} spoiled ones`);
  tally.none(accepted.others, `and none of ${others.length} with another's key`);
  tally.none(accepted.forged, `and nothing for ${forged.length} keys of small order or of another spelling`);
  tally.check(accepted.fresh.length === fresh.length, `and ${fresh.length} signatures that Node made just now`);
  tally.check(rows.every(nodeVerifies) && !bad.some(nodeVerifies) && !others.some(nodeVerifies), "Node's crypto says the same of all but the unsafe keys");
};
