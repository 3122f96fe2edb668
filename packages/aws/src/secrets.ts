import { GetSecretValueCommand, PutSecretValueCommand, type SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import type { ConnectorSecrets } from "@bullseye/core/connector";
import { CredentialError } from "@bullseye/core/errors";
import names from "../../../stacks/names.json" with { type: "json" };
import { isMissing, knownFailure } from "./failures.ts";

/** Milliseconds for which a container believes what it read [design]; a token replaced by a person is used after them. */
const BELIEVED = 5 * 60 * 1000;

type Fields = Readonly<Record<string, string>>;

/**
 * Secrets of a stage: one for each platform, a JSON object of fields; and the hash key, a text. A secret that is missing or still the
 * empty object of its deployment has no fields.
 */
export class StageSecrets {
  readonly #client: SecretsManagerClient;
  readonly #prefix: string;
  readonly #now: () => number;
  readonly #read = new Map<string, { fields: Promise<Fields>; at: number }>();

  constructor(client: SecretsManagerClient, prefix: string, now: () => number) {
    this.#client = client;
    this.#prefix = prefix;
    this.#now = now;
  }

  /** The secrets of a platform as its connector asks for them. Of two who set the same field at once the last stands. */
  of(platform: string): ConnectorSecrets {
    return {
      get: async (field) => {
        const fields = await this.#fields(platform);
        return Object.hasOwn(fields, field) ? fields[field] : undefined;
      },
      set: (field, value) => this.#set(platform, field, value),
    };
  }

  /** Key of the keyed hashes. CredentialError where the stage has none: with another one, nothing hashed before would be found. */
  async hashKey(): Promise<string> {
    const key = (await this.#text(names.hashKeySecret))?.trim();
    if (key !== undefined && key !== "" && key !== "{}") return key;
    throw new CredentialError(`the secret ${this.#prefix}${names.hashKeySecret} holds no hash key`, {
      hint: "deploy the stage again: its stacks make one; never replace one that was in use",
    });
  }

  /** Closes the connections. */
  close(): void {
    this.#client.destroy();
  }

  #fields(platform: string): Promise<Fields> {
    const known = this.#read.get(platform);
    if (known && this.#now() - known.at < BELIEVED) return known.fields;
    const fields = this.#fresh(platform);
    this.#read.set(platform, { fields, at: this.#now() });
    fields.catch(() => this.#read.delete(platform));
    return fields;
  }

  async #fresh(platform: string): Promise<Fields> {
    return fieldsOf(this.#prefix + platform, (await this.#text(platform)) ?? "{}");
  }

  /** Writes a new version that differs from the current one, read just now, in this field alone. */
  async #set(platform: string, field: string, value: string): Promise<void> {
    const id = this.#prefix + platform;
    const before = await this.#fresh(platform);
    const fields = { ...before, [field]: value };
    if (before[field] !== value) {
      try {
        await this.#client.send(new PutSecretValueCommand({ SecretId: id, SecretString: JSON.stringify(fields) }));
      } catch (error) {
        throw knownFailure(error, `writing the secret ${id}`, "secretsmanager:PutSecretValue");
      }
    }
    this.#read.set(platform, { fields: Promise.resolve(fields), at: this.#now() });
  }

  async #text(name: string): Promise<string | undefined> {
    const id = this.#prefix + name;
    try {
      return (await this.#client.send(new GetSecretValueCommand({ SecretId: id }))).SecretString;
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw knownFailure(error, `reading the secret ${id}`, "secretsmanager:GetSecretValue");
    }
  }
}

/** The fields that a secret holds; empty ones are absent. CredentialError, without the text, where it is no object of texts. */
function fieldsOf(id: string, text: string): Fields {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  if (typeof json !== "object" || json === null || Array.isArray(json))
    throw new CredentialError(`the secret ${id} is no JSON object`, { hint: 'store it as {"accessToken": "…", …}' });
  const fields: Record<string, string> = {};
  for (const [field, value] of Object.entries(json)) {
    if (typeof value !== "string" && typeof value !== "number")
      throw new CredentialError(`the field ${field} of the secret ${id} is no text`, { hint: "store every field as a text" });
    if (value !== "") fields[field] = String(value);
  }
  return fields;
}
