import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { orAfter } from '../../src/lib/or-after.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const never = () => new Promise<string>(() => undefined);

it('is what the work comes to, and leaves no timer', async () => {
  expect(await orAfter(Promise.resolve('done'), 1_000, () => 'late')).toBe('done');
  await expect(orAfter(Promise.reject(new Error('broken')), 1_000, () => 'late')).rejects.toThrow('broken');
  expect(vi.getTimerCount()).toBe(0);
});

it('is what is given, or thrown, once the time has passed', async () => {
  const given = orAfter(never(), 1_000, () => 'late');
  const thrown = orAfter(never(), 1_000, () => {
    throw new Error('no answer');
  });
  const expectThrown = expect(thrown).rejects.toThrow('no answer');
  await vi.advanceTimersByTimeAsync(1_000);
  expect(await given).toBe('late');
  await expectThrown;
});
