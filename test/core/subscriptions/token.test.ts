import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readToken, signToken } from '../../../src/core/subscriptions/token.ts';

const secret = 's'.repeat(32);
const subscriberId = '11111111-1111-4111-8111-111111111111';
const confirm = signToken(secret, { purpose: 'confirm', subscriberId, expiresAt: 1_000 });
const unsubscribe = signToken(secret, { purpose: 'unsubscribe', subscriberId, expiresAt: null });

describe('a token', () => {
  it('stands for its subscriber until it expires', () => {
    expect(readToken(secret, confirm, { purpose: 'confirm', now: 999 })).toBe(subscriberId);
    expect(readToken(secret, confirm, { purpose: 'confirm', now: 1_000 })).toBeNull();
    expect(readToken(secret, unsubscribe, { purpose: 'unsubscribe', now: Date.parse('2100-01-01') })).toBe(
      subscriberId,
    );
  });

  it('is good for one purpose, and under one secret', () => {
    expect(readToken(secret, confirm, { purpose: 'unsubscribe', now: 0 })).toBeNull();
    expect(readToken(secret, unsubscribe, { purpose: 'confirm', now: 0 })).toBeNull();
    expect(readToken('t'.repeat(32), confirm, { purpose: 'confirm', now: 0 })).toBeNull();
  });

  it('can not be changed, nor made up', () => {
    const position = fc.integer({ min: 0, max: confirm.length - 1 });
    fc.assert(
      fc.property(position, fc.constantFrom(...'abcdefABCDEF0123456789.-_'), (at, character) => {
        const changed = confirm.slice(0, at) + character + confirm.slice(at + 1);
        const read = readToken(secret, changed, { purpose: 'confirm', now: 0 });
        expect(read).toBe(changed === confirm ? subscriberId : null);
      }),
    );
    fc.assert(
      fc.property(fc.string(), (any) => {
        expect(readToken(secret, any, { purpose: 'confirm', now: 0 })).toBeNull();
      }),
    );
  });
});
