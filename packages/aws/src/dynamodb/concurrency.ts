/** Parts of one large item in flight at a time [design]. */
export const IN_FLIGHT_PARTS = 8;

/** Does something with each of `items`, at most `limit` at a time; after the first failure nothing more is begun, and it is thrown. */
export async function eachOf<T>(items: Iterable<T>, limit: number, work: (item: T) => Promise<unknown>): Promise<void> {
  const rest = items[Symbol.iterator]();
  let failed: { error: unknown } | null = null;
  const worker = async (): Promise<void> => {
    while (!failed) {
      const next = rest.next();
      if (next.done) return;
      try {
        await work(next.value);
      } catch (error) {
        failed ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  if (failed) throw (failed as { error: unknown }).error;
}

/** Runs of at most `size` items. */
export function* chunksOf<T>(items: readonly T[], size: number): Generator<T[]> {
  for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}

/** What sources yield, one source after the other; at most `ahead` of those to come have begun their first step. */
export async function* inTurn<T>(sources: ReadonlyArray<() => AsyncIterator<T>>, ahead: number): AsyncGenerator<T> {
  const begun: Array<{ source: AsyncIterator<T>; next: Promise<IteratorResult<T>> }> = [];
  let at = 0;
  const begin = (): void => {
    while (at < sources.length && begun.length <= ahead) {
      const source = sources[at++]!();
      const next = source.next();
      // Its failure is met where it is awaited; until then it must not count as unhandled.
      next.catch(() => undefined);
      begun.push({ source, next });
    }
  };
  for (begin(); begun.length > 0; begin()) {
    const { source, next } = begun[0]!;
    let step = await next;
    while (!step.done) {
      const following = source.next();
      following.catch(() => undefined);
      yield step.value;
      step = await following;
    }
    begun.shift();
  }
}
