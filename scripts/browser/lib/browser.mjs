// Debian's Chromium, and pages in it that tell what went wrong in them.
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';

// startBrowser starts the browser that is installed.
export async function startBrowser() {
  const executablePath = [process.env.CHROMIUM, '/usr/bin/chromium', '/usr/bin/chromium-browser'].find((path) => path && existsSync(path));
  const browser = await chromium.launch({ executablePath, chromiumSandbox: process.getuid() !== 0, args: ['--disable-gpu', '--hide-scrollbars'] });
  free.set(browser, new Map());
  return browser;
}

// Windows that nobody looks through, by browser and by what cannot be changed of
// a window. To make one takes more time than to look at most pages.
const free = new WeakMap();

// open begins a reader's visit: a page, and the list of what it did wrong, to
// which a violated policy, an error of a script and a request that leaves the
// site are added as they happen. It ends by close; nothing of it is left to the
// visits after it but the style that the program lets everybody keep.
export async function open(browser, url, { cookies = [], language = 'en', javaScript = true, width = 1280, height = 900, theme = 'light' } = {}) {
  const sort = `${language} ${javaScript}`, windows = free.get(browser);
  if (!windows.has(sort)) windows.set(sort, []);
  const context = windows.get(sort).pop() ?? await browser.newContext({ javaScriptEnabled: javaScript, reducedMotion: 'reduce', locale: language });
  const page = context.pages()[0] ?? await context.newPage();
  await context.clearCookies();
  await context.addCookies([...cookies, { name: 'language', value: language, url }]);
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme: theme });
  const faults = [], heard = [];
  const on = (event, listener) => { page.on(event, listener); heard.push([event, listener]); };
  on('console', (m) => { if (m.type() === 'error' && !/status of 4\d\d/.test(m.text())) faults.push(`console: ${m.text()}`); });
  on('pageerror', (error) => faults.push(`script: ${error.message}`));
  on('dialog', (dialog) => { faults.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
  on('request', (r) => { if (new URL(r.url()).origin !== url && !r.url().startsWith('data:')) faults.push(`a request leaves the site: ${r.url()}`); });
  return {
    page, faults, on,
    async close() {
      for (const [event, listener] of heard) page.off(event, listener);
      if (javaScript) await page.goto('about:blank'); // a script may still have been about to do something
      windows.get(sort).push(context);
    },
  };
}
