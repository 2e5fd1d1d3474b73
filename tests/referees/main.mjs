// SPDX-License-Identifier: MIT
// node main.mjs BUILD-DIR [NAME...]: each referee in turn; the last line is "N passed, N failed".
import { Tally, cleanUp } from './lib.mjs';

const names = ['openapi', 'prism', 'oidc', 'nbt', 'pages', 'signatures', 'ed25519', 'json', 'axe', 'browser'];
const wanted = process.argv.slice(3);
const strange = wanted.filter((name) => !names.includes(name));

if (strange.length > 0) {
  console.error(`referees: there is no ${strange.join(', no ')}; there are ${names.join(', ')}`);
  process.exit(2);
}

let passed = 0;
let failed = 0;
let skipped = 0;
for (const name of names.filter((name) => wanted.length === 0 || wanted.includes(name))) {
  const tally = new Tally(name);
  const begun = Date.now();
  try {
    const { judge, lacks } = await import(`./${name}.mjs`);
    const lack = lacks?.();
    if (lack !== undefined) {
      skipped++;
      console.error(`referees: SKIPPED ${name}: ${lack}`);
      continue;
    }
    await judge(tally);
  } catch (error) {
    tally.check(false, 'came to its end', error.stack);
  }
  if (tally.passed + tally.failed === 0) tally.check(false, 'judged anything');
  passed += tally.passed;
  failed += tally.failed;
  console.log(
    `     ${name}: ${tally.passed} passed, ${tally.failed} failed, ${((Date.now() - begun) / 1000).toFixed(1)} s`,
  );
}
cleanUp();
console.log(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 ? 1 : passed > 0 ? 0 : 77);
