import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import { TransientError } from "@bullseye/core/errors";
import { type AwsError, isNetworkFailure } from "../failures.ts";
import { ATTEMPTS, inParallel, pause } from "../in-parallel.ts";
import type { Address } from "./address.ts";

/** Bytes of one request, and requests for one object at a time [design]: "Performance Guidelines for Amazon S3" says 8 to 16 MB. */
export const PART_BYTES = 8 * 1024 * 1024;
export const PARTS_AT_ONCE = 4;

interface Part {
  readonly bytes: Uint8Array;
  readonly etag: string | undefined;
  /** Bytes of the whole object. */
  readonly total: number;
}

/**
 * Bytes `[start, end)` of an object, in several requests where they are many. All parts are of one state of the object: where it is
 * replaced meanwhile, reading begins anew.
 */
export async function readBytes(
  client: S3Client,
  address: Address,
  start = 0,
  end = Number.POSITIVE_INFINITY,
): Promise<Uint8Array> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const first = await readPart(client, address, start, Math.min(end, start + PART_BYTES));
    const stop = Math.min(end, first.total);
    const read = start + first.bytes.length;
    if (read >= stop) return first.bytes;
    const whole = new Uint8Array(stop - start);
    whole.set(first.bytes);
    const starts: number[] = [];
    for (let at = read; at < stop; at += PART_BYTES) starts.push(at);
    try {
      await inParallel(starts, PARTS_AT_ONCE, async (at) => {
        const part = await readPart(client, address, at, Math.min(stop, at + PART_BYTES), first.etag);
        whole.set(part.bytes, at - start);
      });
      return whole;
    } catch (error) {
      if (!wasReplaced(error)) throw error;
    }
  }
  throw new TransientError(`the object ${address.Key} was replaced again and again while it was read`);
}

async function readPart(client: S3Client, address: Address, start: number, end: number, etag?: string): Promise<Part> {
  for (let attempt = 1; ; attempt++) {
    try {
      const answer = await client.send(new GetObjectCommand({ ...address, Range: `bytes=${start}-${end - 1}`, IfMatch: etag }));
      const bytes = (await answer.Body?.transformToByteArray()) ?? new Uint8Array();
      const total = /\/(\d+)$/.exec(answer.ContentRange ?? "")?.[1];
      return { bytes, etag: answer.ETag, total: total === undefined ? start + bytes.length : Number(total) };
    } catch (error) {
      // Nothing lies at or after `start`: the object is shorter, or empty.
      if (isPastTheEnd(error)) return { bytes: new Uint8Array(), etag: undefined, total: start };
      // The SDK retries requests, not bodies that break off.
      if (attempt === ATTEMPTS || !isNetworkFailure(error)) throw error;
      await pause(attempt);
    }
  }
}

function isPastTheEnd(error: unknown): boolean {
  const { name, $metadata } = error as AwsError;
  return name === "InvalidRange" || $metadata?.httpStatusCode === 416;
}

function wasReplaced(error: unknown): boolean {
  const { name, $metadata } = error as AwsError;
  return name === "PreconditionFailed" || $metadata?.httpStatusCode === 412;
}
