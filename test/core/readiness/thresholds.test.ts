import { describe, expect, it } from 'vitest';
import { RISK_TOLERANCES } from '../../../src/core/plan/planning-arguments.ts';
import { needsMaintenanceWindow, readinessThresholds } from '../../../src/core/readiness/thresholds.ts';

describe('readiness', () => {
  it.each([
    ['low', 90, 85],
    ['medium', 80, 75],
    ['high', 80, 75],
    ['zero-downtime', 95, 90],
  ] as const)(
    'at risk tolerance %s asks for %i %% of unit and %i %% of integration tests',
    (tolerance, unit, integration) => {
      const thresholds = new Map(readinessThresholds(tolerance).map(({ name, atLeast }) => [name, atLeast]));
      expect(thresholds.get('unit-test-coverage')).toBe(unit);
      expect(thresholds.get('integration-test-coverage')).toBe(integration);
      expect(thresholds.get('code-review')).toBe(100);
      expect(thresholds.size).toBe(6);
    },
  );

  it('needs no maintenance window at zero downtime only', () => {
    expect(RISK_TOLERANCES.map(needsMaintenanceWindow)).toEqual([true, true, true, false]);
  });
});
