import { describe, expect, it } from 'vitest';
import { decisionCard, noDecisionCard } from '../../../src/bot/cards/answers/decision-card.ts';
import { ballotCard } from '../../../src/bot/cards/ballot/ballot-card.ts';
import { pollCard } from '../../../src/bot/cards/poll/poll-card.ts';
import { renderMessage } from '../../../src/bot/slack/render/message.ts';
import type { Card } from '../../../src/core/card/card.ts';
import { type Evidence, makeEvidence } from '../../../src/core/go-no-go/evidence.ts';
import { UNANIMOUS } from '../../../src/core/go-no-go/poll-policy.ts';
import type { Vote } from '../../../src/core/go-no-go/vote.ts';
import { contentsOf } from '../../../src/core/plan/compare-plans.ts';
import type { Decision } from '../../../src/db/queries/decisions.ts';
import type { Poll } from '../../../src/db/queries/polls.ts';
import { checkMessage } from '../slack/render/check-limits.ts';
import { examplePoll, exampleRelease, vote } from './examples.ts';

const release = exampleRelease();
const planned = exampleRelease({ state: 'in_planning' });
const closedAt = Date.parse('2030-06-18T06:00:00Z');
const allGo = examplePoll().roles.map((role) => vote(role, 'go'));
const dueAt = Date.parse('2030-06-17T18:00:00Z');
const conditional = (state: 'open' | 'met' | 'unmet'): Vote => ({
  ...vote('qa_lead', 'conditional_go'),
  condition: { text: 'The Safari tests pass.', owner: 'engineering_lead', dueAt, state },
});
const abstained = vote('security_lead', 'abstain', 'I was away for the tests.');
const noGo: Vote = { ...vote('security_lead', 'no_go', 'A finding is open.'), category: 'security' };
const withObserver = {
  roles: [...examplePoll().roles, 'support_lead' as const],
  policy: { ...UNANIMOUS, rule: 'quorum' as const, quorum: 4, observers: ['support_lead' as const] },
};
const tasks = {
  open: 3,
  done: 9,
  overdue: [{ key: 'qa', title: 'QA sign-off', owner: 'QA Lead', dueAt: '2030-06-14T15:00:00.000Z' }],
};
const gate = {
  ...{ title: 'Error rate', value: '2.50 %', threshold: 'below 0.1 %', state: 'fail' as const },
  ...{ source: 'demo', at: '2030-06-17T12:00:00.000Z' },
};
const evidence: Evidence = makeEvidence({ ...release.plan, build: '4f2c9e1' }, { gates: [gate], tasks });

async function expectGolden(name: string, card: Card): Promise<void> {
  const message = renderMessage(card);
  expect(checkMessage(message)).toEqual([]);
  await expect(`${JSON.stringify(card, null, 2)}\n`).toMatchFileSnapshot(`./golden/${name}.golden.json`);
}

const polls: Record<string, { poll: Partial<Poll>; shown?: typeof release }> = {
  'kinds-of-votes': { poll: { votes: [...allGo.slice(0, 2), conditional('open'), abstained] } },
  'condition-met': { poll: { votes: [conditional('met'), noGo] } },
  'condition-unmet': { poll: { votes: [...allGo.slice(0, 2), conditional('unmet')] } },
  quorum: { poll: { ...withObserver, votes: [vote('support_lead', 'no_go', 'We are not trained.')] } },
  reopened: {
    poll: { round: 2, changes: ['version', 'scope'], outdated: [vote('qa_lead', 'go'), noGo], votes: [] },
  },
  'timed-out': { poll: { state: 'closed', outcome: 'timed_out', closedAt, votes: allGo.slice(2) } },
  overridden: {
    poll: { state: 'closed', outcome: 'overridden', closedAt, votes: [noGo, ...allGo.slice(0, 3)] },
    shown: release,
  },
  'awaits-sign-off': {
    poll: { state: 'closed', outcome: 'go', closedAt, votes: allGo },
    shown: exampleRelease({
      state: 'in_planning',
      plan: { ...release.plan, goNoGo: { ...release.plan.goNoGo, signOff: true } },
    }),
  },
  emergency: {
    poll: {
      roles: ['release_manager', 'devops_lead'],
      policy: { ...UNANIMOUS, path: 'emergency' },
      votes: [],
    },
  },
};

describe('the poll card', () => {
  it.each(Object.entries(polls))('%s', async (name, { poll, shown = planned }) => {
    await expectGolden(`poll-${name}`, pollCard(shown, examplePoll(poll)));
  });

  it('tells those who ran out of time from a no-go', () => {
    const title = ({ poll, shown = planned }: (typeof polls)[string]) => {
      const [first] = pollCard(shown, examplePoll(poll)).blocks;
      return first?.type === 'header' ? first.text : '';
    };
    expect(title(polls['timed-out'] ?? { poll: {} })).toBe('⌛ Web shop 2.4.0 · timed out, 2 votes missing');
    expect(title(polls.overridden ?? { poll: {} })).toBe(
      '⚠️ GO BY OVERRIDE: Web shop 2.4.0 · approved against the votes, 3/6',
    );
    expect(title(polls['awaits-sign-off'] ?? { poll: {} })).toBe(
      '✅ GO: Web shop 2.4.0 · 6/6, waiting for sign-off',
    );
  });
});

describe('the ballot', () => {
  it('shows the evidence', async () => {
    await expectGolden(
      'ballot-evidence',
      ballotCard(planned, examplePoll({ votes: [conditional('open')] }), 'U-qa_lead', { evidence }),
    );
  });

  it('says of an observer that their vote is advisory', () => {
    const tom = { ...planned.people[0], role: 'support_lead' as const, personId: 'U-support_lead' };
    const people = [...planned.people, { ...tom, name: 'Tom Weber' }] as typeof planned.people;
    const observed = exampleRelease({ state: 'in_planning', people });
    const card = ballotCard(observed, examplePoll(withObserver), 'U-support_lead');
    expect(JSON.stringify(card)).toContain('Your vote is advisory');
  });
});

describe('the decision record', () => {
  const decision = (changes: Partial<Decision['record']> = {}): Decision => ({
    id: '00000000-0000-4000-8000-00000000000d',
    seq: 1,
    releaseId: release.id,
    pollId: examplePoll().id,
    kind: 'votes',
    outcome: 'go',
    decidedAt: closedAt,
    signOffs: [
      {
        ...{ role: 'release_manager', personId: 'r', personName: 'Rita Moreno', inPlaceOf: null },
        at: closedAt,
      },
    ],
    record: {
      ...{ kind: 'decision', outcome: 'go', policy: UNANIMOUS, roles: examplePoll().roles },
      ...{ openedAt: '2030-06-17T12:00:00.000Z', closesAt: '2030-06-18T06:00:00.000Z' },
      ...{ decidedAt: '2030-06-18T06:00:00.000Z', decidedBy: null, reason: null, missing: [] },
      contents: contentsOf(release.plan),
      evidence,
      votes: [noGo, conditional('met'), abstained].map((cast, index) => ({
        ...{ role: cast.role, person: cast.personName, inPlaceOf: null, choice: cast.choice },
        ...{ reason: cast.reason, category: cast.category, at: '2030-06-17T13:00:00.000Z', evidence: null },
        condition: cast.condition && { ...cast.condition, dueAt: '2030-06-17T18:00:00.000Z' },
        ended: index === 0 ? { at: '2030-06-17T14:00:00.000Z', by: 'changed' as const } : null,
      })),
      ...changes,
    },
  });

  it('has votes with their history, evidence and sign-offs', async () => {
    await expectGolden('answer-decision', decisionCard(release, decision()));
  });

  it('says that what is planned now is something else', () => {
    const contents = { ...contentsOf(release.plan), terms: 'other' };
    expect(JSON.stringify(decisionCard(release, decision({ contents })))).toContain('has changed since');
  });

  it('of an override has who and why', () => {
    const card = decisionCard(
      release,
      decision({ outcome: 'overridden', decidedBy: 'Bo Lindqvist', reason: 'It can’t wait.' }),
    );
    expect(JSON.stringify(card)).toContain('by Bo Lindqvist');
    expect(JSON.stringify(card)).toContain('It can’t wait.');
  });

  it('is not there before a decision', () => {
    expect(noDecisionCard(release).summary).toBe('web-2.4.0: go/no-go is not decided yet');
  });
});
