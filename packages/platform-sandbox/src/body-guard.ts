import type { Violation } from "./platform.ts";

const EMAIL = /[^\s@"]@[^\s@"]+\.[^\s@"]/;
const PHONE = /\+\d[\d\s().-]{7,}\d/;
const EMPTY_HASHES = [
  "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
  "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
];

/** What must never be in a body: a plain e-mail address, a plain phone number, the hash of nothing. Escapes are resolved before looking. */
export function guardBody(body: string): Violation["kind"] | undefined {
  let text = body;
  try {
    text = JSON.stringify(JSON.parse(body)) ?? "";
  } catch {
    // No JSON: looked at as it came.
  }
  if (text.includes("@") && EMAIL.test(text)) return "plain-email";
  if (text.includes("+") && PHONE.test(text)) return "plain-phone";
  const lower = text.toLowerCase();
  return EMPTY_HASHES.some((hash) => text.includes(hash) || lower.includes(hash)) ? "empty-hash" : undefined;
}
