import type { DeliveryClass, DeliveryFailure, HttpFailure, HttpResponse } from "@bullseye/core/connector";

const MAX_REASON = 200;

/** A failure of this platform. */
export function failure(
  deliveryClass: DeliveryClass,
  message: string,
  more: { status?: number; retryAfter?: number } = {},
): DeliveryFailure {
  return { name: "DeliveryError", platform: "linkedin", class: deliveryClass, message: `linkedin: ${message}`, ...more };
}

/** The class of an API answer outside 2xx ("error handling" and "versioning", learn.microsoft.com). A 404 is NOT_READY: a new segment answers so for a while. */
export function classOfStatus(status: number): DeliveryClass {
  switch (status) {
    case 401:
      return "AUTH_EXPIRED";
    case 403:
      return "PERMISSION";
    case 404:
      return "NOT_READY";
    case 426:
      return "VERSION_SUNSET";
    case 429:
      return "THROTTLED";
    case 408:
    case 409:
    case 423:
      return "TRANSIENT";
    default:
      return status >= 500 ? "TRANSIENT" : "INVALID_REQUEST";
  }
}

/** The failure behind an API answer outside 2xx; `doing` names the step. LinkedIn sends no Retry-After on 429, one that a gateway sends is kept. */
export function failureOfResponse(doing: string, response: HttpResponse): DeliveryFailure {
  const { status } = response;
  const retryAfter = Number(response.headers["retry-after"]);
  const said = messageOf(response.text);
  return failure(classOfStatus(status), `${doing}: HTTP ${status}${said === undefined ? "" : `, ${said}`}`, {
    status,
    ...(retryAfter > 0 ? { retryAfter } : {}),
  });
}

/** The failure behind a broken connection. What only reads has no outcome to be unknown. */
export function failureOfNetwork(doing: string, error: HttpFailure, readsOnly: boolean): DeliveryFailure {
  return failure(error.sent && !readsOnly ? "OUTCOME_UNKNOWN" : "TRANSIENT", `${doing}: ${error.message}`);
}

/** Whether a refused request may have taken effect all the same: a gateway's 5xx says nothing about the server behind it. */
export function mayHaveTakenEffect(failed: DeliveryFailure): boolean {
  return failed.class === "OUTCOME_UNKNOWN" || (failed.class === "TRANSIENT" && (failed.status ?? 0) >= 500);
}

/** The body as JSON, or undefined where it is something else (a gateway's HTML). */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The platform's own sentence, shortened; undefined where the body is not the documented shape. */
export function messageOf(text: string): string | undefined {
  const body = parseJson(text);
  return typeof body === "object" && body !== null ? shortened((body as { message?: unknown }).message) : undefined;
}

/** A platform's text, fit for a report. */
export function shortened(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value.slice(0, MAX_REASON) : undefined;
}
