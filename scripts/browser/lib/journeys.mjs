// The journeys of the roles, each written once in a file of ../journeys:
//
//   import { journey } from '../lib/journeys.mjs';
//
//   journey('a focal point takes back a need', async (j) => {
//     const { need } = await j.scene.pair();        // a need and an offer of this walk's own
//     await j.as('Focal point');                    // a role of the demo
//     await j.go(`/c/fctc/needs/${need.id}`);
//     await j.take('page.need.withdraw', { 'page.need.reason': 'Funded.' }); // a step, and what it asks for
//     await j.sees('done.withdraw');                // texts by their keys
//     await j.reads('Funded.');                     // what somebody wrote
//   });
//
// Each is walked in English and in Arabic with and without the script, and once
// in each of the other languages. What walks say by is in lib/walker.mjs.
//
// A journey that waits for a clock has a second part, which is walked when all
// else is done and the demo has let a fortnight pass; j.kept is what the first
// part left for it.
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { Scene } from './scene.mjs';
import { Walker } from './walker.mjs';

const journeys = [];

// journey adds one.
export function journey(name, walk, afterwards) { journeys.push({ name, walk, afterwards, kept: new Map() }); }

// The journeys that are walked: all, or those whose name fits what
// ENTENTE_JOURNEYS says.
const wanted = new RegExp(process.env.ENTENTE_JOURNEYS ?? '');

// walks are the ways in which the nth journey is walked: the four languages that
// are walked once have the script in every other journey.
function walks(n) {
  const both = ['en', 'ar'].flatMap((language) => [true, false].map((javaScript) => ({ language, javaScript })));
  return [...both, ...['es', 'fr', 'ru', 'zh'].map((language, i) => ({ language, javaScript: (n + i) % 2 === 0 }))];
}

// testJourneys walks them all. started gives the program and the browser.
export async function testJourneys(started) {
  for (const file of readdirSync(new URL('../journeys/', import.meta.url)).sort()) await import(`../journeys/${file}`);
  journeys.forEach((one, n) => {
    if (wanted.test(one.name)) testWalks(started, one.name, walks(n), one.walk, one.kept);
  });
}

// testAfterwards walks the second parts, after a fortnight.
export function testAfterwards(started) {
  const waiting = journeys.map((one, n) => ({ ...one, ways: walks(n) })).filter((one) => one.afterwards && wanted.test(one.name));
  if (waiting.length === 0) return;
  test('a reader of the demo lets a fortnight pass', async () => {
    const { program, browser } = started();
    await walked(program, browser, { language: 'en', javaScript: false }, {}, async (j) => {
      for (let weeks = 0; weeks < 2; weeks++) {
        await j.go('/demo');
        await j.click(j.page.locator('button[name="days"][value="7"]'));
        await j.sees('done.demo');
      }
    });
  });
  for (const one of waiting) testWalks(started, `${one.name}: afterwards`, one.ways, one.afterwards, one.kept);
}

// testWalks walks a journey in several ways.
function testWalks(started, name, ways, walk, kept) {
  test(name, { concurrency: 3 }, async (t) => {
    const { program, browser } = started();
    await Promise.all(ways.map((way) => {
      const called = `${way.language}${way.javaScript ? '' : ', without script'}`;
      if (!kept.has(called)) kept.set(called, {});
      return t.test(called, { timeout: 180_000 }, () => walked(program, browser, way, kept.get(called), walk));
    }));
  });
}

async function walked(program, browser, way, kept, walk) {
  const walker = await Walker.begin(program, browser, way);
  walker.scene = new Scene(program);
  walker.kept = kept;
  try {
    await walk(walker);
  } finally {
    await walker.end();
  }
}
