/**
 * What `work` makes of each item, in the order of the items, with at most so many under way at a time. The first
 * failure is thrown, and nothing more is begun after it.
 */
export async function mapSideBySide<Item, Value>(
  items: readonly Item[],
  atMost: number,
  work: (item: Item) => Promise<Value>,
): Promise<Value[]> {
  const left = items.entries();
  const values: Value[] = [];
  let failed = false;
  const workers = Array.from({ length: Math.min(atMost, items.length) }, async () => {
    // They share one iterator, so each item is taken once.
    for (const [index, item] of left) {
      if (failed) return;
      values[index] = await work(item).catch((error: unknown) => {
        failed = true;
        throw error;
      });
    }
  });
  await Promise.all(workers);
  return values;
}
