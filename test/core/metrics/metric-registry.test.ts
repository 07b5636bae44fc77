import { describe, expect, it } from 'vitest';
import {
  describeReading,
  describeThreshold,
  meetsThreshold,
  metricRegistry,
} from '../../../src/core/metrics/metric-registry.ts';
import { criterionSchema } from '../../../src/core/plan/rollout-schema.ts';

describe('the registry of metrics', () => {
  it.each(metricRegistry.entries)('lets a plan hold $name against a figure, in its unit', (metric) => {
    const criterion = criterionSchema.parse({ metric: metric.name, below: 1 });
    expect(criterion).toMatchObject({ metric: metric.name, unit: metric.unit });
    expect(criterionSchema.safeParse({ metric: metric.name, below: metric.maxThreshold + 1 }).success).toBe(
      false,
    );
    expect(describeThreshold(criterion)).toBe(`below 1 ${metric.unitSign}`);
  });

  it.each(metricRegistry.entries)(
    'judges $name in its unit and shows it on the side on which it is',
    (metric) => {
      const threshold = { metric: metric.name, below: 10 };
      const reading = (value: number) => value / metric.unitsPerReading;
      expect(meetsThreshold(threshold, reading(9.5))).toBe(true);
      expect(meetsThreshold(threshold, reading(10.5))).toBe(false);
      expect(Number.parseFloat(describeReading(threshold, reading(9.999_999)))).toBeLessThan(10);
      expect(Number.parseFloat(describeReading(threshold, reading(10.000_001)))).toBeGreaterThanOrEqual(10);
    },
  );
});
