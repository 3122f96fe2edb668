/** Encodings of other scripts, by the names that TextDecoder knows; they are transcoded before anything is read. */
export type LegacyEncoding =
  | "windows-1251"
  | "koi8-r"
  | "windows-1253"
  | "windows-1255"
  | "windows-1256"
  | "shift_jis"
  | "euc-jp"
  | "euc-kr"
  | "gb18030"
  | "big5";

interface Candidate {
  encoding: LegacyEncoding;
  /** What texts of the script are nearly all made of, beside ASCII. */
  usual: RegExp;
  /** What texts of the script always have some of, and the share of all letters that they have at least. */
  telling: RegExp;
  share: number;
}

const ASCII = /[\0-\x7f]+/g;

/**
 * In the order in which they are tried. The bytes of one encoding are often valid in another, so each must give nearly only letters and signs
 * of its script and enough of those that every text has: kana, common syllables, small letters.
 */
const CANDIDATES: readonly Candidate[] = [
  {
    encoding: "shift_jis",
    usual: /[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/g,
    telling: /[\u3041-\u3093\u30a1-\u30fc]/g,
    share: 0.2,
  },
  {
    encoding: "euc-jp",
    usual: /[\u3000-\u30ff\u4e00-\u9fff\uff01-\uff5e]/g,
    telling: /[\u3041-\u3093\u30a1-\u30fc]/g,
    share: 0.2,
  },
  {
    encoding: "euc-kr",
    usual: /[\uac00-\ud7a3\u3000-\u3015\u00b7]/g,
    telling: /[가나다라마바사아자하이고기지인의에는을도시리대전주부수정]/g,
    share: 0.15,
  },
  {
    encoding: "gb18030",
    usual: /[\u3000-\u3015\u4e00-\u9fff\uff01-\uff5e\u2018-\u201d]/g,
    telling: /[的一是不了在人有我他这中大来上国个到公司市有限电区路北南县省年月日号]/g,
    share: 0.08,
  },
  {
    encoding: "big5",
    usual: /[\u3000-\u3015\u4e00-\u9fff\uff01-\uff5e]/g,
    telling: /[的一是不了在人有我他這中大來上國個到公司市有限電區路北南縣省年月日號]/g,
    share: 0.08,
  },
  { encoding: "windows-1251", usual: /[А-яЁёІіЇїЄєҐґ№«»–—“”„…]/g, telling: /[аеиоунтсрлв]/g, share: 0.3 },
  { encoding: "koi8-r", usual: /[А-яЁё№«»–—]/g, telling: /[аеиоунтсрлв]/g, share: 0.3 },
  { encoding: "windows-1253", usual: /[Ά-ώ«»–—“”’]/g, telling: /[αειοντσρκΑΕΙΟΝΤΣΡΚ]/g, share: 0.35 },
  { encoding: "windows-1255", usual: /[א-ת״׳–“”]/g, telling: /[יוהלאמרתבנ]/g, share: 0.4 },
  { encoding: "windows-1256", usual: /[\u060c-\u06d2–“”]/g, telling: /[اليمنرتوبة]/g, share: 0.4 },
];

/** Numbers of the choice, all [design]. */
const LEGACY = {
  /** Bytes above ASCII that tell something. */
  bytes: 24,
  /** Mean length of runs of such bytes: accented letters of Latin scripts stand alone, words of other scripts do not. */
  run: 2.5,
  /** Share of the characters above ASCII that are of the script. */
  usual: 0.97,
} as const;

/** The encoding of text that is no UTF-8 and, by its runs of bytes above ASCII, of no Latin script; null when none fits. */
export function legacyEncoding(head: Uint8Array): LegacyEncoding | null {
  let high = 0;
  let runs = 0;
  for (let at = 0; at < head.length; at++) {
    if (head[at]! < 0x80) continue;
    high++;
    if (at === 0 || head[at - 1]! < 0x80) runs++;
  }
  if (high < LEGACY.bytes) return null;
  // The second byte of a character may be ASCII in Shift JIS and Big5, so their runs are shorter.
  const apart = high / runs < LEGACY.run;
  for (const { encoding, usual, telling, share } of CANDIDATES) {
    if (apart && encoding !== "shift_jis" && encoding !== "big5") continue;
    const letters = new TextDecoder(encoding).decode(head.subarray(0, 65_536)).replace(ASCII, "");
    const known = letters.match(usual)?.length ?? 0;
    if (known < letters.length * LEGACY.usual - 1) continue;
    if ((letters.match(telling)?.length ?? 0) >= letters.length * share) return encoding;
  }
  return null;
}
