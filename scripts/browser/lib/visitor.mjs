// A reader without a browser: he asks for pages, keeps cookies, and reads links
// and forms out of what he gets.
export class Visitor {
  constructor(url, name) {
    Object.assign(this, { url, name, cookies: new Map() });
  }

  // ask gets a page, or sends a form, and does not follow where it leads.
  async ask(path, form) {
    const answer = await fetch(this.url + path, {
      method: form ? 'POST' : 'GET', redirect: 'manual', body: form && new URLSearchParams(form),
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '), 'accept-language': 'en' },
    });
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie);
      if (value && !/max-age=0/i.test(cookie)) this.cookies.set(name, value);
      else this.cookies.delete(name);
    }
    const html = answer.headers.get('content-type')?.startsWith('text/html');
    return { path, status: answer.status, to: answer.headers.get('location'), html: html ? await answer.text() : (await answer.arrayBuffer(), '') };
  }

  // submit sends the first form of a page whose address ends so, with what is
  // filled in in it, and returns the answer.
  submit(page, ending) {
    for (const [form, action, inside] of page.html.matchAll(/<form[^>]*\saction="([^"]*)"[^>]*>(.*?)<\/form>/gs)) {
      if (!form || !action.endsWith(ending)) continue;
      const fields = [...inside.matchAll(/<input[^>]*>/g)].map(([tag]) => [attribute('name').exec(tag)?.[1], unescape(attribute('value').exec(tag)?.[1] ?? '')]);
      return this.ask(unescape(action), Object.fromEntries(fields));
    }
    throw new Error(`${page.path} has no form whose address ends in ${ending}`);
  }

  // jar is what a browser needs to be this reader.
  jar() {
    return [...this.cookies].map(([name, value]) => ({ name, value, url: this.url }));
  }
}

const attribute = (name) => new RegExp(`\\s${name}="([^"]*)"`);
const unescape = (s) => s.replace(/&amp;/g, '&').replace(/&#43;/g, '+').replace(/&#34;/g, '"').replace(/&#39;/g, "'").replace(/&lt;/g, '<').replace(/&gt;/g, '>');

// linksOf are the paths to which a page leads on this site.
export function linksOf(page, url) {
  const out = new Set();
  for (const [tag] of page.html.matchAll(/<a\s[^>]*>/g)) {
    const href = attribute('href').exec(tag)?.[1];
    if (!href) continue;
    const to = new URL(unescape(href), url + page.path);
    if (to.origin === url) out.add(to.pathname + to.search);
  }
  return [...out];
}

// formsOf are the methods and paths to which a page sends forms.
export function formsOf(page, url) {
  return [...page.html.matchAll(/<form[^>]*>/g)].map(([tag]) => {
    const method = (attribute('method').exec(tag)?.[1] ?? 'get').toUpperCase();
    return { method, path: new URL(unescape(attribute('action').exec(tag)?.[1] ?? page.path), url + page.path).pathname };
  });
}

// rolesOf are the roles that the page of the demo offers.
export function rolesOf(page) {
  return [...page.html.matchAll(/<button name="user" value="([^"]*)"[^>]*>(.*?)<\/button>/gs)].map(([, user, name]) => ({ user: unescape(user), name: unescape(name.replace(/<[^>]*>/g, '')).trim() }));
}

// featuresOf are the sorts of elements of which a page is made: two pages of
// the same address and the same features are of one kind.
export function featuresOf(page) {
  const main = page.html.slice(page.html.indexOf('<main'), page.html.indexOf('</main>'));
  const out = new Set();
  for (const [, tag, attributes] of main.matchAll(/<([a-z][a-z0-9]*)((?:\s[^>]*)?)>/g)) {
    out.add(tag);
    for (const name of (attribute('class').exec(attributes)?.[1] ?? '').split(/\s+/)) out.add(`${tag}.${name}`);
    const id = attribute('id').exec(attributes)?.[1] ?? '';
    if (tag === 'section' || tag === 'form') out.add(`${tag}#${id.replace(/[0-9].*/, '')}`);
    if (tag === 'button' || tag === 'input') out.add(`${tag}@${attribute('name').exec(attributes)?.[1] ?? ''}`);
  }
  return out;
}
