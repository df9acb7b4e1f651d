// Pictures of the main pages, for people to look at.
import { join } from 'node:path';
import { open, startBrowser } from './lib/browser.mjs';
import { startProgram } from './lib/program.mjs';

const at = '/c/apmbc';
// Each page: its name, the role of the demo that sees it (none: the public), and
// where it is: an address, or the first link to follow from there, and what is
// below that.
const pages = [
  ['home', '', '/'], ['convention', '', at], ['needs', '', `${at}/needs`], ['need', '', `${at}/needs`, '/needs/'], ['offers', '', `${at}/offers`],
  ['offer', '', `${at}/offers`, '/offers/'], ['country', '', `${at}/countries/AO`], ['matrix', '', `${at}/matrix`],
  ['partnership', '', `${at}/partnerships`, '/partnerships/'], ['lessons', '', '/c/untoc/lessons'], ['committee', '', `${at}/committees/enhancement`], ['sign-in', '', '/sign-in'],
  ['desk', 'Focal point: Colombia', `${at}/desk`], ['post-a-need', 'Focal point: Colombia', `${at}/needs/new`], ['need-and-who-fits', 'Focal point: Colombia', `${at}/desk`, '/needs/'],
  ['terms', 'Focal point: Colombia', `${at}/desk`, '/agreements/'], ['introduction', 'Focal point: Uganda', `${at}/desk`, '/introductions/'],
  ['queue', 'Committee member', `${at}/committees/enhancement/queue`], ['review', 'Committee member', `${at}/committees/enhancement/queue?step=objected`, '/proposals/'],
  ['meeting', 'Committee member', `${at}/committees/enhancement/meeting?at=2`], ['plan', 'Committee member', `${at}/plan`], ['profile', 'Committee member', '/profile'],
  ['rules', '', `${at}/rules`], ['data', '', `${at}/data`], ['programme', '', `${at}/programme`], ['search', '', `${at}/search?q=formação`],
  ['notifications', 'Focal point: Colombia', `${at}/notifications`], ['matches', 'Focal point: Colombia', `${at}/desk`, '/needs/', '/matches'],
  ['assessments', 'Secretariat', `${at}/assessments`], ['assessment', 'Secretariat', `${at}/assessments`, '/assessments/'], ['overview', 'Committee member', `${at}/committees/enhancement/overview`],
  ['recommendation', 'Committee member', `${at}/recommendations`, '/recommendations/'],
  ['office', 'Secretariat', `${at}/office`], ['import', 'Secretariat', `${at}/office/imports/needs`], ['outbox', 'Secretariat', `${at}/office/outbox`], ['parties', 'Secretariat', `${at}/office/parties`],
  ['weights', 'Secretariat', `${at}/office/weights`], ['audit', 'Secretariat', `${at}/office/audit`],
];

const folder = process.argv[2];
const [program, browser] = await Promise.all([startProgram(), startBrowser()]);
let wrong = 0;
try {
  for (const role of new Set(pages.map(([, role]) => role))) {
    for (const language of ['en', 'fr', 'ar']) {
      for (const width of [1280, 375]) {
        const { page, faults, close } = await open(browser, program.url, { language, width });
        if (role) {
          await page.goto(`${program.url}/demo`);
          await page.locator('button[name=user]', { hasText: role }).first().click();
        }
        for (const [name, whose, address, follow, below = ''] of pages.filter(([, whose]) => whose === role)) {
          await page.goto(program.url + address);
          if (follow) {
            const to = await page.locator(`main a[href*="${follow}"]`).evaluateAll((links) => links.map((a) => a.getAttribute('href')).find((to) => /\/[a-z0-9]{20,}$/.test(to)));
            if (!to) { console.log(`nothing leads ${whose || 'the public'} to ${name}`); wrong++; continue; }
            await page.goto(program.url + to + below);
          }
          await page.screenshot({ path: join(folder, `${name}-${language}-${width}.png`), fullPage: true });
        }
        if (faults.length) { console.log(language, width, role, faults); wrong++; }
        await close();
      }
    }
  }
} finally {
  await browser.close();
  await program.stop();
}
console.log(`${pages.length} pages in ${folder}`);
process.exitCode = wrong ? 1 : 0;
