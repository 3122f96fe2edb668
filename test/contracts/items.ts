/** An id of 20 digits that sorts as its number does. */
export const id = (n: number, lead = "a"): string => `${lead}${String(n).padStart(19, "0")}`;

/** All of them, in order. */
export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}
