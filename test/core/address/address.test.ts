import { describe, expect, it } from 'vitest';
import { notifierDestination } from '../../../src/core/address/address.ts';

describe('the destination of a notifier', () => {
  it.each([
    ['status:public', { channel: 'status', kind: 'address', id: 'public' }],
    ['mail:ops@example.com', { channel: 'mail', kind: 'address', id: 'ops@example.com' }],
    ['chat:Web Platform/all hands', { channel: 'chat', kind: 'address', id: 'Web Platform/all hands' }],
    ['chat:R/D team/all', { channel: 'chat', kind: 'address', id: 'R/D team/all' }],
    ['hook:https://x/y?z', { channel: 'hook', kind: 'address', id: 'https://x/y?z' }],
  ])('is read from %s', (address, destination) => {
    expect(notifierDestination(address)).toEqual(destination);
  });

  it.each([
    '#support',
    'C0123456789',
    'support',
    'status:',
    ':public',
    'Status:public',
    'status:a b',
    'status: a/b',
    'status:a/b ',
    'status:a b/',
  ])('is not named by %s', (address) => {
    expect(notifierDestination(address)).toBeNull();
  });
});
