// SPDX-License-Identifier: MIT
// node browser-person.mjs BUILD-DIR REPORT WISHES URL: a person with a real browser and a keyboard,
// who signs in, or pays. REPORT gets what was seen; WISHES is JSON:
//   address, number   who signs in, and which card pays
//   clumsy            types a wrong password first, and tries the other languages
//   refuse            does not sign in
// Ends with 0 when the last page says what was wished for.
import fs from 'node:fs';

import { complaints, openBrowser, overflow } from './chromium.mjs';

const [, , , report, wishes, url] = process.argv;
const { address, number, clumsy, refuse } = JSON.parse(wishes);
const seen = { pages: [], invisible: [], wrong: [], notes: [] };

/** What has the focus: does it show, and is it on the screen? */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { top, bottom } = element.getBoundingClientRect();

    return {
      what: element.outerHTML.slice(0, 100),
      shows: element === document.body || (outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && bottom > 0 && top < window.innerHeight),
    };
  });

/** Tab until the focus is there: nobody has a mouse here. */
const tabTo = async (page, selector) => {
  for (let i = 0; i < 40; i++) {
    await page.keyboard.press('Tab');
    const { what, shows } = await focused(page);
    if (!shows) seen.invisible.push(what);
    if (await page.evaluate((it) => document.activeElement.matches(it), selector)) return;
  }
  throw new Error(`Tab does not come to ${selector} on ${page.url()}`);
};

const enter = (page) => Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);

const note = (good, what) => seen.notes.push(`${good ? 'ok' : 'not ok'}: ${what}`);

/** Whether it comes to be: a browser gives the focus when it draws, not when it has loaded. */
const becomes = (page, test, value) =>
  page.waitForFunction(test, value, { timeout: 10000 }).then(() => true, () => false);

const lookWell = async (page, name) => {
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 800 });
    seen.wrong.push(...(await overflow(page)).map((what) => `${name} ${width}: ${what}`));
    for (const colorScheme of ['light', 'dark']) {
      await page.emulateMedia({ colorScheme });
      seen.wrong.push(...(await complaints(page)).map((what) => `${name} ${width} ${colorScheme}: ${what}`));
    }
  }
};

/** The page that the module shows to whom nobody sent. */
const lookAtStray = async (context) => {
  const page = await context.newPage();

  await page.goto(new URL('/elsewhere', new URL(url).searchParams.get('redirect_uri')).href);
  seen.stray = await page.evaluate(() => ({ lang: document.documentElement.lang, title: document.title }));
  await lookWell(page, 'a stray page');
  await page.close();
};

const beClumsy = async (page) => {
  note(await becomes(page, () => document.activeElement.id === 'email'), 'the address has the focus from the beginning');
  await page.keyboard.type(address);
  await tabTo(page, '#password');
  await page.keyboard.type('wrong');
  await enter(page);
  note(await becomes(page, () => document.activeElement.matches('.problem[role=alert]')), 'what is wrong has the focus');
  await tabTo(page, '.problem a');
  await page.keyboard.press('Enter');
  note(await becomes(page, () => document.activeElement.id === 'email'), 'and leads to the field');
  for (const language of ['fr', 'nl', 'de', 'en']) {
    await tabTo(page, `button[lang=${language}]`);
    await enter(page);
    note(await becomes(page, (tag) => document.documentElement.lang === tag, language), `the page speaks ${language}`);
    note(await page.inputValue('#email') === address, 'and keeps what was typed');
  }
};

const signIn = async (page, context) => {
  if (seen.stray === undefined) await lookAtStray(context);
  if (refuse) {
    await tabTo(page, 'button[value=cancel]');
    return enter(page);
  }
  if (clumsy && seen.notes.length === 0) await beClumsy(page);
  await becomes(page, () => document.activeElement.id === 'email');
  await page.keyboard.press('Control+A');
  await page.keyboard.type(address);
  await tabTo(page, '#password');
  await page.keyboard.type('sandbox');
  return enter(page);
};

const checkOut = async (page) => {
  await tabTo(page, 'input[type=radio]:checked');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, '#number');
  await page.keyboard.type(number);
  await tabTo(page, '#expires');
  await page.keyboard.type('12/99');
  return enter(page);
};

const press = async (page, value) => {
  await tabTo(page, `button[value=${value}]`);
  return enter(page);
};

const browse = async (page, context) => {
  await page.goto(url);
  for (let steps = 0; steps < 12; steps++) {
    const { lang, kind, result } = await page.evaluate(() => {
      const { page: name, result: word } = document.querySelector('main')?.dataset ?? {};
      return { lang: document.documentElement.lang, kind: name, result: word };
    });
    const here = new URL(page.url());
    seen.pages.push(here.pathname === '/callback' ? 'callback' : kind);
    if (here.pathname === '/callback') {
      seen.last = { lang, title: await page.title() };
      await lookWell(page, 'the page after sign-in');
      return here.searchParams.has(refuse ? 'error' : 'code');
    }
    if (kind === 'sign-in') seen.asked ??= lang;
    if (kind === 'sign-in') await signIn(page, context);
    else if (kind === 'checkout') await checkOut(page);
    else if (kind === 'checkout-confirm' || kind === 'checkout-bank') await press(page, 'confirm');
    else return kind === 'checkout-result' && result === 'paid';
  }
  return false;
};

const browser = await openBrowser();
try {
  const context = await browser.newContext({ locale: 'en' });
  seen.reached = await browse(await context.newPage(), context);
} catch (error) {
  seen.error = error.stack;
}
fs.appendFileSync(report, `${JSON.stringify(seen)}\n`);
await browser.close();
process.exit(seen.reached ? 0 : 1);
