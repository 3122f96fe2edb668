/** Misbehaviour on request. The first group is done by the server around the platform, the second by the platform itself. */
export const FAULTS = {
  "drop-before-commit": "the connection breaks before the request has any effect",
  "drop-after-commit": "the request takes effect, then the connection breaks without an answer",
  slow: "the request takes effect, the answer comes late",
  "html-502": "a gateway answers with HTML, the request has no effect",
  "html-502-after-commit": "a gateway answers with HTML although the request took effect",
  throttle: "429 without Retry-After",
  "expire-token": "the access token expires at this request and stays expired until it is refreshed",
  "revoke-refresh": "the refresh token is refused for good (invalid_grant)",
  forbidden: "403: no scope, or a viewer",
  "not-ready": "404 as on a segment that is not there yet",
  conflict: "409 as on a concurrent create",
  "version-sunset": "426: the version is gone",
  "reject-element": "the first element is refused, the others stand",
  "transient-element": "the first element gets status 503, the others stand",
  "short-answer": "the request takes effect, the answer lacks the last verdict",
} as const;

/** The name of a fault. */
export type Fault = keyof typeof FAULTS;

/** A fault waiting for its request. `on` limits it to one route of the platform. */
export interface ArmedFault {
  readonly platform: string;
  readonly fault: Fault;
  readonly on: string | undefined;
}

const AROUND = new Set<Fault>(["drop-before-commit", "drop-after-commit", "slow", "html-502", "html-502-after-commit"]);

/** Routes on which a fault makes sense; any API route where it is not listed. */
const ROUTES: Partial<Record<Fault, readonly string[]>> = {
  "revoke-refresh": ["token"],
  "not-ready": ["members"],
  conflict: ["create"],
  "reject-element": ["members"],
  "transient-element": ["members"],
  "short-answer": ["members"],
};

/** Whether the server, not the platform, does this fault. */
export function isAround(fault: Fault): boolean {
  return AROUND.has(fault);
}

/** Whether the text names a fault. */
export function isFault(text: unknown): text is Fault {
  return typeof text === "string" && Object.hasOwn(FAULTS, text);
}

/** Faults in the order they were asked for; a request takes the first that fits it. */
export class FaultQueue {
  readonly #armed: ArmedFault[] = [];

  /** Arms a fault for the next `times` fitting requests. Throws on an unknown name. */
  next(fault: Fault, options: { platform?: string; times?: number; on?: string } = {}): void {
    if (!isFault(fault)) throw new TypeError(`unknown fault "${fault}"; there are: ${Object.keys(FAULTS).join(", ")}`);
    const { platform = "linkedin", times = 1, on } = options;
    for (let i = 0; i < times; i++) this.#armed.push({ platform, fault, on });
  }

  /** Takes the fault for this request, if one waits. */
  take(platform: string, route: string): ArmedFault | undefined {
    const index = this.#armed.findIndex((one) => one.platform === platform && fits(one, route));
    return index < 0 ? undefined : this.#armed.splice(index, 1)[0];
  }

  /** Those still waiting. */
  get waiting(): readonly ArmedFault[] {
    return this.#armed;
  }

  clear(): void {
    this.#armed.length = 0;
  }
}

function fits({ fault, on }: ArmedFault, route: string): boolean {
  if (on !== undefined) return on === route;
  const routes = ROUTES[fault];
  return routes === undefined ? route !== "token" : routes.includes(route);
}
