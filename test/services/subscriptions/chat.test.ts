import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { renderLiveCard } from '../../../src/bot/cards/render-live-card.ts';
import type { Answer } from '../../../src/bot/interactions/interaction.ts';
import { runCommand } from '../../../src/bot/interactions/run-command.ts';
import { runForm } from '../../../src/bot/interactions/run-form.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { loadSubscriptions } from '../../../src/db/queries/subscriptions.ts';
import { withTransaction } from '../../../src/db/with-transaction.ts';
import { mergePersons } from '../../../src/services/people/merge-persons.ts';
import { subscribe } from '../../../src/services/subscriptions/own-subscriptions.ts';
import { createMemoryMail, withMail } from '../../support/memory-mail.ts';
import { idOf, openWorld, personIdOf, type World } from '../../support/test-services.ts';
import { accepted, planRelease } from '../steps.ts';

let world: World;
let the: ReturnType<typeof withMail>;
beforeEach(async () => {
  world = await openWorld();
  the = withMail(world, createMemoryMail({}), { audiences: ['support', 'allHands', 'tenants'] });
});
afterEach(() => world.close());

const say = async (words: string, ctx = the.as('nina')) =>
  sentenceOf(await runCommand({ ctx, name: 'release', words }));

function sentenceOf(answer: Answer): string {
  if (answer.kind !== 'card') throw new Error(`no card, but ${answer.kind}`);
  return lineText(answer.card.summary);
}

const own = async () =>
  (await loadSubscriptions(world.services.db, personIdOf('nina'))).map(({ audience, product }) => [
    audience,
    product,
  ]);

describe('in chat', () => {
  it('somebody subscribes in words and stops', async () => {
    await planRelease(world);
    expect(await say('subscribe support')).toBe(
      'From now on you get messages for support by direct message. To stop, use "release unsubscribe support".',
    );
    expect(await say('subscribe all hands for web shop')).toContain(
      'you get messages for all hands about Web shop by direct message',
    );
    expect(await own()).toEqual([
      ['support', null],
      ['allHands', 'Web shop'],
    ]);
    expect(await say('unsubscribe')).toContain(
      'You get messages for support and messages for all hands about Web shop. Say which to stop',
    );
    expect(await say('unsubscribe All Hands for WEB SHOP')).toBe(
      'You no longer get messages for all hands about Web shop.',
    );
    expect(await say('unsubscribe')).toBe('You no longer get messages for support.');
    expect(await say('unsubscribe')).toBe('You have no subscription.');
    expect(await say('unsubscribe all')).toBe('You have no subscription.');
  });

  it('or in a form, with the audiences and products that there are', async () => {
    await planRelease(world);
    const answer = await runCommand({ ctx: the.as('nina'), name: 'release', words: 'subscribe' });
    if (answer.kind !== 'form') throw new Error(`no form, but ${answer.kind}`);
    const selects = answer.form.body.flatMap((one) =>
      one.type === 'input' && one.kind === 'select' ? [one.options] : [],
    );
    expect(selects.map((options) => options.map(({ label }) => label))).toEqual([
      ['Everybody', 'Support', 'All hands', 'Tenants'],
      ['Every product', 'Web shop'],
    ]);
    const product = selects[1]?.[1]?.value ?? '';
    const values = { audience: 'all', product };
    const submit = (changes: { audience?: string } = {}) =>
      runForm({ ctx: the.as('nina'), name: 'subscribe', values: { ...values, ...changes }, metadata: {} });
    expect(await submit()).toMatchObject({ kind: 'answer', title: 'Subscribed' });
    expect(await own()).toEqual([[null, 'Web shop']]);
    expect(JSON.stringify(await submit())).toContain('You already get all messages about Web shop.');
    const tenants = selects[0]?.[3]?.value ?? '';
    expect(await submit({ audience: tenants })).toMatchObject({ title: 'Subscribed' });
    expect(await own()).toContainEqual(['tenants', 'Web shop']);
  });

  it('what they have is on their home page and under `me`', async () => {
    accepted(await subscribe({ ctx: the.as('nina'), input: { audience: 'support', product: null } }));
    const home = await renderLiveCard(
      world.services.db,
      {
        kind: 'home',
        subjectId: personIdOf('nina'),
        destination: { channel: 'slack', kind: 'home', id: idOf('nina') },
      },
      world.clock.now(),
      { hasDriver: () => true, freezes: [], isCreator: async () => false },
    );
    const me = await runCommand({ ctx: the.as('nina'), name: 'release', words: 'me' });
    for (const shown of [home, me])
      expect(JSON.stringify(shown)).toContain('You subscribed to messages for support.');
  });

  it('is refused where nothing is open, and what to do is said', async () => {
    const closed = { ...the.as('nina'), subscriptions: { ...the.services.subscriptions, audiences: [] } };
    for (const words of ['subscribe', 'subscribe support']) {
      expect(await say(words, closed)).toContain('No messages are open to subscription yet.');
    }
  });

  it('two accounts that become one person keep what either had, once', async () => {
    for (const person of ['nina', 'bo'] as const) {
      accepted(await subscribe({ ctx: the.as(person), input: { audience: 'support', product: null } }));
    }
    accepted(await subscribe({ ctx: the.as('bo'), input: { audience: 'allHands', product: null } }));
    await withTransaction(world.services.db, (tx) =>
      mergePersons({ tx, now: world.clock.now() }, { from: personIdOf('bo'), into: personIdOf('nina') }),
    );
    expect(await own()).toEqual([
      ['support', null],
      ['allHands', null],
    ]);
  });
});
