import { describe, expect, it } from 'vitest';
import { mayBeDeployedUnseen, releaseContextOf } from '../../../src/core/release/release-context.ts';
import { type ReleaseState, releaseStates } from '../../../src/core/release/release-state.ts';
import { chooseMessage } from '../../../src/core/schedule/choose-message.ts';
import { deriveSchedule } from '../../../src/core/schedule/derive-schedule.ts';
import { examplePlan } from '../plan/example-plan.ts';

const schedule = deriveSchedule(examplePlan());

/** What goes out for an item in each state: a template, `card`, or `-`. */
function outcome(key: string, facts: Parameters<typeof chooseMessage>[1]): string {
  const item = schedule.find((candidate) => candidate.key === key);
  if (item === undefined) throw new Error(`there is no ${key}`);
  const choice = chooseMessage(item, facts);
  return choice.send ? (choice.template ?? 'card') : '-';
}

const STANDINGS: [ReleaseState, number | null][] = [
  ['draft', null],
  ['in_planning', null],
  ['approved', null],
  ['in_progress', 10],
  ['in_progress', null],
  ['in_progress', 100],
  ['completed', 100],
  ['rolled_back', 0],
  ['cancelled', null],
];

describe('chooseMessage', () => {
  it.each([
    ['readiness-review', '- readiness-review readiness-review - - - - - -'],
    ['go-no-go-decision', '- go-no-go-decision go-no-go-decision - - - - - -'],
    [
      'deployment-kickoff',
      '- deployment-kickoff-not-approved deployment-kickoff deployment-kickoff-begun deployment-kickoff-begun deployment-kickoff-begun deployment-kickoff-begun - deployment-kickoff-cancelled',
    ],
    ['live-status', '- card card card card card card card -'],
    ['success-confirmation', '- - - - - success-confirmation success-confirmation - -'],
    ['rollback-notice-support', '- - - - - - - rollback-notice-support -'],
    [
      'metrics-analysis',
      '- metrics-analysis-not-started metrics-analysis-not-started metrics-analysis-rolling-out metrics-analysis-rolling-out metrics-analysis metrics-analysis metrics-analysis-rolled-back -',
    ],
    [
      'release-closing',
      '- release-closing-not-started release-closing-not-started release-closing-rolling-out release-closing-rolling-out release-closing release-closing release-closing-rolled-back -',
    ],
  ])('%s tells the truth in every state', (key, expected) => {
    expect(
      STANDINGS.map(([state, trafficPercent]) => outcome(key, { state, trafficPercent })).join(' '),
    ).toBe(expected);
  });

  it('says why an item is withheld', () => {
    const success = schedule.find(({ key }) => key === 'success-confirmation');
    if (success === undefined) throw new Error('there is no success');
    expect(chooseMessage(success, { state: 'in_progress', trafficPercent: 99.9 })).toEqual({
      send: false,
      reason: 'Not sent: the rollout is not known to have all traffic.',
    });
  });

  it.each([
    ['deployment-kickoff', 'deployment-kickoff-unrecorded'],
    ['live-status', 'card'],
    ['success-confirmation', '-'],
    ['post-release-review', 'post-release-review-unrecorded'],
    ['metrics-analysis', 'metrics-analysis-unrecorded'],
    ['lessons-learned', '-'],
    ['release-closing', 'release-closing-unrecorded'],
    ['customer-announcement', '-'],
    // Where its time to vote has passed, that is told.
    ['go-no-go-decision', 'go-no-go-decision'],
  ])('%s knows that it may be deployed unseen, approved or not: %s', (key, expected) => {
    for (const state of ['in_planning', 'approved'] as const) {
      expect(outcome(key, { state, trafficPercent: null, isUnseen: true })).toBe(expected);
    }
    const begun = { state: 'in_progress', trafficPercent: 10 } as const;
    expect(outcome(key, { ...begun, isUnseen: true })).toBe(outcome(key, begun));
  });

  it('holds it possible that something is deployed unseen from go-live on, where there is no driver', () => {
    const goLiveAt = 1000;
    const seen = [999, 1000].map((now) => [
      mayBeDeployedUnseen({ hasDriver: true, goLiveAt, now }),
      mayBeDeployedUnseen({ hasDriver: false, goLiveAt, now }),
    ]);
    expect(seen).toEqual([
      [false, false],
      [false, true],
    ]);
  });

  it('calls a release live only when all traffic was read there, in any state', () => {
    const percents = [null, 0, 1, 99.99, 100];
    const live = releaseStates.flatMap((state) =>
      percents.flatMap((trafficPercent) =>
        releaseContextOf({ state, trafficPercent }) === 'live' ? [[state, trafficPercent]] : [],
      ),
    );
    expect(live).toEqual([
      ['in_progress', 100],
      ['completed', 100],
    ]);
  });
});
