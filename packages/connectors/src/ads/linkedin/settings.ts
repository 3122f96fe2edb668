import { type ConnectorContext, connectionVariable } from "@bullseye/core/connector";
import { CredentialError, InputError } from "@bullseye/core/errors";
import manifest from "./manifest.json" with { type: "json" };

/** The settings of one connection, checked. */
export interface LinkedInSettings {
  /** `urn:li:sponsoredAccount:NUMBER` */
  readonly adAccount: string;
  readonly sourcePlatform: string;
  readonly apiVersion: string;
  readonly namespace: string;
  readonly apiBase: string;
  readonly oauthBase: string;
}

/** What is needed to call LinkedIn. `refresh` is undefined where any part of it is missing. */
export interface LinkedInCredentials {
  readonly accessToken: string | undefined;
  readonly refresh: { readonly token: string; readonly clientId: string; readonly clientSecret: string } | undefined;
}

const AD_ACCOUNT = /^(?:urn:li:sponsoredAccount:)?(\d+)$/;
const VERSION = /^20\d{4}$/;

/** Reads and checks the settings; throws `InputError` naming the one that is wrong. A missing one is empty: `readCredentials` names all that is missing. */
export function readSettings(ctx: ConnectorContext): LinkedInSettings {
  const written = setting(ctx, "adAccount");
  const account = AD_ACCOUNT.exec(written);
  if (account === null && written !== "")
    throw new InputError("linkedin: setting adAccount is not an ad account", { hint: "give urn:li:sponsoredAccount:NUMBER." });
  const apiVersion = setting(ctx, "apiVersion");
  if (!VERSION.test(apiVersion))
    throw new InputError("linkedin: setting apiVersion is not a version", { hint: "give YYYYMM, such as 202604." });
  return {
    adAccount: account === null ? "" : `urn:li:sponsoredAccount:${account[1]}`,
    sourcePlatform: setting(ctx, "sourcePlatform"),
    apiVersion,
    namespace: setting(ctx, "namespace"),
    apiBase: base(ctx, "LINKEDIN_API_BASE"),
    oauthBase: base(ctx, "LINKEDIN_OAUTH_BASE"),
  };
}

/**
 * Reads the secrets. Throws one error that names every missing setting, and the missing secrets where neither a token nor a way to get one is
 * there, each with its environment variable: `InputError` where a setting is missing, `CredentialError` where only secrets are.
 */
export async function readCredentials(ctx: ConnectorContext): Promise<LinkedInCredentials> {
  const read = async (field: string) => (await ctx.secrets.get(field))?.trim() || undefined;
  const [accessToken, token, clientId, clientSecret] = [
    await read("accessToken"),
    await read("refreshToken"),
    await read("clientId"),
    await read("clientSecret"),
  ];
  const refresh =
    token !== undefined && clientId !== undefined && clientSecret !== undefined ? { token, clientId, clientSecret } : undefined;
  const settings = manifest.settingFields.map(({ name }) => name).filter((name) => setting(ctx, name) === "");
  const parts = settings.map(named);
  if (refresh === undefined && accessToken === undefined) {
    const missing = Object.entries({ refreshToken: token, clientId, clientSecret }).filter(([, value]) => value === undefined);
    parts.push(`${named("accessToken")} (or, to get one, ${missing.map(([name]) => named(name)).join(", ")})`);
  }
  if (parts.length === 0) return { accessToken, refresh };
  const message = `linkedin: missing ${parts.join(", ")}`;
  if (settings.length > 0) throw new InputError(message, { hint: HINT });
  throw new CredentialError(message, { hint: HINT });
}

const HINT = "set them for this connection; bullseye sandbox tries it without an account";

/** A setting or secret with the environment variable that a person sets. */
function named(field: string): string {
  return `${field} [${connectionVariable(manifest.id, field)}]`;
}

function setting(ctx: ConnectorContext, name: string): string {
  return ctx.settings[name]?.trim() || manifest.settingFields.find((one) => one.name === name)?.default || "";
}

function base(ctx: ConnectorContext, name: keyof typeof manifest.baseUrls): string {
  return (ctx.baseUrl(name) || manifest.baseUrls[name]).replace(/\/+$/, "");
}
