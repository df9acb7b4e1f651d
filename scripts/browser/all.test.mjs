// The program in a real browser: first the journeys of the roles, which leave
// behind them what pages show, then every kind of page, and at the end what a
// fortnight brings.
import { after, before } from 'node:test';
import { startBrowser } from './lib/browser.mjs';
import { testGallery } from './lib/gallery.mjs';
import { testAfterwards, testJourneys } from './lib/journeys.mjs';
import { testPages } from './lib/pages.mjs';
import { startProgram } from './lib/program.mjs';

let program, browser;
before(async () => { [program, browser] = await Promise.all([startProgram(), startBrowser()]); });
after(async () => { await browser?.close(); await program?.stop(); });

const started = () => ({ program, browser });
await testJourneys(started);
testPages(started);
testGallery(started);
testAfterwards(started);
