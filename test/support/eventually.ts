import { vi } from 'vitest';

/** Waits until `check` no longer throws, looking every 10 ms, at most `timeout` ms. */
export function eventually(check: () => unknown | Promise<unknown>, timeout = 10_000): Promise<unknown> {
  return vi.waitFor(check, { timeout, interval: 10 });
}
