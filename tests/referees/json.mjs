// SPDX-License-Identifier: MIT
// Strict JSON: our scanner and the engine's JSON.parse (with the rules that base/json.h adds) agree
// on cases written after RFC 8259, section by section, and on thousands of spoiled texts.
import { dice, witness } from './lib.mjs';
import { parseStrictly } from './strict-json.mjs';

const bytes = (...parts) => Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from(part))));
const nested = (levels, open = '[', close = ']') => open.repeat(levels) + close.repeat(levels);

/** RFC 8259 says yes, and so do we. */
const good = [
  // 2: tokens and white space
  '[]', '{}', ' [] ', '\t[\n]\r', '[ 1 , 2 ]', '{ "a" : 1 }', '\r\n{"a"\n:\t[ ] }\n',
  // 3: values, at the top too
  'null', 'true', 'false', '0', '-1', '"x"', '[null,true,false,0,"",[],{}]',
  // 4: objects
  '{"":0}', '{"a":{"a":{"a":0}}}', '{"a":0,"b":1,"A":2}', '{"a":[{"a":0},{"a":0}]}', '{"a b":0}', '{"\\u0061":0,"b":0}',
  // 5: arrays
  '[1,"a",[2]]', nested(32), nested(16, '[{"a":', '}]').replace('}]', '0}]'),
  // 6: numbers
  '-0', '10', '1e1', '1E1', '1e+1', '1e-1', '0e0', '0.0', '-0.1e-2', '123.456', '1e308', '1e-999', '9223372036854775807',
  '-9223372036854775808', '0.1e1', '1.0', '1e00', '-1.5E+10',
  // 7: strings
  '"\\"\\\\\\/\\b\\f\\n\\r\\t"', '"\\u0001"', '"\\uABCD\\uabcd"', '"\\ud834\\udd1e"', '"\\uDBFF\\uDFFF"', '"\u007f"', '"\u2028\u2029"',
  '"é€😀"', '"\\u00e9"', '"\\ufeff"', '"\ufeff"', '"\\uffff"', '"a\\u000ab"', '"/"', '"\\\\u0000"',
];

/** RFC 8259 says no. */
const bad = [
  // 2
  '', ' ', '\n', '\f[]', '\v[]', '\u00a0[]', '[]\u00a0', '[1]2', '[][]', '{}{}', ',', ':', ']', '}', '[', '{', '[[]', '{"a":{}', '/*x*/[]', '[]//', '#\n1',
  // 3
  'nul', 'nulll', 'Null', 'TRUE', 'True', 'fals', 'undefined', 'NaN', 'Infinity', '-Infinity', '[NaN]', 'abc',
  // 4
  '{a:1}', "{'a':1}", '{1:1}', '{null:1}', '{"a"}', '{"a":}', '{:1}', '{"a" 1}', '{"a":1,}', '{,}', '{"a":1 "b":2}', '{"a":1,,"b":2}', '{"a"::1}', '{"a":1]', '{[]:1}',
  '{"a":1}}', '{"a":"b":1}',
  // 5
  '[1,]', '[,]', '[,1]', '[1,,2]', '[1 2]', '[1}', '[1:2]', '["a" "b"]', '[1;2]', '[]]', '[(1)]', '[...]',
  // 6
  '+1', '01', '-01', '00', '-', '--1', '.5', '-.5', '1.', '1.e1', '1e', '1e+', '1eE1', '0x1', '1_000', '1,0', '1e1.5', '0b1', '0o7', '1f', '٣', '- 1', '1 e1', '∞',
  // 7
  '"', '"a', 'a"', '"\n"', '"\t"', '"\u0000"', '"\u001f"', '"\\x41"', '"\\a"', '"\\v"', '"\\\'"', '"\\0"', '"\\"', '"\\u"', '"\\u12"', '"\\u123g"', '"\\U0041"', "'a'", '"a""b"',
  '"a"b', '`a`', '"\\\n"',
];

/** RFC 8259 leaves these to the reader; base/json.h says no. */
const refused = [
  '{"a":1,"a":1}', '{"a":1,"b":2,"a":3}', '{"a":1,"\\u0061":2}', '{"":1,"":2}', '[{"x":{"y":1,"y":2}}]', '{"é":1,"\\u00e9":2}',
  '9223372036854775808', '-9223372036854775809', '99999999999999999999999', '1e309', '-1e309', '[1e999]', '1.8e308',
  '"\\u0000"', '{"\\u0000":1}', '"a\\u0000b"', '"\\ud800"', '"\\udc00"', '"\\ud800\\ud800"', '"\\udc00\\ud800"', '"\\ud800x"', '{"\\ud800":1}',
  nested(33), nested(20000), nested(33, '{"a":', '}').replace(':}', ':0}'), `[${'0,'.repeat(20000)}0]`,
];

/** 8.1: UTF-8 and no byte order mark. */
const encodings = [
  bytes([0xef, 0xbb, 0xbf], '[]'), bytes('"', [0x80], '"'), bytes('"', [0xff], '"'), bytes('"', [0xc0, 0xaf], '"'), bytes('"', [0xc1, 0xbf], '"'),
  bytes('"', [0xe0, 0x80, 0x80], '"'), bytes('"', [0xe0, 0x9f, 0xbf], '"'), bytes('"', [0xed, 0xa0, 0x80], '"'), bytes('"', [0xed, 0xbf, 0xbf], '"'),
  bytes('"', [0xf0, 0x80, 0x80, 0x80], '"'), bytes('"', [0xf4, 0x90, 0x80, 0x80], '"'), bytes('"', [0xf5, 0x80, 0x80, 0x80], '"'), bytes('"', [0xc3], '"'),
  bytes('"', [0xe2, 0x82], '"'), bytes('"', [0xf0, 0x9f, 0x98], '"'), bytes([0xff, 0xfe, 0x5b, 0, 0x5d, 0]), bytes([0, 0x5b, 0, 0x5d]), bytes('[]', [0]), bytes([0x80]),
];

const cases = [
  ...good.map((text) => ({ text: bytes(text), accepted: true })),
  ...[...bad, ...refused].map((text) => ({ text: bytes(text), accepted: false })),
  ...encodings.map((text) => ({ text, accepted: false })),
];

const theyAccept = (text) => {
  try {
    parseStrictly(text);
    return true;
  } catch {
    return false;
  }
};

/** One or two bytes of a good text changed, left out or put in. */
const spoil = (count) => {
  const roll = dice(8259);
  const pick = (list) => list[Math.floor(roll() * list.length)];
  const whole = [...good, '{"id":"site-1","on":true,"n":[1,-2.5e3,null],"t":"\\u00e9\\ud83d\\ude00 é","o":{"a":{},"b":[]}}'].map((text) => bytes(text));
  const signs = [...Buffer.from('{}[]":,0123456789.eE+-truefalsn\\u/ \t\n\r'), 0, 0x1f, 0x7f, 0x80, 0xc3, 0xa9, 0xed, 0xef, 0xff];

  return Array.from({ length: count }, () => {
    let text = pick(whole);
    for (let changes = 1 + Math.floor(roll() * 2); changes > 0; changes--) {
      const place = Math.floor(roll() * (text.length + 1));
      text = bytes(text.subarray(0, place), roll() < 0.8 ? [pick(signs)] : [], text.subarray(roll() < 0.5 ? place : place + 1));
    }
    return { text, accepted: theyAccept(text) };
  });
};

const ask = async (list) => {
  const answers = await witness(list.map(({ text }) => ({ op: 'json', text: text.toString('base64') })));
  return list.filter(({ accepted }, i) => answers[i].accepted !== accepted).map(({ text, accepted }) => `${accepted ? 'good' : 'bad'}: ${text.toString('latin1').slice(0, 80)}`);
};

export const judge = async (tally) => {
  const spoiled = spoil(20000);

  tally.none(await ask(cases), `our scanner takes ${good.length} texts after RFC 8259 and refuses ${bad.length + refused.length + encodings.length}`);
  tally.none(cases.filter(({ text, accepted }) => theyAccept(text) !== accepted).map(({ text }) => text.toString('latin1').slice(0, 80)), 'the engine and the rules beside it say the same');
  tally.none(await ask(spoiled), `they agree on ${spoiled.length} spoiled texts, ${spoiled.filter(({ accepted }) => accepted).length} of them still good`);
};
