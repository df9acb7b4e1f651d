// From a proposal that waits for a body to its endorsement.
import { journey } from '../lib/journeys.mjs';

const chair = 0, adviser = 1, other = 2; // the members, as the demo has them

journey('a committee reviews a proposal: one member advises and is recused, an observer comments, one member objects and takes it back', async (j) => {
  const { id, title } = j.kept.proposal = await j.scene.unopened();
  const at = `/c/apmbc/proposals/${id}`;
  const as = async (member) => { await j.as('Committee member', 'apmbc', member); await j.go(at); };

  await j.as('Committee member', 'apmbc', chair);
  await j.press('page.queue.title');
  await j.page.locator(`a[href="${at}"]`).first().click();
  await j.reads(title);
  await j.sees('page.case.none_recused', 'page.case.fairness');
  await j.take('page.review.open');
  await j.sees('done.review.open', 'status.review.open');

  await as(adviser);
  await j.take('page.review.advise', { 'page.review.your_advise': 'Half of the places for women.' });
  await j.sees('done.review.advise');
  await j.take('page.review.declare', { 'page.review.your_interest': 'Our operator would do the work.' });
  await j.sees('done.review.declare', 'page.case.recused');
  await j.reads('Our operator would do the work.');
  await j.lacks('page.review.object');
  await j.take('page.review.comment', { 'page.review.your_comment': 'We know the district well.' });
  await j.sees('done.review.comment', 'page.review.recused');

  const { review } = await j.scene.call('Secretariat', 'GET', `/proposals/${id}`, undefined, { convention: 'apmbc' });
  await j.as('Observer', 'apmbc'); // whom the body has invited
  await j.go('/c/apmbc/reviews');
  await j.click(j.page.locator(`main a[href="/c/apmbc/reviews/${review}"]`).first());
  await j.reads(title);
  await j.lacks('page.review.object');
  await j.take('page.review.comment', { 'page.review.your_comment': 'We did the same last year.' });
  await j.sees('done.review.comment');

  await as(other);
  await j.reads('Half of the places for women.', 'We know the district well.', 'We did the same last year.');
  await j.take('page.review.object', { 'page.review.your_object': ' ' });
  await j.refused();
  await j.take('page.review.object', { 'page.review.your_object': 'Who keeps the detectors is not said.' });
  await j.sees('done.review.object', 'status.review.objected', 'page.review.stands');
  await j.lacks('page.review.object');

  await as(chair);
  await j.reads('Who keeps the detectors is not said.');
  await j.take('page.review.comment', { 'page.review.your_comment': 'They stay with the State.' });
  await as(other);
  await j.reads('They stay with the State.');
  await j.take('page.review.withdraw_objection');
  await j.sees('done.review.withdraw_objection', 'status.review.open', 'page.review.objection.withdrawn', 'silence.resumed');
}, async (j) => {
  const { id, title } = j.kept.proposal;
  await j.as('Committee member', 'apmbc', chair);
  await j.go(`/c/apmbc/proposals/${id}`);
  await j.reads(title);
  await j.sees('status.review.endorsed', 'status.proposal.introduced');
  await j.lacks('page.review.object');
  await j.lacks('page.review.comment');
  await j.press('page.history.title', 'main');
  await j.sees('page.history.title');
  await j.go('/c/apmbc/committees/enhancement/queue'); // what is undecided
  if (await j.page.locator(`a[href="/c/apmbc/proposals/${id}"]`).count() > 0) throw new Error('what was endorsed is still before the committee');
});

journey('a meeting goes from one proposal to the next, by keyboard', async (j) => {
  await j.as('Committee member', 'apmbc', chair);
  await j.press('page.queue.title');
  await j.press('page.meeting.title', 'main');
  const heading = () => j.page.locator('.meeting h1').innerText();
  const first = await heading();
  const step = async (rel, key) => Promise.all([j.page.waitForNavigation(), j.javaScript ? j.page.keyboard.press(key) : j.page.locator(`.meeting a[rel="${rel}"]`).click()]);
  const [onward, back] = j.language === 'ar' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft'];
  await step('next', onward);
  await step('next', onward);
  if (!new URL(j.page.url()).search.endsWith('at=3')) throw new Error(`the third proposal is at ${j.page.url()}`);
  await step('prev', back);
  await step('prev', back);
  if (await heading() !== first) throw new Error(`it comes back to ${await heading()}, not to ${first}`);
});
