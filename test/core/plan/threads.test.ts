import { describe, expect, it } from 'vitest';
import { type Threads, threadModeFor, threadsSchema } from '../../../src/core/plan/threads-schema.ts';

const support = { audience: 'support', address: '#support' } as const;

describe('threads of a plan', () => {
  it.each<[Threads | undefined, string]>([
    [undefined, 'detail'],
    ['none', 'none'],
    [{}, 'detail'],
    [{ default: 'all' }, 'all'],
    [{ default: 'all', for: { sales: 'none' } }, 'all'],
    [{ default: 'all', for: { support: 'none' } }, 'none'],
    [{ for: { support: 'none', '#support': 'all' } }, 'all'],
  ])('%j has %s for a channel of an audience', (threads, mode) => {
    expect(threadModeFor({ threads }, support)).toBe(mode);
  });

  it.each(['some', { default: 'some' }, { for: { nobody: 'all' } }, { For: {} }])('refuses %j', (written) => {
    expect(threadsSchema.safeParse(written).success).toBe(false);
  });
});
