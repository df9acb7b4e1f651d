// From two sides that talk to what others can learn from them.
import { journey } from '../lib/journeys.mjs';

const day = (months) => { const d = new Date(); d.setMonth(d.getMonth() + months); return d.toISOString().slice(0, 10); };

journey('two sides come to terms, deliver, and say how it went', async (j) => {
  const { need } = await j.scene.pair();
  const { id } = await j.scene.proposed(need);
  await j.as('Provider');
  await j.go(`/c/fctc/proposals/${id}`);
  await j.take('page.proposal.interest');
  await j.as('Focal point');
  await j.go(`/c/fctc/proposals/${id}`);
  await j.press('page.introduction.title', 'main');
  await j.take('reply.interested');
  await j.sees('done.introduction.interested');

  await j.press('page.agreement.begin', 'main');
  await j.fill('field.terms.start', day(0));
  await j.fill('field.terms.end', day(6));
  await j.fill('field.terms.plan', 'Two visits.');
  await j.press('page.terms.submit');
  await j.sees('done.agreement.propose', 'page.agreement.awaited');
  await j.as('Provider');
  await j.go(`/c/fctc/proposals/${id}`);
  await j.press('page.agreement.title', 'main');
  await j.reads('Two visits.');
  await j.take('page.agreement.accept');
  await j.sees('done.agreement.accept');

  await j.take('page.delivery.begin');
  await j.sees('done.partnership.begin');
  await j.take('page.delivery.deviate', { 'page.delivery.in_words': 'A week late.' });
  await j.reads('A week late.');
  await j.take('page.delivery.complete', { 'page.delivery.in_words': 'Both were held.' });
  await j.sees('done.partnership.complete');
  const { pathname } = new URL(j.page.url());
  await j.as('Focal point');
  await j.go(pathname);
  await j.reads('Both were held.');
  await j.take('page.delivery.confirm');
  await j.sees('done.partnership.confirm');
  await j.take('page.delivery.give_feedback', { 'page.delivery.rating.5': true, 'page.delivery.in_words': 'Gladly again.' });
  await j.sees('done.partnership.give_feedback');
  await j.as('Provider');
  await j.go(pathname);
  await j.readsNot('Gladly again.');
});
