/**
 * Request units of DynamoDB ("DynamoDB read and write operations", "Local item sizes and formats", Amazon DynamoDB Developer Guide). Reads
 * are strongly consistent, as all of ours are.
 */

/** Units of writing an item of a size: begun kilobytes. Where an item is replaced, the larger of the two counts. */
export const writeUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 1024));

/** Units of reading an item of a size by its key: begun 4 KB; one that is not there costs as much as the smallest. */
export const readUnits = (bytes: number): number => Math.max(1, Math.ceil(bytes / 4096));

/** What a query reads at most in one page before it is charged. */
const PAGE_BYTES = 1024 * 1024;

/** Units of a query that meets items of so many bytes together: they are rounded once for each page. */
export const queryUnits = (bytes: number): number => {
  const pages = Math.floor(bytes / PAGE_BYTES);
  return pages * readUnits(PAGE_BYTES) + (bytes % PAGE_BYTES > 0 || pages === 0 ? readUnits(bytes % PAGE_BYTES) : 0);
};

/** Bytes of a number of so many digits. */
export const NUMBER_BYTES = 3;
