import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { subcommand } from '../../../src/bot/interactions/release-commands/who-knows.ts';
import type { Plan } from '../../../src/core/plan/plan.ts';
import { loadTemplate } from '../../../src/core/template/load-template.ts';
import { listHolders } from '../../../src/services/corrections/list-holders.ts';
import { settleDelivery } from '../../../src/services/delivery/settle-delivery.ts';
import { askGoNoGo } from '../../../src/services/go-no-go/open-poll.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { drainToTheEnd } from '../../jobs/outbox.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { accepted, actionsOf, planRelease, playUntil, releaseOf, wordsOfLast } from '../steps.ts';

let world: World;
let releaseId: string;
let from: number;
beforeEach(async () => {
  world = await openWorld();
  from = Date.parse(goLive);
  releaseId = await planRelease(world, {
    communications: {
      ...world.plan.communications,
      add: [
        {
          key: 'for-sales',
          title: 'For sales',
          offset: '-P13D',
          time: '09:00',
          audience: 'sales',
          template: 'sales-briefing',
        },
      ],
    },
  });
  await playUntil(world, '2030-06-05T07:30:00Z');
});
afterEach(() => world.close());

const sales = 'slack:channel:C-sales';
const support = 'slack:channel:C-support';
/** Sends everything that waits anywhere. */
async function sendAll(): Promise<void> {
  const places = await world.query<{ destination: string }>(
    `select distinct destination from deliveries where state = 'pending' order by 1`,
  );
  for (const { destination } of places) await drainToTheEnd(world, { destination });
}
async function move(date: string, time = '10:00'): Promise<void> {
  const reason = 'The payment provider has a freeze.';
  const input = { releaseKey: 'web-2.4.0', date, time, reason, from };
  from = accepted(await rescheduleRelease({ ctx: world.as('rita'), input })).goLiveAt;
}
async function edit(changes: Partial<Plan>): Promise<void> {
  const { plan } = await releaseOf(world, releaseId);
  accepted(await editRelease({ ctx: world.as('rita'), input: { plan: { ...plan, ...changes } } }));
}
const correctionsAt = (destination: string) =>
  world.platform.messages.filter(
    (message) =>
      message.destination === destination && /new go-live|has changed/.test(String(message.card.summary)),
  );
const holders = async () => listHolders(world.services, await releaseOf(world, releaseId));

describe('whoever was told something that is no longer so', () => {
  it('reads once what it was and what it is, below the message that said it', async () => {
    await sendAll();
    const [told] = world.platform.messages.filter(({ destination }) => destination === sales);
    await move('2030-06-25');
    await sendAll();
    expect(correctionsAt(sales)).toMatchObject([{ replyTo: told?.messageId }]);
    expect(await wordsOfLast(world, 'correction')).toEqual([
      '📅 Web shop 2.4.0: new go-live date',
      '# 📅 Web shop 2.4.0: new go-live date',
      'Go-live is now Tue 25 Jun 2030, 10:00 (Europe/Amsterdam). It was Tue 18 Jun 2030, 10:00 (Europe/Amsterdam).',
      'The payment provider has a freeze.',
      'Changed by Rita Moreno.',
      'Nothing else that you were told here has changed.',
    ]);
    expect(await actionsOf(world, releaseId)).toContain('correction.planned');
  });

  it('is told nothing where nothing of it was said', async () => {
    await sendAll();
    await move('2030-06-25');
    await sendAll();
    expect(world.platform.shown('slack:channel:C-qa')).toEqual([]);
  });

  it('hears of a move there and back only what was sent', async () => {
    await sendAll();
    await move('2030-06-25');
    await move('2030-06-18');
    await sendAll();
    expect(correctionsAt(sales)).toEqual([]);
    expect(await actionsOf(world, releaseId)).toContain('correction.withdrawn');
    await move('2030-06-25');
    await sendAll();
    expect(correctionsAt(sales)).toHaveLength(1);
  });

  it('hears of two changes in two messages, each once', async () => {
    await sendAll();
    await move('2030-06-25');
    await edit({ version: '2.4.1' });
    await sendAll();
    expect(correctionsAt(sales)).toHaveLength(2);
    expect(await wordsOfLast(world, 'correction')).toContain(
      'It is now Web shop 2.4.1. It was announced as Web shop 2.4.0.',
    );
  });

  it('hears nothing when the old message never arrived, and is corrected once it is sent all the same', async () => {
    world.platform.failPosts(sales, { result: 'refused', code: 'is_archived', detail: 'archived' });
    await move('2030-06-25');
    await sendAll();
    expect(world.platform.shown(sales)).toEqual([]);
    const [failed] = await world.query<{ id: string }>(
      `select id from deliveries where destination = $1 and state = 'failed' order by seq limit 1`,
      [sales],
    );
    const input = { deliveryId: failed?.id ?? '', arrived: false };
    accepted(await settleDelivery({ ctx: world.as('rita'), input }));
    await sendAll();
    expect(world.platform.shown(sales)).toHaveLength(2);
    expect(correctionsAt(sales)).toHaveLength(1);
  });

  it('is not told again what its channel has refused, and the release manager hears of that', async () => {
    await sendAll();
    world.platform.failPosts(sales, { result: 'refused', code: 'is_archived', detail: 'archived' });
    await move('2030-06-25');
    await sendAll();
    expect(correctionsAt(sales)).toEqual([]);
    expect(await world.query(`select 1 from deliveries where subject = 'delivery-failed'`)).toHaveLength(1);
  });

  it('hears only of the cancellation once it is cancelled', async () => {
    await sendAll();
    await move('2030-06-25');
    const input = { releaseKey: 'web-2.4.0', reason: 'No longer needed.' };
    accepted(await cancelRelease({ ctx: world.as('rita'), input }));
    await sendAll();
    expect(correctionsAt(sales)).toEqual([]);
    expect(world.platform.shown(sales).at(-1)).toContain('cancelled');
  });

  it('sees on the card of an open poll what is so now', async () => {
    const read = loadTemplate('go-no-go-decision', '# Go or no-go?\n\n{{release.summary}}\n');
    if (!read.ok) throw new Error('the template');
    const templates = new Map([['go-no-go-decision', read.template]]);
    accepted(await askGoNoGo({ ctx: { ...world.as('rita'), templates }, input: { releaseKey: null } }));
    const { plan } = await releaseOf(world, releaseId);
    const changed = { plan: { ...plan, summary: 'Checkout takes one step.' } };
    accepted(await editRelease({ ctx: { ...world.as('rita'), templates }, input: changed }));
    const [poll] = await world.query<{ intro: object }>(`select intro from polls where state = 'open'`);
    expect(JSON.stringify(poll?.intro)).toContain('Checkout takes one step.');
  });
});

describe('/release who-knows', () => {
  it('lists who was told what, and marks what is old', async () => {
    await sendAll();
    expect((await holders()).every(({ stale }) => stale.length === 0)).toBe(true);
    await move('2030-06-25');
    const [first] = await holders();
    expect(first).toMatchObject({ stale: ['date'], isBeingCorrected: true, holds: { date: '2030-06-18' } });
    await sendAll();
    expect((await holders()).find(({ stale }) => stale.length > 0)).toBeUndefined();
    expect((await holders()).find(({ audiences }) => audiences.includes('sales'))).toMatchObject({
      holds: { date: '2030-06-25', version: '2.4.0' },
      told: { title: 'Correction' },
    });
  });

  it('does not count what has not been sent', async () => {
    expect(await holders()).toEqual([]);
    const answer = await subcommand.run({ ctx: world.as('nina'), words: '', commands: [] });
    expect(JSON.stringify(answer)).toContain('Nobody has been told anything yet.');
    expect(world.platform.shown(support)).toEqual([]);
  });
});
