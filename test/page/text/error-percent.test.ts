import { describe, expect, it } from 'vitest';
import { errorPercent } from '../../../sandbox/page/text/error-percent.ts';

describe('errorPercent', () => {
  const sample = (requests: number, errors: number) => ({ at: 0, requests, errors });

  it('counts what came between the first sample and the last', () => {
    expect(errorPercent([sample(1_000, 500), sample(1_010, 501), sample(1_020, 505)])).toBe(25);
  });

  it('knows nothing without requests', () => {
    expect(errorPercent([])).toBeNull();
    expect(errorPercent([sample(10, 1)])).toBeNull();
    expect(errorPercent([sample(10, 1), sample(10, 1)])).toBeNull();
  });
});
