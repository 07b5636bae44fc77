import { describe, expect, it } from 'vitest';
import { draftStanding, isOpenDraft } from '../../../src/core/approval/draft-standing.ts';
import { endedStates, type ReleaseState } from '../../../src/core/release/release-state.ts';

const facts = {
  releaseState: 'in_planning' as ReleaseState,
  itemState: 'planned' as const,
  isCustomerFacing: true,
  draftState: 'waiting' as const,
  isMissed: false,
  isOfCancellation: false,
};

const cancelled = { releaseState: 'cancelled' as const, itemState: 'withheld' as const };

describe('how a draft stands', () => {
  it.each([
    ['waiting', {}],
    ['approved', { draftState: 'approved' as const }],
    ['held', { draftState: 'held' as const }],
    ['sent', { itemState: 'sent' as const }],
    ['ended', { itemState: 'withheld' as const }],
    ['late', { itemState: 'withheld' as const, isMissed: true }],
    ['late-held', { itemState: 'withheld' as const, isMissed: true, draftState: 'held' as const }],
    ['ended', { isCustomerFacing: false }],
    ['ended', { releaseState: 'cancelled' as const }],
    ['ended', { ...cancelled, isMissed: true }],
    ['waiting', { releaseState: 'cancelled' as const, isOfCancellation: true }],
    ['late', { ...cancelled, isMissed: true, isOfCancellation: true }],
    ['sent', { releaseState: 'cancelled' as const, itemState: 'sent' as const }],
    ['ended', { ...cancelled, isOfCancellation: true }],
    ['late', { releaseState: 'rolled_back' as const, itemState: 'withheld' as const, isMissed: true }],
  ])('is %s: %j', (standing, changes) => {
    expect(draftStanding({ ...facts, ...changes })).toBe(standing);
  });

  it('is open until it is sent or ended', () => {
    expect(endedStates).toContain('cancelled');
    const standings = ['waiting', 'approved', 'held', 'late', 'late-held', 'sent', 'ended'] as const;
    expect(standings.filter((one) => !isOpenDraft(one))).toEqual(['sent', 'ended']);
  });
});
