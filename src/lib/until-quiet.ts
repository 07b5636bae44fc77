/** Under a steady stream there is always more to come. */
const maxTurns = 8;

/**
 * Waits until a turn of the event loop has added nothing to `count`; eight turns at most, and mostly two. What happens
 * at the same moment is read from its sockets within a few turns, so it is all there then.
 */
export async function untilQuiet(count: () => number): Promise<void> {
  let before = 0;
  for (let turn = 1; turn <= maxTurns; turn++) {
    await new Promise<void>((resolve) => setImmediate(resolve));
    const now = count();
    if (now <= before) return;
    before = now;
  }
}
