import { vi } from 'vitest';

/** Waits until `check` no longer throws, and returns what it does; looking every 10 ms, at most `timeout` ms. */
export function eventually<Value>(check: () => Value | Promise<Value>, timeout = 10_000): Promise<Value> {
  return vi.waitFor(check, { timeout, interval: 10 });
}
