// A walker goes a journey in one language, with or without the script of the
// pages. It names what it presses and fills in by the keys of the texts, so that
// a journey is written once.
import assert from 'node:assert/strict';
import { open } from './browser.mjs';
import * as checks from './checks.mjs';
import { text } from './texts.mjs';

export class Walker {
  // begin starts a walk at the first page of a site.
  static async begin(site, browser, { language, javaScript }) {
    const visit = await open(browser, site.url, { language, javaScript });
    visit.page.setDefaultTimeout(10_000);
    const walker = new Walker();
    Object.assign(walker, { site, visit, page: visit.page, language, javaScript, faults: visit.faults, name: `${language}${javaScript ? '' : ' without script'}` });
    // What was refused is a page too, which no link leads to.
    visit.on('response', (r) => { if (r.request().isNavigationRequest()) walker.status = r.status(); });
    await walker.go('/');
    return walker;
  }

  text(key) { return text(this.language, key); }

  // go opens a path, or a whole address of the site.
  async go(path) { await this.page.goto(new URL(path, this.site.url).href); }

  // as goes on as somebody with a role in the demo: the first who has it, or
  // another.
  async as(role, convention = 'fctc', which = 0) {
    await this.go('/demo');
    await this.page.locator(`section[aria-labelledby="${convention}"] button`, { hasText: `${role}:` }).nth(which).click();
    await this.page.waitForURL(/\/desk/);
  }

  // press presses the button, link or summary that says so; within looks only
  // in what a selector finds, or in what says some words.
  async press(key, within) { await this.pressed(this.text(key), within); }

  async pressed(words, within) {
    const part = this.part(within);
    const all = part.getByRole('button', { name: words }).or(part.getByRole('link', { name: words })).or(part.locator('summary', { hasText: words }));
    await this.click(all.filter({ visible: true }).first());
  }

  // click clicks, and waits for the page to which that leads.
  async click(target) {
    const leads = await target.evaluate((e) => e.tagName === 'A' || Boolean(e.form?.checkValidity()));
    await Promise.all([leads && this.page.waitForNavigation(), target.click()]);
  }

  part(within) {
    if (!within) return this.page.locator('body');
    return within.says ? this.page.locator(within.of ?? 'li').filter({ hasText: within.says }).first() : this.page.locator(within).first();
  }

  // take takes a step of the page: it opens it where it asks for something,
  // fills that in, and presses the button.
  async take(key, answers = {}) {
    const words = this.text(key);
    const folded = this.page.locator('details.act').filter({ has: this.page.locator('summary').getByText(words, { exact: true }) }).first();
    if (await folded.count() === 0) return this.press(key, 'main');
    if (!await folded.evaluate((d) => d.open)) await folded.locator('summary').click();
    for (const [label, value] of Object.entries(answers)) await this.fill(label, value, folded);
    await this.click(folded.getByRole('button', { name: words }));
  }

  // lacks holds that the page does not let one take a step.
  async lacks(key) { assert.equal(await this.page.locator('main button, main summary').getByText(this.text(key), { exact: true }).count(), 0, `${this.page.url()} offers “${this.text(key)}”`); }

  // fill answers the field whose label has a key: words are typed, a choice is
  // named by { of: key } or by its value, { value }, a tick is set by true.
  async fill(key, value, within) {
    const part = within?.locator ? within : this.part(within);
    const field = part.getByLabel(this.text(key)).filter({ visible: true }).first();
    if (value === true) await field.check();
    else if (value?.file) await field.setInputFiles({ name: value.file, mimeType: 'text/csv', buffer: Buffer.from(value.of) });
    else if (value?.value) await field.selectOption(value.value);
    else if (value?.of) await field.selectOption({ label: this.text(value.of) });
    else await field.fill(value);
  }

  // pick ticks the choice that says so.
  async pick(key, within) { await this.part(within).getByLabel(this.text(key)).first().check(); }

  // menu opens the menu of the frame.
  async menu() { await this.page.locator('.menu > summary').click(); }

  // sees holds that the page says the texts of keys, or words.
  async sees(...keys) { await this.reads(...keys.map((key) => this.text(key))); }

  async reads(...words) {
    for (const one of words) await this.page.locator('body').getByText(one).first().waitFor({ state: 'attached' }).catch(() => assert.fail(`${this.page.url()} does not say “${one}”`));
  }

  async readsNot(words) { assert.equal(await this.page.locator('main').getByText(words).count(), 0, `${this.page.url()} says “${words}”`); }

  // refused holds that a form came back with what was wrong, linked to the
  // fields, and that the page is as good as any other.
  async refused(status = 422) {
    assert.equal(this.status, status);
    const links = await this.page.locator('#mistakes a').evaluateAll((all) => all.map((a) => document.getElementById(a.hash.slice(1))?.matches('input, select, textarea, fieldset')));
    assert.ok(links.length > 0 && links.every(Boolean), 'what was wrong is not linked to the fields');
    if (this.javaScript) this.faults.push(...await checks.accessible(this.page)); // axe is a script too
    this.faults.push(...await checks.shaped(this.page, this.language), ...await checks.fits(this.page));
  }

  async end() {
    await this.visit.close();
    assert.deepEqual(this.faults, []);
  }
}
