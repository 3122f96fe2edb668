import { Buffer } from "node:buffer";
import type { ByteSource } from "../lists/unpacking/byte-source.ts";
import type { Ports } from "../ports.ts";
import { workKey } from "./run-context.ts";

/** The plain text of a packed or transcoded list, kept as objects of equal size under the run's work. */
export interface PlainParts {
  /** Keys are this and a number of six digits. */
  prefix: string;
  /** Bytes of every part but the last. */
  partBytes: number;
  /** Bytes of all parts together. */
  size: number;
}

/** Bytes of a part [design]: what is held in memory while a list of any size is unpacked. */
const PART_BYTES = 32 * 1024 * 1024;

const partKey = (prefix: string, index: number): string => prefix + String(index).padStart(6, "0");

/** Writes a stream as parts under a folder of the run's work (`plain/`); writing the same stream again gives the same parts. */
export async function writeParts(
  ports: Ports,
  runId: string,
  chunks: AsyncIterable<Uint8Array>,
  folder: string,
  partBytes: number = PART_BYTES,
): Promise<PlainParts> {
  const prefix = workKey(runId, folder);
  let held: Uint8Array[] = [];
  let length = 0;
  let index = 0;
  let size = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length; ) {
      const taken = Uint8Array.from(chunk.subarray(at, at + partBytes - length));
      held.push(taken);
      at += taken.length;
      length += taken.length;
      size += taken.length;
      if (length < partBytes) continue;
      await ports.objects.put(partKey(prefix, index++), Buffer.concat(held));
      held = [];
      length = 0;
    }
  }
  if (length > 0) await ports.objects.put(partKey(prefix, index), Buffer.concat(held));
  return { prefix, partBytes, size };
}

/** The parts as the one text that they are. */
export function sourceOfParts(ports: Ports, { prefix, partBytes, size }: PlainParts): ByteSource {
  return {
    size,
    async range(start, end) {
      const pieces: Uint8Array[] = [];
      const stop = Math.min(end, size);
      for (let at = start; at < stop; ) {
        const index = Math.floor(at / partBytes);
        const from = index * partBytes;
        const to = Math.min(stop, from + partBytes);
        pieces.push(await ports.objects.range(partKey(prefix, index), at - from, to - from));
        at = to;
      }
      return pieces.length === 1 ? pieces[0]! : Buffer.concat(pieces);
    },
  };
}

/** An object of the store as bytes to read from. */
export function sourceOfObject(ports: Ports, key: string, size: number): ByteSource {
  return { size, range: (start, end) => ports.objects.range(key, start, Math.min(end, size)) };
}
