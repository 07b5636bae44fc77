/**
 * Waits until a turn of the event loop has added nothing to `count`, two turns at least. What happens at the same
 * moment is read from its sockets within a few turns, so it is all there then.
 */
export async function untilQuiet(count: () => number): Promise<void> {
  let before: number;
  let now = 0;
  do {
    before = now;
    await new Promise<void>((resolve) => setImmediate(resolve));
    now = count();
  } while (now > before);
}
