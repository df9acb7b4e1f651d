// What is true of every page. Each check returns the faults that it found, in
// words that say where.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

// accessible asks axe, with all its rules, of a whole page or of a part of it.
export async function accessible(page, part) {
  await page.evaluate(`window.axe || (() => { ${axe} })()`);
  return page.evaluate(async (within) => {
    const { violations } = await window.axe.run(within ?? document, { resultTypes: ['violations'] });
    return violations.flatMap((v) => v.nodes.slice(0, 3).map((n) => `axe ${v.id} at ${n.target}: ${n.failureSummary.split('\n').slice(1).join(';').trim()}`));
  }, part);
}

// unfold opens everything on a page that can be opened, but for the menu, which
// would lie over the rest.
export const unfold = (page) => page.evaluate(() => { for (const d of document.querySelectorAll('details:not(.menu)')) d.open = true; });

// shaped holds a page to its language, its direction and its headings.
export function shaped(page, language) {
  return page.evaluate((wanted) => {
    const faults = [], root = document.documentElement;
    const direction = wanted === 'ar' ? 'rtl' : 'ltr';
    if (root.lang !== wanted || root.dir !== direction) faults.push(`its language is ${root.lang}, its direction ${root.dir}`);
    const headings = [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter((h) => h.checkVisibility()).map((h) => Number(h.tagName[1]));
    if (headings.filter((level) => level === 1).length !== 1 || headings[0] !== 1) faults.push(`the levels of its headings are ${headings}`);
    headings.forEach((level, i) => { if (i && level > headings[i - 1] + 1) faults.push(`heading ${i + 1} jumps from level ${headings[i - 1]} to ${level}`); });
    // What stands first stands where lines of the language begin.
    const first = document.querySelector('.brand').getBoundingClientRect();
    if ((first.left < window.innerWidth - first.right) !== (direction === 'ltr')) faults.push('the frame is not mirrored');
    for (const a of document.querySelectorAll('a[href^="#"]')) if (!document.getElementById(decodeURIComponent(a.hash.slice(1)))) faults.push(`${a.hash} leads nowhere`);
    const ids = [...document.querySelectorAll('[id]')].map((e) => e.id);
    for (const id of new Set(ids.filter((id, i) => ids.indexOf(id) !== i))) faults.push(`two elements are called ${id}`);
    return faults;
  }, language);
}

// fits finds what is wider than the window, or than the box in which it stands.
export function fits(page) {
  return page.evaluate(() => {
    const faults = [], name = (e) => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''}${e.classList.length ? `.${[...e.classList].join('.')}` : ''} “${e.textContent.trim().replace(/\s+/g, ' ').slice(0, 60)}”`;
    const root = document.scrollingElement;
    if (root.scrollWidth > window.innerWidth) faults.push(`the page is ${root.scrollWidth} wide in a window of ${window.innerWidth}`);
    const wide = [...document.body.querySelectorAll('*')].filter((e) => {
      if (e instanceof SVGElement || e.clientWidth < 2 || !e.checkVisibility({ visibilityProperty: true })) return false;
      if (e.scrollWidth <= e.clientWidth + 1 || ['INPUT', 'SELECT'].includes(e.tagName)) return false;
      const style = getComputedStyle(e);
      return !['auto', 'scroll'].includes(style.overflowX) && style.clipPath === 'none'; // what is cut to nothing is for readers aloud
    });
    // Of boxes in each other only the innermost is at fault.
    for (const e of wide.filter((e) => !wide.some((other) => other !== e && e.contains(other))).slice(0, 5)) faults.push(`${e.scrollWidth} wide in a box of ${e.clientWidth}: ${name(e)}`);
    return faults;
  });
}

// reached goes through a page with the tab key alone: every control is stopped
// at once, and each stop shows.
export async function reached(page) {
  const stops = await page.evaluate(() => {
    const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex]')].filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
    const groups = new Set();
    window.stopsWanted = all.filter((e) => {
      if (e.type !== 'radio') return true;
      const group = `${e.form?.action} ${e.name}`;
      return !groups.has(group) && groups.add(group);
    });
    window.stopsMade = [];
    document.addEventListener('focusin', () => {
      const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
      window.stopsMade.push({ e, shown: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2, inside: box.width > 0 && box.right > 0 && box.left < window.innerWidth });
    });
    document.activeElement?.blur();
    window.scrollTo(0, 0);
    // A date has a stop for each of its parts, and one for its calendar.
    return window.stopsWanted.length + 3 * window.stopsWanted.filter((e) => e.type === 'date').length;
  });
  await page.keyboard.press('Home'); // the tab key goes on from the top
  for (let i = 0; i < stops + 2; i++) await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const name = (e) => `${e.tagName.toLowerCase()}${e.id ? `#${e.id}` : ''} “${(e.textContent || e.name || '').trim().slice(0, 50)}”`;
    const made = new Map(window.stopsMade.map((s) => [s.e, s]));
    const radio = (e) => e.type === 'radio' && [...made.keys()].some((o) => o.type === 'radio' && o.name === e.name);
    return [
      ...window.stopsWanted.filter((e) => !made.has(e) && !radio(e)).map((e) => `the tab key does not reach ${name(e)}`),
      ...[...made.values()].filter((s) => s.e !== document.body && !s.shown).map((s) => `it does not show that ${name(s.e)} has the focus`),
      ...[...made.values()].filter((s) => s.e !== document.body && !s.inside).map((s) => `${name(s.e)} has the focus outside of the window`),
    ].slice(0, 8);
  });
}

// plainOf is what a page says and lets one do, for comparing it with and without
// its script.
export function plainOf(page) {
  return page.evaluate(() => {
    for (const d of document.querySelectorAll('details')) d.open = true;
    const submits = (f) => [...f.elements].some((e) => (e.type === 'submit' || e.type === 'image') && e.checkVisibility());
    return {
      words: document.body.innerText.replace(/\s+/g, ' ').trim(),
      faults: [
        ...[...document.forms].filter((f) => !submits(f)).map((f) => `a form to ${f.action} has nothing to send it with`),
        ...[...document.querySelectorAll('button')].filter((b) => !b.form || b.type === 'button').map((b) => `the button “${b.textContent.trim()}” does nothing without a script`),
        ...[...document.querySelectorAll('a[href^="javascript:"], a[href="#"], a:not([href])')].map((a) => `the link “${a.textContent.trim()}” leads nowhere without a script`),
      ],
    };
  });
}

// isolated finds texts that turn the direction of other words in the same line:
// what somebody wrote stands alone, or in an element that keeps its direction to
// itself.
export function isolated(page) {
  return page.evaluate(() => {
    const faults = new Set(), lines = new Map(), nodes = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    const keeper = (node) => { // the element within which a text turns others
      let e = node.parentElement;
      while (getComputedStyle(e).display.startsWith('inline') && !/isolate|plaintext/.test(getComputedStyle(e).unicodeBidi)) e = e.parentElement;
      return e;
    };
    for (let node; (node = nodes.nextNode());) {
      if (node.nodeName === 'BR') for (const [e, line] of lines) if (e.contains(node)) line.push([]);
      if (node.nodeType !== Node.TEXT_NODE || !/\p{L}/u.test(node.data) || node.parentElement.closest('option, textarea, svg, .hidden')) continue;
      const e = keeper(node);
      if (!lines.has(e)) lines.set(e, [[]]);
      lines.get(e).at(-1).push(node);
    }
    for (const [e, line] of lines) for (const texts of line) {
      if (texts.length > 1 && texts.some((t) => t.data.includes('\u202e'))) faults.add(`a text turns what stands beside it: ${e.tagName.toLowerCase()}.${e.className} in ${e.parentElement.tagName.toLowerCase()}.${e.parentElement.className}: ${texts.map((t) => t.data.trim().slice(0, 20)).join(' | ')}`);
    }
    return [...faults];
  });
}
