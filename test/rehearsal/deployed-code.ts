import { createHash } from "node:crypto";
import { join } from "node:path";
import { GetFunctionConfigurationCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { GetObjectCommand, ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { unzip } from "./unzip.ts";

/** A function as it was deployed, its code on this disk. */
export interface DeployedFunction {
  name: string;
  /** `$LATEST` or a number. */
  version: string;
  arn: string;
  handler: string;
  memoryMb: number;
  timeoutSeconds: number;
  environment: Readonly<Record<string, string>>;
  /** SHA-256 of the zip as Lambda gives it: base64. */
  codeSha256: string;
  folder: string;
}

/** Reads deployed functions back: configuration from Lambda, code from the bucket of assets that the deploy uploaded it to. */
export class DeployedCode {
  readonly #lambda: LambdaClient;
  readonly #s3: S3Client;
  readonly #assets: string;
  readonly #folder: string;
  readonly #zips = new Map<string, Buffer>();
  readonly #seen = new Set<string>();
  readonly #unpacked = new Set<string>();

  /** `assets`: the bucket; `folder`: where bundles are unpacked. */
  constructor(lambda: LambdaClient, s3: S3Client, assets: string, folder: string) {
    this.#lambda = lambda;
    this.#s3 = s3;
    this.#assets = assets;
    this.#folder = folder;
  }

  async read(name: string, qualifier?: string): Promise<DeployedFunction> {
    const read = await this.#lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name, Qualifier: qualifier }));
    const codeSha256 = read.CodeSha256 ?? "";
    return {
      name,
      version: read.Version ?? "$LATEST",
      arn: read.FunctionArn ?? "",
      handler: read.Handler ?? "",
      memoryMb: read.MemorySize ?? 128,
      timeoutSeconds: read.Timeout ?? 3,
      environment: read.Environment?.Variables ?? {},
      codeSha256,
      folder: await this.#unpack(name, codeSha256),
    };
  }

  /** The folder with the code of that hash. */
  async #unpack(name: string, sha: string): Promise<string> {
    const folder = join(this.#folder, Buffer.from(sha, "base64").toString("hex").slice(0, 16));
    if (this.#unpacked.has(sha)) return folder;
    if (!this.#zips.has(sha)) await this.#look();
    const zip = this.#zips.get(sha);
    if (!zip) throw new Error(`no asset in ${this.#assets} has the hash that Lambda tells of the code of ${name}`);
    unzip(zip, folder);
    this.#zips.delete(sha);
    this.#unpacked.add(sha);
    return folder;
  }

  /** Hashes what was uploaded since the last look. */
  async #look(): Promise<void> {
    const listed = await this.#s3.send(new ListObjectsV2Command({ Bucket: this.#assets }));
    for (const { Key } of listed.Contents ?? []) {
      if (Key === undefined || !Key.endsWith(".zip") || this.#seen.has(Key)) continue;
      this.#seen.add(Key);
      const { Body } = await this.#s3.send(new GetObjectCommand({ Bucket: this.#assets, Key }));
      const zip = Buffer.from((await Body?.transformToByteArray()) ?? []);
      this.#zips.set(createHash("sha256").update(zip).digest("base64"), zip);
    }
  }
}
