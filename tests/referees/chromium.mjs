// SPDX-License-Identifier: MIT
// A real browser: Debian's Chromium, driven by Playwright, and axe to look at what it shows.
import fs from 'node:fs';

import { inPackage, load } from './lib.mjs';

const program = '/usr/bin/chromium';
/** It shows our own pages only, also to root, who has no sandbox for it. */
const args = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];

/** Why there is none; undefined when there is. */
export const lacksBrowser = () => {
  if (Number(process.versions.node.split('.')[0]) < 20) return 'Playwright needs Node 20';
  if (!fs.existsSync(program)) return `there is no ${program} (apt-get install --no-install-recommends chromium)`;
  return undefined;
};

export const openBrowser = () => load('playwright-core').chromium.launch({ executablePath: program, args });

const axe = () => fs.readFileSync(inPackage('axe-core', 'axe.min.js'), 'utf8');
let source;

/**
 * What axe has against a page as it is: every rule that it knows, also those that it leaves out by
 * itself (level AAA, best practice, experimental).
 *
 * @param [repainted] of the same page in other colours: only what depends on them
 */
export const complaints = async (page, repainted = false) => {
  if (!(await page.evaluate(() => typeof window.axe === 'object'))) await page.evaluate((source ??= axe()));
  return page.evaluate(async (tag) => {
    const rules = window.axe.getRules().filter(({ tags }) => !tag || tags.includes(tag)).map(({ ruleId }) => ruleId);
    const { violations } = await window.axe.run(document, { runOnly: { type: 'rule', values: rules }, resultTypes: ['violations'] });

    return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 160)} (${node.failureSummary.split('\n').slice(1, 2)})`));
  }, repainted ? 'cat.color' : '');
};

/** What sticks out at the right, so that one had to scroll for it. */
export const overflow = (page) =>
  page.evaluate(() => {
    const width = document.documentElement.clientWidth;
    const out = [...document.querySelectorAll('body *')].filter((element) => element.getBoundingClientRect().right > width + 0.5);
    const wide = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : [];

    return [...wide, ...out.filter((element) => !element.closest('.unseen')).map((element) => `${element.outerHTML.slice(0, 120)} sticks out`)];
  });
