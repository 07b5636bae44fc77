/**
 * Wraps work so that one run goes on at a time in this process. A call during a run makes one more run
 * after it, which all such calls share: what they came for may have arrived too late for the first.
 */
export function runOnceAtATime(work: () => Promise<unknown>): () => Promise<void> {
  let running: Promise<void> | null = null;
  let next: Promise<void> | null = null;
  const run = async () => {
    await work();
  };
  const start = () => {
    running = run().finally(() => {
      running = null;
    });
    return running;
  };
  return () => {
    if (!running) return start();
    next ??= running
      .catch(() => undefined)
      .then(() => {
        next = null;
        return start();
      });
    return next;
  };
}
