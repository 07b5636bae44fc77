/**
 * Does `work` for each item, at most so many side by side, until `stopping`. One that fails keeps no other
 * from being worked on: the first failure is thrown at the end.
 */
export async function sideBySide<Item>(
  items: readonly Item[],
  { atMost, stopping }: { atMost: number; stopping: AbortSignal },
  work: (item: Item) => Promise<unknown>,
): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  const workers = Array.from({ length: Math.min(atMost, items.length) }, async () => {
    // They share one iterator, so each item is taken once.
    for (const item of left) {
      if (stopping.aborted) return;
      await work(item).catch((error: unknown) => failures.push(error));
    }
  });
  await Promise.all(workers);
  if (failures.length > 0) throw failures[0];
}
