// SPDX-License-Identifier: MIT
// JSON as base/json.h takes it, on top of JSON.parse: RFC 8259's grammar is the engine's word, what
// the project adds to it (no member twice, limits, whole numbers of 64 bits, no NUL) is checked here.

const limits = { levels: 32, values: 20000, members: 2048 };
const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;

const refuse = (why) => {
  throw new Error(why);
};

const decode = (bytes) => {
  const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);

  return text.startsWith('\ufeff') ? refuse('a byte order mark') : text;
};

const isWhole = (text) => !/[.eE]/.test(text);

const checkNumber = (text) => {
  if (isWhole(text)) {
    const value = BigInt(text);
    if (value < smallest || value > largest) refuse('an integer of more than 64 bits');
  } else if (!Number.isFinite(Number(text))) refuse('a number without end');
};

const checkString = (text) => {
  const value = JSON.parse(text);

  if (value.includes('\0')) refuse('a NUL');
  if (/[\ud800-\udfff]/.test(value.replace(/[\ud800-\udbff][\udc00-\udfff]/g, ''))) refuse('half a surrogate pair');
  return value;
};

/** Walks the tokens of a text that JSON.parse took. */
const checkTokens = (text) => {
  const open = [];
  let values = 0;
  let before = '';

  for (const [token] of text.matchAll(/"(?:[^"\\]|\\.)*"|-?[0-9][0-9.eE+-]*|[{}[\]:,]|true|false|null/g)) {
    const inside = open.at(-1);
    const isName = token[0] === '"' && inside?.names && (before === '{' || before === ',');

    if (token === '{' || token === '[') {
      open.push({ names: token === '{' ? new Set() : null });
      if (open.length > limits.levels) refuse('too deep');
    } else if (token === '}' || token === ']') open.pop();
    if (token[0] === '"') {
      const value = checkString(token);
      if (isName && inside.names.has(value)) refuse('a member twice');
      if (isName && inside.names.add(value).size > limits.members) refuse('too many members');
    } else if (/^[-0-9]/.test(token)) checkNumber(token);
    if (!isName && !/^[}\]:,]$/.test(token) && ++values > limits.values) refuse('too many values');
    before = token;
  }
};

/** @returns the value; throws what is wrong. */
export const parseStrictly = (bytes) => {
  const text = decode(bytes);
  const value = JSON.parse(text);

  checkTokens(text);
  return value;
};
