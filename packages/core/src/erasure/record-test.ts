import type { Digest } from "../ports.ts";
import { domainId } from "../resolve/identity.ts";
import { companyDomain } from "../resolve/keys/domain.ts";
import { linkedinKey } from "../resolve/keys/linkedin.ts";
import type { Found } from "./found.ts";
import { type Mark, personMarksIn } from "./marks.ts";

/** Whether the cells of a record name who is erased. `loosely`: a person's first and last name in one record are enough. */
export type RecordTest = (cells: readonly string[], loosely?: boolean) => boolean;

/** Compares records with what was found of somebody. */
export function recordTest(found: Found, digest: Digest): RecordTest {
  const marks = new Set<Mark>(found.marks);
  if (found.kind === "company") {
    const keys = new Set(found.keys);
    const ids = new Set(found.keys.map((key) => domainId(key, digest)));
    return (cells) =>
      cells.some((cell) => {
        if (!cell.includes(".")) return false;
        const page = linkedinKey(cell);
        if (page !== null) return keys.has(page);
        const domain = companyDomain(cell.slice(cell.lastIndexOf("@") + 1));
        return domain !== null && ids.has(domainId(domain, digest));
      });
  }
  return (cells, loosely = false) => {
    if (cells.some((cell) => cell !== "" && personMarksIn(cell, digest).some((mark) => marks.has(mark)))) return true;
    if (!loosely || found.names.length === 0) return false;
    const text = ` ${cells.join(" ").toLowerCase()} `;
    return found.names.some(([first, last]) => text.includes(first) && text.includes(last));
  };
}

/** Whether a stretch of text may hold a record that names who is erased; most do not, and need not be read. */
export function mayName(found: Found, text: string): boolean {
  const lower = text.toLowerCase();
  return [...found.emails, ...found.hashes, ...found.pages, ...found.keys].some((each) => lower.includes(each));
}
