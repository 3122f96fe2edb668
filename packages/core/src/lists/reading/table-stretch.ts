/** Numbers of the measure, all [design]. */
const STRETCH = {
  /** Widths, the most common first, that are tried. */
  widths: 5,
  /** What ragged records leave of the score at least. */
  raggedFloor: 0.4,
  /** Running text never holds its commas this evenly: at least so many cells, in at least so many records and this share of them. */
  steadyColumns: 4,
  steadyRecords: 3,
  steadyShare: 0.8,
  /** Power to which the share of the file counts that the stretch takes up: long preambles stand above small tables. */
  reach: 0.5,
  steadyReach: 0.25,
  /**
   * Records of the width that may stand apart above or below, the lines of one cell that part them from the rest at least, and their share of
   * what stands between: titles and notes padded to the width of the table.
   */
  apart: 3,
  apartBy: 5,
  apartShare: 0.8,
} as const;

/** A stretch of records of one width; `width` 0 where there is none. */
export interface Stretch {
  width: number;
  /** Records of this width, and the first and last of them. */
  most: number;
  first: number;
  last: number;
  /** How table-like the stretch from the first to the last is, 0 to 1. */
  score: number;
  /** Whether it is so wide and even as the commas of running text never are. */
  steady: boolean;
}

const NO_STRETCH: Stretch = { width: 0, most: 0, first: 0, last: 0, score: 0, steady: false };

/**
 * The stretch of records that looks most like a table: of one width (two cells at least), with few others between, long, and wide. Sentences
 * above or below it have commas too, but not the same number in a row. The records are the filled ones of a file.
 */
export function tableStretch(records: readonly (readonly string[])[]): Stretch {
  const widths = new Map<number, number[]>();
  records.forEach((cells, i) => {
    if (cells.length < 2) return;
    const places = widths.get(cells.length);
    if (places) places.push(i);
    else widths.set(cells.length, [i]);
  });
  const common = [...widths].sort((a, b) => b[1].length - a[1].length || b[0] - a[0]).slice(0, STRETCH.widths);
  let best = NO_STRETCH;
  for (const [width, places] of common) {
    for (const together of new Set([places, withoutApart(records, places)])) {
      const stretch = stretchOf(records, width, together);
      if (stretch.score > best.score) best = stretch;
    }
  }
  return best;
}

/** The places without a few at either end that lines of (nearly always) one cell part from the rest. */
function withoutApart(records: readonly (readonly string[])[], places: readonly number[]): readonly number[] {
  const isApart = (above: number, below: number): boolean => {
    const lone = records.slice(above + 1, below).filter((cells) => cells.length === 1).length;
    return lone >= STRETCH.apartBy && lone >= (below - above - 1) * STRETCH.apartShare;
  };
  let [from, to] = [0, places.length];
  for (let i = 1; i <= STRETCH.apart && i < places.length; i++) {
    if (isApart(places[i - 1]!, places[i]!)) from = i;
    if (isApart(places.at(-i - 1)!, places.at(-i)!)) to = places.length - i;
  }
  return to - from < STRETCH.steadyRecords || (from === 0 && to === places.length) ? places : places.slice(from, to);
}

function stretchOf(records: readonly (readonly string[])[], width: number, places: readonly number[]): Stretch {
  const [first, last, most] = [places[0]!, places.at(-1)!, places.length];
  const length = last - first + 1;
  let wide = 0;
  for (let i = first; i <= last; i++) if (records[i]!.length > 1) wide++;
  const steady = width >= STRETCH.steadyColumns && most >= STRETCH.steadyRecords && most >= length * STRETCH.steadyShare;
  const reach = (length / records.length) ** (steady ? STRETCH.steadyReach : STRETCH.reach);
  const even = STRETCH.raggedFloor + (1 - STRETCH.raggedFloor) * (most / wide);
  const score = (wide / length) ** 2 * reach * even * (1 - 1 / (width + 1));
  return { width, most, first, last, score, steady };
}
