import { describe, expect, it } from 'vitest';
import { readSoakSubject, writeSoakSubject } from '../../../src/services/rollout/soak-subject.ts';

const releaseId = '00000000-0000-4000-8000-000000000001';

describe('the subject of a soak', () => {
  it('is read as it was written', () => {
    const subject = { releaseId, phaseIndex: 2 };
    expect(readSoakSubject(writeSoakSubject(subject))).toEqual(subject);
  });

  it('is read from a timer that an earlier version set', () => {
    expect(readSoakSubject(`${releaseId}:0`)).toEqual({ releaseId, phaseIndex: 0 });
  });

  it.each([releaseId, `${releaseId}:`, '{}', '{"releaseId":"x","phaseIndex":0}'])('is not %j', (subject) => {
    expect(() => readSoakSubject(subject)).toThrow();
  });
});
