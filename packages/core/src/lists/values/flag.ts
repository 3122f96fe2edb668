const TRUE: ReadonlySet<string> = new Set(
  "yes y true t 1 x on ja j wahr oui o vrai si sí s verdadero verdad waar checked active enabled aktiv actif activo actief ✓ ✔".split(
    " ",
  ),
);
const FALSE: ReadonlySet<string> = new Set(
  "no n false f 0 off nein falsch non faux falso nee onwaar unchecked inactive disabled inaktiv inactif inactivo inactief ✗ ✘".split(
    " ",
  ),
);
const GRANTED: ReadonlySet<string> = new Set(
  (
    "granted grant subscribed opted-in opted_in optin opt-in consented accepted allowed given double-opt-in single-opt-in confirmed agreed " +
    "erteilt zugestimmt eingewilligt angemeldet einwilligung-erteilt accordé accepté consenti donné abonné inscrit " +
    "concedido aceptado otorgado suscrito dado verleend gegeven toegestaan aangemeld ingeschreven akkoord"
  ).split(" "),
);
const DENIED: ReadonlySet<string> = new Set(
  (
    "denied deny unsubscribed opted-out opted_out optout opt-out withdrawn revoked refused rejected declined not-subscribed never-subscribed not-granted not-given " +
    "abgelehnt widerrufen nicht-erteilt abgemeldet verweigert widersprochen refusé retiré désabonné désinscrit non-accordé " +
    "denegado rechazado revocado retirado no-suscrito dado-de-baja baja geweigerd ingetrokken afgemeld uitgeschreven niet-gegeven"
  ).split(" "),
);

/** `yes/no`, `true/false`, `1/0` (also de, fr, es, nl); undefined for anything else. */
export function parseFlag(raw: string): boolean | undefined {
  const text = raw.trim().toLowerCase();
  if (TRUE.has(text) || text === "1.0") return true;
  return FALSE.has(text) || text === "0.0" ? false : undefined;
}

/** A consent cell: `yes`, `granted`, `subscribed`, `opted in` are granted; `no`, `denied`, `unsubscribed`, `opted out` are denied; else undefined. */
export function parseConsent(raw: string): "granted" | "denied" | undefined {
  const flag = parseFlag(raw);
  if (flag !== undefined) return flag ? "granted" : "denied";
  const text = raw.trim().toLowerCase().replaceAll(" ", "-");
  if (GRANTED.has(text)) return "granted";
  return DENIED.has(text) ? "denied" : undefined;
}

/** An opt-out cell (`Do Not Call`, `Unsubscribed`): yes, a date or an opt-out word is true; no or an opt-in word is false; else undefined. */
export function parseOptOut(raw: string): boolean | undefined {
  const consent = parseConsentWord(raw);
  if (consent !== undefined) return consent === "denied";
  const flag = parseFlag(raw);
  if (flag !== undefined) return flag;
  return /\d{4}/.test(raw) ? true : undefined;
}

function parseConsentWord(raw: string): "granted" | "denied" | undefined {
  const text = raw.trim().toLowerCase().replaceAll(" ", "-");
  if (GRANTED.has(text)) return "granted";
  return DENIED.has(text) ? "denied" : undefined;
}
