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
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { Scene } from './scene.mjs';
import { Walker } from './walker.mjs';

const journeys = [];

// journey adds one.
export function journey(name, walk) { journeys.push({ name, walk }); }

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
  journeys.forEach(({ name, walk }, n) => {
    if (!wanted.test(name)) return;
    test(name, { concurrency: 3 }, async (t) => {
      const { program, browser } = started();
      await Promise.all(walks(n).map((way) => t.test(`${way.language}${way.javaScript ? '' : ', without script'}`, { timeout: 90_000 }, async () => {
        const walker = await Walker.begin(program, browser, way);
        walker.scene = new Scene(program);
        try {
          await walk(walker);
        } finally {
          await walker.end();
        }
      })));
    });
  });
}
