// SPDX-License-Identifier: MIT
// Every page that the tests of page, module and host show is what page.schema.json says, by ajv.
import fs from 'node:fs';
import path from 'node:path';

import { inTree, load, pagesFolder, read, runTests } from './lib.mjs';

/** Those that show pages of our module. */
const tests = ['page', 'page-offers', 'page-words', 'page-languages', 'section-installations', 'gate-words', 'model', 'model-attack', 'model-life',
  'model-sign-in', 'model-portfolio', 'desk', 'module-calls', 'module-languages', 'module-operations',
  'host-sandbox', 'host-password', 'host-mock', 'demo', 'demo-outage'];

const types = (blocks) => blocks.flatMap((block) => [block.type, ...types(block.blocks ?? [])]);

/** Every id of a block once; what rows and notices draw is there. */
const wrongIds = (page) => {
  const ids = [];
  const named = [];
  const walk = (blocks) =>
    blocks.forEach((block) => {
      ids.push(block.id);
      named.push(...(block.actions ?? []), ...(block.rows ?? []).flatMap((row) => row.actions ?? []));
      walk(block.blocks ?? []);
    });
  walk(page.blocks);
  return [...ids.filter((id, i) => ids.indexOf(id) !== i).map((id) => `${id} twice`), ...named.filter((id) => !ids.includes(id)).map((id) => `${id} is not there`)];
};

export const judge = async (tally) => {
  const Ajv = load('ajv').default;
  const folder = pagesFolder();
  const { status, output, errors } = await runTests(tests);
  tally.check(status === 0, `${tests.length} test programs went well`, `${output.slice(-3000)}${errors.slice(-1000)}`);

  const schema = JSON.parse(read('api/prosoft/page.schema.json'));
  const ajv = new Ajv({ strict: true, strictRequired: false, strictTypes: false, allErrors: true });
  const validate = ajv.compile(schema);
  const isOurs = (file) => JSON.parse(fs.readFileSync(file, 'utf8')).page !== 'specimen'; // hosts are tried with bad ones, too
  const shown = fs.readdirSync(folder).filter((name) => name.endsWith('.json')).map((name) => path.join(folder, name)).filter(isOurs);
  const kept = fs.readdirSync(inTree('tests/data/pages')).map((name) => inTree('tests/data/pages', name));
  const wrong = [];
  const strange = [];
  const kinds = new Set();
  for (const file of [...shown, ...kept]) {
    const text = fs.readFileSync(file, 'utf8');
    const page = JSON.parse(text);
    if (!validate(page)) wrong.push(`${path.basename(file)}: ${ajv.errorsText(validate.errors.slice(0, 3))}`);
    else strange.push(...wrongIds(page).map((word) => `${path.basename(file)}: ${word}`));
    types(page.blocks ?? []).forEach((type) => kinds.add(type));
  }

  tally.check(shown.length >= 500, `${shown.length} different pages were shown, and ${kept.length} are kept in tests/data/pages`);
  tally.none(wrong, 'ajv finds each of them as the schema says');
  tally.none(strange, 'no id occurs twice, and what rows and notices name is there');
  tally.check(kinds.size >= 8, `blocks of ${kinds.size} types: ${[...kinds].sort().join(', ')}`);
  const good = JSON.parse(fs.readFileSync(kept[0], 'utf8'));
  const spoilt = [{ ...good, state: 'fine' }, { ...good, blocks: [{ ...good.blocks[0], id: 'no id' }] }, { ...good, title: '' }, { ...good, revision: -1 }, {}];
  tally.check(spoilt.every((page) => !validate(page)), 'ajv refuses pages that are not');
};
