import { describe, expect, it } from 'vitest';
import type { Card } from '../../../src/core/card/card.ts';
import { lineText } from '../../../src/core/card/line.ts';
import { tallyVotes } from '../../../src/core/go-no-go/decide-poll.ts';
import { UNANIMOUS } from '../../../src/core/go-no-go/poll-policy.ts';
import { decisionMessage } from '../../../src/core/messages/decision-message.ts';
import { escalationMessage, unansweredMessage } from '../../../src/core/messages/escalation-message.ts';
import { type EndedOperation, operationMessage } from '../../../src/core/messages/operation-message.ts';
import { plannedMessage } from '../../../src/core/messages/planned-message.ts';
import { recordedMessage } from '../../../src/core/messages/recorded-message.ts';
import { MATRIX_ROLES } from '../../../src/core/plan/roles.ts';
import { vote } from '../../bot/cards/examples.ts';
import { examplePlan } from '../plan/example-plan.ts';

/** A message as plain lines. */
function linesOf({ summary, blocks }: Card): string[] {
  const lines = blocks.flatMap((block) => {
    if (block.type === 'header') return [`# ${block.text}`];
    if (block.type === 'list') return block.items.map((item) => `- ${lineText(item)}`);
    return 'content' in block ? [lineText(block.content)] : [];
  });
  return [lineText(summary), ...lines];
}

const goLive = 'Tue 18 Jun 2030, 10:00 (Europe/Amsterdam)';
const goLiveAt = Date.parse('2030-06-18T08:00:00Z');
const zone = 'Europe/Amsterdam';
const decisionOpens = Date.parse('2030-06-17T12:00:00Z');
const allGo = MATRIX_ROLES.map((role) => vote(role, 'go'));
const mixed = [vote('qa_lead', 'no_go', 'Two tests fail.'), ...allGo.slice(3)];

describe('a poll in which votes are missing', () => {
  const closes = {
    type: 'time',
    instant: '2030-06-18T06:00:00.000Z',
    fallback: goLive,
    style: 'absolute',
  } as const;
  const poll = { releaseKey: 'web-2.4.0', kind: 'decision', closes } as const;
  const qa = { role: 'qa_lead', holder: 'Quinn Abara' } as const;
  const security = { role: 'security_lead', holder: 'Sam Okoye' } as const;

  it('asks a backup for the roles of others, with the buttons', () => {
    const card = escalationMessage({ ...poll, pollId: 'p', round: 1, roles: [qa, security] });
    expect(linesOf(card).slice(0, 2)).toEqual([
      'web-2.4.0: your vote is needed as QA Lead and Security Lead, too',
      `web-2.4.0: your vote is needed as QA Lead and Security Lead, too. You are the backup of Quinn Abara and Sam Okoye, who have not voted in the go/no-go. It closes ${goLive}. Your vote counts for each of your roles, and for those you stand in for.`,
    ]);
    const buttons = card.blocks.flatMap((block) => (block.type === 'actions' ? block.buttons : []));
    expect(buttons.map(({ action }) => action)).toEqual([
      'vote-go',
      'vote-no-go',
      'vote-conditional',
      'vote-abstain',
    ]);
  });

  it('tells the release manager who is waited for, and the way out', () => {
    expect(linesOf(unansweredMessage({ ...poll, kind: 'readiness', roles: [qa] }))).toEqual([
      'web-2.4.0: no vote yet from Quinn Abara',
      `web-2.4.0: Quinn Abara (QA Lead) has not voted in the readiness check, and there is no backup to ask. It closes ${goLive}.`,
      'Remind them, or name somebody else with "release reassign web-2.4.0 QA Lead".',
    ]);
  });
});

describe('decisionMessage', () => {
  it.each([
    [
      'decision',
      allGo,
      [
        'web-2.4.0: GO',
        '# web-2.4.0: GO',
        `All 6 required roles voted go. web-2.4.0 is approved; go-live is ${goLive}.`,
      ],
    ],
    [
      'decision',
      mixed,
      [
        'web-2.4.0: NO-GO',
        '# web-2.4.0: NO-GO',
        'web-2.4.0 is not approved. Once this is fixed, ask again with "release go-no-go web-2.4.0".',
        '- Release Manager: no vote',
        '- Engineering Lead: no vote',
        '- QA Lead: no-go by Quinn Abara: Two tests fail.',
      ],
    ],
    [
      'readiness',
      allGo,
      [
        'web-2.4.0: readiness check passed',
        '# web-2.4.0: readiness check passed',
        'All 6 required roles voted go. The decision poll opens Mon 17 Jun 2030, 14:00 (Europe/Amsterdam).',
      ],
    ],
    [
      'readiness',
      mixed,
      [
        'web-2.4.0: readiness check not passed',
        '# web-2.4.0: readiness check not passed',
        'To resolve before the decision poll opens Mon 17 Jun 2030, 14:00 (Europe/Amsterdam):',
        '- Release Manager: no vote',
        '- Engineering Lead: no vote',
        '- QA Lead: no-go by Quinn Abara: Two tests fail.',
      ],
    ],
  ] as const)('of a %s', (kind, votes, lines) => {
    const tally = tallyVotes({ roles: MATRIX_ROLES, policy: UNANIMOUS }, votes);
    const facts = {
      releaseKey: 'web-2.4.0',
      kind,
      tally,
      outcome: tally.outcome,
      goStood: false,
      goLiveAt,
      zone,
      decisionOpens,
      goLivePassed: false,
      hasDriver: true,
      policy: UNANIMOUS,
      signers: null,
    };
    expect(linesOf(decisionMessage({ ...facts, closedBy: null }))).toEqual(lines);
    expect(linesOf(decisionMessage({ ...facts, closedBy: 'Rita Moreno' }))).toEqual([
      ...lines,
      'Closed early by Rita Moreno.',
    ]);
  });

  it.each([
    ['timed_out', false, 'Quinn Abara voted no-go, and the missing votes could still have made it a go.'],
    ['go_stands', true, 'Some votes are missing, and with them it could have been a go, so the earlier'],
  ] as const)('of %s does not say that nobody refused when somebody had', (outcome, goStood, said) => {
    const policy = { ...UNANIMOUS, rule: 'majority' as const };
    const votes = [vote('qa_lead', 'no_go', 'Two tests fail.'), ...allGo.slice(4)];
    const tally = tallyVotes({ roles: MATRIX_ROLES, policy }, votes);
    expect(tally.outcome).toBe('timed_out');
    const facts = {
      ...{ releaseKey: 'web-2.4.0', kind: 'decision' as const, tally, outcome, goStood, policy },
      ...{ goLiveAt, zone, decisionOpens, goLivePassed: false, hasDriver: true },
    };
    const lines = linesOf(decisionMessage({ ...facts, signers: null, closedBy: null })).join(' ');
    expect(lines).toContain(said);
    expect(lines).not.toMatch(/nobody/iu);
  });
});

it('an outcome quotes in full what has no room in its line, once for each person', () => {
  const reason = `${'Too slow. '.repeat(300)}`.trim();
  const both = (['qa_lead', 'security_lead'] as const).map((role) => ({
    ...vote(role, 'no_go', reason),
    personName: 'Quinn Abara',
  }));
  const other = { ...vote('devops_lead', 'no_go', `${reason} Indeed.`), personName: 'Quinn Abara' };
  const tally = tallyVotes({ roles: ['qa_lead', 'security_lead', 'devops_lead'], policy: UNANIMOUS }, [
    ...both,
    other,
  ]);
  const facts = {
    releaseKey: 'web-2.4.0',
    kind: 'decision' as const,
    tally,
    outcome: tally.outcome,
    goStood: false,
    goLiveAt,
    zone,
    decisionOpens,
    goLivePassed: false,
    hasDriver: true,
    policy: UNANIMOUS,
    signers: null,
    closedBy: null,
  };
  const lines = linesOf(decisionMessage(facts)).slice(3);
  expect(lines.slice(0, 3).every((line) => line.endsWith('…') && line.length < 250)).toBe(true);
  const title = 'Quinn Abara, no-go:';
  expect(lines.slice(3)).toEqual([title, reason, title, `${reason} Indeed.`]);
});

it('a go that comes after the planned go-live says that it can start now', () => {
  const tally = tallyVotes({ roles: MATRIX_ROLES, policy: UNANIMOUS }, allGo);
  const facts = {
    releaseKey: 'web-2.4.0',
    kind: 'decision' as const,
    tally,
    outcome: tally.outcome,
    goStood: false,
    goLiveAt,
    zone,
    decisionOpens,
    goLivePassed: true,
    hasDriver: true,
    policy: UNANIMOUS,
    signers: null,
    closedBy: null,
  };
  expect(linesOf(decisionMessage(facts))[2]).toBe(
    `All 6 required roles voted go. web-2.4.0 is approved; go-live was planned for ${goLive}, so "promote web-2.4.0" can start it now.`,
  );
});

it('a late go says how to record what is deployed, where there is no driver', () => {
  const tally = tallyVotes({ roles: MATRIX_ROLES, policy: UNANIMOUS }, allGo);
  const late = {
    goStood: false,
    goLiveAt,
    zone,
    decisionOpens,
    goLivePassed: true,
    hasDriver: false,
    policy: UNANIMOUS,
    signers: null,
    closedBy: null,
  };
  const facts = {
    ...late,
    releaseKey: 'web-2.4.0',
    kind: 'decision' as const,
    tally,
    outcome: tally.outcome,
  };
  expect(linesOf(decisionMessage(facts))[2]).toBe(
    `All 6 required roles voted go. web-2.4.0 is approved; go-live was planned for ${goLive}, so it can be deployed now; then record it with "release record web-2.4.0 deployed 100%" (or the share of traffic that it has).`,
  );
});

describe('what a person recorded', () => {
  const facts = { releaseKey: 'web-2.4.0', toPercent: 50, by: 'Dana Fischer', note: null, withoutGo: false };

  it('is announced as their word', () => {
    expect(linesOf(recordedMessage(facts))).toEqual([
      'web-2.4.0: deployed to 50 % of traffic, recorded by Dana Fischer',
      "web-2.4.0: deployed to 50 % of traffic, recorded by Dana Fischer. This was done without tminus, which can't check it.",
    ]);
    expect(recordedMessage({ ...facts, toPercent: 0 }).summary).toBe(
      'web-2.4.0: rolled back, recorded by Dana Fischer',
    );
  });

  it('says that there was no go decision, and quotes the note', () => {
    const lines = linesOf(recordedMessage({ ...facts, withoutGo: true, note: 'EU only.' }));
    expect(lines.slice(2)).toEqual(['There was no go decision.', 'Note:', 'EU only.']);
  });
});

describe('the outcome where a go stood', () => {
  const facts = {
    releaseKey: 'web-2.4.0',
    kind: 'decision' as const,
    goStood: true,
    goLiveAt,
    zone,
    decisionOpens,
    goLivePassed: false,
    hasDriver: true,
    policy: UNANIMOUS,
    signers: null,
    closedBy: null,
  };

  it('says that it stands when nobody objected', () => {
    const tally = tallyVotes({ roles: MATRIX_ROLES, policy: UNANIMOUS }, []);
    const [title, , sentence] = linesOf(decisionMessage({ ...facts, tally, outcome: 'go_stands' }));
    expect(title).toBe('web-2.4.0: still GO');
    expect(sentence).toBe(
      `Some votes are missing, but nobody voted no-go, so the earlier go decision stands. web-2.4.0 is approved; go-live is ${goLive}.`,
    );
  });

  it('says of a readiness check that it stands, whatever the votes', () => {
    const sentenceOf = (votes: typeof allGo) => {
      const tally = tallyVotes({ roles: MATRIX_ROLES, policy: UNANIMOUS }, votes);
      const check = { ...facts, kind: 'readiness' as const, tally, outcome: tally.outcome };
      return linesOf(decisionMessage(check))[2];
    };
    expect(sentenceOf(mixed)).toBe(
      `web-2.4.0 keeps its go: this check doesn't change it. To resolve before the decision poll asks again Mon 17 Jun 2030, 14:00 (Europe/Amsterdam):`,
    );
    expect(sentenceOf(allGo)).toBe(
      `All 6 required roles voted go. web-2.4.0 keeps its go: this check doesn't change it. The decision poll asks again Mon 17 Jun 2030, 14:00 (Europe/Amsterdam).`,
    );
  });

  it('says that a no-go has taken it back', () => {
    const tally = tallyVotes({ roles: MATRIX_ROLES, policy: UNANIMOUS }, [
      vote('qa_lead', 'no_go', 'Two tests fail.'),
    ]);
    const sentence = linesOf(decisionMessage({ ...facts, tally, outcome: 'no_go' }))[2];
    expect(sentence).toContain('web-2.4.0 is no longer approved: a no-go overrides the earlier go.');
  });
});

describe('operationMessage', () => {
  const ended: EndedOperation = {
    kind: 'promote',
    state: 'succeeded',
    fromPercent: 1,
    toPercent: 10,
    observedPercent: 10,
    requestedByName: 'Dana Fischer',
    reason: null,
    error: null,
    tookMs: 2_000,
  };
  const rollback: EndedOperation = {
    ...ended,
    kind: 'rollback',
    fromPercent: 10,
    toPercent: 0,
    observedPercent: 0,
  };
  const outcomes: [string, EndedOperation, string, RegExp][] = [
    ['promotion confirmed', ended, 'promoted to 10 %', /live system shows 10 % of traffic/],
    [
      'first promotion',
      { ...ended, fromPercent: 0 },
      'started with 10 %',
      /live system shows 10 % of traffic/,
    ],
    [
      'last promotion',
      { ...ended, toPercent: 100, observedPercent: 100 },
      'at 100 %, live for everyone',
      /live system shows 100 % of traffic/,
    ],
    [
      'promotion not taken',
      { ...ended, state: 'not_taken', observedPercent: 1 },
      'promotion to 10 % not confirmed',
      /shows 1 % on the new version\. Check it, then "promote web-2\.4\.0" again or "rollback web-2\.4\.0"\.$/,
    ],
    [
      'promotion confirmed at a target that counts in integers',
      { ...ended, observedPercent: 10.15625 },
      'promoted to 10 %',
      /live system shows 10\.16 % of traffic/,
    ],
    [
      'promotion not done within its deadline',
      {
        ...ended,
        state: 'not_taken',
        observedPercent: 4,
        error: 'The live system has not finished: 4 of 10 updated.',
      },
      'promotion to 10 % not confirmed',
      /shows 4 % on the new version\. The live system has not finished: 4 of 10 updated\. Check it, then/,
    ],
    [
      'promotion not readable',
      { ...ended, state: 'not_taken', observedPercent: null },
      'promotion to 10 % not confirmed',
      /no figure that could be read/,
    ],
    [
      'promotion failed',
      { ...ended, state: 'failed', observedPercent: null, error: 'No answer.' },
      'promotion to 10 % failed',
      /No answer\. Last known: 1 % of traffic\./,
    ],
    [
      'promotion failed, nothing known before either',
      { ...ended, state: 'failed', fromPercent: null, observedPercent: null, error: 'No answer.' },
      'promotion to 10 % failed',
      /No answer\. We don't know how much traffic is on the new version now\./,
    ],
    [
      'promotion confirmed from traffic that was not known',
      { ...ended, fromPercent: null },
      'promoted to 10 %',
      /By Dana Fischer\. The live system/,
    ],
    [
      'rollback confirmed from traffic that was not known',
      { ...rollback, fromPercent: null },
      'rolled back',
      /Rolled back by Dana Fischer\.$/,
    ],
    [
      'rollback of what has no traffic',
      { ...rollback, state: 'failed', observedPercent: 0, error: 'The target rolls out 2.5.0.' },
      'rollback failed',
      /rolls out 2\.5\.0\. The live system shows no traffic on the new version\./,
    ],
    [
      'rollback confirmed',
      rollback,
      'rolled back',
      /All traffic.*confirmed after 2 seconds.*Dana Fischer from 10 %/,
    ],
    [
      'rollback not taken',
      { ...rollback, state: 'not_taken', observedPercent: 10 },
      'rollback not confirmed',
      /shows 10 %.*run "rollback web-2\.4\.0" again/,
    ],
    [
      'rollback failed',
      { ...rollback, state: 'failed', observedPercent: null, error: 'No answer.' },
      'rollback failed',
      /Roll back by hand now, or run "rollback web-2\.4\.0" again/,
    ],
  ];

  it.each(outcomes)('%s', (_what, operation, headline, sentence) => {
    const card = operationMessage('web-2.4.0', operation);
    expect(card.summary).toBe(`web-2.4.0: ${headline}`);
    expect(linesOf(card)[1]).toMatch(sentence);
  });

  it('gives the reason as it was written', () => {
    const reason = 'Errors <!channel> *bold*';
    const card = operationMessage('web-2.4.0', { ...rollback, reason });
    expect(card.blocks.at(-1)).toEqual({ type: 'quote', content: [{ type: 'text', text: reason }] });
  });

  it('names a traffic percent as a fact only where it was read', () => {
    for (const [, operation] of outcomes) {
      const said = linesOf(operationMessage('web-2.4.0', operation)).join(' ');
      if (operation.state !== 'succeeded')
        expect(said).not.toMatch(/system shows 10 % of traffic|All traffic is/);
    }
  });
});

describe('plannedMessage', () => {
  it('says what, when, who, and what comes first', () => {
    const plan = examplePlan();
    const next = { title: 'Release readiness review', dueAt: Date.parse('2030-06-04T08:00:00Z') };
    expect(linesOf(plannedMessage({ plan, goLiveAt, plannedBy: 'Rita Moreno', next }))).toEqual([
      `web-2.4.0 is planned for ${goLive}`,
      '# web-2.4.0 is planned',
      plan.summary,
      `Go-live: ${goLive}. Planned by Rita Moreno.`,
      'First on the schedule: Release readiness review, Tue 4 Jun 2030, 10:00 (Europe/Amsterdam).',
      'See every message with "release schedule web-2.4.0".',
    ]);
  });

  it('leaves out what comes first when nothing does', () => {
    const lines = linesOf(
      plannedMessage({ plan: examplePlan(), goLiveAt, plannedBy: 'Rita Moreno', next: null }),
    );
    expect(lines.join(' ')).not.toContain('First on the schedule');
  });
});
