// Every page alone, with made-up values that are as bad as what people could
// write: nothing of it does anything, and all of it stays in its place.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';
import { open } from './browser.mjs';
import * as checks from './checks.mjs';

// The pages that are looked at: all, or those whose name fits what
// ENTENTE_GALLERY says.
const wanted = new RegExp(process.env.ENTENTE_GALLERY ?? '');

// testGallery looks at each page in a language that goes from left to right and
// in one that does not, in the smallest window, with all and with little in it.
export function testGallery(started) {
  test('what people could write stands on every page as text, and breaks none', { concurrency: 3 }, async (t) => {
    const { browser } = started();
    const gallery = await startGallery();
    try {
      const list = await (await fetch(gallery.url)).text();
      const pages = [...new Set([...list.matchAll(/href="\/([a-z-]+)"/g)].map((m) => m[1]))].filter((name) => wanted.test(name) && name !== 'static');
      assert.ok(wanted.source !== '(?:)' || pages.length > 20, `the gallery has only ${pages}`);
      await Promise.all(pages.map((name) => t.test(name, async () => {
        const faults = [];
        for (const [language, bare] of [['en', ''], ['ar', ''], ['ru', '?bare=1']]) {
          const visit = await open(browser, gallery.url, { language, width: 320, height: 640 });
          await visit.page.goto(`${gallery.url}/${name}${bare}`);
          await checks.unfold(visit.page);
          const found = [...await checks.fits(visit.page), ...await checks.isolated(visit.page), ...visit.faults];
          faults.push(...found.map((fault) => `${language}${bare}: ${fault}`));
          await visit.close();
        }
        assert.deepEqual(faults, []);
      })));
    } finally {
      gallery.stop();
    }
  });
}

// startGallery starts the program that shows the pages.
async function startGallery() {
  const child = spawn(process.env.ENTENTE_PROGRAM, ['pages', '--addr', '127.0.0.1:0'], { env: { PATH: process.env.PATH, HOME: process.env.HOME, ENTENTE_LANGUAGE: 'en' }, stdio: ['ignore', 'pipe', 'inherit'] });
  const url = await new Promise((ready, fail) => {
    let said = '';
    child.stdout.on('data', (chunk) => { said += chunk; const found = /http:\/\/[\d.:]+\d/.exec(said); if (found) ready(found[0]); });
    child.on('exit', () => fail(new Error(`the gallery ended: ${said}`)));
  });
  return { url, stop: () => child.kill('SIGTERM') };
}
