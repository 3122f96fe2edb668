import { GetObjectCommand, PutObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { Day } from "@bullseye/core/account/attribute";
import { InputError, NotFoundError, TransientError } from "@bullseye/core/errors";
import { EXAMPLE_CONFIGURATION } from "@bullseye/core/icp/examples/index";
import {
  ACTIVE_CONFIGURATION,
  ActiveConfiguration,
  activeConfiguration,
  pinConfiguration,
} from "@bullseye/core/operations/active-configuration";
import { checkConfiguration } from "@bullseye/core/operations/check-configuration";
import { type ConfigurationTexts, configKey } from "@bullseye/core/operations/configuration";
import { readJson } from "@bullseye/core/operations/run-context";
import type { Ports } from "@bullseye/core/ports";

/** How far back `config rollback` can go [design]. */
const REMEMBERED = 50;

/** Digits of a hash that are enough to name a configuration. */
const SHORTEST_SHA = 6;

/** The stored configurations of a stage and the pointer to the active one. */
export class StageConfiguration {
  readonly #ports: Ports;
  readonly #s3: S3Client;
  readonly #bucket: string;

  constructor(ports: Ports, s3: S3Client, bucket: string) {
    this.#ports = ports;
    this.#s3 = s3;
    this.#bucket = bucket;
  }

  /** The pointer; null where the examples are active because nothing was activated yet. */
  active(): Promise<ActiveConfiguration | null> {
    return activeConfiguration(this.#ports);
  }

  /** The texts that the next run works under. */
  async activeTexts(): Promise<ConfigurationTexts> {
    const active = await this.active();
    return active === null ? EXAMPLE_CONFIGURATION : this.texts(active.sha);
  }

  texts(sha: string): Promise<ConfigurationTexts> {
    return readJson<ConfigurationTexts>(this.#ports, configKey(sha));
  }

  /** Checks a configuration and its examples, and stores it; nothing works under it yet. Answers its hash. */
  async push(texts: ConfigurationTexts, asOf: Day): Promise<string> {
    checkConfiguration(texts, asOf);
    return pinConfiguration(this.#ports, texts);
  }

  /** Makes a stored configuration the active one, once it and its examples were checked again. `prefix`: the first digits of its hash. */
  async activate(prefix: string, asOf: Day): Promise<ActiveConfiguration> {
    const sha = await this.#stored(prefix);
    checkConfiguration(await this.texts(sha), asOf);
    return this.#move(async (active) => {
      if (active?.sha === sha) throw new InputError(`${sha} is active already`, { hint: "bullseye config diff compares" });
      // Where nothing was activated yet, the examples are what a rollback goes back to.
      const before = active?.sha ?? (await pinConfiguration(this.#ports, EXAMPLE_CONFIGURATION));
      return { sha, previous: [before, ...(active?.previous ?? [])].slice(0, REMEMBERED) };
    });
  }

  /** Makes the configuration that was active before the active one again. */
  async rollback(asOf: Day): Promise<ActiveConfiguration> {
    return this.#move(async (active) => {
      const [sha, ...previous] = active?.previous ?? [];
      if (sha === undefined)
        throw new InputError("no configuration was active before this one", {
          hint: "bullseye config activate SHA activates one that was pushed",
        });
      checkConfiguration(await this.texts(sha), asOf);
      return { sha, previous };
    });
  }

  async #stored(prefix: string): Promise<string> {
    if (!/^[0-9a-f]+$/.test(prefix) || prefix.length < SHORTEST_SHA)
      throw new InputError(`"${prefix}" names no configuration`, { hint: `give ${SHORTEST_SHA} or more digits of its hash` });
    const known = (await this.#ports.objects.list(`config/${prefix}`)).flatMap(
      (key) => /^config\/([0-9a-f]{32})\.json$/.exec(key)?.[1] ?? [],
    );
    const [sha] = known;
    if (sha === undefined || known.length > 1)
      throw new NotFoundError(
        known.length > 1 ? `${known.length} configurations begin with ${prefix}` : `no configuration ${prefix} is stored`,
        {
          hint: known.length > 1 ? known.join(", ") : "bullseye config push stores one and says its hash",
        },
      );
    return sha;
  }

  /** Moves the pointer, unless somebody else has moved it meanwhile. */
  async #move(
    next: (active: ActiveConfiguration | null) => Promise<{ sha: string; previous: string[] }>,
  ): Promise<ActiveConfiguration> {
    const { active, etag } = await this.#read();
    const moved: ActiveConfiguration = { ...(await next(active)), activatedAt: this.#ports.clock.now() };
    try {
      await this.#s3.send(
        new PutObjectCommand({
          Bucket: this.#bucket,
          Key: ACTIVE_CONFIGURATION,
          Body: JSON.stringify(moved),
          ContentType: "application/json",
          ...(etag === null ? { IfNoneMatch: "*" } : { IfMatch: etag }),
        }),
      );
    } catch (error) {
      const { name, $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } };
      // "Conditional writes": 412 where the condition does not hold, 409 where another write was at it.
      if ($metadata?.httpStatusCode !== 412 && $metadata?.httpStatusCode !== 409) throw error;
      throw new TransientError(`somebody else has activated a configuration just now (${name})`, {
        hint: "bullseye config diff shows what is active; then run the same command again",
        cause: error,
      });
    }
    return moved;
  }

  async #read(): Promise<{ active: ActiveConfiguration | null; etag: string | null }> {
    try {
      const { Body, ETag } = await this.#s3.send(new GetObjectCommand({ Bucket: this.#bucket, Key: ACTIVE_CONFIGURATION }));
      const text = (await Body?.transformToString()) ?? "";
      return { active: ActiveConfiguration.parse(JSON.parse(text)), etag: ETag ?? null };
    } catch (error) {
      if ((error as Error).name === "NoSuchKey") return { active: null, etag: null };
      throw error;
    }
  }
}
