/** A record of another system, as its list wrote it. */
export interface RecordId {
  /** `salesforce`, `hubspot`, `crm` where nobody said, or `list:<id>` for ids that mean something only within one list. */
  system: string;
  /** Byte for byte but for what a spreadsheet put around it: spaces, a leading apostrophe, `.0` behind digits. */
  id: string;
}

const HUBSPOT_RECORD = /^[0-9]+$/;
const SALESFORCE = "salesforce:";
/** What the ids of Salesforce accounts begin with. */
const ACCOUNT_PREFIX = "001";
/** Characters of a Salesforce id, without and with its checksum. */
const SHORT_ID = 15;
const LONG_ID = 18;
const RECORD = /^(list:[^:]*|[^:]*):(.*)$/s;

/** `system:id` with the id as written, as statements keep it; a Salesforce account id is one whatever the column says. */
export function recordText(system: string, id: string): string {
  return isSalesforceAccount(id, 0) ? `${SALESFORCE}${id}` : `${system}:${id}`;
}

/** What records are told apart by: {@link recordText} with the 15-character form of a Salesforce account id, which the 18-character one equals. */
export function recordKey(text: string): string {
  const isLong = text.length === SALESFORCE.length + LONG_ID && text.startsWith(SALESFORCE);
  return isLong && isSalesforceAccount(text, SALESFORCE.length) ? text.slice(0, SALESFORCE.length + SHORT_ID) : text;
}

/** Whether the text from `from` on is the id of a Salesforce account: `001` and more letters and digits. By hand, as every row asks. */
function isSalesforceAccount(text: string, from: number): boolean {
  const length = text.length - from;
  if ((length !== SHORT_ID && length !== LONG_ID) || !text.startsWith(ACCOUNT_PREFIX, from)) return false;
  for (let at = from + ACCOUNT_PREFIX.length; at < text.length; at++) {
    const code = text.charCodeAt(at);
    const letter = code | 32;
    if ((code < 48 || code > 57) && (letter < 97 || letter > 122)) return false;
  }
  return true;
}

/** The inverse of {@link recordText}; null for what is none. */
export function recordOf(text: string): RecordId | null {
  const parts = RECORD.exec(text);
  return parts === null ? null : { system: parts[1]!, id: parts[2]! };
}

/** Whether the system can have an account of that id: files for it carry no other ones. */
export function isAccountRecord({ system, id }: RecordId): boolean {
  if (system === "salesforce") return isSalesforceAccount(id, 0);
  return system !== "hubspot" || HUBSPOT_RECORD.test(id);
}
