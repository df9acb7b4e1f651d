// How the secretariat takes over what stands in files.
import { randomUUID } from 'node:crypto';
import { journey } from '../lib/journeys.mjs';

journey('the secretariat checks a file, reads what is wrong with it, and imports what is right', async (j) => {
  const name = randomUUID().slice(0, 8);
  const columns = 'external_id,convention,beneficiary,title,themes,kinds,languages';
  await j.as('Secretariat', 'apmbc');
  await j.press('page.office.title');
  await j.press('page.office.imports.title', 'main');
  await j.press('page.imports.needs.title', 'main');
  await check(j, name, `${columns},colour\n`);
  await j.sees('page.work.state.refused', 'page.imports.unchecked');
  await j.reads('colour');
  await j.press('page.imports.another', 'main');
  await check(j, name, `${columns}\ngood-${name},apmbc,AO,Need ${name},apmbc-clearance,training,en\nbad-${name},apmbc,Atlantis,Need,apmbc-clearance,training,en\n`);
  await j.sees('page.work.state.finished', 'page.imports.checked', 'page.imports.checked_mistakes');
  await j.reads(`bad-${name}`, 'Atlantis');
  await j.press('page.imports.confirm', 'main');
  await j.sees('page.imports.done_mistakes');
  await j.press('page.imports.to_list', 'main');
  await j.go(`/c/apmbc/needs?q=${name}`);
  await j.reads(`Need ${name}`);
  await j.go('/c/apmbc/office');
  await j.press('page.office.work.title', 'main');
  await j.reads(`${name}.csv`);
});

// check sends a file to be checked.
async function check(j, name, content) {
  await j.fill('page.posting.files.file', { file: `${name}.csv`, of: content }, 'main');
  await j.press('page.imports.check', 'main');
}
