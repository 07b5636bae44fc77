import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { wordingHash } from '../../../src/core/approval/proposal.ts';
import { loadSchedule } from '../../../src/db/queries/schedule.ts';
import { approveDraft } from '../../../src/services/approval/approve-draft.ts';
import { cancelRelease } from '../../../src/services/lifecycle/cancel-release.ts';
import { editRelease } from '../../../src/services/lifecycle/edit-release.ts';
import { pauseRelease } from '../../../src/services/lifecycle/pause-release.ts';
import { rescheduleRelease } from '../../../src/services/lifecycle/reschedule-release.ts';
import { resumeRelease } from '../../../src/services/lifecycle/resume-release.ts';
import { reassignRole } from '../../../src/services/release/reassign-role.ts';
import { goLive, openWorld, type World } from '../../support/test-services.ts';
import { unfrozen } from '../changes/late-change.ts';
import { accepted, auditOf, inWords, playUntil, wakeAt, wordsOfLast } from '../steps.ts';
import {
  announced,
  announcedAt,
  approve,
  draftOf,
  endHold,
  hold,
  planAnnounced,
  seen,
  sentOf,
  toldOf,
  wordingOf,
  write,
} from './draft-steps.ts';

let world: World;
let releaseId: string;
beforeEach(async () => {
  world = await openWorld();
  world.plan = unfrozen(world.plan);
  releaseId = await planAnnounced(world);
});
afterEach(() => world.close());

const releaseKey = 'web-2.4.0';
const justBefore = new Date(Date.parse(announcedAt) - 60_000).toISOString();

async function itemOf() {
  const schedule = await loadSchedule(world.services.db, releaseId);
  return schedule.find(({ item }) => item.key === announced);
}

async function cardsOf(): Promise<string[]> {
  const rows = await world.query<{ destination: string }>(
    `select destination from cards where kind = 'draft' order by destination`,
  );
  return rows.map(({ destination }) => destination);
}

const move = (date: string) =>
  rescheduleRelease({
    ctx: world.as('rita'),
    input: { releaseKey, date, time: '10:00', from: Date.parse(goLive), reason: 'The tests take longer.' },
  });

const newScope = () => ({ ...world.plan, scope: { ...world.plan.scope, fixes: ['Something else'] } });

describe('a message that customers read', () => {
  it('goes out a little late exactly as it was approved', async () => {
    await approve(world, releaseId);
    const approved = wordingOf(await draftOf(world, releaseId));
    await playUntil(world, justBefore);
    await wakeAt(world, Date.parse(announcedAt) + 3_600_000);
    expect(await sentOf(world)).toEqual([approved]);
  });

  it('is a draft, and its owner is asked at T-14', async () => {
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'waiting', askedAt: null });
    expect(await cardsOf()).toEqual([]);
    await playUntil(world, '2030-06-04T07:59:59Z');
    expect(await cardsOf()).toEqual([]);
    await playUntil(world, '2030-06-04T08:00:00Z');
    expect(await cardsOf()).toEqual(['slack:person:U0PRIYA']);
  });

  it('is asked about at once when it is planned later than that', async () => {
    await world.close();
    world = await openWorld();
    world.plan = unfrozen(world.plan);
    world.clock.moveTo('2030-06-06T08:00:00Z');
    releaseId = await planAnnounced(world);
    expect(await cardsOf()).toEqual(['slack:person:U0PRIYA']);
  });

  it('is asked about when the plan says so, and three days before it is due at the latest', async () => {
    await world.close();
    world = await openWorld();
    world.plan = unfrozen(world.plan);
    world.plan.communications = { ...world.plan.communications, draftsAt: '-P1D' };
    releaseId = await planAnnounced(world);
    await playUntil(world, '2030-06-08T12:59:59Z');
    expect(await cardsOf()).toEqual([]);
    await playUntil(world, '2030-06-08T13:00:00Z');
    expect(await cardsOf()).toEqual(['slack:person:U0PRIYA']);
  });

  it('goes out at its instant exactly as it was approved', async () => {
    await playUntil(world, '2030-06-04T08:00:00Z');
    const wording = wordingOf(await draftOf(world, releaseId));
    expect(accepted(await approve(world, releaseId))).toMatchObject({
      outcome: 'approved',
      dueAt: Date.parse(announcedAt),
    });
    await playUntil(world, justBefore);
    expect(await sentOf(world)).toEqual([]);
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toEqual([wording]);
    expect(await toldOf(world, 'draft-reminder')).toEqual([]);
    const trail = await auditOf(world, releaseId);
    const approved = trail.find(({ action }) => action === 'draft.approved');
    const sent = trail.find(
      ({ action, details }) => action === 'communication.sent' && details.key === announced,
    );
    expect(approved?.details.wording).toMatch(/^[0-9a-f]{64}$/);
    expect(sent?.details.wording).toBe(approved?.details.wording);
  });

  it('goes out as its owner has written it, and nothing in it is filled in', async () => {
    const text = { title: 'News for {{release.product}}', body: 'Hello *you*.\n\n- one\n- two' };
    accepted(await write(world, releaseId, text));
    accepted(await approve(world, releaseId));
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toEqual(['News for {{release.product}}\n\nHello *you*.\n\n- one\n- two']);
    const [row] = await world.query<{ content: Parameters<typeof wordingHash>[0] }>(
      `select content from deliveries where subject = '${announced}'`,
    );
    const approved = (await auditOf(world, releaseId)).find(({ action }) => action === 'draft.approved');
    expect(row && wordingHash(row.content)).toBe(approved?.details.wording);
  });

  it("has the template's text again when what was typed is dropped", async () => {
    const usual = wordingOf(await draftOf(world, releaseId));
    accepted(await write(world, releaseId, { title: 'News', body: 'Other words.' }));
    accepted(await write(world, releaseId, null));
    expect(wordingOf(await draftOf(world, releaseId))).toBe(usual);
  });

  it('needs a new approval when its text is edited after that', async () => {
    accepted(await approve(world, releaseId));
    expect(accepted(await write(world, releaseId, { title: 'News', body: 'Words.' }, 'rita'))).toMatchObject({
      wasApproved: true,
    });
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'waiting' });
    expect((await wordsOfLast(world, 'draft-voided')).join('\n')).toContain('Rita Moreno changed it');
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toEqual([]);
  });
});

describe('an approval', () => {
  it('is void when the facts change that the text shows, and its owner is told which', async () => {
    accepted(await approve(world, releaseId));
    const edited = await editRelease({ ctx: world.as('rita'), input: { plan: newScope() } });
    expect(inWords(edited)).toMatchObject({ ok: true });
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'waiting' });
    const words = await wordsOfLast(world, 'draft-voided');
    expect(words.join('\n')).toContain('- Something else');
    expect(await toldOf(world, 'draft-voided')).toEqual(['slack:person:U0PRIYA']);
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toEqual([]);
  });

  it('stays when something changes that the text does not show', async () => {
    accepted(await approve(world, releaseId));
    const plan = { ...world.plan, scope: { ...world.plan.scope, debt: ['Nothing'] } };
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan } }));
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'approved' });
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toHaveLength(1);
  });

  it('is void when go-live moves, and is not there again when it moves back', async () => {
    accepted(await approve(world, releaseId));
    accepted(await move('2030-06-25'));
    expect((await wordsOfLast(world, 'draft-voided')).join('\n')).toContain('From Tue 18 Jun 2030, 10:00');
    const back = { date: '2030-06-18', from: Date.parse('2030-06-25T08:00:00Z') };
    const again = { releaseKey, time: '10:00', reason: 'After all.', ...back };
    accepted(await rescheduleRelease({ ctx: world.as('rita'), input: again }));
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'waiting' });
  });

  it('is of an edited text only with the facts for which it was written', async () => {
    accepted(await write(world, releaseId, { title: 'News', body: 'Vouchers stay.' }));
    accepted(await approve(world, releaseId));
    accepted(await editRelease({ ctx: world.as('rita'), input: { plan: newScope() } }));
    expect((await wordsOfLast(world, 'draft-voided')).join('\n')).toContain('Your own text is unchanged.');
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toEqual([]);
  });

  it('is refused of a version that is no longer the present one', async () => {
    const before = await seen(world, releaseId);
    accepted(await write(world, releaseId, { title: 'News', body: 'Words.' }));
    const late = await approveDraft({ ctx: world.as('rita'), input: before });
    expect(late).toMatchObject({ ok: false, refusal: { code: 'conflict' } });
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'waiting', approved: null });
  });

  it('by two people at once counts once, and the second hears whose it is', async () => {
    const input = await seen(world, releaseId);
    const results = await Promise.all(
      (['priya', 'rita'] as const).map((person) => approveDraft({ ctx: world.as(person), input })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    const refused = results.find(({ ok }) => !ok);
    expect(JSON.stringify(refused)).toMatch(/(Priya Raman|Rita Moreno) approved “Customer announcement”/);
  });
});

describe('who decides', () => {
  it.each(['priya', 'bo', 'rita'] as const)('%s may', async (person) => {
    accepted(await approve(world, releaseId, person));
    const trail = await auditOf(world, releaseId);
    const asBackup = trail.find(({ action }) => action === 'backup.acted');
    expect(asBackup?.details.inPlaceOf ?? null).toBe(person === 'bo' ? 'Priya Raman' : null);
  });

  it('nobody else may, and hears who can', async () => {
    for (const decision of [
      await approve(world, releaseId, 'quinn'),
      await hold(world, releaseId, '', 'quinn'),
      await write(world, releaseId, { title: '', body: '' }, 'quinn'),
      await endHold(world, releaseId, 'quinn'),
    ]) {
      expect(decision).toMatchObject({
        ok: false,
        refusal: {
          code: 'not-permitted',
          who: 'Priya Raman (Product Owner), Bo Lindqvist (backup, Product Owner) or Rita Moreno (Release Manager)',
        },
      });
    }
  });

  it('is whoever has the role now', async () => {
    await playUntil(world, '2030-06-04T08:00:00Z');
    const person = { email: 'nina@example.com' };
    const reassigned = { releaseKey, role: 'product_owner' as const, person };
    accepted(await reassignRole({ ctx: world.as('rita'), input: reassigned }));
    expect(await cardsOf()).toEqual(['slack:person:U0NINA', 'slack:person:U0PRIYA']);
    expect(await approve(world, releaseId, 'priya')).toMatchObject({ ok: false });
    accepted(await approve(world, releaseId, 'nina'));
  });
});

describe('a hold', () => {
  it('keeps a message back until it is released and approved', async () => {
    accepted(await approve(world, releaseId));
    accepted(await hold(world, releaseId, 'Legal has to read it.', 'rita'));
    expect(inWords(await approve(world, releaseId))).toMatchObject({
      refusal: { code: 'wrong-state', message: expect.stringContaining('Legal has to read it.') },
    });
    accepted(await endHold(world, releaseId));
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'waiting' });
    accepted(await approve(world, releaseId));
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toHaveLength(1);
  });

  it('is why it was not sent', async () => {
    accepted(await hold(world, releaseId, 'Legal has to read it.'));
    await playUntil(world, announcedAt);
    expect(await itemOf()).toMatchObject({ state: 'withheld', note: 'Not sent: it was on hold.' });
    expect((await wordsOfLast(world, 'draft-missed')).join('\n')).toContain(
      'Priya Raman had put it on hold:',
    );
  });
});

describe('a message that nobody has approved', () => {
  it('is reminded of, then its backup is asked, then the release manager', async () => {
    await playUntil(world, '2030-06-09T13:00:00Z');
    await playUntil(world, '2030-06-10T13:00:00Z');
    await playUntil(world, '2030-06-11T09:00:00Z');
    expect(await toldOf(world, 'draft-reminder')).toEqual(Array(3).fill('slack:person:U0PRIYA'));
    expect((await wordsOfLast(world, 'draft-reminder')).join('\n')).toContain("I'll ask Bo Lindqvist, too");
    expect(await cardsOf()).toEqual(['slack:person:U0PRIYA']);
    await playUntil(world, '2030-06-11T10:00:00Z');
    expect(await cardsOf()).toEqual(['slack:person:U0BO', 'slack:person:U0PRIYA']);
    await playUntil(world, '2030-06-11T12:00:00Z');
    expect(await toldOf(world, 'draft-unapproved')).toEqual(['slack:person:U0RITA']);
  });

  it('is told once of several reminders that are due at once', async () => {
    await wakeAt(world, '2030-06-11T09:30:00Z');
    expect(await toldOf(world, 'draft-reminder')).toEqual(['slack:person:U0PRIYA']);
  });

  it('is not sent, and everyone concerned is told once', async () => {
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toEqual([]);
    expect(await itemOf()).toMatchObject({ state: 'withheld', note: 'Not sent: nobody had approved it.' });
    expect(await toldOf(world, 'draft-missed')).toEqual([
      'slack:person:U0PRIYA',
      'slack:person:U0RITA',
      'slack:channel:C-release-deployment',
      'slack:channel:C-support',
    ]);
    await playUntil(world, '2030-06-13T13:00:00Z');
    expect(await toldOf(world, 'draft-missed')).toHaveLength(4);
  });

  it('goes out at once when it is approved later, and those who heard that it had not are told', async () => {
    await playUntil(world, announcedAt);
    await playUntil(world, '2030-06-11T16:00:00Z');
    const wording = wordingOf(await draftOf(world, releaseId));
    expect(accepted(await approve(world, releaseId))).toMatchObject({ outcome: 'sent' });
    await playUntil(world, '2030-06-11T16:00:00Z');
    expect(await sentOf(world)).toEqual([wording]);
    expect(await itemOf()).toMatchObject({ state: 'being-sent', note: null });
    expect(await toldOf(world, 'draft-sent-late')).toEqual([
      'slack:channel:C-release-deployment',
      'slack:channel:C-support',
    ]);
    expect(await approve(world, releaseId)).toMatchObject({ refusal: { code: 'wrong-state' } });
  });

  it('is approved only as it would go out now, not as it was then', async () => {
    await playUntil(world, announcedAt);
    const before = await draftOf(world, releaseId);
    // The plan changed behind the draft's back, as a template does that was replaced.
    await world.query(
      `update releases set plan = jsonb_set(plan, '{summary}', '"Another summary."') where id = $1`,
      [releaseId],
    );
    expect(accepted(await approve(world, releaseId))).toMatchObject({ outcome: 'changed' });
    expect(await sentOf(world)).toEqual([]);
    expect((await draftOf(world, releaseId)).revision).toBe(before.revision + 1);
    expect(accepted(await approve(world, releaseId))).toMatchObject({ outcome: 'sent' });
  });

  it('has its time again when go-live moves', async () => {
    await playUntil(world, announcedAt);
    accepted(await move('2030-07-09'));
    expect(await itemOf()).toMatchObject({ state: 'planned' });
    expect(await draftOf(world, releaseId)).toMatchObject({ state: 'waiting', missedAt: null });
    accepted(await approve(world, releaseId));
    await playUntil(world, '2030-07-02T13:00:00Z');
    expect(await sentOf(world)).toHaveLength(1);
  });
});

describe('the release', () => {
  it('that is cancelled ends its drafts', async () => {
    await playUntil(world, announcedAt);
    accepted(await cancelRelease({ ctx: world.as('rita'), input: { releaseKey, reason: 'Not now.' } }));
    expect(inWords(await approve(world, releaseId))).toMatchObject({
      refusal: {
        code: 'wrong-state',
        message: expect.stringContaining("won't be sent. The release was cancelled."),
      },
    });
  });

  it('that is paused sends nothing, and what was approved goes out when it is resumed', async () => {
    accepted(await approve(world, releaseId));
    const paused = { releaseKey, reason: 'The tests take longer.', until: null };
    accepted(await pauseRelease({ ctx: world.as('rita'), input: paused }));
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toEqual([]);
    accepted(await resumeRelease({ ctx: world.as('rita'), input: { releaseKey } }));
    await playUntil(world, announcedAt);
    expect(await sentOf(world)).toHaveLength(1);
  });

  it('that is paused does not send what is approved late', async () => {
    await playUntil(world, announcedAt);
    const paused = { releaseKey, reason: 'The tests take longer.', until: null };
    accepted(await pauseRelease({ ctx: world.as('rita'), input: paused }));
    expect(inWords(await approve(world, releaseId))).toMatchObject({
      refusal: { message: expect.stringContaining('Resume it first.') },
    });
    expect(await sentOf(world)).toEqual([]);
  });
});
