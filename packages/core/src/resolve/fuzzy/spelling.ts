/** Longest difference that is measured, in letters. */
const WIDEST = 200;
/** More edits than anything costs. */
const BEYOND = 10_000;
const ROWS: readonly [Uint16Array, Uint16Array, Uint16Array] = [
  new Uint16Array(WIDEST),
  new Uint16Array(WIDEST),
  new Uint16Array(WIDEST),
];

/**
 * Edits (insert, delete, replace, swap of neighbours) between two words, or `limit + 1` where there are more than `limit`.
 */
export function editDistance(a: string, b: string, limit: number): number {
  if (a === b) return 0;
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let start = 0;
  while (start < a.length && start < b.length && a.charCodeAt(start) === b.charCodeAt(start)) start++;
  let endA = a.length;
  let endB = b.length;
  while (endA > start && endB > start && a.charCodeAt(endA - 1) === b.charCodeAt(endB - 1)) {
    endA--;
    endB--;
  }
  const n = endA - start;
  const m = endB - start;
  if (n === 0 || m === 0) return Math.max(n, m);
  if (m >= WIDEST) return limit + 1;
  let [before, row, next] = ROWS;
  for (let j = 0; j <= m; j++) row[j] = j;
  for (let i = 1; i <= n; i++) {
    // Cells further than `limit` off the diagonal cost more than it.
    const from = Math.max(1, i - limit);
    const to = Math.min(m, i + limit);
    next[from - 1] = from === 1 ? i : BEYOND;
    if (to < m) next[to + 1] = BEYOND;
    let least = next[from - 1]!;
    const code = a.charCodeAt(start + i - 1);
    const codeBefore = i > 1 ? a.charCodeAt(start + i - 2) : -1;
    for (let j = from; j <= to; j++) {
      const other = b.charCodeAt(start + j - 1);
      let cost = row[j - 1]! + (code === other ? 0 : 1);
      if (row[j]! + 1 < cost) cost = row[j]! + 1;
      if (next[j - 1]! + 1 < cost) cost = next[j - 1]! + 1;
      if (j > 1 && codeBefore === other && code === b.charCodeAt(start + j - 2) && before[j - 2]! + 1 < cost)
        cost = before[j - 2]! + 1;
      next[j] = cost;
      if (cost < least) least = cost;
    }
    if (least > limit) return limit + 1;
    const spare = before;
    before = row;
    row = next;
    next = spare;
  }
  return Math.min(limit + 1, row[m]!);
}

/** Edits that a slip of the fingers makes in a word of this length [design]: none in three letters, one in seven, then two. */
export function slipsAllowed(length: number): number {
  return length < 4 ? 0 : length < 8 ? 1 : 2;
}

/** How alike two words are, 0..1: 0 where more edits part them than {@link slipsAllowed}. */
export function slipLikeness(a: string, b: string): number {
  const length = Math.min(a.length, b.length);
  const limit = slipsAllowed(length);
  if (limit === 0) return 0;
  const edits = editDistance(a, b, limit);
  return edits > limit ? 0 : 1 - edits / (length + 1);
}

/** [design] Vowels that a contraction may keep beside its first letter, and letters that it must have. */
const KEPT_VOWELS = 1;
const SHORTEST_CONTRACTION = 3;
const VOWELS = lettersOf("aeiou");

/**
 * Whether one word is the other with letters left out as abbreviations leave them out (`hlth`, `cntr`, `chgo`): the first stays, the others
 * keep their order, and hardly a vowel is kept. Symmetric.
 */
export function contracts(a: string, b: string): boolean {
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short.length < SHORTEST_CONTRACTION || long.length === short.length || short.charCodeAt(0) !== long.charCodeAt(0))
    return false;
  let at = 0;
  let vowels = 0;
  for (let i = 0; i < long.length && at < short.length; i++) {
    const code = long.charCodeAt(i);
    if (code !== short.charCodeAt(at)) continue;
    if (at > 0 && code >= 97 && code <= 122 && (VOWELS >> (code - 97)) & 1 && ++vowels > KEPT_VOWELS) return false;
    at++;
  }
  return at === short.length;
}

/** Spellings of one sound, the longer first: letters of other scripts are written in several ways, and ears do not tell `ck` from `k`. */
const SOUNDS: ReadonlyMap<string, string> = new Map(
  "shch=s sch=s tch=c sh=s sz=s ch=c cz=c ts=c tz=c kh=h ph=f th=t ck=k qu=kv x=ks w=v y=i j=i ie=i ij=i iy=i q=k z=s ae=a oe=o ue=u"
    .split(" ")
    .map((pair) => pair.split("=") as [string, string]),
);
const SPELT = new RegExp([...SOUNDS.keys()].join("|"), "g");
const HARD_C = /c(?![eiyhz])/g;

/** What a folded word sounds like, roughly: the same for spellings that are taken for one another. */
export function soundOf(text: string): string {
  return text
    .replace(HARD_C, "k")
    .replace(SPELT, (letters) => SOUNDS.get(letters)!)
    .replace(/(.)\1+/g, "$1");
}

/** Which letters and digits a word has, a bit each (digits share six, other scripts spread over all). */
export function lettersOf(text: string): number {
  let bits = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    bits |= 1 << (code >= 97 && code <= 122 ? code - 97 : 26 + (code % 6));
  }
  return bits;
}

/** Whether two words have too different letters to be within `limit` edits: an edit changes two letters at most. */
export function lettersDiffer(a: number, b: number, limit: number): boolean {
  let bits = a ^ b;
  let count = 0;
  while (bits !== 0) {
    bits &= bits - 1;
    count++;
  }
  return count > 2 * limit;
}
