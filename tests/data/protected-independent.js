// SPDX-License-Identifier: MIT
// Made protected-independent.nbt once, with the crypto of Node.js 20 and from api/nbt/nbt.ksy alone:
//   node protected-independent.js protected-independent.nbt
// It shares no code with the reader or with nbt-pack, and no build or test runs it.
const crypto = require("crypto");
const fs = require("fs");

const password = "naïve – 密码 🔐";
const lock = { kdf: "scrypt", n: 4096, r: 4, p: 1, salt: Buffer.from("sel de Guérande").toString("base64") };
const users = {
  people: [
    { id: "p1", name: "Noor Dijkstra", email: "noor@example.org", group: "parents", cloud_access: "owner", integrator: false },
    { id: "p2", name: "Bram Dijkstra", email: null, group: "children", cloud_access: "user", integrator: false },
  ],
  integrators: [{ id: "i1", name: "Yuki Sato", company: "佐藤電機", email: "yuki@example.org" }],
};
const usersText = Buffer.from(JSON.stringify(users));
const sections = [
  ["LOCK", Buffer.from(JSON.stringify(lock)), 0],
  ["USER", usersText, 1],
  ["INST", Buffer.from(JSON.stringify({
    id: "0b8f5a52-9f0e-4a53-8f3c-0f6f7c3a9d11", name: "Huis Dijkstra", language: "nl", prosoft: "5.1.2.0",
    ttcloud: { connected: true, id: "inst-dijkstra" }, modified: "2026-10-12T14:03:27+02:00",
    transmitted: "2026-10-12T14:10:05+02:00",
    transmitted_users_sha256: crypto.createHash("sha256").update(usersText).digest("hex"),
  })), 1],
  ["XTRA", Buffer.from("a section that nobody knows"), 0],
  ["UNIT", Buffer.from(JSON.stringify([{ type: "PICOS 250", name: "Kelder" }])), 3],
];

const salt = Buffer.from(lock.salt, "base64");
const key = crypto.scryptSync(Buffer.from(password, "utf8"), salt, 32, { N: lock.n, r: lock.r, p: lock.p });
const table = Buffer.alloc(64 * sections.length);
const parts = [];
let end = 64 + table.length;
sections.forEach(([tag, plain, flags], i) => {
  const entry = table.subarray(64 * i, 64 * i + 64);
  const offset = Math.ceil(end / 8) * 8;
  entry.write(tag, 0, "latin1");
  entry.writeUInt32LE(flags, 4);
  entry.writeBigUInt64LE(BigInt(offset), 8);
  entry.writeBigUInt64LE(BigInt(plain.length + (flags & 1 ? 28 : 0)), 16);
  entry.writeBigUInt64LE(BigInt(plain.length), 24);
  let stored = plain;
  if (flags & 1) {
    const nonce = crypto.createHash("sha256").update("nonce of " + tag).digest().subarray(0, 12);
    const cipher = crypto.createCipheriv("aes-256-gcm", key, nonce);
    cipher.setAAD(entry.subarray(0, 32));
    stored = Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
  }
  crypto.createHash("sha256").update(stored).digest().copy(entry, 32);
  parts.push(Buffer.alloc(offset - end), stored);
  end = offset + stored.length;
});
const header = Buffer.alloc(64);
Buffer.from([0x89, 0x4e, 0x42, 0x54, 0x0d, 0x0a, 0x1a, 0x0a]).copy(header);
header.writeUInt16LE(1, 8);
header.writeUInt32LE(1, 12);
header.writeBigUInt64LE(BigInt(end), 16);
header.writeUInt32LE(sections.length, 24);
crypto.createHash("sha256").update(table).digest().copy(header, 32);
fs.writeFileSync(process.argv[2], Buffer.concat([header, table, ...parts]));
console.log(`${end} bytes, salt ${salt.length} bytes`);
