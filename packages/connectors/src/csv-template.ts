import type { AudienceMember, FilePart, FileTemplate } from "@bullseye/core/connector";
import { guardedCsvLine } from "@bullseye/core/lists/csv";

/** One CSV record of guarded cells (`core/lists/csv.ts`); CRLF, as RFC 4180 has it. */
const csvRecord = (cells: readonly string[]): string => guardedCsvLine(cells, "\r\n");

/** What a connector declares of its template; `memberKey` and `refuse` are those of the connector. */
export interface TemplateDeclaration<Member extends AudienceMember> extends Omit<FileTemplate<Member>, "parts"> {
  memberKey(member: Member): string;
  refuse(member: Member): string | undefined;
}

/** Makes an upload template: splits at the limits, writes a key once, passes over what `refuse` refuses. Parts are numbered `name-01.csv` where there are several. */
export function defineFileTemplate<Member extends AudienceMember>(declared: TemplateDeclaration<Member>): FileTemplate<Member> {
  const { fileName, header, row, limits } = declared;
  return { fileName, header, row, limits, parts: (members) => writeParts(declared, members) };
}

function* writeParts<Member extends AudienceMember>(
  declared: TemplateDeclaration<Member>,
  members: Iterable<Member>,
): Generator<FilePart> {
  const head = csvRecord(declared.header);
  const headBytes = Buffer.byteLength(head);
  const written = new Set<string>();
  let number = 1;
  let lines: string[] = [];
  let bytes = headBytes;
  let ids: string[] = [];
  let refused: { id: string; reason: string }[] = [];
  const part = (name: string): FilePart => ({
    fileName: name,
    body: head + lines.join(""),
    bytes,
    rows: lines.length,
    ids,
    refused,
  });
  for (const member of members) {
    const reason = declared.refuse(member);
    if (reason !== undefined) {
      refused.push({ id: member.id, reason });
      continue;
    }
    const key = declared.memberKey(member);
    if (written.has(key)) {
      ids.push(member.id);
      continue;
    }
    written.add(key);
    const line = csvRecord(declared.row(member));
    const lineBytes = Buffer.byteLength(line);
    if (lines.length > 0 && (lines.length >= declared.limits.maxRows || bytes + lineBytes > declared.limits.maxBytes)) {
      yield part(numbered(declared.fileName, number));
      number++;
      lines = [];
      bytes = headBytes;
      ids = [];
      refused = [];
    }
    lines.push(line);
    bytes += lineBytes;
    ids.push(member.id);
  }
  yield part(number === 1 ? declared.fileName : numbered(declared.fileName, number));
}

function numbered(fileName: string, number: number): string {
  const dot = fileName.lastIndexOf(".");
  return `${fileName.slice(0, dot)}-${String(number).padStart(2, "0")}${fileName.slice(dot)}`;
}
