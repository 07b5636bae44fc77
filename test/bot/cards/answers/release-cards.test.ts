import { describe, expect, it } from 'vitest';
import { createdReleaseCard, releaseListCard } from '../../../../src/bot/cards/answers/release-cards.ts';
import { scheduleCard } from '../../../../src/bot/cards/answers/schedule-card.ts';
import { whoKnowsCard } from '../../../../src/bot/cards/answers/who-knows-card.ts';
import type { Card } from '../../../../src/core/card/card.ts';
import { buttonsOf } from '../../../../src/core/card/offered-buttons.ts';
import { deriveSchedule } from '../../../../src/core/schedule/derive-schedule.ts';
import { cardText } from '../../../../src/core/template/card-text.ts';
import type { Holder } from '../../../../src/services/corrections/list-holders.ts';
import { exampleRelease, operation } from '../examples.ts';

const release = exampleRelease();
/** What became of the first items; the others are planned. */
const settled = [
  { state: 'sent', note: null },
  { state: 'withheld', note: 'Not sent: the release was cancelled.' },
  { state: 'being-sent', note: null },
  { state: 'failed', note: 'The channel is archived.' },
  { state: 'unrecorded', note: null },
  { state: 'unknown', note: 'no answer' },
  { state: 'overdue', note: 'The planned time has passed.' },
] as const;
const shifts = { quietHours: { from: '11:00', to: '08:00', shift: 'earlier' } } as const;
const schedule = deriveSchedule({ ...release.plan, shifts }).map((item, index) => {
  const { state, note } = settled[index] ?? { state: 'planned' as const, note: null };
  return { id: String(index), item, state, note, dueAt: item.dueAt };
});

async function expectGolden(name: string, card: Card): Promise<void> {
  await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot(`./golden/${name}.golden.json`);
}

describe('the answers about releases', () => {
  const none = { releases: [], more: false };
  const underWay = {
    releases: [release, exampleRelease({ key: 'app-1.0', state: 'in_planning' })],
    more: false,
  };
  const rolledBack = exampleRelease({ key: 'old-1.0', state: 'rolled_back' });
  const followedUp = { releases: [rolledBack], more: false };

  it('list what is under way', () =>
    expectGolden('list', releaseListCard({ underWay, followedUp: none, live: none })));

  it('list apart from it what was rolled back', async () => {
    await expectGolden('list-rolled-back', releaseListCard({ underWay, followedUp, live: none }));
    expect(releaseListCard({ underWay: none, followedUp, live: none }).summary).toBe('1 release rolled back');
  });

  it('list what was recorded as the word of a person', () => {
    const { id } = rolledBack;
    const record = operation({ state: 'recorded', toPercent: 50, observedPercent: null });
    const card = releaseListCard(
      { underWay: none, followedUp, live: none },
      {
        records: new Map([[id, record]]),
      },
    );
    expect(JSON.stringify(card)).toContain(', deployed to 50 % of traffic, recorded by Dana Fischer, 10:05');
  });

  it('say of a list that it is not all', () => {
    const full = { ...underWay, more: true };
    const { summary, blocks } = releaseListCard({ underWay: full, followedUp, live: none });
    expect(summary).toBe('The first 2 of more than 2 releases under way, 1 release rolled back');
    expect(blocks[0]).toEqual({ type: 'header', text: 'The first 2 of more than 2 releases under way' });
  });

  it('say the next step when nothing is under way', () =>
    expectGolden(
      'list-empty',
      releaseListCard({ underWay: none, followedUp: none, live: none }, { mayPlan: true }),
    ));

  it('say no step that somebody may not take', () =>
    expect(releaseListCard({ underWay: none, followedUp: none, live: none }).summary).toBe(
      'No release is under way.',
    ));

  it('show the schedule, with what comes next and what became of each item', async () => {
    await expectGolden('schedule', scheduleCard(release, schedule));
    const words = (...shown: Parameters<typeof scheduleCard>) =>
      JSON.stringify(scheduleCard(...shown).blocks);
    expect(words(release, [])).toContain('Nothing is left to come.');
    const events = schedule.filter(({ dueAt, state }) => dueAt === null && state === 'planned');
    expect(words(release, events)).toContain('Everything still to come depends on the rollout.');
    const pause = { since: release.goLiveAt, until: null, reason: 'A freeze.' };
    expect(words(exampleRelease({ pause }), schedule)).toContain('nothing is sent until it is resumed');
  });

  it('say who was told what, those with something old first', async () => {
    const told = { title: 'Sales briefing', at: Date.parse('2030-06-05T07:00:00Z'), mayHaveArrived: false };
    const place = (id: string) => ({ channel: 'slack', kind: 'channel' as const, id });
    const holder = { audiences: ['sales'], stale: [], isBeingCorrected: false, isLeftToPeople: false };
    const holders: Holder[] = [
      {
        ...holder,
        destination: place('C-sales'),
        holds: { date: '2030-06-11', time: '10:00 Europe/Amsterdam', version: '2.4.0' },
        stale: ['date'],
        told: { ...told, url: 'https://example.com/message' },
        isBeingCorrected: true,
      },
      {
        ...holder,
        destination: place('C-support'),
        holds: { version: '2.3.9', summary: 'As it was.' },
        stale: ['version'],
        told: { ...told, mayHaveArrived: true, url: null },
      },
      {
        ...holder,
        audiences: [],
        destination: place('C-product'),
        holds: { date: '2030-06-18', features: [] },
        told: { ...told, url: null },
      },
    ];
    await expectGolden('who-knows', whoKnowsCard(release, holders));
    const ofList = { address: 'email:customers', recipients: 2 };
    const reader = { channel: 'email', kind: 'person' as const, id: 'customers/ann@example.com' };
    const shown = cardText(
      whoKnowsCard(
        release,
        holders.slice(0, 1).map((one) => ({ ...one, destination: reader, ofList })),
      ),
    );
    expect(shown).toContain('2 recipients of email:customers');
    expect(shown).not.toContain('ann@example.com');
    const left = holders.slice(1, 2).map((one) => ({ ...one, isLeftToPeople: true }));
    expect(cardText(whoKnowsCard(release, left))).toContain(
      'Customers read this, so what is in the release is not corrected without approval',
    );
    expect(JSON.stringify(whoKnowsCard(release, []))).toContain('Nobody has been told anything yet.');
    const upToDate = holders.filter(({ stale }) => stale.length === 0);
    expect(cardText(whoKnowsCard(release, upToDate))).toContain('Everything it was told is up to date');
    const afterwards = cardText(whoKnowsCard({ ...release, state: 'cancelled' }, upToDate));
    expect(afterwards).toContain('what was announced no longer applies');
    expect(afterwards).toContain('Told before it was cancelled');
    expect(afterwards).not.toContain('still so');
    expect(afterwards).not.toContain('✅');
  });

  describe('of which nobody knows whether it arrived', () => {
    const destination = { channel: 'slack', kind: 'channel' as const, id: 'C-support' };
    const message = { releaseId: release.id, destination };
    const unsettled = [
      { ...message, id: 'd1', summary: 'Heads-up for support' },
      { ...message, id: 'd2', summary: null },
    ];
    const words = (personId: string | null) => cardText(scheduleCard(release, [], { unsettled, personId }));
    const buttons = (personId: string | null) =>
      buttonsOf(scheduleCard(release, [], { unsettled, personId })).map(({ label }) => label);

    it('are shown to everybody, and to be settled by who may', () => {
      const manager = release.people.find(({ role }) => role === 'release_manager')?.personId ?? '';
      const qa = release.people.find(({ role }) => role === 'qa_lead')?.personId ?? '';
      expect(words(qa)).toContain('Not known whether it arrived (2)');
      expect(words(qa)).toContain('did “Heads-up for support” arrive? It was for C-support.');
      expect(words(qa)).toContain('did the live card for C-support arrive?');
      expect(buttons(qa)).toEqual([]);
      expect(buttons(null)).toEqual([]);
      expect(buttons(manager)).toEqual(['It arrived', 'Send it again', 'It arrived', 'Send it again']);
    });
  });

  it('link the channels that the platform knows', () => {
    expect(JSON.stringify(scheduleCard(release, schedule).blocks)).toContain(
      '"name":"#release-deployment","destination":{"channel":"slack"',
    );
  });

  it('tell who planned a release what comes, and what is not sent', async () => {
    const [first, second] = deriveSchedule(release.plan);
    if (!first || !second) throw new Error('the schedule is empty');
    const goLive = 'Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)';
    const created = {
      releaseId: release.id,
      releaseKey: release.key,
      goLive,
      coming: [second],
      past: [first],
      warnings: [
        'No driver "demo" is configured, so tminus offers no promotion or rollback: deploy with your own pipeline, and record what was done.',
      ],
    };
    await expectGolden('created', createdReleaseCard(created));
  });
});
