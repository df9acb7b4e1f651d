// From a title to a need that is open.
import { randomUUID } from 'node:crypto';
import { journey } from '../lib/journeys.mjs';

// answer fills in the field of a matter by its name, as the document has it.
const answer = async (j, name, value) => {
  const field = j.page.locator(`main [name="${name}"]`).first();
  if (await field.evaluate((e) => e.tagName === 'SELECT')) await field.selectOption(value);
  else await field.fill(value);
};
const save = (j) => j.click(j.page.locator('main form button.main').first());

journey('a focal point posts a need in steps, its approver clears it, and the secretariat admits it', async (j) => {
  const title = `Training ${randomUUID().slice(0, 8)}`;
  await j.as('Focal point');
  await j.press('page.posting.new.need', 'main');
  await answer(j, 'title', ' '); // which the browser lets pass
  await save(j);
  await j.refused();
  await answer(j, 'title', title);
  await save(j);
  const at = new URL(j.page.url()).pathname.replace(/\/edit.*/, '');
  await j.go(`${at}/edit`);
  await j.press('page.posting.need.what', 'main');
  await answer(j, 'problem', 'Twelve people analyse surveys, and none has been trained in methods. Their reports come late, and are not used.');
  await save(j);
  await j.sees('done.saved');
  await answer(j, 'themes[0]', 'fctc-art20');
  await answer(j, 'kinds[0].kind', 'training');
  await answer(j, 'kinds[0].change', 'Twelve analysts report each year.');
  await save(j);
  await answer(j, 'languages[0].language', 'en');
  await answer(j, 'languages[0].strength', 'preferred');
  await save(j);
  await j.go(`${at}/edit/check`);
  await j.reads(title, 'Twelve analysts report each year.');
  await j.sees('page.posting.approver.need');

  await j.as('Approver');
  await j.pressed(title, 'main');
  await j.go(`${at}/edit/check`);
  const form = j.page.locator('form[action$="/submit"]');
  await form.locator('[name="date"]').fill(new Date().toISOString().slice(0, 10));
  await form.locator('[name="reference"]').fill('NV 12');
  const insist = form.locator('[name="insist"]');
  if (await insist.count() > 0) await insist.first().check();
  await j.click(form.locator('button'));
  await j.sees('done.submitted');
  await j.as('Secretariat');
  await j.go(at);
  await j.take('page.posting.act.admit');
  await j.as('Focal point');
  await j.go(at);
  await j.reads(title);
  await j.sees('page.fits.need');
});
