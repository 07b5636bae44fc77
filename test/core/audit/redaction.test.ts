import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { redactionOfPerson } from '../../../src/core/audit/redacted-person.ts';
import { redactJson } from '../../../src/core/audit/redaction.ts';

const rita = { names: ['Rita Moreno', 'rita'], emails: ['rita@example.com'], accounts: ['U0RITA'] };
const redact = (value: Parameters<typeof redactJson>[0]) =>
  redactJson(value, redactionOfPerson(rita, '3f2a'));

describe('what is personal of somebody', () => {
  it.each([
    ['rita', 'Removed person 3f2a'],
    ['rita is away', 'rita is away'],
    ['As RITA MORENO said.', 'As Removed person 3f2a said.'],
    ['Rita Morenova', 'Rita Morenova'],
    ['slack:U0RITA', 'slack:removed-3f2a'],
    ['U0RITAS', 'U0RITAS'],
    ['Write to Rita@example.com!', 'Write to removed-3f2a@redacted.invalid!'],
  ])('of %j leaves %j', (text, left) => expect(redact(text)).toBe(left));

  it('goes from whatever holds it, and nothing else changes', () => {
    expect(redact({ Rita: ['rita', 7, null, { by: 'Rita Moreno' }], key: 'web-2.4.0' })).toEqual({
      Rita: ['Removed person 3f2a', 7, null, { by: 'Removed person 3f2a' }],
      key: 'web-2.4.0',
    });
  });

  it('is nowhere left, whatever it stands in', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.string(), fc.constantFrom(' Rita Moreno ', ' rita@example.com,', ' U0RITA:'))),
        (pieces) => {
          const left = JSON.stringify(redact(pieces));
          return !/ Rita Moreno | rita@example\.com,| U0RITA:/i.test(left);
        },
      ),
    );
  });
});
