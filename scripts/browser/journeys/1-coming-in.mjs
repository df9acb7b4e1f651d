// How people come in and how they want their pages.
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { journey } from '../lib/journeys.mjs';
import { text } from '../lib/texts.mjs';

journey('somebody who is invited chooses a password, and signs in with it, and with a link by mail', async (j) => {
  const mail = `${randomUUID().slice(0, 8)}@example.org`, password = 'twelve trainers for the coast';
  await j.scene.call('Secretariat', 'POST', '/people', { name: 'Observer', mail, language: j.language, grants: [{ convention: 'fctc', role: 'observer' }] });
  await j.go(await j.site.mail.link('/link/', { to: mail }));
  await j.fill('web.field.new_password', 'short');
  await j.press('web.link.invitation.submit', 'main');
  await j.refused();
  await j.fill('web.field.new_password', password);
  await j.press('web.link.invitation.submit', 'main');
  await leave(j);
  await j.go('/sign-in');
  await j.fill('web.field.mail', mail);
  await j.fill('web.field.password', 'not this one');
  await j.press('web.sign_in.submit', 'main');
  await j.sees('error.unauthenticated.sign_in');
  await j.fill('web.field.password', password);
  await j.press('web.sign_in.submit', 'main');
  await leave(j);
  const before = j.site.mail.mails.length;
  await j.go('/sign-in');
  await j.press('web.request.sign_in');
  await j.fill('web.field.mail', mail);
  await j.press('web.request.submit');
  await j.sees('web.request.sent');
  await j.go(await j.site.mail.link('/link/', { to: mail, after: before }));
  await j.press('web.link.sign_in.submit', 'main');
  await leave(j);
  await j.menu();
  await j.sees('web.sign_in.title');
});

// leave signs out.
async function leave(j) {
  await j.menu();
  await j.press('web.sign_out.title', '.menu');
  await j.press('web.sign_out.title', 'main');
}

journey('a reader chooses another language, and colours', async (j) => {
  const other = j.language === 'fr' ? 'es' : 'fr';
  await j.go('/c/fctc/needs?sort=deadline');
  await j.menu();
  await j.page.locator(`.menu button[lang="${other}"]`).click();
  await j.reads(text(other, 'page.filters.sort'));
  assert.ok(j.page.url().endsWith('/c/fctc/needs?sort=deadline'), 'the choice leads elsewhere');
  await j.menu();
  await j.pressed(text(other, 'page.frame.dark'), '.menu');
  assert.equal(await j.page.evaluate(() => getComputedStyle(document.body).backgroundColor), 'rgb(18, 24, 28)');
  await j.go('/');
  assert.equal(await j.page.locator('html').getAttribute('data-theme'), 'dark');
});
