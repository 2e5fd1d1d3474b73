// SPDX-License-Identifier: MIT
// The main job with a real browser and no mouse: the module in the mock host, the sandbox's pages in
// Chromium, and a person who signs in and pays there.
import fs from 'node:fs';
import path from 'node:path';

import { lacksBrowser } from './chromium.mjs';
import { build, inBuild, inTree, read, run, startSandbox, temporary } from './lib.mjs';

export const lacks = lacksBrowser;

const file = inTree('tests/data/villa-picos.nbt');
const quote = (word) => `'${word.replaceAll("'", "'\\''")}'`;

class Host {
  constructor(sandbox) {
    this.sandbox = sandbox;
    this.home = temporary('home');
    this.report = path.join(this.home, 'report');
  }

  /** Runs prosoft-mock; answers with what the person in the browser saw, too. */
  async do(wishes, ...command) {
    const person = [process.execPath, inTree('tests/referees/browser-person.mjs'), build, this.report, JSON.stringify(wishes)].map(quote).join(' ');

    fs.rmSync(this.report, { force: true });
    const { status, output, errors } = await run(inBuild('tests/host/prosoft-mock'),
      ['--module', inBuild('plugin/ttecomm.so'), '--sandbox', this.sandbox.folder, '--home', this.home, '--browser', person, ...command], { timeout: 170000 });
    const reports = fs.existsSync(this.report) ? fs.readFileSync(this.report, 'utf8').trim().split('\n').map((line) => JSON.parse(line)) : [];

    return { status, output, reports, told: `${status} ${output.slice(-1500)} ${errors.slice(-1500)} ${reports.map(({ error }) => error ?? '')}` };
  }
}

const buy = async (tally, host) => {
  const bought = await host.do({ address: 'mara@example.org', number: '4000000000003220', clumsy: true }, '--as', 'mara@example.org', 'buy', file, 'RS');
  const [signing = { notes: [], pages: [] }, paying = { pages: [] }] = bought.reports;

  tally.check(bought.status === 0 && /^\* paid$/m.test(bought.output), 'prosoft-mock buys, with a person in a real browser', bought.told);
  tally.check(signing.pages.at(-1) === 'callback', 'who signs in comes back to the module', signing.pages.join());
  tally.check(paying.pages.join() === 'checkout,checkout-confirm,checkout-bank,checkout-result', 'who pays is asked for card, consent and the bank', paying.pages.join());
  tally.none(signing.notes.filter((line) => !line.startsWith('ok')), `${signing.notes.length} things go well that a clumsy person tries`);
  tally.check(signing.notes.length === 11, 'and all of them were tried');
  tally.none(bought.reports.flatMap(({ invisible }) => invisible), 'all of it without a mouse, and the focus could be seen at each stop');
  const session = await host.do({}, 'session', file);
  tally.check(session.status === 0 && /ALLOW/.test(session.output), 'then a remote session may open', session.told);
  return bought.reports;
};

/** The module's own pages, which a browser sees at the end. */
const judgeLoopback = async (tally, sandbox, language) => {
  const spoken = ['en', ...read('po/LINGUAS').split(/\s+/)].includes(language) ? language : 'en';
  const wishes = { address: 'mara@example.org', refuse: language === 'en' };
  const { reports, told } = await new Host(sandbox).do(wishes, '--locale', language, 'sign-in', file);
  const [{ wrong, asked, last, stray } = { wrong: ['nothing was seen'] }] = reports;

  tally.check(last?.lang === spoken && stray?.lang === spoken, `${language}: the module's own pages speak ${spoken}: ${last?.title}, ${stray?.title}`, told);
  tally.check(asked === spoken, `${language}: the page that asks who it is speaks the same, in a browser that wants English`, told);
  tally.none(wrong, `${language}: axe has nothing against them`);
};

export const judge = async (tally) => {
  const sandbox = await startSandbox();

  try {
    const reports = await buy(tally, new Host(sandbox));
    tally.none(reports.flatMap(({ wrong }) => wrong), 'axe has nothing against the pages of the module that were seen');
    for (const language of ['en', 'fr', 'nl', 'de']) await judgeLoopback(tally, sandbox, language);
  } finally {
    await sandbox.stop();
  }
};
