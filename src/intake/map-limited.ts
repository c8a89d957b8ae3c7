/**
 * Runs `work` over all items, at most `limit` at once, results in the order of the items.
 * Stops taking new ones after the first error or abort and rejects with it once the running ones have ended.
 */
export async function mapLimited<In, Out>(
  items: readonly In[],
  limit: number,
  signal: AbortSignal,
  work: (item: In) => Promise<Out>,
): Promise<Out[]> {
  const results = new Array<Out>(items.length);
  let next = 0;
  let failed = false;
  const worker = async (): Promise<void> => {
    while (next < items.length && !failed) {
      signal.throwIfAborted();
      const at = next;
      next += 1;
      try {
        results[at] = await work(items[at] as In);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: Math.min(limit, items.length) }, worker));
  const rejected = ends.find((end) => end.status === 'rejected');
  if (rejected) throw rejected.reason;
  return results;
}
