// Every kind of page that the program has, found by following its links as
// everybody, in each language, in a real browser. What is asked of a page stands
// in checks.mjs, how pages are found in crawl.mjs.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from './browser.mjs';
import * as checks from './checks.mjs';
import { crawl } from './crawl.mjs';
import { languages } from './texts.mjs';
import { linksOf, rolesOf, Visitor } from './visitor.mjs';

// Addresses that show no page of their own: they answer with files, lead on to
// an identity provider, or come back from it.
const noPages = ['GET /static/:name', 'GET /auth/oidc/:provider/start', 'GET /auth/oidc/:provider/callback'];
const routes = process.env.ENTENTE_ROUTES.trim().split('\n').filter((r) => !noPages.includes(r));

// The pages that are looked at closely: all, or those whose address or reader
// fits what ENTENTE_PAGES says.
const wanted = new RegExp(process.env.ENTENTE_PAGES ?? '');

// Each page is seen in all languages where ENTENTE_LANGUAGES is "all"; otherwise
// in two: in Arabic, or English, and in one that changes from page to page.
const everyLanguage = process.env.ENTENTE_LANGUAGES === 'all';

// testPages looks at them all. started gives the program and the browser.
export function testPages(started) {
  let found;
  test('links and forms lead to pages', async () => {
    const { program } = started();
    found = await crawl(program.url, routes, await letters(program));
    assert.deepEqual(found.broken, []);
  });

  // Steps that stand only on what has gone further than the demo are left to the
  // journeys; the address of a step leads to the page on which it stands.
  test('everybody together is led to every page', () => {
    const steps = routes.filter((r) => r.startsWith('POST ')).map((r) => r.replace('POST', 'GET'));
    assert.deepEqual(found.unseen.filter((r) => r.startsWith('GET ') && !steps.includes(r)), []);
  });

  test('every kind of page, in each language, light and dark, wide and narrow, by keyboard, with and without its script', { concurrency: 3 }, async (t) => {
    const { program, browser } = started();
    const kinds = found.kinds.filter((k) => wanted.test(`${k.path} ${k.reader.name}`));
    console.log(`${found.kinds.length} kinds of pages:\n${found.kinds.map((k) => `  ${k.route}: ${k.path} as ${k.reader.name}`).join('\n')}`);
    await Promise.all(kinds.map((kind, k) => t.test(`${kind.path} as ${kind.reader.name}`, async () => {
      const faults = new Map();
      for (const [l, language] of languages.entries()) {
        // Colours are the same in all languages, and all else in all colours: each
        // page is seen light in three languages and dark in the others. By keyboard
        // and without its script it is seen in one. The second of a route has most
        // of the first, and is seen in that language alone.
        const way = { language, theme: (k + l) % 2 ? 'dark' : 'light', closely: k % languages.length === l };
        const shared = everyLanguage || language === (k % languages.length === 0 ? 'en' : 'ar');
        if (!way.closely && !(kind.first && shared)) continue;
        for (const fault of await look(program, browser, kind, way)) faults.set(fault, [...(faults.get(fault) ?? []), `${language} ${way.theme}`]);
      }
      assert.deepEqual([...faults].map(([fault, where]) => `${fault} (${where.join(', ')})`), []);
    })));
  });
}

// letters are the addresses in mails that lead to pages: to sign in, and to
// answer an introduction, of two sides that both have somebody in the demo.
async function letters(program) {
  const reader = new Visitor(program.url, 'somebody');
  await reader.ask('/sign-in/link', { mail: 'secretariat.fctc@example.org' });
  const sides = new Map();
  for (const { user } of rolesOf(await reader.ask('/demo'))) {
    const desk = await reader.ask((await reader.ask('/demo', { user })).to);
    for (const path of linksOf(desk, program.url).filter((link) => link.includes('/proposals/'))) {
      if ((await reader.ask(path)).html.includes('/interest"')) sides.set(path, [...(sides.get(path) ?? []), user]);
    }
  }
  const [path, [user]] = [...sides].sort(([, a], [, b]) => b.length - a.length)[0];
  const before = program.mail.mails.length;
  await reader.ask('/demo', { user });
  await reader.submit(await reader.ask(path), '/interest');
  const links = await Promise.all([program.mail.link('/link/', { to: 'secretariat.fctc' }), program.mail.link('/reply/', { after: before })]);
  return links.map((link) => new URL(link).pathname);
}

// look holds a page in one language to everything that is asked of it.
async function look(program, browser, { path, reader }, { language, theme, closely }) {
  const visit = await open(browser, program.url, { cookies: reader.jar(), language, theme });
  const { page, faults } = visit;
  try {
    await page.goto(program.url + path);
    if (closely) faults.push(...await checks.reached(page));
    await checks.unfold(page);
    faults.push(...await checks.shaped(page, language), ...await checks.accessible(page), ...await checks.fits(page));
    await page.setViewportSize({ width: 320, height: 640 });
    faults.push(...(await checks.fits(page)).map((f) => `at 320 pixels: ${f}`));
    await page.evaluate(() => { document.querySelector('.menu').open = true; });
    faults.push(...(await checks.fits(page)).map((f) => `at 320 pixels, with its menu: ${f}`));
    if (closely) faults.push(...await checks.accessible(page, '.menu'), ...await plainly(program, browser, path, reader, language, (await checks.plainOf(page)).words));
  } finally {
    await visit.close();
  }
  return faults;
}

// plainly looks at a page without its script: it says the same.
async function plainly(program, browser, path, reader, language, words) {
  const visit = await open(browser, program.url, { cookies: reader.jar(), language, javaScript: false, width: 320, height: 640 });
  try {
    await visit.page.goto(program.url + path);
    const plain = await checks.plainOf(visit.page);
    if (plain.words !== words) plain.faults.push(`without its script it says “${plain.words}” and with it “${words}”`);
    return [...visit.faults, ...plain.faults];
  } finally {
    await visit.close();
  }
}
