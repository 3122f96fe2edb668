import type { SuppressionClass } from "../../account/facts.ts";

/** What says that somebody is no longer what the word names: `former customer`, `lost deal`. */
const NO_LONGER = /\b(?:former|ex|lost|closed|past|previous|ehemalige[rns]?|verlorene?)\b|\bno longer\b/;

/** Words of reason columns and list names in the languages of the header packs, by the class that they give. */
const WORDS: ReadonlyArray<readonly [SuppressionClass, RegExp]> = [
  [
    "opted-out",
    /\bopt(?:ed|s|ing)? ?outs?\b|\boptouts?\b|\bunsubscribe|\bdo ?not ?(?:contact|call|mail|email)\b|\bdnc\b|\brobinson|\bobject(?:ed|ion)s?\b|\bno consent\b|\bwiderspr|\babgemeldet|\babbestell|\bdesinscri|\bdesabonn|\bbajas?\b|\bafgemeld|\buitschrij/,
  ],
  ["competitors", /\bcompetit|\brivals?\b|\bwettbewerb|\bkonkurr|\bconcurr|\bcompetid/],
  ["customers", /\bcustomers?\b|\bclients?\b|\bkunden?\b|\bklanten?\b|\bclientes?\b|\bbestandskunden?\b/],
  ["open-deals", /\bopen (?:deals?|opps?|opportunit|pipeline)|\bopportunit|\bpipeline\b|\bin negotiation|\bdeals?\b/],
];

/** The classes that the words of a reason or of a list's name give; none where they say none of them. */
export function suppressionClassesIn(text: string): SuppressionClass[] {
  const plain = text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
  const found = WORDS.filter(([, words]) => words.test(plain)).map(([each]) => each);
  return NO_LONGER.test(plain) ? found.filter((each) => each === "opted-out" || each === "competitors") : found;
}
