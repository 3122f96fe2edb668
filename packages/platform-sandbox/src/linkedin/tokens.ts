import type { SandboxReply } from "../platform.ts";

/** The dummy secrets at the start. */
export const SECRETS = {
  accessToken: "sandbox-access-1",
  refreshToken: "sandbox-refresh-1",
  clientId: "sandbox-client",
  clientSecret: "sandbox-client-secret",
} as const;

const LIFETIME_SECONDS = 5_184_000;
const REFRESH_LIFETIME_SECONDS = 31_536_000;

/** The one access token that is good at the moment, and the grant for the next. */
export class Tokens {
  #issued = 1;
  #expired = false;
  #revoked = false;

  accepts(token: string): boolean {
    return !this.#expired && token === `sandbox-access-${this.#issued}`;
  }

  expire(): void {
    this.#expired = true;
  }

  revokeRefresh(): void {
    this.#revoked = true;
  }

  /** `POST /oauth/v2/accessToken`. */
  refresh(form: URLSearchParams): SandboxReply {
    if (form.get("grant_type") !== "refresh_token") return refused("unsupported_grant_type");
    if (form.get("client_id") !== SECRETS.clientId || form.get("client_secret") !== SECRETS.clientSecret)
      return refused("invalid_client", 401);
    if (this.#revoked || form.get("refresh_token") !== SECRETS.refreshToken) return refused("invalid_grant");
    this.#issued++;
    this.#expired = false;
    return {
      status: 200,
      body: {
        access_token: `sandbox-access-${this.#issued}`,
        expires_in: LIFETIME_SECONDS,
        refresh_token: SECRETS.refreshToken,
        refresh_token_expires_in: REFRESH_LIFETIME_SECONDS,
        scope: "rw_dmp_segments",
      },
    };
  }

  reset(): void {
    this.#issued = 1;
    this.#expired = false;
    this.#revoked = false;
  }
}

function refused(error: string, status = 400): SandboxReply {
  return { status, body: { error, error_description: "The sandbox refuses this grant" } };
}
