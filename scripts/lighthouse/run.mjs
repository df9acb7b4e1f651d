// Measures six pages with Lighthouse on its mobile profile: what it gives each
// of 100 for performance, accessibility and best practices, and how much the
// first visit weighs. Ends with an error where one is below 95, or a visit
// weighs more than 200 KiB.
import { existsSync } from 'node:fs';
import lighthouse from 'lighthouse';
import { launch } from 'chrome-launcher';
import { startProgram } from '../browser/lib/program.mjs';

const at = '/c/apmbc';
const pages = [
  ['home', '', at], ['browse', '', `${at}/needs`], ['need', '', `${at}/needs`, '/needs/'], ['post a need', 'Focal point: Colombia', `${at}/needs/new`],
  ['proposal', 'Committee member: Jordan', `${at}/committees/enhancement/queue?step=objected`, '/proposals/'], ['queue', 'Committee member: Jordan', `${at}/committees/enhancement/queue`],
];
const least = 95, heaviest = 200;
const categories = ['performance', 'accessibility', 'best-practices'];

// signIn takes a role of the demo and returns its cookie.
async function signIn(url, role) {
  const demo = await (await fetch(`${url}/demo`)).text();
  const [, user] = demo.match(new RegExp(`name="user" value="([^"]+)"[^>]*>(?:<[^>]+>)*${role}`)) ?? [];
  if (!user) throw new Error(`the demo has no ${role}`);
  const answer = await fetch(`${url}/demo`, { method: 'POST', body: new URLSearchParams({ user }), redirect: 'manual' });
  return answer.headers.getSetCookie().map((c) => c.split(';')[0]).join('; ');
}

const program = await startProgram();
const executable = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path));
const chrome = await launch({ chromePath: executable, chromeFlags: ['--headless=new', '--disable-gpu', ...(process.getuid() === 0 ? ['--no-sandbox'] : [])] });
let wrong = 0;
try {
  for (const [name, role, path, follow] of pages) {
    const headers = { Cookie: `language=en${role ? `; ${await signIn(program.url, role)}` : ''}` };
    let address = program.url + path;
    if (follow) {
      const html = await (await fetch(address, { headers })).text();
      address = program.url + [...html.matchAll(/href="([^"]+)"/g)].map(([, to]) => to).find((to) => to.includes(follow) && /\/[a-z0-9]{20,}$/.test(to));
    }
    const { lhr } = await lighthouse(address, { port: chrome.port, onlyCategories: categories, extraHeaders: headers, output: 'json', logLevel: 'error' });
    const scores = categories.map((c) => Math.round(lhr.categories[c].score * 100));
    const weight = Math.round(lhr.audits['total-byte-weight'].numericValue / 1024);
    console.log(`${name.padEnd(12)} ${categories.map((c, i) => `${c} ${scores[i]}`).join(', ')}, ${weight} KiB`);
    for (const c of categories) {
      for (const { id } of lhr.categories[c].auditRefs.filter(({ id, weight: counts }) => counts > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 0.9)) console.log(`  ${id}: ${lhr.audits[id].displayValue ?? lhr.audits[id].title}`);
    }
    wrong += scores.filter((s) => s < least).length + (weight > heaviest ? 1 : 0);
  }
} finally {
  await chrome.kill();
  await program.stop();
}
process.exitCode = wrong ? 1 : 0;
