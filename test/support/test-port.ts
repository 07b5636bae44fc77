import { findFreePort } from '../../src/lib/free-port.ts';

/**
 * A port that is free until somebody listens there. Below those that the system hands out by itself, or another
 * test's socket may take it in between.
 */
export function findTestPort(): Promise<number> {
  return findFreePort(20_000 + Math.floor(Math.random() * 10_000));
}
