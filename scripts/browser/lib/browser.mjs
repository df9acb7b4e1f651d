// Debian's Chromium, and pages in it that tell what went wrong in them.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

// startBrowser starts the browser that is installed.
export function startBrowser() {
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path));
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid() !== 0, args: ['--disable-gpu', '--hide-scrollbars'] });
}

// open begins a reader's visit: a page, and the list of what it did wrong, to
// which a violated policy, an error of a script and a request that leaves the
// site are added as they happen.
export async function open(browser, url, { cookies = [], language = 'en', javaScript = true, width = 1280, height = 900, theme = 'light' } = {}) {
  const context = await browser.newContext({ javaScriptEnabled: javaScript, viewport: { width, height }, colorScheme: theme, reducedMotion: 'reduce', locale: language });
  await context.addCookies([...cookies, { name: 'language', value: language, url }]);
  const page = await context.newPage();
  const faults = [];
  page.on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) faults.push(`console: ${m.text()}`); });
  page.on('pageerror', (error) => faults.push(`script: ${error.message}`));
  page.on('dialog', (dialog) => { faults.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  page.on('request', (r) => { if (new URL(r.url()).origin !== url && !r.url().startsWith('data:')) faults.push(`a request leaves the site: ${r.url()}`); });
  return { page, faults, close: () => context.close() };
}
