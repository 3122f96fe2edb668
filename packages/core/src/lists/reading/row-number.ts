/** Where the header stands, in physical records (`Dialect` has it). */
export interface HeaderPlace {
  /** 1-based physical number of the first header record, 0 when the table has none. */
  headerRow: number;
  /** How many records are joined into the header. */
  headerRows: number;
  /** Physical records above the table. */
  preambleRows: number;
}

/**
 * The row number people see, from a 1-based physical record number: the header is row 1, blank records are counted, preamble records are
 * not (they answer 0 or less). The records of a joined header are all row 1. Without a header the first record of the table is row 1.
 */
export function rowOf(place: HeaderPlace, physicalRecord: number): number {
  const row = physicalRecord - place.preambleRows;
  return place.headerRow === 0 || row <= 1 ? row : Math.max(1, row - place.headerRows + 1);
}

/** 1-based physical number of the first record under the header. */
export function firstDataRecord(place: HeaderPlace): number {
  return place.preambleRows + 1 + (place.headerRow === 0 ? 0 : place.headerRows);
}
