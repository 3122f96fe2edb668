/** HTML that may stand as it is; made by {@link html} alone, so that everything else is escaped. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What can stand between the parts of a template; null and undefined stand for nothing. */
export type Piece = Markup | string | number | null | undefined | readonly Piece[];

const ESCAPES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

/** Text as it may stand in HTML, inside quoted attributes too. */
export const escapeText = (text: string): string => text.replace(/[&<>"']/g, (character) => ESCAPES[character]!);

function written(piece: Piece): string {
  if (piece === null || piece === undefined) return "";
  if (piece instanceof Markup) return piece.text;
  if (Array.isArray(piece)) return piece.map(written).join("");
  return escapeText(String(piece));
}

/** A template of HTML: the text of the template stands, whatever is put into it is escaped. Attributes must be quoted. */
export function html(parts: TemplateStringsArray, ...pieces: readonly Piece[]): Markup {
  let text = parts[0]!;
  for (let at = 0; at < pieces.length; at++) text += written(pieces[at]) + parts[at + 1]!;
  return new Markup(text);
}
