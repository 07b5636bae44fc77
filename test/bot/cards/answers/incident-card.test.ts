import { describe, expect, it } from 'vitest';
import { incidentCard } from '../../../../src/bot/cards/answers/incident-card.ts';
import type { Card } from '../../../../src/core/card/card.ts';
import type { Task } from '../../../../src/db/queries/tasks.ts';
import { exampleRelease, exampleRollout, exampleRollouts } from '../examples.ts';

const textOn = (card: Card) => JSON.stringify(card.blocks);
const { release, rollout } = exampleRollouts['rolled-back'] ?? {};
const task = (title: string, state: Task['state'], settledByName: string | null): Task => ({
  ...{ id: title, releaseId: 'r', key: title, kind: 'follow-up', checklist: null, title, criteria: [] },
  ...{ owner: 'devops_lead', dueAt: 0, settledBy: 'people', state, addedAt: 0, settledById: null },
  ...{
    settledByName,
    settledAt: null,
    reason: null,
    evidence: null,
    snoozedUntil: null,
    snoozedByName: null,
  },
});

describe('the record of a rollback', () => {
  it('says how far it had come, why, what was done and what is left', () => {
    const tasks = [
      task('The system is stable', 'done', 'Dana Fischer'),
      task('The root cause is written down', 'open', null),
    ];
    const shown = textOn(
      incidentCard(exampleRelease(release), exampleRollout(rollout), { tasks, locked: null }),
    );
    expect(shown).toContain('Incident: Web shop 2.4.0 was rolled back');
    expect(shown).toContain('Rolled back by');
    expect(shown).toContain('Follow-up: 1 of 2 done');
    expect(shown).toContain('✅ The system is stable (Dana Fischer)');
    expect(shown).toContain('⬜ The root cause is written down');
  });

  it('is none where nothing was rolled back', () => {
    const card = incidentCard(exampleRelease(), exampleRollout(), { tasks: [], locked: null });
    expect(textOn(card)).toContain('was not rolled back');
  });
});
