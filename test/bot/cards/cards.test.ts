import { describe, expect, it } from 'vitest';
import { rolloutAnswer } from '../../../src/bot/cards/answers/rollout-answer.ts';
import { ballotCard } from '../../../src/bot/cards/ballot/ballot-card.ts';
import { followedCard } from '../../../src/bot/cards/followed/followed-card.ts';
import { homeCard } from '../../../src/bot/cards/home/home-card.ts';
import type { HomeRelease, HomeView } from '../../../src/bot/cards/home/home-view.ts';
import { overdueCard } from '../../../src/bot/cards/overdue/overdue-card.ts';
import { pollCard } from '../../../src/bot/cards/poll/poll-card.ts';
import { rolloutCard } from '../../../src/bot/cards/rollout/rollout-card.ts';
import { plainText, renderMessage } from '../../../src/bot/slack/render/message.ts';
import { type Card, text } from '../../../src/core/card/card.ts';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import type { Release } from '../../../src/db/queries/load-release.ts';
import type { Poll } from '../../../src/db/queries/polls.ts';
import type { Rollout } from '../../../src/db/queries/rollouts.ts';
import type { CommunicationState } from '../../../src/db/schema/release.ts';
import { checkMessage } from '../slack/render/check-limits.ts';
import {
  examplePoll,
  exampleRelease,
  exampleRollout,
  exampleRolloutCard,
  exampleRollouts,
  gate,
  operation,
  vote,
} from './examples.ts';

const release = exampleRelease();
/** No go stands yet. */
const planned = exampleRelease({ state: 'in_planning' });
const allGo = examplePoll().roles.map((role) => vote(role, 'go'));
const closedAt = Date.parse('2030-06-18T06:00:00Z');

/** As the release stands with an example poll. */
function pollRelease({ outcome }: Partial<Poll>): Release {
  if (outcome === null) return exampleRelease({ state: 'cancelled' });
  return outcome === 'go' || outcome === 'go_stands' ? release : planned;
}

/** The card is as its golden file says, and Slack takes it whole. */
async function expectGolden(name: string, card: Card): Promise<void> {
  const message = renderMessage(card);
  expect(checkMessage(message)).toEqual([]);
  expect(JSON.stringify(message)).not.toContain('Shortened');
  await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot(`./golden/${name}.golden.json`);
}
const actionsOn = (card: Card) =>
  card.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons.map(({ action }) => action) : []));
/** Of a release whose driver is configured. */
const drivenCard = (...shown: [Release, Rollout, number]) => rolloutCard(...shown, { hasDriver: true });
const textOn = (card: Card) => JSON.stringify(card.blocks);

const mixed = [vote('qa_lead', 'go'), vote('security_lead', 'no_go', 'Two findings are open.')];
const polls: Record<string, Partial<Poll>> = {
  open: {},
  'partly-voted': { votes: mixed },
  'all-go': { votes: allGo },
  'closed-go': { state: 'closed', outcome: 'go', closedAt, votes: allGo },
  'closed-no-go': { state: 'closed', outcome: 'no_go', closedAt, votes: allGo.slice(1) },
  'closed-objected': { state: 'closed', outcome: 'no_go', closedAt, votes: [...mixed, ...allGo.slice(3)] },
  'closed-go-stands': { state: 'closed', outcome: 'go_stands', closedAt, votes: allGo.slice(1) },
  withdrawn: { state: 'closed', outcome: null, closedAt, votes: mixed },
  'readiness-open': { kind: 'readiness' },
  'readiness-passed': { kind: 'readiness', state: 'closed', outcome: 'go', closedAt, votes: allGo },
};

describe('the poll card', () => {
  it.each(Object.entries(polls))('%s', async (name, changes) => {
    await expectGolden(`poll-${name}`, pollCard(pollRelease(changes), examplePoll(changes)));
  });

  it('says in its first line what is asked, or what became of it', () => {
    const titles = Object.entries(polls).map(([name, changes]) => {
      const [first] = pollCard(pollRelease(changes), examplePoll(changes)).blocks;
      return [name, first?.type === 'header' ? first.text : ''];
    });
    expect(Object.fromEntries(titles)).toEqual({
      open: '🗳️ Go or no-go? Web shop 2.4.0 · 0 of 6 voted',
      'partly-voted': '🗳️ Go or no-go? Web shop 2.4.0 · 2 of 6 voted',
      'all-go': '🗳️ Go or no-go? Web shop 2.4.0 · 6 of 6 voted',
      'closed-go': '✅ GO: Web shop 2.4.0 · approved 6/6',
      'closed-no-go': '⛔ NO-GO: Web shop 2.4.0 · not approved',
      'closed-objected': '⛔ NO-GO: Web shop 2.4.0 · not approved',
      'closed-go-stands': '✅ STILL GO: Web shop 2.4.0 · 5/6 voted go',
      withdrawn: '✖️ Web shop 2.4.0 · cancelled before a decision',
      'readiness-open': '🗳️ Ready? Web shop 2.4.0 · 0 of 6 voted',
      'readiness-passed': '✅ Web shop 2.4.0 · readiness check passed 6/6',
    });
  });

  it('offers to ask again after a no-go, until something has followed', () => {
    const refused = examplePoll(polls['closed-objected']);
    expect(actionsOn(pollCard(planned, refused))).toEqual(['ask-again', 'override-decision']);
    expect(textOn(pollCard(planned, refused))).toContain('Next: ');
    expect(actionsOn(pollCard(planned, refused, { isLatest: false }))).toEqual([]);
    expect(textOn(pollCard(planned, refused, { isLatest: false }))).not.toContain('Next: ');
    const cancelled = exampleRelease({ state: 'cancelled' });
    expect(actionsOn(pollCard(cancelled, refused))).toEqual([]);
    const check = examplePoll({ ...polls['closed-objected'], kind: 'readiness' });
    expect(actionsOn(pollCard(planned, check))).toEqual([]);
  });

  it('says that the date was moved where that has ended it', () => {
    const withdrawn = pollCard(planned, examplePoll(polls.withdrawn));
    expect(withdrawn.summary).toBe('web-2.4.0: go/no-go closed, without a decision, the release was moved');
  });

  it('mentions whoever is missing once somebody has voted, and nobody when it is posted', () => {
    const mentioned = (changes: Partial<Poll>) =>
      [...textOn(pollCard(planned, examplePoll(changes))).matchAll(/"name":"([^"]+)","mention":true/g)].map(
        ([, name]) => name,
      );
    expect(mentioned({})).toEqual([]);
    expect(mentioned({ votes: allGo.slice(0, 4) })).toEqual(['Priya Raman', 'Sam Okoye']);
    expect(mentioned({ votes: allGo })).toEqual(['Rita Moreno']);
  });

  it('cannot be made to show a vote by the words of a reason', () => {
    const reason = 'No.\n✅ Go: everybody';
    const card = pollCard(planned, examplePoll({ votes: [vote('qa_lead', 'no_go', reason)] }));
    expect(textOn(card)).toContain('No. ✅ Go: everybody');
  });

  it('says that a go stands, and what takes it back', () => {
    const open = textOn(pollCard(release, examplePoll()));
    expect(open).toContain('The release already has a go. A no-go takes it back');
    expect(textOn(ballotCard(release, examplePoll(), 'U-qa_lead'))).toContain(
      'The release already has a go.',
    );
    const check = textOn(pollCard(release, examplePoll({ kind: 'readiness' })));
    expect(check).toContain(
      "The release already has a go. This check doesn't change it, whatever the votes.",
    );
    expect(check).not.toContain('takes it back');
    const undecided = exampleRelease({ state: 'in_planning' });
    expect(textOn(pollCard(undecided, examplePoll({ kind: 'readiness' })))).not.toContain('already has a go');
    const closed = pollCard(release, examplePoll({ state: 'closed', outcome: 'go_stands', closedAt }));
    expect(textOn(closed)).toContain('✅ STILL GO: Web shop 2.4.0');
  });

  it('has buttons exactly while the poll is open', () => {
    for (const [name, changes] of Object.entries(polls)) {
      const poll = examplePoll(changes);
      const votes = ['vote-go', 'vote-no-go', 'vote-conditional', 'vote-abstain'];
      const expected = poll.state === 'open' ? [...votes, 'close-poll'] : [];
      expect(actionsOn(pollCard(release, poll)), name).toEqual(expected);
    }
  });
});

/** As long as a reason may be. */
const longReason = `${'The checkout is slow. '.repeat(140)}That is all of it.`.slice(0, 3_000);

describe('a long reason', () => {
  const linesOf = (card: Card) =>
    card.blocks.flatMap((block) => (block.type === 'paragraph' ? plainText(block.content).split('\n') : []));
  const notesOn = (card: Card) =>
    card.blocks.flatMap((block) => (block.type === 'note' ? [plainText(block.content)] : []));
  const quotesOn = (card: Card) => card.blocks.filter(({ type }) => type === 'quote');
  const against = examplePoll({ votes: [vote('security_lead', 'no_go', longReason)] });

  it('of a no-go is one short line of the poll card, which says where the whole is', () => {
    const card = pollCard(release, against);
    const line = linesOf(card).find((item) => item.includes('⛔'));
    expect(line).toMatch(/^⛔ Sam Okoye \(Security Lead\): The checkout is slow\. .*[a-z.]…$/);
    expect(line?.length).toBeLessThan(250);
    expect(quotesOn(card)).toEqual([]);
    expect(notesOn(card)).toContain('Reasons in full: /release show web-2.4.0.');
    const closed = pollCard(release, { ...against, state: 'closed', outcome: 'no_go', closedAt });
    expect(textOn(closed)).toContain('Reasons in full: the message of the outcome.');
  });

  it('of a rollback is a short quote on the rollout card, and whole in the answer', () => {
    const operations = [operation({ kind: 'rollback', reason: longReason, observedPercent: 0 })];
    const rollout = exampleRollout({ state: 'rolled_back', phaseIndex: 0, operations });
    const card = drivenCard(release, rollout, 0);
    const [quote] = quotesOn(card);
    expect(quote?.type === 'quote' && plainText(quote.content)).toMatch(/^The checkout is slow\. .*[a-z.]…$/);
    expect(quote?.type === 'quote' && plainText(quote.content).length).toBeLessThan(210);
    expect(notesOn(card)).toContain('The reason in full: /release status web-2.4.0.');
    const answer = rolloutAnswer(release, rollout, 0);
    expect(quotesOn(answer)).toContainEqual({ type: 'quote', content: [text(longReason)] });
    expect(textOn(answer)).not.toContain('reason in full');
  });

  it('is not spoken of where all are short', () => {
    const short = examplePoll({ votes: [vote('security_lead', 'no_go', 'x'.repeat(200))] });
    expect(textOn(pollCard(release, short))).toContain('x'.repeat(200));
    expect(textOn(pollCard(release, short))).not.toContain('Reasons in full');
  });
});

describe('a confirmation', () => {
  const asked = (card: Card) =>
    card.blocks
      .flatMap((block) => (block.type === 'actions' ? block.buttons : []))
      .filter(({ confirm }) => confirm);

  it('comes before what acts at once and can not be taken back, and fits into the dialog of Slack', () => {
    const rollout = exampleRollout(exampleRollouts.soaking?.rollout);
    const trafficPercent = 33.333;
    const plan = {
      ...release.plan,
      rollout: { ...release.plan.rollout, phases: [{ trafficPercent, soak: 'PT0S', criteria: [] }] },
    };
    const long = exampleRelease({ key: `web-${'9'.repeat(76)}`, plan });
    const buttons = [
      ...['decision' as const, 'readiness' as const].flatMap((kind) =>
        asked(pollCard(release, examplePoll({ kind }))),
      ),
      ...asked(drivenCard(release, rollout, Date.parse('2030-06-20T08:00:00Z'))),
      ...asked(drivenCard(long, exampleRollout(), long.goLiveAt)),
    ];
    expect(buttons.map(({ action, label }) => [action, label])).toEqual([
      ['close-poll', 'Close now'],
      ['close-poll', 'Close now'],
      ['promote', 'Promote to 10 %'],
      ['promote', 'Promote to 33.333 %'],
    ]);
    for (const { confirm } of buttons) {
      expect(confirm?.title.length).toBeLessThanOrEqual(100);
      expect(confirm?.text.length).toBeLessThanOrEqual(300);
      expect(confirm?.confirm.length).toBeLessThanOrEqual(30);
      expect(confirm?.deny.length).toBeLessThanOrEqual(30);
    }
  });

  it('says the same whoever has voted, since the card may be old', () => {
    const confirms = Object.values(polls)
      .filter(({ state, kind }) => state !== 'closed' && kind === undefined)
      .map((changes) => asked(pollCard(release, examplePoll(changes)))[0]?.confirm);
    expect(confirms).toHaveLength(3);
    for (const confirm of confirms) expect(confirm).toEqual(confirms[0]);
  });
});

describe('the ballot', () => {
  it.each([
    ['open', examplePoll(), 'U-qa_lead'],
    ['voted-no-go', examplePoll(polls['partly-voted']), 'U-security_lead'],
    ['closed', examplePoll(polls['closed-go']), 'U-qa_lead'],
    ['closed-without-vote', examplePoll(polls['closed-no-go']), 'U-release_manager'],
  ])('%s', async (name, poll, person) => {
    await expectGolden(`ballot-${name}`, ballotCard(planned, poll, person));
  });

  it('names both roles of a person who holds two', () => {
    const people = release.people.map((person) => ({ ...person, personId: 'U-both' }));
    const two = exampleRelease({ people: people.filter(({ role }) => /qa|security/.test(role)) });
    expect(textOn(ballotCard(two, examplePoll(), 'U-both'))).toContain(
      'You vote as QA Lead and Security Lead.',
    );
  });

  it.each([
    ['Quinn Abara', 'Tom Reyes voted no-go in your place'],
    ['Nina Holm', 'Tom Reyes voted no-go for this role'],
    [null, 'Tom Reyes voted no-go for this role'],
  ])('says who voted in the role of the reader, in place of %s', (inPlaceOf, words) => {
    const byTom = { ...vote('qa_lead', 'no_go', 'Smoke red.'), personId: 'U-tom', personName: 'Tom Reyes' };
    const votes = [{ ...byTom, inPlaceOf }];
    const card = ballotCard(planned, examplePoll({ votes }), 'U-qa_lead');
    expect(card.summary).toBe('web-2.4.0: Tom Reyes voted no-go');
    expect(textOn(card)).toContain(`"${words}; your own vote replaces it."`);
    expect(textOn(card)).not.toMatch(/Your vote|You have not voted|Smoke red/);
    const closed = examplePoll({ votes, state: 'closed', outcome: 'no_go', closedAt });
    expect(textOn(ballotCard(planned, closed, 'U-qa_lead'))).toContain(`"You did not vote. ${words}.`);
  });

  it('tells the votes of others from the own of a person who holds two roles', () => {
    const people = release.people.map((person) =>
      person.role === 'qa_lead' ? { ...person, personId: 'U-devops_lead' } : person,
    );
    const two = exampleRelease({ state: 'in_planning', people });
    const votes = [vote('qa_lead', 'no_go', 'Smoke red.'), vote('devops_lead', 'go')];
    const card = ballotCard(two, examplePoll({ votes }), 'U-devops_lead');
    expect(card.summary).toBe('Your vote on web-2.4.0: go');
    expect(textOn(card)).toContain(
      'Your vote: go. Quinn Abara voted no-go as QA Lead; your own vote replaces it."',
    );
    expect(textOn(card)).not.toContain('Smoke red.');
  });

  it('never lets a voter close the poll', () => {
    expect(actionsOn(ballotCard(release, examplePoll(), 'U-qa_lead'))).toEqual([
      'vote-go',
      'vote-no-go',
      'vote-conditional',
      'vote-abstain',
    ]);
  });
});

describe('the rollout card', () => {
  /** Five minutes into the first phase. */
  const now = Date.parse('2030-06-18T08:10:00Z');
  const cards = Object.entries(exampleRollouts).map(([name, example]) => ({
    name,
    card: exampleRolloutCard(example),
  }));
  const cardOf = (name: string) => {
    const found = cards.find((entry) => entry.name === name);
    if (!found) throw new Error(`no example ${name}`);
    return found.card;
  };

  it.each(cards)('$name', async ({ name, card }) => {
    await expectGolden(`rollout-${name}`, card);
  });

  it('says the state in its first line', () => {
    const titles = cards.map(({ name, card: { blocks } }) => [
      name,
      blocks[0]?.type === 'header' ? blocks[0].text : '',
    ]);
    expect(Object.fromEntries(titles)).toEqual({
      'not-approved': '🕐 Web shop 2.4.0 · not approved yet',
      approved: '✅ Web shop 2.4.0 · approved',
      'not-started': '🟢 Web shop 2.4.0 · ready to start',
      'decision-open': '🗳️ Web shop 2.4.0 · go/no-go open',
      'target-taken': '⏳ Web shop 2.4.0 · waiting for app-1.0',
      frozen: '❄️ Web shop 2.4.0 · frozen',
      locked: '🔒 Web shop 2.4.0 · locked',
      paused: '⏸ Web shop 2.4.0 · paused',
      cancelled: '✖️ Web shop 2.4.0 · cancelled',
      'first-promotion-under-way': '⏫ Web shop 2.4.0 · going to 1 %',
      'first-promotion-failed': '⚠️ Web shop 2.4.0 · share of traffic not known',
      soaking: '🟢 Web shop 2.4.0 · 1 % · healthy',
      ready: '🟢 Web shop 2.4.0 · 1 % · ready for 10 %',
      'unknown-gate': '⚪ Web shop 2.4.0 · 1 % · health not known',
      'failing-gate': '🔴 Web shop 2.4.0 · 1 % · FAILING',
      'promotion-under-way': '⏫ Web shop 2.4.0 · going to 10 %',
      'rollback-under-way': '⏪ Web shop 2.4.0 · rolling back from 10 %',
      'rolled-back': '⏪ Web shop 2.4.0 · rolled back · customers on the previous version',
      'back-again': '⚠️ Web shop 2.4.0 · rolled back, but 10 % on it again',
      recorded: '📝 Web shop 2.4.0 · 50 % · recorded',
      unrecorded: '❓ Web shop 2.4.0 · no deployment recorded',
      completed: '🎉 Web shop 2.4.0 · live for everyone',
    });
  });

  it('names whoever has to act, and nobody where nobody has to', () => {
    const mentioned = (card: Card) =>
      [...JSON.stringify(card.blocks).matchAll(/"name":"([^"]+)","mention":true/g)].map(([, name]) => name);
    expect(mentioned(cardOf('ready'))).toEqual(['Dana Fischer']);
    expect(mentioned(cardOf('soaking'))).toEqual(['Dana Fischer']);
    expect(mentioned(cardOf('failing-gate'))).toEqual(['Rita Moreno', 'Dana Fischer', 'Emil Novak']);
    expect(mentioned(cardOf('rolled-back'))).toEqual(['Emil Novak', 'Rita Moreno']);
    expect(mentioned(cardOf('promotion-under-way'))).toEqual([]);
    expect(mentioned(cardOf('cancelled'))).toEqual([]);
  });

  it('keeps the state in view beside a product of any length', () => {
    const product = 'The shop of everything that anybody could ever want '.repeat(20);
    const long = exampleRelease({ plan: { ...release.plan, product, version: '9'.repeat(100) } });
    const [header] = drivenCard(long, exampleRollout(), now).blocks;
    expect(header?.type === 'header' && header.text).toMatch(/… · ready to start$/);
    expect(header?.type === 'header' && header.text.length).toBeLessThan(150);
  });

  it('cannot be made to say something by the words of a reason', () => {
    const reason = 'Slow.\n🟢 Web shop 2.4.0 · healthy';
    const under = operation({ kind: 'rollback', state: 'running', finishedAt: null, reason });
    const card = drivenCard(release, exampleRollout({ state: 'running', operations: [under] }), now);
    expect(textOn(card)).toContain('(Slow. 🟢 Web shop 2.4.0 · healthy)');
  });

  it('offers what can be asked for in each state', () => {
    expect(Object.fromEntries(cards.map(({ name, card }) => [name, actionsOn(card)]))).toEqual({
      'not-approved': [],
      approved: [],
      'not-started': ['promote'],
      'decision-open': [],
      'target-taken': [],
      frozen: [],
      locked: [],
      paused: [],
      cancelled: [],
      'first-promotion-under-way': ['abort-rollout', 'roll-back'],
      'first-promotion-failed': ['retry-operation', 'roll-back'],
      soaking: ['pause-rollout', 'roll-back'],
      ready: ['promote', 'pause-rollout', 'roll-back'],
      'unknown-gate': ['roll-back'],
      'failing-gate': ['roll-back'],
      'promotion-under-way': ['abort-rollout', 'roll-back'],
      'rollback-under-way': [],
      'rolled-back': [],
      'back-again': ['roll-back'],
      recorded: [],
      unrecorded: [],
      completed: ['roll-back'],
    });
  });

  it('is not ready to be promoted before go-live, and offers no promotion', () => {
    const early = drivenCard(release, exampleRollout(), release.goLiveAt - 1);
    expect(early.summary).toBe('web-2.4.0: approved, no traffic');
    expect(actionsOn(early)).toEqual([]);
    const inTime = drivenCard(release, exampleRollout(), release.goLiveAt);
    expect(inTime.summary).toBe('web-2.4.0: ready to promote, no traffic yet');
    expect(actionsOn(inTime)).toEqual(['promote']);
  });

  it('offers nothing that would be refused where no driver is configured', () => {
    for (const { release: standing, rollout } of Object.values(exampleRollouts)) {
      const shown = [exampleRelease(standing), exampleRollout(rollout), now] as const;
      const card = rolloutCard(...shown, { hasDriver: false });
      expect(actionsOn(card)).toEqual([]);
      expect(textOn(card)).toContain('No driver is configured');
    }
  });

  it('claims no traffic where no driver is configured and nothing is recorded', () => {
    const without = { hasDriver: false };
    const headline = (changes: Partial<typeof release>, at: number) =>
      rolloutCard(exampleRelease(changes), exampleRollout(), at, without).summary;
    const { goLiveAt } = release;
    expect(headline({ state: 'approved' }, goLiveAt - 1)).toBe('web-2.4.0: approved');
    expect(headline({ state: 'approved' }, goLiveAt)).toBe('web-2.4.0: approved, no deployment recorded');
    expect(headline({ state: 'in_planning' }, goLiveAt)).toBe(
      'web-2.4.0: in planning, no deployment recorded',
    );
    const pause = { since: goLiveAt, until: null, reason: 'A freeze.' };
    expect(headline({ state: 'approved', pause }, goLiveAt)).toBe(
      'web-2.4.0: paused, no deployment recorded',
    );
    expect(headline({ state: 'cancelled' }, goLiveAt)).toBe('web-2.4.0: cancelled');
  });

  it('keeps what was recorded as somebody’s word when there is a driver later', () => {
    const { recorded } = exampleRollouts;
    const card = drivenCard(exampleRelease(recorded?.release), exampleRollout(recorded?.rollout), now);
    expect(card.summary).toContain('50 % of traffic, recorded by Dana Fischer, 10:05');
    expect(actionsOn(card)).toEqual(['roll-back']);
  });

  it('offers nothing to someone who only asks', () => {
    for (const { release: standing, rollout } of Object.values(exampleRollouts)) {
      expect(actionsOn(rolloutAnswer(exampleRelease(standing), exampleRollout(rollout), now))).toEqual([]);
    }
  });

  it('claims no traffic figure that was not read', () => {
    const failed = cards.find(({ name }) => name === 'first-promotion-failed')?.card;
    expect(failed?.summary).not.toContain('no traffic');
  });

  it('shows a traffic percent that was read, even when it is not what was asked for', () => {
    const strayed = exampleRollout({
      trafficPercent: 3,
      operations: [operation({ state: 'not_taken', observedPercent: 3 })],
    });
    const card = drivenCard(exampleRelease({ state: 'in_progress' }), strayed, now);
    expect(card.summary).toContain('3 % of traffic');
  });

  it('is ready once the soak is over, and not before', () => {
    const { soaking } = exampleRollouts;
    const rollout = exampleRollout(soaking?.rollout);
    const at = (instant: number) => drivenCard(exampleRelease(soaking?.release), rollout, instant);
    const end = (rollout.phaseSince ?? 0) + 86_400_000;
    expect(textOn(at(end - 1))).toContain('Soaks until');
    expect(actionsOn(at(end - 1))).toEqual(['pause-rollout', 'roll-back']);
    expect(textOn(at(end))).toContain('READY: ');
    expect(textOn(at(end))).not.toContain('Soaks until');
    expect(actionsOn(at(end))).toEqual(['promote', 'pause-rollout', 'roll-back']);
  });

  it('does not call health what was not read', () => {
    const running = { ...exampleRollouts.soaking?.rollout, gates: [] };
    const ofAll = (gates: Rollout['gates'], at = now) =>
      textOn(drivenCard(release, exampleRollout({ ...running, gates }), at));
    const later = now + 86_400_000;
    expect(ofAll([])).toContain('1 % · soaking');
    expect(ofAll([gate('error-rate', 'pass')])).toContain('1 % · health not known');
    for (const gates of [[], [gate('error-rate', 'pass')]]) {
      expect(ofAll(gates, later)).toContain("We can't tell whether it's healthy");
      expect(ofAll(gates, later)).not.toContain('"promote"');
    }
  });

  it('names no traffic percent to roll back from when the last operation was not confirmed', () => {
    const unread = operation({ state: 'failed', observedPercent: null, finishedAt: 1 });
    const rollback = operation({ kind: 'rollback', state: 'running', fromPercent: null, finishedAt: null });
    const rollout = exampleRollout({ state: 'running', phaseIndex: 0, operations: [rollback, unread] });
    expect(drivenCard(release, rollout, now).summary).toBe(`${release.key}: rolling back`);
    const running = exampleRollout({
      state: 'running',
      phaseIndex: 0,
      trafficPercent: 1,
      operations: [unread],
    });
    expect(drivenCard(release, running, now).summary).toContain('not known, 1 % when last known');
  });

  it('shows how far a slow target has come, until its operation has ended', () => {
    const slow = operation({ state: 'verifying', finishedAt: null, progress: '3 of 10 updated' });
    const shown = (...operations: (typeof slow)[]) =>
      textOn(drivenCard(release, exampleRollout({ operations }), now));
    expect(shown(slow)).toContain('accepted, being checked, 3 of 10 updated');
    expect(shown({ ...slow, state: 'succeeded', finishedAt: 1 })).not.toContain('3 of 10');
  });

  it('shows the crooked figures of a target that counts in integers in two decimals', () => {
    const operations = [operation({ observedPercent: 1.171875 })];
    const rollout = exampleRollout({ state: 'running', phaseIndex: 0, trafficPercent: 1.171875, operations });
    expect(drivenCard(release, rollout, now).summary).toContain(': 1.17 % of traffic');
  });

  it('marks a gate without data neither green nor red', () => {
    const rollout = exampleRollout({
      state: 'running',
      phaseIndex: 0,
      gates: [gate('latency-p95', 'unknown')],
    });
    expect(textOn(drivenCard(release, rollout, now))).toContain('⚪');
  });

  it('lists the five latest operations for somebody who asks', () => {
    const operations = Array.from({ length: 8 }, (_, index) => operation({ toPercent: index + 10 }));
    const rollout = exampleRollout({ state: 'running', phaseIndex: 0, operations });
    expect(textOn(rolloutAnswer(release, rollout, now)).match(/promotion to/g)).toHaveLength(5);
  });
});

describe('the card of somebody who follows a release', () => {
  it('shows how it stands, offers nothing and mentions nobody', async () => {
    const { soaking } = exampleRollouts;
    const shown = [exampleRelease(soaking?.release), exampleRollout(soaking?.rollout)] as const;
    const card = followedCard(...shown, Date.parse('2030-06-18T08:10:00Z'), { hasDriver: true });
    await expectGolden('followed-soaking', card);
    expect(actionsOn(card)).toEqual([]);
    expect(JSON.stringify(card)).not.toContain('"mention":true');
    expect(textOn(card)).toContain('Dana Fischer');
  });
});

describe('the App Home', () => {
  const now = Date.parse('2030-06-18T08:10:00Z');
  const nobody: HomeView = {
    now,
    personId: 'U-somebody',
    ballots: [],
    coming: [],
    drafts: [],
    releases: [],
    others: [],
    mayPlan: false,
  };
  const entry = (name: string, changes: Partial<HomeRelease> = {}): HomeRelease => {
    const { release: standing, rollout, facts } = exampleRollouts[name] ?? { rollout: {} };
    return {
      release: exampleRelease(standing),
      rollout: exampleRollout(rollout),
      facts: { hasDriver: true, ...facts },
      poll: null,
      unsettled: [],
      ...changes,
    };
  };
  const { id: pollId, closesAt } = examplePoll();
  const ballot = {
    pollId,
    round: 1,
    releaseKey: 'web-2.4.0',
    closesAt,
    zone: 'Europe/Amsterdam',
    previous: null,
  };

  it('of someone for whom nothing waits', async () => {
    await expectGolden('home-empty', homeCard(nobody));
  });

  it('of someone who is asked to vote, with what they said before', async () => {
    const kickoff = {
      releaseKey: 'web-2.4.0',
      title: 'Deployment kickoff',
      isUnapproved: false,
      addresses: ['#release-deployment'],
      destinations: release.destinations.map((place) => ({ ...place, releaseId: release.id })),
      dueAt: release.goLiveAt,
      zone: 'Europe/Amsterdam',
    };
    const later = { ...kickoff, title: 'Lessons learned', dueAt: now + 8 * 86_400_000 };
    const previous = {
      choice: 'no_go',
      reason: 'Two tests fail.',
      at: release.goLiveAt - 86_400_000,
    } as const;
    const card = homeCard({
      ...nobody,
      now: release.goLiveAt - 86_400_000,
      ballots: [
        { ...ballot, kind: 'decision', release, previous },
        { ...ballot, kind: 'readiness', releaseKey: 'app-1.0', release: null },
      ],
      coming: [kickoff, later],
      releases: [entry('approved')],
    });
    await expectGolden('home-ballots', card);
    expect(textOn(card)).not.toContain('Lessons learned');
  });

  it('of whoever leads a release: who is missing, and the way to close', async () => {
    const poll = examplePoll({ votes: allGo.slice(0, 4) });
    const releases = [entry('not-approved', { poll })];
    const card = homeCard({ ...nobody, personId: 'U-release_manager', releases, mayPlan: true });
    await expectGolden('home-manager', card);
    expect(actionsOn(card)).toEqual(['close-poll', 'remind-voters', 'reschedule-release', 'new-release']);
    expect(actionsOn(homeCard({ ...nobody, personId: 'U-qa_lead', releases }))).toEqual([]);
  });

  it('of whoever leads a release that has a no-go: the way to ask again', async () => {
    const { release: standing } = exampleRollouts['not-approved'] ?? {};
    const poll = examplePoll(polls['closed-objected']);
    const releases = [entry('not-approved', { poll })];
    const card = homeCard({ ...nobody, personId: 'U-release_manager', releases });
    await expectGolden('home-no-go', card);
    expect(actionsOn(card)).toEqual(['ask-again', 'reschedule-release']);
    const paused = exampleRelease({
      ...standing,
      pause: { since: closedAt, until: null, reason: 'A freeze.' },
    });
    const held = [entry('not-approved', { poll, release: paused })];
    expect(actionsOn(homeCard({ ...nobody, personId: 'U-release_manager', releases: held }))).toEqual([]);
  });

  it('of whoever deploys: what is ready, and what is on fire first', async () => {
    const releases = [entry('not-started'), entry('failing-gate'), entry('soaking')];
    const card = homeCard({ ...nobody, personId: 'U-devops_lead', releases });
    await expectGolden('home-deploying', card);
    expect(actionsOn(card)).toEqual(['roll-back', 'promote']);
    expect(actionsOn(homeCard({ ...nobody, personId: 'U-qa_lead', releases }))).toEqual([]);
  });

  it('of whoever may settle it: the messages of which nobody knows whether they arrived', async () => {
    const destination = { channel: 'slack', kind: 'channel' as const, id: 'C-support' };
    const message = { releaseId: release.id, destination, summary: 'Heads-up for support' };
    const unsettled = [1, 2, 3, 4, 5, 6].map((index) => ({ ...message, id: `d${index}` }));
    const releases = [entry('soaking', { unsettled })];
    const card = homeCard({ ...nobody, personId: 'U-release_manager', releases });
    expect(textOn(card)).toContain('did “Heads-up for support” arrive?');
    expect(actionsOn(card)).toEqual(Array.from({ length: 10 }, () => 'settle-delivery'));
    expect(textOn(card)).toContain('And 1 more.');
    expect(actionsOn(homeCard({ ...nobody, personId: 'U-qa_lead', releases }))).toEqual([]);
  });

  it('of someone without a role: what is under way and live, to look at and to follow', async () => {
    const others = [
      { ...entry('soaking'), isFollowed: true },
      { ...entry('completed'), isFollowed: false },
    ];
    const card = homeCard({ ...nobody, others });
    await expectGolden('home-outsider', card);
    expect(actionsOn(card)).toEqual(['unfollow-release', 'follow-release']);
  });
});

describe('the question about overdue messages', () => {
  const items = deriveSchedule(release.plan).filter(({ kind }) => kind === 'message');
  const why = 'The planned time has passed.';
  const asked = (states: readonly CommunicationState[]) =>
    states.map((state, index) => {
      const item = items[index % items.length];
      if (!item) throw new Error('the schedule is empty');
      const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
      return {
        id,
        releaseId: release.id,
        item,
        state,
        note: state === 'sent' ? null : why,
        dueAt: item.dueAt,
      };
    });
  const questionId = '00000000-0000-4000-8000-999999999999';

  it('offers to send or skip each of them, and all', async () => {
    const card = overdueCard(release, {
      questionId,
      asked: asked(['overdue', 'sent', 'overdue', 'withheld', 'planned']),
    });
    await expectGolden('overdue', card);
    expect(actionsOn(card)).toHaveLength(6);
  });

  it('says once that something was not sent', () => {
    const [one] = asked(['withheld']);
    if (one === undefined) throw new Error('nothing was asked about');
    const card = overdueCard(release, {
      questionId,
      asked: [{ ...one, note: 'Not sent: the release was cancelled.' }],
    });
    expect(textOn(card)).toContain(': not sent. The release was cancelled.');
  });

  it('fits however many there are', () => {
    const card = overdueCard(release, {
      questionId,
      asked: asked(Array.from({ length: 60 }, () => 'overdue')),
    });
    const message = renderMessage(card);
    expect(checkMessage(message)).toEqual([]);
    expect(JSON.stringify(message)).not.toContain('Shortened');
    expect(textOn(card)).toContain('… and 52 more.');
  });

  it('has nothing to press once all are settled', async () => {
    await expectGolden(
      'overdue-settled',
      overdueCard(release, { questionId, asked: asked(['sent', 'withheld']) }),
    );
  });
});
