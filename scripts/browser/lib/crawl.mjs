// Finds all kinds of pages: from the first page and for every role of the demo,
// link by link. Which pages there are it hears from the program, so that a page
// that is added is looked at without a line here.
import { featuresOf, formsOf, linksOf, rolesOf, Visitor } from './visitor.mjs';

// How many pages of one route a reader looks at, how many all readers of a sort
// do, and how many of them are kept for the checks.
const mostVisits = 4, mostOfSort = 8, mostKept = 2;

// crawl visits the site at url as everybody; starts are further addresses at
// which the public begins.
export async function crawl(url, routes, starts = []) {
  const patterns = routes.map(parse);
  const seen = new Set(), pages = [], broken = [], others = new Map(), bySort = new Map();
  const anybody = new Visitor(url, 'the public');
  const readers = [[anybody, ['/', '/demo', ...starts]]];
  for (const role of rolesOf(await anybody.ask('/demo'))) {
    const reader = new Visitor(url, role.name);
    const { to } = await reader.ask('/demo', { user: role.user });
    readers.push([reader, [to, '/']]); // what is his own comes first
  }
  for (const [reader, queue] of readers) {
    const visits = new Map(), met = new Map(queue.map((path) => [path, 'the start'])), sort = reader.name.split(':')[0];
    for (let path; (path = queue.shift());) {
      const route = match(patterns, 'GET', path);
      if (!route) {
        others.set(path.replace(/[^/?&=]*\d[^/?&=]*/g, '*'), { reader, path, from: met.get(path) });
        continue;
      }
      const count = visits.get(route) ?? 0, all = bySort.get(sort + route) ?? 0;
      if (count >= mostVisits || all >= mostOfSort) continue;
      visits.set(route, count + 1);
      bySort.set(sort + route, all + 1);
      const page = await reader.ask(path);
      seen.add(route);
      if (page.status >= 400) broken.push(`${path}, to which ${met.get(path)} leads ${reader.name}, answers ${page.status}`);
      const next = page.to ? [new URL(page.to, url).pathname + new URL(page.to, url).search] : linksOf(page, url);
      for (const form of page.html ? formsOf(page, url) : []) {
        const to = match(patterns, form.method, form.path);
        if (!to) broken.push(`${path} sends a form to ${form.method} ${form.path}, which no page takes`);
        seen.add(to);
        if (match(patterns, 'GET', form.path)) next.push(form.path); // where a refused form stands, and what one asks for again
      }
      if (page.html) pages.push({ route, path, reader, features: featuresOf(page) });
      for (const link of next) if (!met.has(link)) queue.push(link), met.set(link, path);
    }
  }
  for (const { reader, path, from } of others.values()) {
    const { status } = await reader.ask(path);
    if (status >= 400) broken.push(`${path}, to which ${from} leads ${reader.name}, answers ${status}`);
  }
  return { kinds: chosen(pages), unseen: routes.filter((r) => !seen.has(r)), broken };
}

// chosen are of each route the few pages that together show most of it.
function chosen(pages) {
  const kinds = [];
  for (const route of [...new Set(pages.map((p) => p.route))].sort()) {
    const of = pages.filter((p) => p.route === route), shown = new Set();
    const gain = (p) => [...p.features].filter((f) => !shown.has(f)).length;
    for (let n = 0; n < mostKept; n++) {
      const best = of.reduce((a, b) => (gain(b) > gain(a) ? b : a));
      if (!gain(best)) break;
      for (const f of best.features) shown.add(f);
      kinds.push({ ...best, first: n === 0 });
    }
  }
  return kinds;
}

// parse makes of a route what addresses are held against.
function parse(route) {
  const [method, path] = route.split(' ');
  return { route, method, parts: path.split('/') };
}

// match is the route that answers a path: of several the one that names most of
// it, as the program's router has it.
function match(patterns, method, path) {
  const parts = path.split('?')[0].split('/');
  const fits = patterns.filter((p) => p.method === method && p.parts.length === parts.length && p.parts.every((s, i) => s === parts[i] || (s.startsWith(':') && parts[i])));
  const fixed = (p) => p.parts.map((s) => (s.startsWith(':') ? '1' : '0')).join('');
  return fits.sort((a, b) => (fixed(a) < fixed(b) ? -1 : 1))[0]?.route;
}
