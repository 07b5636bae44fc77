import { expect, it } from 'vitest';
import { writeIdentity } from '../../../src/core/people/identity.ts';

it('writes accounts so that no two are the same, whatever their ids', () => {
  expect(writeIdentity({ platform: 'slack', id: 'U0RITA' })).toBe('slack:U0RITA');
  expect(writeIdentity({ platform: 'slack', id: 'U0RITA' }, 'T0OTHER')).toBe('slack:T0OTHER:U0RITA');
  expect(writeIdentity({ platform: 'teams', id: '29:1' })).not.toBe(
    writeIdentity({ platform: 'teams', id: '1' }, '29'),
  );
});
