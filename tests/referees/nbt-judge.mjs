// SPDX-License-Identifier: MIT
// Reads a .nbt with the parser that Kaitai Struct makes of api/nbt/nbt.ksy, and checks what that
// cannot express with Node alone. Nothing of our reader is used, only the words of the description.
import crypto from 'node:crypto';
import vm from 'node:vm';

import { load, read } from './lib.mjs';
import { parseStrictly } from './strict-json.mjs';

const limits = { INST: 65536, UNIT: 262144, USER: 524288, LOCK: 4096 };
const known = Object.keys(limits);

/** The parser: JavaScript that nobody here wrote. */
export const compile = async () => {
  const compiler = load('kaitai-struct-compiler');
  const files = await compiler.compile('javascript', load('yaml').parse(read('api/nbt/nbt.ksy')), null, false);
  const exported = {};

  vm.runInThisContext(`(function (exports, require) { ${files['Nbt.js']} })`).call({}, exported, load);
  return exported.Nbt;
};

class Refusal extends Error {
  constructor(by, why) {
    super(why);
    this.by = by;
  }
}

const refuse = (why) => {
  throw new Refusal('script', why);
};
const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest();
const want = (condition, why) => condition || refuse(why);

const structure = (Nbt, bytes) => {
  const Stream = load('kaitai-struct/KaitaiStream');
  try {
    const file = new Nbt(new Stream(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)));
    // Instances are read when they are asked for.
    for (const entry of file.table.entries) entry.isEncrypted ? entry.sealed : entry.body;
    return file;
  } catch (error) {
    throw new Refusal('kaitai', `${error.name}: ${error.message}`);
  }
};

const checkTable = (file, bytes) => {
  const { header, table } = file;
  const tags = new Map(table.entries.map((entry) => [entry.tag, entry]));
  let end = 64 + 64 * header.numSections;
  let offset = 0;

  want(header.fileSize === bytes.length, 'file_size');
  want(sha256(bytes.subarray(64, end)).equals(Buffer.from(header.tableSha256)), 'table_sha256');
  want(tags.size === table.entries.length, 'a tag twice');
  for (const entry of table.entries) {
    want(/^[A-Z0-9]{4}$/.test(entry.tag), 'tag');
    want(entry.offset > offset && entry.offset >= end, 'order or overlap');
    // Kaitai's runtime for JavaScript counts bytes in 32 bits.
    want(entry.offset + entry.storedLength <= bytes.length, 'ends behind the file');
    want(entry.plainLength === entry.storedLength - (entry.isEncrypted ? 28 : 0), 'plain_length');
    want(!entry.isEncrypted || header.isProtected, 'encrypted without the flag');
    want(known.includes(entry.tag) || !entry.isCritical, 'critical');
    want(entry.plainLength <= (limits[entry.tag] ?? Infinity), 'too large');
    offset = entry.offset;
    end = entry.offset + entry.storedLength;
  }
  for (const tag of ['INST', 'UNIT', 'USER']) want(tags.has(tag), `${tag} is missing`);
  want(tags.has('LOCK') === header.isProtected, 'LOCK');
  if (header.isProtected)
    want(tags.get('UNIT').isEncrypted && tags.get('USER').isEncrypted && !tags.get('LOCK').isEncrypted, 'what is encrypted');
  return tags;
};

/* -- content -- */

const bytesOf = (text) => Buffer.byteLength(text);
const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);

const text = (object, name, max = 256) => {
  want(typeof object[name] === 'string' && bytesOf(object[name]) <= max, name);
  return clean(object[name]);
};
const optionalText = (object, name, max = 256) => (object[name] == null ? null : text(object, name, max) || null);
const bool = (object, name) => (want(typeof object[name] === 'boolean', name), object[name]);

/** As it is shown: no control characters, no space around it. */
const clean = (value) => value.replace(/\p{Cc}/gu, ' ').replace(/^\p{Z}+|\p{Z}+$/gu, '');

const list = (value, max, element) => {
  want(Array.isArray(value) && value.length <= max, 'a list');
  return value.map((one) => (want(isObject(one), 'an object'), element(one)));
};

const instant = (object, name) => {
  const value = object[name];

  if (value == null) return null;
  want(typeof value === 'string' && bytesOf(value) <= 40, name);
  want(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/.test(value), name);
  const [, year, month, day] = value.match(/^(\d+)-(\d+)-(\d+)/).map(Number);
  want(month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate(), name);
  want(Number.isFinite(Date.parse(value)), name);
  return Math.floor(Date.parse(value) / 1000);
};

const readInst = (inst) => {
  want(isObject(inst), 'INST');
  want(typeof inst.id === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(inst.id), 'id');
  want(typeof inst.prosoft === 'string' && bytesOf(inst.prosoft) <= 32 && /^\d+(\.\d+)*$/.test(inst.prosoft), 'prosoft');
  want(isObject(inst.ttcloud), 'ttcloud');
  const id = inst.ttcloud.id ?? null;
  want(id === null || (typeof id === 'string' && /^[A-Za-z0-9_-]{1,64}$/.test(id)), 'ttcloud.id');
  want(!bool(inst.ttcloud, 'connected') || id !== null, 'ttcloud.id');
  const digest = inst.transmitted_users_sha256 ?? null;
  want(digest === null || (typeof digest === 'string' && /^[0-9a-f]{64}$/i.test(digest)), 'digest');
  return {
    id: inst.id, name: text(inst, 'name'), language: optionalText(inst, 'language', 35), prosoft: inst.prosoft,
    connected: inst.ttcloud.connected, ttcloud_id: id, modified: instant(inst, 'modified'),
    transmitted: instant(inst, 'transmitted'), digest: digest?.toLowerCase() ?? null,
  };
};

const readUnits = (units) =>
  list(units, 256, (unit) => ({
    type: text(unit, 'type'), name: text(unit, 'name'), serial: optionalText(unit, 'serial'), mac: optionalText(unit, 'mac'),
    ip: optionalText(unit, 'ip'), firmware: optionalText(unit, 'firmware'),
  }));

const readPerson = (person) => {
  want(['none', 'user', 'owner'].includes(person.cloud_access), 'cloud_access');
  return {
    id: text(person, 'id', 64), name: text(person, 'name'), email: optionalText(person, 'email', 320),
    group: optionalText(person, 'group'), cloud_access: person.cloud_access,
    integrator: person.integrator == null ? false : bool(person, 'integrator'),
  };
};

const readUsers = (users) => {
  want(isObject(users), 'USER');
  return {
    people: list(users.people, 2000, readPerson),
    integrators: list(users.integrators, 1000, (one) => ({
      id: text(one, 'id', 64), name: text(one, 'name'), company: optionalText(one, 'company'), email: text(one, 'email', 320),
    })),
  };
};

const isInteger = (value, min, max) => Number.isInteger(value) && value >= min && value <= max;

const readLock = (lock) => {
  want(isObject(lock) && lock.kdf === 'scrypt' && lock.p === 1, 'LOCK');
  want(isInteger(lock.r, 1, 1024) && isInteger(lock.n, 2, 2 ** 19) && Number.isInteger(Math.log2(lock.n)), 'n, r');
  want(128 * lock.n * lock.r <= 64 * 1024 * 1024 && (lock.r > 1 || lock.n < 65536), 'n * r');
  want(typeof lock.salt === 'string' && Buffer.from(lock.salt, 'base64').toString('base64') === lock.salt, 'salt');
  want(Buffer.from(lock.salt, 'base64').length === 16, 'salt');
  return lock;
};

const decrypt = (entry, bytes, at, key) => {
  const { nonce, ciphertext, tag } = entry.sealed;
  const cipher = crypto.createDecipheriv('aes-256-gcm', key, Buffer.from(nonce));

  cipher.setAAD(bytes.subarray(at, at + 32));
  cipher.setAuthTag(Buffer.from(tag));
  try {
    return Buffer.concat([cipher.update(Buffer.from(ciphertext)), cipher.final()]);
  } catch {
    return refuse('the seal');
  }
};

const parse = (bytes) => {
  try {
    return parseStrictly(bytes);
  } catch (error) {
    return refuse(`JSON: ${error.message}`);
  }
};

const readValues = (file, bytes, tags, password) => {
  const plain = new Map();
  const lock = tags.has('LOCK') ? readLock(parse(Buffer.from(tags.get('LOCK').body))) : null;
  const key = lock && password !== undefined
    ? crypto.scryptSync(Buffer.from(password), Buffer.from(lock.salt, 'base64'), 32,
      { N: lock.n, r: lock.r, p: 1, maxmem: 256 * 1024 * 1024 })
    : null;

  for (const [index, entry] of file.table.entries.entries()) {
    if (!entry.isEncrypted) plain.set(entry.tag, Buffer.from(entry.body));
    else if (key && known.includes(entry.tag)) plain.set(entry.tag, decrypt(entry, bytes, 64 + 64 * index, key));
  }
  const nothing = { id: null, name: null, language: null, prosoft: null, connected: false, ttcloud_id: null, modified: null,
    transmitted: null, digest: null };
  const { digest, ...inst } = plain.has('INST') ? readInst(parse(plain.get('INST'))) : nothing;
  const units = plain.has('UNIT') ? readUnits(parse(plain.get('UNIT'))) : [];
  const users = plain.has('USER') ? readUsers(parse(plain.get('USER'))) : { people: [], integrators: [] };
  const transmitted = plain.has('USER') && inst.transmitted !== null && digest === sha256(plain.get('USER')).toString('hex');

  return { protected: file.header.isProtected, roles_known: plain.has('USER'), users_transmitted: transmitted, ...inst, units, ...users };
};

/** @returns {{accepted: boolean, by?: string, why?: string, values?: object}} */
export const judgeFile = (Nbt, bytes, password) => {
  try {
    const file = structure(Nbt, bytes);
    const tags = checkTable(file, bytes);

    // Only what is read is digested: the project itself may be of any size.
    for (const tag of known.filter((one) => tags.has(one))) {
      const entry = tags.get(tag);
      const stored = bytes.subarray(entry.offset, entry.offset + entry.storedLength);
      want(sha256(stored).equals(Buffer.from(entry.storedSha256)), 'stored_sha256');
    }
    return { accepted: true, values: readValues(file, bytes, tags, password) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { accepted: false, by: error.by, why: error.message };
  }
};
