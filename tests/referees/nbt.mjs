// SPDX-License-Identifier: MIT
// The .nbt container: what Kaitai Struct and Node read out of each file is what our reader reads, in
// verdict and in values.
import fs from 'node:fs';
import { isDeepStrictEqual } from 'node:util';

import { dice, inTree, read, witness } from './lib.mjs';
import { lockedFile, namedFiles, password, plainFile, reseal, withText } from './nbt-files.mjs';
import { compile, judgeFile } from './nbt-judge.mjs';

/** Both verdicts on each file. */
const ask = async (Nbt, files) => {
  const answers = await witness(
    files.map(({ bytes, password: word }) => ({ op: 'nbt', bytes: bytes.toString('base64'), ...(word === undefined ? {} : { password: word }) })),
  );

  return files.map((file, i) => {
    const { accepted, why, ...values } = answers[i];
    return { ...file, ours: { accepted, why, values }, theirs: judgeFile(Nbt, file.bytes, file.password) };
  });
};

const differs = ({ ours, theirs }) =>
  ours.accepted !== theirs.accepted || (ours.accepted && !isDeepStrictEqual(ours.values, theirs.values));

const tell = ({ name, ours, theirs }) =>
  `${name}: our reader ${ours.accepted ? `accepts ${JSON.stringify(ours.values)}` : `refuses (${ours.why})`}; ` +
  `${theirs.accepted ? `they accept ${JSON.stringify(theirs.values)}` : `${theirs.by} refuses (${theirs.why})`}`;

const samples = () => {
  const words = Object.fromEntries(
    [...read('tests/data/README.md').matchAll(/^\| `([a-z-]+)` \|[^|]*\| `([^`]+)` \|/gm)].map(([, name, word]) => [name, word]),
  );
  const names = fs.readdirSync(inTree('tests/data')).filter((name) => name.endsWith('.nbt'));

  return names.flatMap((file) => {
    const name = file.slice(0, -4);
    const bytes = fs.readFileSync(inTree('tests/data', file));
    return [{ name, bytes }, ...(words[name] ? [{ name: `${name}, opened`, bytes, password: words[name], opened: true }] : [])];
  });
};

const judgeSamples = async (tally, Nbt) => {
  const files = await ask(Nbt, samples());

  tally.check(files.filter(({ opened }) => opened).length >= 5, `${files.length} readings of the sample files, the protected ones closed and open`);
  tally.none(files.filter((file) => !file.ours.accepted).map(tell), 'our reader takes every sample file');
  tally.none(files.filter(differs).map(tell), 'so does Kaitai, with the same values');
  tally.none(files.filter(({ opened, theirs }) => opened && !theirs.values?.roles_known).map(tell), 'each password opens the roles');
};

const judgeNamed = async (tally, Nbt) => {
  const files = await ask(Nbt, namedFiles());
  const bad = files.filter(({ accepted }) => !accepted);
  const byKaitai = bad.filter(({ theirs }) => theirs.by === 'kaitai');

  tally.none(files.filter((file) => file.ours.accepted !== file.accepted).map(tell), `our reader gives ${files.length} files, ${bad.length} of them bad, the verdict that was expected`);
  tally.none(files.filter((file) => file.theirs.accepted !== file.accepted).map(tell), `so do Kaitai (${byKaitai.length} bad ones) and Node (${bad.length - byKaitai.length})`);
  tally.none(files.filter(differs).map(tell), 'the values are the same');
};

/** Cut at every byte; once as it is, once with a size that fits. */
const truncations = (name, whole) =>
  Array.from({ length: whole.length }, (_, length) => {
    const honest = Buffer.from(whole.subarray(0, length));
    if (length >= 24) honest.writeBigUInt64LE(BigInt(length), 16);
    return [
      { name: `${name} cut at ${length}`, bytes: Buffer.from(whole.subarray(0, length)) },
      { name: `${name} cut at ${length}, saying so`, bytes: honest },
    ];
  }).flat();

const judgeTruncations = async (tally, Nbt) => {
  const files = await ask(Nbt, [...truncations('plain', plainFile()), ...truncations('protected', lockedFile())]);

  tally.none(files.filter(({ ours }) => ours.accepted).map(tell), `our reader refuses each of ${files.length} files that were cut short`);
  tally.none(files.filter(differs).map(tell), 'so do they');
};

/** Bytes of header and table changed at random, the digest of the table made to fit again. */
const mutations = (count) => {
  const roll = dice(20260918);
  const number = (below) => Math.floor(roll() * below);

  return Array.from({ length: count }, (_, i) => {
    const [whole, word] = i % 2 === 0 ? [plainFile(), undefined] : [lockedFile(), password];
    const end = 64 + 64 * whole.readUInt32LE(24);

    for (let changes = 1 + number(3); changes > 0; changes--) {
      const place = number(end);
      whole[place] = roll() < 0.5 ? whole[place] ^ (1 << number(8)) : number(256);
    }
    return { name: `mutation ${i}`, bytes: reseal(whole), password: word };
  });
};

/** Characters of a section's JSON changed at random. */
const textMutations = (count) => {
  const roll = dice(4711);
  const signs = '{}[]":,0123456789.eE+-tfn\\u \t\n\0é\u00a0xX';
  const file = plainFile();
  const texts = [0, 1, 2].map((i) => {
    const entry = 64 + 64 * i;
    const offset = Number(file.readBigUInt64LE(entry + 8));
    return [file.toString('latin1', entry, entry + 4), file.toString('utf8', offset, offset + Number(file.readBigUInt64LE(entry + 16)))];
  });

  return Array.from({ length: count }, (_, i) => {
    const [tag, text] = texts[i % 3];
    const place = Math.floor(roll() * text.length);
    const sign = signs[Math.floor(roll() * signs.length)];
    const kept = roll() < 0.5 ? place : place + 1;
    const spoiled = text.slice(0, place) + (roll() < 0.7 ? sign : '') + text.slice(kept);
    return { name: `${tag} ${i}: ${spoiled}`, bytes: withText(tag, spoiled) };
  });
};

const judgeMutations = async (tally, Nbt) => {
  const tables = await ask(Nbt, mutations(4000));
  const texts = await ask(Nbt, textMutations(4000));
  const taken = (files) => files.filter(({ ours }) => ours.accepted).length;

  tally.none(tables.filter(differs).map(tell), `all agree on ${tables.length} spoiled headers and tables, ${taken(tables)} of them still good`);
  tally.none(texts.filter(differs).map(tell), `all agree on ${texts.length} spoiled texts, ${taken(texts)} of them still good`);
};

export const judge = async (tally) => {
  const Nbt = await compile();

  tally.check(typeof Nbt === 'function', 'Kaitai compiles nbt.ksy');
  await judgeSamples(tally, Nbt);
  await judgeNamed(tally, Nbt);
  await judgeTruncations(tally, Nbt);
  await judgeMutations(tally, Nbt);
};
