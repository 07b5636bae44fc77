import { expect, it } from 'vitest';
import { validateCard } from '../../../../sandbox/teams/cards/validate-card.ts';
import { auditCard, auditPage } from '../../../../src/bot/cards/answers/audit-card.ts';
import { renderMessage as renderForSlack } from '../../../../src/bot/slack/render/message.ts';
import { renderMessage as renderForTeams } from '../../../../src/bot/teams/render/message.ts';
import type { ToldEvent } from '../../../../src/core/trail/tell-event.ts';
import { checkMessage } from '../../slack/render/check-limits.ts';
import { exampleRelease } from '../examples.ts';

const vote: ToldEvent = {
  seq: 12,
  at: Date.parse('2030-06-17T08:00:00Z'),
  isDecision: true,
  isNews: true,
  sentence: 'Quinn Adler voted no-go as QA Lead: 3 of 212 tests fail',
  right: null,
  evidence: ['before, QA Lead: go'],
};
const promotion: ToldEvent = {
  seq: 31,
  at: Date.parse('2030-06-18T08:00:00Z'),
  isDecision: true,
  isNews: true,
  sentence: 'Dana Fischer promoted it from 1 % to 10 %',
  right: 'DevOps Lead',
  evidence: ['error_rate passes: 0.01, limit 0.05 (demo)', 'p95 passes: 24, limit 150 (demo)'],
};
const intact = { events: 31, broken: [] };

it('is on both platforms as its golden files say', async () => {
  const trail = { events: [vote, promotion], earlier: 3, hasLater: true };
  const card = auditCard(exampleRelease(), { trail, checked: intact, all: false });
  for (const [platform, render] of Object.entries({ slack: renderForSlack, teams: renderForTeams })) {
    const file = `./golden/audit.${platform}.golden.json`;
    await expect(`${JSON.stringify(render(card), null, 2)}\n`).toMatchFileSnapshot(file);
  }
});

it('keeps within the limits of both platforms, however long its events are', () => {
  const long: ToldEvent = {
    ...promotion,
    sentence: 'W'.repeat(5_000),
    evidence: Array(40).fill('E'.repeat(500)),
  };
  const events = Array.from({ length: auditPage }, (_, index) => ({ ...long, seq: index + 1 }));
  const broken = Array.from({ length: 40 }, (_, seq) => ({ chain: 'x', seq, problem: 'P'.repeat(900) }));
  const trail = { events, earlier: 900, hasLater: true };
  const card = auditCard(exampleRelease(), { trail, checked: { events: 9_000, broken }, all: true });
  const slack = renderForSlack(card);
  expect(checkMessage(slack)).toEqual([]);
  expect(validateCard(renderForTeams(card).attachments?.[0]?.content)).toEqual([]);
  // What makes the answer useful, and the way on, are not what is left out.
  for (const word of ['NOT INTACT', 'Decisions only', 'Earlier'])
    expect(JSON.stringify(slack)).toContain(word);
});
