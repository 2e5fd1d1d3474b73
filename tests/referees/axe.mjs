// SPDX-License-Identifier: MIT
// Every page of the sandbox, in every state and language, narrow and wide, light and dark: what axe
// has against it, what sticks out of it, and whether it speaks the language that was asked for.
import fs from 'node:fs';
import path from 'node:path';

import { complaints, lacksBrowser, openBrowser, overflow } from './chromium.mjs';
import { startSandbox } from './lib.mjs';
import { Shop } from './shop.mjs';

export const lacks = lacksBrowser;

const languages = ['en', 'fr', 'nl', 'de'];
const widths = [1280, 320];
const schemes = ['light', 'dark'];
/** Where to keep a picture of each, for people. */
const pictures = process.env.TTECOMM_PICTURES;

class Look {
  constructor(page, language) {
    Object.assign(this, { page, language, seen: [], wrong: [], wide: [], strange: [] });
    page.on('console', (message) => {
      if (!/status of 4\d\d/.test(message.text())) this.strange.push(`${new URL(page.url()).pathname}: ${message.text()}`);
    });
  }

  /** Looks at what is shown now. */
  async at(name, { url, kind, result = null } = {}) {
    const { page, language } = this;
    if (url) await page.goto(url);
    this.seen.push(name);
    const is = await page.evaluate(() => ({ lang: document.documentElement.lang, ...document.querySelector('main').dataset }));
    if (is.lang !== language || is.page !== kind || (is.result ?? null) !== result) this.strange.push(`${name}: it is ${JSON.stringify(is)}`);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 800 });
      this.wide.push(...(await overflow(page)).map((what) => `${name} ${width}: ${what}`));
      for (const colorScheme of schemes) {
        await page.emulateMedia({ colorScheme });
        this.wrong.push(...(await complaints(page, colorScheme !== schemes[0])).map((what) => `${language} ${name} ${width} ${colorScheme}: ${what}`));
        if (pictures) await page.screenshot({ path: path.join(pictures, `${language}-${name}-${width}-${colorScheme}.png`), fullPage: true });
      }
    }
  }

  /** Does it, and waits for the page that comes of it. */
  async go(what) {
    await Promise.all([this.page.waitForEvent('load'), what()]);
  }

  /** Enter in a field: what the first button of its form does. */
  enter() {
    return this.go(() => this.page.keyboard.press('Enter'));
  }

  press(value) {
    return this.go(() => this.page.click(`main button[value="${value}"]`));
  }

  async payWith(number, expires = '12/99') {
    if (await this.page.locator('input[type=radio]').count()) await this.page.check('input[value=other]');
    await this.page.fill('#number', number);
    await this.page.fill('#expires', expires);
    await this.press('pay');
  }

  /** Every page may fold things away: all of them are looked at. */
  unfold() {
    return this.page.evaluate(() => document.querySelectorAll('details').forEach((details) => (details.open = true)));
  }
}

const lookAround = async (look, shop) => {
  const { page } = look;

  await look.at('home', { url: `${shop.web}/`, kind: 'home' });
  await look.at('terms', { url: `${shop.web}/terms-of-sale`, kind: 'terms-of-sale' });
  await look.at('not-found', { url: `${shop.web}/nowhere/at/all`, kind: 'message', result: 'error' });
  await look.at('create-account', { url: `${shop.web}/create-account`, kind: 'message', result: 'ok' });
  await look.at('forgot-password', { url: `${shop.web}/forgot-password`, kind: 'message', result: 'ok' });
  await look.at('not-ours', { url: shop.authorizeUrl({ client_id: 'somebody' }), kind: 'message', result: 'error' });
  await look.at('not-here', { url: shop.authorizeUrl({ redirect_uri: 'http://example.org/callback' }), kind: 'message', result: 'error' });
  await look.at('sign-in', { url: shop.authorizeUrl(), kind: 'sign-in' });
  await look.unfold();
  await look.at('sign-in-samples', { kind: 'sign-in' });
  await page.fill('#email', 'mara@example.org');
  await page.fill('#password', 'wrong');
  await look.press('sign-in');
  await look.at('sign-in-refused', { kind: 'sign-in', result: 'refused' });
  await page.context().clearCookies({ name: 'ttecomm-sandbox' });
  await page.fill('#password', 'sandbox');
  await look.press('sign-in');
  await look.at('form-not-ours', { kind: 'message', result: 'error' });
};

const lookAtAccount = async (look, shop) => {
  const { page } = look;

  await page.goto(`${shop.web}/sign-in`);
  await look.press('cancel');
  await look.at('not-signed-in', { kind: 'message', result: 'ok' });
  await page.goto(`${shop.web}/sign-in`);
  await page.fill('#email', 'mara@example.org');
  await page.fill('#password', 'sandbox');
  await look.press('sign-in');
  await look.unfold();
  await look.at('account', { kind: 'account' });
  await page.fill('#number', '378282246310005');
  await page.fill('#expires', '12/99');
  await look.enter();
  await look.at('card-refused', { kind: 'account', result: 'card-refused' });
  await page.fill('#number', '5555 5555 5555 4444');
  await look.enter();
  await look.at('card-replaced', { kind: 'account', result: 'card-replaced' });
  await look.at('renewal-unknown', { url: `${shop.web}/account/renewal?installation=x&service=RS&to=maybe`, kind: 'message', result: 'error' });
  await look.at('renewal-impossible', { url: `${shop.web}/account/renewal?installation=site-active&service=RS&to=on`, kind: 'message', result: 'error' });
  await look.at('renewal-off', { url: `${shop.web}/account/renewal?installation=site-active&service=RS&to=off`, kind: 'renewal' });
  await look.press('confirm');
  await look.at('renewal-is-off', { kind: 'account', result: 'renewal-off' });
  await look.at('renewal-on', { url: `${shop.web}/account/renewal?installation=site-active&service=RS&to=on`, kind: 'renewal' });
  await page.goto(`${shop.web}/account`);
  await look.go(() => page.click('form[action="/sign-out"] button'));
  await look.at('signed-out', { kind: 'message', result: 'ok' });
};

const lookAtCheckout = async (look, shop) => {
  const { page } = look;

  await look.at('no-checkout', { url: `${shop.web}/checkout/unknown`, kind: 'message', result: 'error' });
  const first = await shop.order(['RS', 'VC']);
  await look.at('checkout', { url: first, kind: 'checkout' });
  await page.check('input[value=other]');
  await look.unfold();
  await look.at('checkout-other', { kind: 'checkout' });
  await look.payWith('1234');
  await look.at('checkout-refused', { kind: 'checkout', result: 'refused' });
  await look.payWith('4242424242424242', '01/20');
  await look.at('checkout-expired', { kind: 'checkout', result: 'refused' });
  await shop.control('users', { email: 'mara@example.org', card: false });
  await look.at('checkout-no-card', { url: first, kind: 'checkout' });
  await look.payWith('4242424242424242');
  await look.at('confirm', { kind: 'checkout-confirm' });
  await look.press('cancel');
  await look.at('cancelled', { kind: 'checkout-result', result: 'cancelled' });
  await shop.control('users', { email: 'mara@example.org', card: true, card_verified: true, card_good: true });
  await page.goto(await shop.order());
  await look.payWith('4000000000003220');
  await look.press('confirm');
  await look.at('bank', { kind: 'checkout-bank' });
  await look.press('fail');
  await look.at('bank-no', { kind: 'checkout-result', result: 'failed' });
  await page.goto(await shop.order());
  await look.payWith('4000000000000002');
  await look.press('confirm');
  await look.at('declined', { kind: 'checkout-result', result: 'failed' });
  await page.goto(await shop.order(['RS', 'VC']));
  await look.press('pay');
  await look.press('confirm');
  await look.at('paid', { kind: 'checkout-result', result: 'paid' });
};

/** In a world of its own, so that all languages can be looked at together. */
const lookInLanguage = async (browser, language) => {
  const sandbox = await startSandbox(['--start', '2026-09-18']);
  const context = await browser.newContext({ locale: language });
  const page = await context.newPage();
  const look = new Look(page, language);
  const shop = new Shop(sandbox);

  try {
    await shop.signIn(page, 'mara@example.org');
    await lookAtCheckout(look, shop);
    await lookAround(look, shop);
    await lookAtAccount(look, shop);
  } finally {
    await context.close();
    await sandbox.stop();
  }
  return look;
};

/** A page that nobody could use: whoever finds nothing wrong with it is of no use either. */
const spoilt = `<!DOCTYPE html><title>x</title><main style="background: #fff; color: #ccc; width: 2000px"><input><img src="data:,">Hardly seen</main>`;

const findsWhatIsWrong = async (browser) => {
  const page = await browser.newPage();

  await page.setContent(spoilt);
  const found = (await complaints(page)).map((line) => line.split(':')[0]);
  const repainted = (await complaints(page, true)).map((line) => line.split(':')[0]);
  const good = ['html-has-lang', 'label', 'image-alt', 'color-contrast'].every((rule) => found.includes(rule)) && repainted.includes('color-contrast');
  const wide = (await overflow(page)).length > 0;
  await page.close();
  return good && wide;
};

export const judge = async (tally) => {
  if (pictures) fs.mkdirSync(pictures, { recursive: true });
  const browser = await openBrowser();

  try {
    tally.check(await findsWhatIsWrong(browser), 'a page that nobody could use is found to be one');
    for (const look of await Promise.all(languages.map((language) => lookInLanguage(browser, language)))) {
      const views = look.seen.length * widths.length * schemes.length;

      tally.none(look.wrong, `${look.language}: axe has nothing against ${look.seen.length} pages and states, ${views} views of them`);
      tally.none(look.wide, `${look.language}: nothing has to be scrolled for sideways, at ${widths.join(' and ')} pixels`);
      tally.none(look.strange, `${look.language}: each is the page that it should be, in its language, and the browser complains of nothing`);
    }
  } finally {
    await browser.close();
  }
};
