// What a journey needs to be there: a need and an offer of its own, posted
// through the API by the roles of the demo, so that walks do not meet.
import { randomUUID } from 'node:crypto';

export class Scene {
  constructor(program) {
    this.program = program;
  }

  // call calls the API as a role of the demo; on is the document that it changes.
  async call(role, method, path, body, { convention = 'fctc', on } = {}) {
    const who = this.program.roles().find((r) => r.convention === convention && r.name.startsWith(`${role}:`));
    const answer = await fetch(`${this.program.url}/api/v1${path}`, {
      method, body: body && JSON.stringify(body),
      headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json', 'idempotency-key': randomUUID(), ...(on && { 'if-match': `"${on.version}"` }) },
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} as ${role}: ${answer.status} ${text}`);
    return text && JSON.parse(text);
  }

  // speaksFor is for whom a role of the demo speaks.
  async speaksFor(role) { return (await this.call(role, 'GET', '/me')).grants[0].participant; }

  // pair posts a need of the focal point's State and an offer that fits it.
  async pair() {
    const name = randomUUID().slice(0, 8);
    const same = { convention: 'fctc', themes: ['fctc-art20'], kinds: [{ kind: 'training' }], content_language: 'en' };
    const need = await this.call('Focal point', 'POST', '/needs', {
      ...same, beneficiaries: [await this.speaksFor('Focal point')], title: `Need ${name}`, problem: 'Surveys are far apart, and twelve people who analyse them have had no training in methods.',
      languages: [{ language: 'en', strength: 'preferred' }], start: '2027-02-01', end: '2028-02-01',
      focal_point: { name: 'Focal point', mail: 'focal.point@example.org' },
    });
    const clearance = { clearance: { date: new Date().toISOString().slice(0, 10), reference: 'NV 12' } };
    const submitted = await this.call('Approver', 'POST', `/needs/${need.id}/submit`, { ...clearance, insist: true }, { on: need });
    if (submitted.status === 'submitted') await this.call('Secretariat', 'POST', `/needs/${need.id}/admit`, undefined, { on: submitted });
    const offer = await this.call('Provider', 'POST', '/offers', {
      ...same, provider: await this.speaksFor('Provider'), type: 'standing', title: `Offer ${name}`, description: 'Two trainers for two weeks, with a manual, and supervision by video.', languages: ['en'], firmness: 'indication',
    });
    const given = await this.call('Provider', 'POST', `/offers/${offer.id}/submit`, {}, { on: offer });
    if (given.status === 'submitted') await this.call('Secretariat', 'POST', `/offers/${offer.id}/admit`, undefined, { on: given });
    return { need: { id: need.id, title: need.title }, offer: { id: offer.id, title: offer.title } };
  }

  // unopened is a proposal of the mine ban convention whose review the chair of
  // its body may open, another for each walk. Both sides have looked at it, and
  // no member is on one of them.
  async unopened() {
    this.program.unopened ??= this.call('Secretariat', 'GET', '/committees/enhancement/queue?convention=apmbc&step=opening&limit=50', undefined, { convention: 'apmbc' })
      .then(({ items }) => items.filter((one) => one.conflicts.recused.length === 0));
    const { proposal, need } = (await this.program.unopened).pop();
    return { id: proposal.id, title: need.title };
  }

  // proposed waits until the matcher has found a posting's partners, which it
  // does a moment after the posting.
  async proposed(need) {
    for (let tries = 0; tries < 150; tries++) {
      const { items } = await this.call('Focal point', 'GET', `/proposals?convention=fctc&need=${need.id}`);
      if (items.length) return items[0];
      await new Promise((again) => setTimeout(again, 200));
    }
    throw new Error(`nothing was proposed for ${need.title}`);
  }
}
