/** A record of another system, as its list wrote it. */
export interface RecordId {
  /** `salesforce`, `hubspot`, `crm` where nobody said, or `list:<id>` for ids that mean something only within one list. */
  system: string;
  /** Byte for byte but for what a spreadsheet put around it: spaces, a leading apostrophe, `.0` behind digits. */
  id: string;
}

/** Salesforce account ids: 15 characters, or the same with a 3-character checksum. */
const SALESFORCE_ACCOUNT = /^001[A-Za-z0-9]{12}(?:[A-Za-z0-9]{3})?$/;
const HUBSPOT_RECORD = /^[0-9]+$/;
const LONG_SALESFORCE = /^salesforce:001[A-Za-z0-9]{15}$/;
const SHORT_LENGTH = "salesforce:".length + 15;
const RECORD = /^(list:[^:]*|[^:]*):(.*)$/s;

/** `system:id` with the id as written, as statements keep it; a Salesforce account id is one whatever the column says. */
export function recordText(system: string, id: string): string {
  return SALESFORCE_ACCOUNT.test(id) ? `salesforce:${id}` : `${system}:${id}`;
}

/** What records are told apart by: {@link recordText} with the 15-character form of a Salesforce account id, which the 18-character one equals. */
export function recordKey(text: string): string {
  return LONG_SALESFORCE.test(text) ? text.slice(0, SHORT_LENGTH) : text;
}

/** The inverse of {@link recordText}; null for what is none. */
export function recordOf(text: string): RecordId | null {
  const parts = RECORD.exec(text);
  return parts === null ? null : { system: parts[1]!, id: parts[2]! };
}

/** Whether the system can have an account of that id: files for it carry no other ones. */
export function isAccountRecord({ system, id }: RecordId): boolean {
  if (system === "salesforce") return SALESFORCE_ACCOUNT.test(id);
  return system !== "hubspot" || HUBSPOT_RECORD.test(id);
}
