// SPDX-License-Identifier: MIT
// Files of the .nbt container, made by hand: good ones, and for each rule of api/nbt/nbt.ksy one
// that breaks it and nothing else.
import crypto from 'node:crypto';

const sha256 = (bytes) => crypto.createHash('sha256').update(bytes).digest();
const json = (value) => Buffer.from(JSON.stringify(value));

const inst = {
  id: '3d5b8e1a-6c0f-4f0e-8b56-7f2f1c9a4e10', name: 'Villa Picos', language: 'en', prosoft: '5.1.2.0',
  ttcloud: { connected: true, id: 'site-1' }, modified: '2026-10-12T14:03:27+02:00',
};
const unit = [{ type: 'PICOS 250', name: 'Main building', serial: 'P250' }];
const user = {
  people: [{ id: 'p1', name: 'Alexa', email: 'alexa@example.org', group: 'parents', cloud_access: 'owner', integrator: false }],
  integrators: [{ id: 'i1', name: 'Mara', company: null, email: 'mara@example.org' }],
};
export const password = 'open sesame';
const lock = { kdf: 'scrypt', n: 2, r: 1, p: 1, salt: Buffer.alloc(16, 7).toString('base64') };

const plainSections = () => [
  { tag: 'INST', plain: json(inst), flags: 0 },
  { tag: 'UNIT', plain: json(unit), flags: 0 },
  { tag: 'USER', plain: json(user), flags: 0 },
  { tag: 'PROJ', plain: Buffer.alloc(100, 0xa5), flags: 0 },
];
const lockedSections = () => [
  { tag: 'LOCK', plain: json(lock), flags: 0 },
  { tag: 'INST', plain: json(inst), flags: 1 },
  { tag: 'UNIT', plain: json(unit), flags: 1 },
  { tag: 'USER', plain: json(user), flags: 1 },
];

const seal = (section, entry) => {
  const nonce = sha256(section.tag).subarray(0, 12);
  const key = crypto.scryptSync(password, Buffer.from(lock.salt, 'base64'), 32, { N: lock.n, r: lock.r, p: 1 });
  const cipher = crypto.createCipheriv('aes-256-gcm', key, nonce);

  cipher.setAAD(entry.subarray(0, 32));
  return Buffer.concat([nonce, cipher.update(section.plain), cipher.final(), cipher.getAuthTag()]);
};

/** Digest of the table and size of the file, as they are now. */
export const reseal = (file) => {
  const end = Math.min(file.length, 64 + 64 * file.readUInt32LE(24));

  sha256(file.subarray(64, end)).copy(file, 32);
  return file;
};

/** @param sections {tag, plain, flags, gap?, stored?}  @param flags of the file */
const make = (sections, flags = 0) => {
  const table = Buffer.alloc(64 * sections.length);
  const parts = [];
  let end = 64 + table.length;

  for (const [index, section] of sections.entries()) {
    const entry = table.subarray(64 * index, 64 * index + 64);
    const offset = Math.ceil(end / 8) * 8 + (section.gap ?? 0);

    entry.write(section.tag, 0, 4, 'latin1');
    entry.writeUInt32LE(section.flags, 4);
    entry.writeBigUInt64LE(BigInt(offset), 8);
    entry.writeBigUInt64LE(BigInt(section.plain.length + (section.flags & 1 ? 28 : 0)), 16);
    entry.writeBigUInt64LE(BigInt(section.plain.length), 24);
    const stored = section.flags & 1 ? seal(section, entry) : section.plain;
    sha256(stored).copy(entry, 32);
    parts.push(Buffer.alloc(offset - end), stored);
    end = offset + stored.length;
  }
  const header = Buffer.alloc(64);
  Buffer.from('894e42540d0a1a0a', 'hex').copy(header);
  header.writeUInt16LE(1, 8);
  header.writeUInt32LE(flags, 12);
  header.writeBigUInt64LE(BigInt(end), 16);
  header.writeUInt32LE(sections.length, 24);
  return reseal(Buffer.concat([header, table, ...parts]));
};

export const plainFile = () => make(plainSections());
export const lockedFile = () => make(lockedSections(), 1);

/** A good file with one section's text replaced. */
export const withText = (tag, text) =>
  make(plainSections().map((section) => (section.tag === tag ? { ...section, plain: Buffer.from(text) } : section)));

const withLock = (text) => make([{ tag: 'LOCK', plain: Buffer.from(text), flags: 0 }, ...lockedSections().slice(1)], 1);

const at = (section) => 64 + 64 * section;
/** Changes a good file and makes its table's digest fit again. */
const changed = (change, file = plainFile()) => (change(file), reseal(file));
const u64 = (offset, value) => (file) => void file.writeBigUInt64LE(BigInt(value), offset);
const u32 = (offset, value) => (file) => void file.writeUInt32LE(value, offset);

const edit = (object, change) => {
  const copy = structuredClone(object);

  change(copy);
  return JSON.stringify(copy);
};

const deep = (levels) => `${'['.repeat(levels)}${']'.repeat(levels)}`;
const people = (count) => edit(user, (all) => (all.people = Array.from({ length: count }, (_, i) => ({ ...user.people[0], id: `p${i}` }))));

const goodFiles = () => [
  ['plain', plainFile()],
  ['protected', lockedFile(), password],
  ['protected, not opened', lockedFile()],
  ['protected with a plain INST', make(lockedSections().map((one) => (one.tag === 'INST' ? { ...one, flags: 0 } : one)), 1), password],
  ['a higher minor version', changed((file) => void file.writeUInt16LE(7, 10))],
  ['an unknown section in front', make([{ tag: 'AA00', plain: Buffer.alloc(1), flags: 0 }, ...plainSections()])],
  ['an empty section at the end', make([...plainSections(), { tag: 'AA00', plain: Buffer.alloc(0), flags: 0 }])],
  ['a gap between sections', make(plainSections().map((one) => ({ ...one, gap: 64 })))],
  ['bytes behind the last section', changed(() => {}, (() => {
    const file = Buffer.concat([plainFile(), Buffer.alloc(9)]);
    file.writeBigUInt64LE(BigInt(file.length), 16);
    return file;
  })())],
  ['critical sections that are known', make(plainSections().map((one) => ({ ...one, flags: one.tag === 'PROJ' ? 0 : 2 })))],
  ['256 sections', make([...plainSections(), ...Array.from({ length: 252 }, (_, i) => ({ tag: `X${String(i).padStart(3, '0')}`, plain: Buffer.alloc(1), flags: 0 }))])],
  ['unread bytes that do not match their digest', changed((file) => void (file[file.length - 1] ^= 1))],
  ['members that nobody knows', withText('INST', edit(inst, (one) => (one.more = { a: [1, 2] })))],
  ['no units', withText('UNIT', '[]')],
  ['nobody', withText('USER', '{"people":[],"integrators":[]}')],
  ['256 units', withText('UNIT', JSON.stringify(Array(256).fill(unit[0])))],
  ['2,000 people', withText('USER', people(2000))],
  ['INST of 64 KiB', withText('INST', JSON.stringify(inst).padEnd(65536))],
  ['a name of 256 bytes', withText('INST', edit(inst, (one) => (one.name = 'é'.repeat(128))))],
  ['32 levels', withText('INST', edit(inst, (one) => (one.more = 0)).replace('"more":0', `"more":${deep(31)}`))],
  ['escapes', withText('INST', JSON.stringify(inst).replace('Villa', '\\u0056\\u0069lla\\ud83d\\ude00'))],
  ['not connected', withText('INST', edit(inst, (one) => (one.ttcloud = { connected: false })))],
];

const badTables = () => [
  ...[0, 1, 2, 3, 4, 5, 6, 7].map((i) => [`byte ${i} of the mark`, changed((file) => void (file[i] ^= 0x20))]),
  ['major version 0', changed((file) => void file.writeUInt16LE(0, 8))],
  ['major version 2', changed((file) => void file.writeUInt16LE(2, 8))],
  ['major version 256', changed((file) => void file.writeUInt16LE(256, 8))],
  ['an unknown bit of the file', changed(u32(12, 2))],
  ['the highest bit of the file', changed(u32(12, 0x80000000))],
  ['a size one too small', changed((file) => void u64(16, file.length - 1)(file))],
  ['a size one too large', changed((file) => void u64(16, file.length + 1)(file))],
  ['a size of 2^64 - 1', changed(u64(16, 2n ** 64n - 1n))],
  ['no sections', changed(u32(24, 0))],
  ['257 sections', changed(u32(24, 257))],
  ['2^32 - 1 sections', changed(u32(24, 0xffffffff))],
  ['reserved bytes', changed(u32(28, 1))],
  ['the digest of the table', (() => { const file = plainFile(); file[32] ^= 1; return file; })()],
  ['a tag in small letters', changed((file) => void file.write('proj', at(3), 'latin1'))],
  ['a tag with a blank', changed((file) => void file.write('PRO ', at(3), 'latin1'))],
  ['a tag with a NUL', changed((file) => void (file[at(3) + 3] = 0))],
  ['a tag beyond ASCII', changed((file) => void (file[at(3)] = 0xc9))],
  ['a tag twice', changed((file) => void file.write('USER', at(3), 'latin1'))],
  ['an unknown tag twice', make([...plainSections(), plainSections()[3]])],
  ['an unknown bit of a section', changed(u32(at(3) + 4, 4))],
  ['the highest bit of a section', changed(u32(at(3) + 4, 0x80000000))],
  ['an unknown critical section', changed(u32(at(3) + 4, 2))],
  ['encrypted without the flag', changed(u32(at(1) + 4, 1))],
  ['an unknown section encrypted without the flag', changed(u32(at(3) + 4, 1))],
  ['an offset that is no multiple of 8', changed((file) => void u64(at(3) + 8, file.readBigUInt64LE(at(3) + 8) + 4n)(file))],
  ['an offset of 0', changed(u64(at(3) + 8, 0))],
  ['an offset inside the header', changed(u64(at(0) + 8, 8))],
  ['an offset inside the table', changed(u64(at(0) + 8, 128))],
  ['an offset at the end of the file and bytes behind', changed((file) => void u64(at(3) + 8, Math.ceil(file.length / 8) * 8)(file))],
  ['an offset of 2^63', changed(u64(at(3) + 8, 2n ** 63n))],
  ['an offset of 2^64 - 8', changed(u64(at(3) + 8, 2n ** 64n - 8n))],
  ['sections that are not ascending', changed((file) => {
    const first = Buffer.from(file.subarray(at(0), at(1)));
    file.copyWithin(at(0), at(1), at(2));
    first.copy(file, at(1));
  })],
  ['sections that overlap', changed((file) => void u64(at(1) + 8, file.readBigUInt64LE(at(0) + 8) + 8n)(file))],
  ['two sections in one place', changed((file) => void u64(at(1) + 8, file.readBigUInt64LE(at(0) + 8))(file))],
  ['an empty section where the next one begins', make([{ tag: 'AA00', plain: Buffer.alloc(0), flags: 0 }, ...plainSections()])],
  ['a section that ends behind the file', changed((file) => {
    u64(at(3) + 16, 4096)(file);
    u64(at(3) + 24, 4096)(file);
  })],
  ['lengths of 2^64 - 1', changed((file) => {
    u64(at(3) + 16, 2n ** 64n - 1n)(file);
    u64(at(3) + 24, 2n ** 64n - 1n)(file);
  })],
  ['lengths that wrap round', changed((file) => {
    const offset = file.readBigUInt64LE(at(3) + 8);
    u64(at(3) + 16, 2n ** 64n - offset)(file);
    u64(at(3) + 24, 2n ** 64n - offset)(file);
  })],
  ['a plain length that differs', changed(u64(at(3) + 24, 99))],
  ['a plain length of nothing', changed(u64(at(3) + 24, 0))],
  ['a digest of INST', (() => { const file = plainFile(); file[at(0) + 32] ^= 1; return reseal(file); })()],
  ['a byte of USER', (() => { const file = plainFile(); file[Number(file.readBigUInt64LE(at(2) + 8)) + 30] ^= 1; return file; })()],
  ...['INST', 'UNIT', 'USER'].map((tag) => [`no ${tag}`, make(plainSections().filter((one) => one.tag !== tag))]),
  ['a LOCK without the flag', make([...plainSections(), { tag: 'LOCK', plain: json(lock), flags: 0 }])],
  ['the flag without a LOCK', make(lockedSections().slice(1), 1)],
  ['the flag and nothing encrypted', make([...plainSections(), { tag: 'LOCK', plain: json(lock), flags: 0 }], 1)],
  ...['UNIT', 'USER'].map((tag) => [`protected with a plain ${tag}`, make(lockedSections().map((one) => (one.tag === tag ? { ...one, flags: 0 } : one)), 1)]),
  ['an encrypted LOCK', make(lockedSections().map((one) => ({ ...one, flags: 1 })), 1)],
  ['a seal of less than 28 bytes', changed((file) => {
    u64(at(3) + 16, 27)(file);
    u64(at(3) + 24, 0)(file);
  }, lockedFile())],
  ['a sealed plain length of 2^64 - 1', changed((file) => {
    u64(at(3) + 16, 27)(file);
    u64(at(3) + 24, 2n ** 64n - 1n)(file);
  }, lockedFile())],
  ['a plain length that forgets the seal', changed((file) => void u64(at(3) + 24, file.readBigUInt64LE(at(3) + 16))(file), lockedFile())],
  ['INST of 64 KiB and a byte', withText('INST', JSON.stringify(inst).padEnd(65537))],
  ['UNIT of 256 KiB and a byte', withText('UNIT', '[]'.padEnd(262145))],
  ['USER of 512 KiB and a byte', withText('USER', JSON.stringify(user).padEnd(524289))],
  ['LOCK of 4 KiB and a byte', withLock(JSON.stringify(lock).padEnd(4097))],
];

const badTexts = () => [
  ['INST', '', 'nothing'],
  ['INST', '[]', 'an array'],
  ['INST', '"x"', 'a string'],
  ['INST', `\ufeff${JSON.stringify(inst)}`, 'a byte order mark'],
  ['INST', Buffer.concat([json(inst).subarray(0, -1), Buffer.from([0x2c, 0x22, 0xff, 0x22, 0x3a, 0x30, 0x7d])]), 'no UTF-8'],
  ['INST', `${JSON.stringify(inst)}x`, 'something behind'],
  ['INST', `${JSON.stringify(inst)}\0`, 'a NUL behind'],
  ['INST', JSON.stringify(inst).replace('"name"', '"id":"x","name"'), 'a member twice'],
  ['INST', JSON.stringify(inst).replace('"name"', '"\\u0069d":"x","name"'), 'a member twice, once with an escape'],
  ['INST', JSON.stringify(inst).replace('Villa', 'Villa\\u0000'), 'an escaped NUL'],
  ['INST', JSON.stringify(inst).replace('Villa', '\\ud83d'), 'half a surrogate pair'],
  ['INST', edit(inst, (one) => (one.more = 0)).replace('"more":0', `"more":${deep(32)}`), '33 levels'],
  ['INST', edit(inst, (one) => (one.more = 0)).replace('"more":0', '"more":9223372036854775808'), 'an integer of 65 bits'],
  ['INST', edit(inst, (one) => (one.more = 0)).replace('"more":0', '"more":1e999'), 'a number without end'],
  ['INST', edit(inst, (one) => (one.more = Object.fromEntries(Array.from({ length: 2049 }, (_, i) => [`m${i}`, 0])))), '2,049 members'],
  ['INST', edit(inst, (one) => (one.more = Array(20001).fill(0))), '20,001 values'],
  ...['id', 'name', 'prosoft', 'ttcloud'].map((name) => ['INST', edit(inst, (one) => delete one[name]), `no ${name}`]),
  ...['id', 'name', 'prosoft', 'ttcloud', 'language', 'modified', 'transmitted', 'transmitted_users_sha256'].map((name) => [
    'INST', edit(inst, (one) => (one[name] = 7)), `a number as ${name}`]),
  ['INST', edit(inst, (one) => (one.id = 'no-uuid')), 'an id that is no UUID'],
  ['INST', edit(inst, (one) => (one.prosoft = '5.1.')), 'a version with a dot at the end'],
  ['INST', edit(inst, (one) => (one.prosoft = '5..1')), 'a version with two dots'],
  ['INST', edit(inst, (one) => (one.prosoft = '5.1a')), 'a version with a letter'],
  ['INST', edit(inst, (one) => (one.prosoft = '1'.repeat(33))), 'a version of 33 bytes'],
  ['INST', edit(inst, (one) => (one.name = 'x'.repeat(257))), 'a name of 257 bytes'],
  ['INST', edit(inst, (one) => (one.language = 'x'.repeat(36))), 'a language of 36 bytes'],
  ['INST', edit(inst, (one) => delete one.ttcloud.id), 'connected without an id'],
  ['INST', edit(inst, (one) => delete one.ttcloud.connected), 'connected or not'],
  ['INST', edit(inst, (one) => (one.ttcloud.connected = 'yes')), 'connected as a word'],
  ['INST', edit(inst, (one) => (one.ttcloud.id = '../x')), 'an installation id with a slash'],
  ['INST', edit(inst, (one) => (one.ttcloud.id = '')), 'an empty installation id'],
  ['INST', edit(inst, (one) => (one.modified = '2026-10-12')), 'a date as an instant'],
  ['INST', edit(inst, (one) => (one.modified = '2026-02-30T12:00:00Z')), 'a day that there is not'],
  ['INST', edit(inst, (one) => (one.modified = '2026-10-12T14:03:27')), 'an instant without a zone'],
  ['INST', edit(inst, (one) => (one.modified = '2026-10-12T25:03:27Z')), 'an hour that there is not'],
  ['INST', edit(inst, (one) => (one.transmitted_users_sha256 = 'ab'.repeat(31))), 'a digest of 31 bytes'],
  ['INST', edit(inst, (one) => (one.transmitted_users_sha256 = 'xy'.repeat(32))), 'a digest that is not hex'],
  ['UNIT', '{}', 'an object'],
  ['UNIT', '[7]', 'a number in the list'],
  ['UNIT', '[{"name":"x"}]', 'a unit without a type'],
  ['UNIT', '[{"type":"x"}]', 'a unit without a name'],
  ['UNIT', '[{"type":"x","name":"y","ip":7}]', 'a number as an address'],
  ['UNIT', JSON.stringify(Array(257).fill(unit[0])), '257 units'],
  ['USER', '[]', 'an array'],
  ['USER', '{"people":[]}', 'no integrators'],
  ['USER', '{"integrators":[]}', 'no people'],
  ['USER', people(2001), '2,001 people'],
  ...['id', 'name', 'cloud_access'].map((name) => ['USER', edit(user, (all) => delete all.people[0][name]), `a person without ${name}`]),
  ...['id', 'name', 'email', 'group', 'cloud_access', 'integrator'].map((name) => [
    'USER', edit(user, (all) => (all.people[0][name] = 7)), `a number as ${name}`]),
  ['USER', edit(user, (all) => (all.people[0].cloud_access = 'admin')), 'a role that nobody knows'],
  ['USER', edit(user, (all) => (all.people[0].id = 'x'.repeat(65))), 'an id of 65 bytes'],
  ['USER', edit(user, (all) => (all.people[0].email = 'x'.repeat(321))), 'an address of 321 bytes'],
  ...['id', 'name', 'email'].map((name) => ['USER', edit(user, (all) => delete all.integrators[0][name]), `an integrator without ${name}`]),
  ['USER', edit(user, (all) => (all.integrators[0].email = null)), 'an integrator whose address is null'],
];

const badLocks = () => [
  ['', 'nothing'],
  ['[]', 'an array'],
  ...Object.keys(lock).map((name) => [edit(lock, (one) => delete one[name]), `no ${name}`]),
  ...[['kdf', 'pbkdf2'], ['n', 3], ['n', 1], ['n', 0], ['n', -2], ['n', '2'], ['n', 2.5], ['n', 65536], ['n', 1048576], ['r', 0], ['r', 1025],
    ['p', 2], ['p', 0], ['salt', ''], ['salt', 'BwcHBwcHBwcHBwcHBwcH'], ['salt', 'BwcHBwcHBwcHBwcHBwcHBw'], ['salt', 'BwcHBwcHBwcHBwcHBwcHB===']].map(
    ([name, value]) => [edit(lock, (one) => (one[name] = value)), `${name} ${JSON.stringify(value)}`]),
  [edit(lock, (one) => Object.assign(one, { n: 524288, r: 2 })), '128 MiB of memory'],
];

const badSeals = () => {
  const spoiled = (offset) => {
    const file = lockedFile();
    const begin = Number(file.readBigUInt64LE(at(3) + 8));
    file[begin + offset] ^= 1;
    sha256(file.subarray(begin, begin + Number(file.readBigUInt64LE(at(3) + 16)))).copy(file, at(3) + 32);
    return reseal(file);
  };
  return [
    ['a nonce', spoiled(0)],
    ['a sealed byte', spoiled(20)],
    ['the end of a seal', (() => { const file = lockedFile(); return spoiled(Number(file.readBigUInt64LE(at(3) + 16)) - 1); })()],
    // The additional data holds the flags: critical was set after it was sealed.
    ['an entry that was changed after it was sealed', changed(u32(at(3) + 4, 3), lockedFile())],
    ['another password', lockedFile(), 'Open Sesame'],
    ['an empty password', lockedFile(), ''],
  ];
};

/** [{name, bytes, password, accepted}] */
export const namedFiles = () => [
  ...goodFiles().map(([name, bytes, word]) => ({ name, bytes, password: word, accepted: true })),
  ...badTables().map(([name, bytes]) => ({ name, bytes, accepted: false })),
  ...badTexts().map(([tag, text, name]) => ({ name: `${tag}: ${name}`, bytes: withText(tag, text), accepted: false })),
  ...badLocks().map(([text, name]) => ({ name: `LOCK: ${name}`, bytes: withLock(text), accepted: false })),
  ...badSeals().map(([name, bytes, word]) => ({ name, bytes, password: word ?? password, accepted: false })),
];
