import { DeleteObjectsCommand, HeadObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { TransientError } from "@bullseye/core/errors";
import type { ObjectStore } from "@bullseye/core/ports";
import { isBusyCode, isMissing, knownFailure } from "../failures.ts";
import { ATTEMPTS, pause } from "../in-parallel.ts";
import { addressOf, versionedKey } from "./address.ts";
import { readBytes } from "./read-parts.ts";
import { writeBytes } from "./write-parts.ts";

/** Objects that one DeleteObjects takes ("DeleteObjects", Amazon S3 API Reference). */
const REMOVED_AT_ONCE = 1_000;

/** S3 answers "denied" of an object that is not there to whoever may not list. */
const READ = "s3:GetObject (and s3:ListBucket, without which S3 says the same of an object that is not there)";

/** Objects in one bucket. What the SDK's retries do not mend is a TransientError, what is denied a CredentialError. */
export class S3Objects implements ObjectStore {
  readonly #client: S3Client;
  readonly #bucket: string;

  constructor(client: S3Client, bucket: string) {
    this.#client = client;
    this.#bucket = bucket;
  }

  async get(key: string): Promise<Uint8Array> {
    try {
      return await readBytes(this.#client, addressOf(this.#bucket, key));
    } catch (error) {
      throw knownFailure(error, `reading the object ${key}`, READ);
    }
  }

  async range(key: string, start: number, end: number): Promise<Uint8Array> {
    if (end <= start) return new Uint8Array();
    try {
      return await readBytes(this.#client, addressOf(this.#bucket, key), start, end);
    } catch (error) {
      throw knownFailure(error, `reading bytes ${start} to ${end} of the object ${key}`, READ);
    }
  }

  async put(key: string, body: Uint8Array | string): Promise<void> {
    try {
      await writeBytes(this.#client, { Bucket: this.#bucket, Key: key }, typeof body === "string" ? Buffer.from(body) : body);
    } catch (error) {
      throw knownFailure(error, `writing the object ${key}`, "s3:PutObject");
    }
  }

  async size(key: string): Promise<number | null> {
    try {
      const { ContentLength } = await this.#client.send(new HeadObjectCommand(addressOf(this.#bucket, key)));
      return ContentLength ?? 0;
    } catch (error) {
      const failure = knownFailure(error, `asking for the size of the object ${key}`, READ);
      if (failure.name === "NotFoundError" && isMissing(error)) return null;
      throw failure;
    }
  }

  /** `key?versionId=…`, without asking S3. */
  async pinned(key: string, versionId: string): Promise<string> {
    return versionedKey(key, versionId);
  }

  async list(prefix: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const page of this.#pages(prefix)) keys.push(...page);
    // S3 sorts by bytes, we by code units.
    return keys.sort();
  }

  async remove(prefix: string): Promise<void> {
    for await (const page of this.#pages(prefix)) await this.#removeKeys(page);
  }

  async *#pages(prefix: string): AsyncGenerator<string[]> {
    let ContinuationToken: string | undefined;
    do {
      const request = { Bucket: this.#bucket, Prefix: prefix, MaxKeys: REMOVED_AT_ONCE, ContinuationToken };
      try {
        // Keys as S3 escapes them: XML cannot hold every character.
        const page = await this.#client.send(new ListObjectsV2Command({ ...request, EncodingType: "url" }));
        const decode = page.EncodingType === "url" ? unescaped : (key: string): string => key;
        const keys = (page.Contents ?? []).flatMap(({ Key }) => (Key === undefined ? [] : [decode(Key)]));
        if (keys.length > 0) yield keys;
        ContinuationToken = page.IsTruncated ? page.NextContinuationToken : undefined;
      } catch (error) {
        throw knownFailure(error, `listing the objects under ${prefix}`, "s3:ListBucket");
      }
    } while (ContinuationToken !== undefined);
  }

  async #removeKeys(keys: readonly string[]): Promise<void> {
    const doing = `removing ${keys.length} objects such as ${keys[0]}`;
    let left = keys;
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      if (attempt > 1) await pause(attempt - 1);
      const Objects = left.map((Key) => ({ Key }));
      let errors: Array<{ Key?: string; Code?: string }>;
      try {
        const answer = await this.#client.send(
          new DeleteObjectsCommand({ Bucket: this.#bucket, Delete: { Objects, Quiet: true } }),
        );
        errors = answer.Errors ?? [];
      } catch (error) {
        throw knownFailure(error, doing, "s3:DeleteObject");
      }
      if (errors.length === 0) return;
      const refused = errors.find(({ Code }) => !isBusyCode(Code));
      if (refused) throw knownFailure({ name: refused.Code ?? "Error" }, `removing the object ${refused.Key}`, "s3:DeleteObject");
      left = errors.flatMap(({ Key }) => (Key === undefined ? [] : [Key]));
    }
    throw new TransientError(`${doing}: S3 left ${left.length} of them`);
  }
}

const unescaped = (key: string): string => decodeURIComponent(key.replaceAll("+", " "));
