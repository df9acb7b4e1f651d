// From a need that somebody finds to two sides that talk.
import { journey } from '../lib/journeys.mjs';

journey('the public finds a need by its words', async (j) => {
  const { need } = await j.scene.pair();
  await j.go('/c/fctc');
  await j.fill('page.frame.search', need.title);
  await j.press('page.frame.find');
  await j.pressed(need.title);
  await j.sees('page.need.what', 'field.need.problem', 'page.withheld.heading');
  await j.reads(need.title);
});

journey('a focal point sees who fits, and introduces itself; the provider answers from the mail', async (j) => {
  const { need } = await j.scene.pair();
  await j.as('Focal point');
  await j.pressed(need.title, 'section[aria-labelledby="needs"]');
  await j.sees('page.fits.need');
  const fit = { of: 'ol.fits > li', says: 'Offer ' }; // of this walk or of another: all are of the same provider
  await j.press('page.fits.why', fit);
  await j.press('page.proposal.interest', fit);
  await j.sees('done.interest');
  await j.go(await j.site.mail.link('/reply/', { to: 'provider.fctc', says: need.title }));
  await j.sees('web.reply.nothing_yet');
  await j.reads(need.title);
  await j.press('web.reply.submit');
  await j.pick('reply.declined');
  await j.fill('web.reply.text', 'Not this year.');
  await j.press('web.reply.submit');
  await j.reads('Not this year.');
  await j.pick('reply.interested');
  await j.press('web.reply.submit');
  await j.sees('web.reply.done.interested');
});

journey('a focal point takes a proposal back without a reason', async (j) => {
  const { need } = await j.scene.pair();
  const proposal = await j.scene.proposed(need);
  await j.as('Focal point');
  await j.go(`/c/fctc/proposals/${proposal.id}`);
  await j.take('page.proposal.withdraw');
  await j.sees('done.withdraw');
  await j.readsNot(j.text('page.proposal.interest'));
});
