// From a title to an offer that fits needs.
import { randomUUID } from 'node:crypto';
import { journey } from '../lib/journeys.mjs';

journey('a provider makes an offer in a minute, says more of it matter by matter, and the secretariat admits it', async (j) => {
  const title = `Trainers ${randomUUID().slice(0, 8)}`;
  const called = (type, code) => new Intl.DisplayNames([j.language], { type }).of(code); // as people of that language say
  await j.as('Provider');
  await j.press('page.posting.new.offer', 'main');
  await j.fill('field.offer.title', ' '); // which the browser lets pass
  await j.press('page.posting.start', 'main');
  await j.refused();
  await j.fill('field.offer.title', title);
  await j.fill('field.offer.kinds.kind', { of: 'kind.training' });
  await j.fill('field.offer.themes', { value: 'fctc-art20' });
  await j.fill('field.offer.description', 'Two trainers for two weeks.');
  await j.press('page.posting.start', 'main');
  await j.sees('done.created', 'page.posting.preview.offer');
  const at = new URL(j.page.url()).pathname.replace(/\/edit.*/, '');

  await j.press('page.posting.offer.what', '.tasks');
  await j.fill('field.offer.description', 'Two trainers for two weeks, with a manual.');
  if (j.javaScript) await j.page.locator('#glance').getByText(j.text('page.posting.preview.offer')).waitFor();
  await j.press('page.posting.save', 'main');
  await j.sees('done.saved', 'page.posting.offer.help');
  await j.fill('field.offer.kinds.change', 'Surveys are analysed at home.');
  await j.press('page.posting.save', 'main');
  await j.fill('field.offer.capacity.unit', { of: 'capacity.person_days' });
  await j.fill('field.offer.capacity.quantity', 'many');
  await j.press('page.posting.save', 'main');
  await j.refused();
  await j.fill('field.offer.capacity.quantity', '60');
  await j.press('page.posting.save', 'main');
  await j.press('page.posting.more', 'main'); // another language
  await j.page.locator('[name="languages[1]"]').fill(called('language', 'pt'));
  await j.press('page.posting.save', 'main');
  await j.page.locator('[name="countries[0]"]').fill(called('region', 'BR'));
  await j.page.keyboard.press('Enter');
  await j.sees('page.posting.offer.eligibility');

  await j.go(`${at}/edit/check`);
  await j.reads(title, 'Two trainers for two weeks, with a manual.', 'Surveys are analysed at home.', called('language', 'pt'), called('region', 'BR'));
  await j.press('page.posting.submit.indication', 'form[action$="/submit"]');
  await j.sees('done.submitted');
  await j.as('Secretariat');
  await j.go(at);
  await j.take('page.posting.act.admit');
  await j.as('Provider');
  await j.pressed(title, 'main');
  await j.sees('page.fits.offer');
});
