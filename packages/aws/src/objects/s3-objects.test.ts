import { S3Client } from "@aws-sdk/client-s3";
import { Meter } from "@bullseye/core/cost/meter";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { s3Client } from "../clients/s3.ts";
import { CONNECTION, type Reply, type Seen, type Service, s3Error, startService } from "../misbehaving.testing.ts";
import { PART_BYTES } from "./read-parts.ts";
import { S3Objects } from "./s3-objects.ts";

let service: Service;
let client: S3Client;
let objects: S3Objects;
const meter = new Meter();

beforeAll(async () => {
  service = await startService();
  client = s3Client(CONNECTION, meter);
  objects = new S3Objects(client, "bucket");
});
afterAll(async () => {
  client.destroy();
  await service.close();
});

/** What S3 answers to a ranged GET of these bytes. */
function part(bytes: Uint8Array, { headers }: Seen, etag = '"one"'): Reply {
  const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(String(headers.range))!;
  const body = bytes.subarray(Number(from), Number(to) + 1);
  const range = `bytes ${from}-${Number(from) + body.length - 1}/${bytes.length}`;
  return { status: 206, headers: { "content-range": range, etag }, body };
}

describe("S3 that is busy", () => {
  test("is asked again, and each request is counted", async () => {
    meter.take();
    service.answers((_, index) => (index < 2 ? s3Error(503, "SlowDown") : {}));
    await objects.put("runs/a", "text");
    expect(service.seen).toHaveLength(3);
    expect(service.seen[2]).toMatchObject({ method: "PUT", url: expect.stringContaining("/bucket/runs/a") });
    expect(meter.take()).toEqual({ "s3.put": 3 });
  });

  test("and stays so is a TransientError that names the object", async () => {
    const hasty = new S3Client({ region: "eu-central-1", forcePathStyle: true, maxAttempts: 2 });
    const impatient = new S3Objects(hasty, "bucket");
    for (const reply of [s3Error(503, "SlowDown"), s3Error(500, "InternalError"), s3Error(429, "TooManyRequests")]) {
      service.answers(() => reply);
      await expect(impatient.get("runs/a")).rejects.toMatchObject({
        name: "TransientError",
        message: expect.stringContaining("runs/a"),
      });
      expect(service.seen).toHaveLength(2);
    }
    hasty.destroy();
  });

  test("out of reach is a TransientError", async () => {
    const nowhere = new S3Client({
      region: "eu-central-1",
      endpoint: "http://127.0.0.1:1",
      maxAttempts: 2,
      forcePathStyle: true,
    });
    await expect(new S3Objects(nowhere, "bucket").size("runs/a")).rejects.toMatchObject({ name: "TransientError" });
    nowhere.destroy();
  });
});

describe("S3 that denies", () => {
  test.each([
    ["get", () => objects.get("runs/a"), "s3:GetObject"],
    ["range", () => objects.range("runs/a", 0, 9), "s3:GetObject"],
    ["put", () => objects.put("runs/a", "x"), "s3:PutObject"],
    ["size", () => objects.size("runs/a"), "s3:ListBucket"],
    ["list", () => objects.list("runs/"), "s3:ListBucket"],
  ] as const)("%s is a CredentialError that names the permission, and is not repeated", async (_, call, right) => {
    service.answers(() => s3Error(403, "AccessDenied"));
    await expect(call()).rejects.toMatchObject({ name: "CredentialError", hint: expect.stringContaining(right) });
    expect(service.seen).toHaveLength(1);
  });

  test("the bucket itself is a NotFoundError where it is missing, a BugError where the request makes no sense", async () => {
    service.answers(() => s3Error(404, "NoSuchBucket"));
    await expect(objects.list("runs/")).rejects.toMatchObject({ name: "NotFoundError" });
    service.answers(() => s3Error(400, "InvalidArgument"));
    await expect(objects.get("runs/a?versionId=wrong")).rejects.toMatchObject({ name: "BugError" });
  });
});

describe("reading", () => {
  const large = Buffer.alloc(2 * PART_BYTES + 5, "0123456789");

  test("goes on where a body breaks off", async () => {
    service.answers((request, index) => (index < 2 ? { ...part(large, request), cutAfter: 1_000 } : part(large, request)));
    expect(large.equals(await objects.get("runs/a"))).toBe(true);
    expect(service.seen.map(({ headers }) => headers.range).slice(0, 3)).toEqual(Array(3).fill(`bytes=0-${PART_BYTES - 1}`));
  });

  test("asks for no more than is needed, and for parts of one state of the object", async () => {
    service.answers((request) => part(large, request));
    await objects.range("runs/a", 10, 20);
    expect(service.seen.map(({ headers }) => headers.range)).toEqual(["bytes=10-19"]);
    await objects.get("runs/a");
    const rest = service.seen.slice(2);
    expect(rest.map(({ headers }) => headers["if-match"])).toEqual(['"one"', '"one"']);
  });

  test("begins anew where the object is replaced meanwhile", async () => {
    const later = Buffer.alloc(PART_BYTES + 3, "later");
    service.answers((request, index) => {
      if (index === 0) return part(large, request);
      return request.headers["if-match"] === '"one"' ? s3Error(412, "PreconditionFailed") : part(later, request, '"two"');
    });
    expect(later.equals(await objects.get("runs/a"))).toBe(true);
  });

  test("of one version asks for that version", async () => {
    service.answers((request) => part(Buffer.from("old"), request));
    const key = await objects.pinned("inbox/accounts/a b.csv", "x+/=&1");
    expect(Buffer.from(await objects.get(key)).toString()).toBe("old");
    expect(service.seen[0]!.url).toMatch(/^\/bucket\/inbox\/accounts\/a%20b\.csv\?.*versionId=x%2B%2F%3D%261/);
    expect(await objects.pinned("inbox/a.csv", "null")).toBe("inbox/a.csv");
  });
});

describe("writing in parts", () => {
  const large = Buffer.alloc(PART_BYTES + 1, "x");
  const created =
    '<?xml version="1.0"?><InitiateMultipartUploadResult><Bucket>bucket</Bucket><Key>runs/a</Key><UploadId>up</UploadId></InitiateMultipartUploadResult>';
  const done = '<?xml version="1.0"?><CompleteMultipartUploadResult><ETag>"all"</ETag></CompleteMultipartUploadResult>';
  const reply = ({ method, url }: Seen): Reply => {
    if (method === "POST") return { body: /[?&]uploads/.test(url) ? created : done };
    return { headers: { etag: `"${/partNumber=(\d)/.exec(url)?.[1]}"` } };
  };

  test("sends every byte once, and names the parts in order; each request is counted", async () => {
    service.answers(reply);
    meter.take();
    await objects.put("runs/a", large);
    const parts = service.seen.filter(({ method }) => method === "PUT");
    expect(parts.map(({ bytes }) => bytes).sort((a, b) => b - a)).toEqual([PART_BYTES, 1]);
    expect(service.seen.at(-1)!.body).toMatch(/&quot;1&quot;<.*<PartNumber>1<.*&quot;2&quot;<.*<PartNumber>2</s);
    expect(meter.take()).toEqual({ "s3.put": 4 });
  });

  test("gives the upload up where a part is refused, so that nobody pays for it", async () => {
    service.answers((request) => (request.method === "PUT" ? s3Error(403, "AccessDenied") : reply(request)));
    await expect(objects.put("runs/a", large)).rejects.toMatchObject({ name: "CredentialError" });
    expect(service.seen.at(-1)).toMatchObject({ method: "DELETE", url: expect.stringContaining("uploadId=up") });
    expect(service.seen.filter(({ method }) => method === "PUT")).toHaveLength(2);
    expect(service.seen.some(({ method, url }) => method === "POST" && url.includes("uploadId"))).toBe(false);
  });
});

describe("removing", () => {
  const keys = Array.from({ length: 5 }, (_, n) => `runs/a/${n}`);
  const listed = `<?xml version="1.0"?><ListBucketResult><IsTruncated>false</IsTruncated>${keys.map((key) => `<Contents><Key>${key}</Key></Contents>`).join("")}</ListBucketResult>`;
  const errors = (failed: readonly string[], code: string): Reply => ({
    body: `<?xml version="1.0"?><DeleteResult>${failed.map((key) => `<Error><Key>${key}</Key><Code>${code}</Code><Message>no</Message></Error>`).join("")}</DeleteResult>`,
  });
  const asked = ({ body }: Seen): string[] => [...body.matchAll(/<Key>([^<]*)<\/Key>/g)].map(([, key]) => key!);

  test("asks again for the objects that S3 left, and for no others", async () => {
    meter.take();
    service.answers((_, index) => {
      if (index === 0) return { body: listed };
      const left = index === 1 ? [keys[1]!, keys[3]!] : index === 2 ? [keys[3]!] : [];
      return errors(left, index === 1 ? "InternalError" : "SlowDown");
    });
    await objects.remove("runs/a/");
    expect(service.seen.slice(1).map(asked)).toEqual([keys, [keys[1], keys[3]], [keys[3]]]);
    expect(meter.take()).toEqual({ "s3.list": 1 });
  });

  test("fails where S3 denies an object in an answer that is otherwise good", async () => {
    service.answers((_, index) => (index === 0 ? { body: listed } : errors([keys[2]!], "AccessDenied")));
    await expect(objects.remove("runs/a/")).rejects.toMatchObject({
      name: "CredentialError",
      message: expect.stringContaining("runs/a/2"),
    });
  });

  test("is a TransientError where S3 never removes an object", async () => {
    service.answers((_, index) => (index === 0 ? { body: listed } : errors([keys[0]!], "InternalError")));
    await expect(objects.remove("runs/a/")).rejects.toMatchObject({ name: "TransientError" });
  });
});

describe("listing", () => {
  test("follows all pages, unescapes what S3 escaped, and sorts by code units", async () => {
    const page = (names: readonly string[], next?: string): Reply => ({
      body: `<?xml version="1.0"?><ListBucketResult><EncodingType>url</EncodingType><IsTruncated>${next !== undefined}</IsTruncated>${next === undefined ? "" : `<NextContinuationToken>${next}</NextContinuationToken>`}${names.map((name) => `<Contents><Key>${name}</Key></Contents>`).join("")}</ListBucketResult>`,
    });
    service.answers(({ url }) =>
      url.includes("continuation-token=more")
        ? page(["p/%EF%AC%80", "p/%F0%9F%98%80"])
        : page(["p/a+b", "p/a%2Bb", "p/%01"], "more"),
    );
    expect(await objects.list("p/")).toEqual(["p/\u0001", "p/a b", "p/a+b", "p/😀", "p/ﬀ"]);
    expect(service.seen).toHaveLength(2);
  });
});
