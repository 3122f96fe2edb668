import { Readable, type Transform } from "node:stream";
import { createGunzip, createInflateRaw } from "node:zlib";
import { InputError } from "../../errors.ts";
import { UNPACKING_LIMITS } from "./byte-source.ts";

/** Unpacks a gzip stream (of one or more members) in flat memory; InputError when it is damaged, cut off or a bomb. */
export function gunzipped(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  return through(chunks, createGunzip(), "The gzip file");
}

/** Unpacks a raw deflate stream in flat memory; errors as `gunzipped`, under the name given. */
export function inflated(chunks: AsyncIterable<Uint8Array>, what: string): AsyncGenerator<Uint8Array> {
  return through(chunks, createInflateRaw(), what);
}

async function* through(chunks: AsyncIterable<Uint8Array>, unpack: Transform, what: string): AsyncGenerator<Uint8Array> {
  let [packed, bytes] = [0, 0];
  const input = Readable.from(
    (async function* () {
      for await (const chunk of chunks) {
        packed += chunk.length;
        yield chunk;
      }
    })(),
    { objectMode: false },
  );
  // Reading errors of the input must reach the loop below and not the process.
  input.on("error", (error) => unpack.destroy(error));
  input.pipe(unpack);
  try {
    for await (const chunk of unpack as AsyncIterable<Uint8Array>) {
      bytes += chunk.length;
      refuseBomb(bytes, packed, what);
      yield chunk;
    }
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (typeof code !== "string" || !code.startsWith("Z_")) throw error;
    throw new InputError(`${what} is damaged or cut off.`, {
      hint: "fetch it again, or unpack it and give the table inside.",
      cause: error,
    });
  } finally {
    input.destroy();
    unpack.destroy();
  }
}

/** Throws where more came out than any list holds. */
function refuseBomb(unpacked: number, packed: number, what: string): void {
  const tooMany = unpacked > UNPACKING_LIMITS.maxBytes;
  if (!tooMany && (unpacked < UNPACKING_LIMITS.ratioFrom || unpacked <= packed * UNPACKING_LIMITS.maxRatio)) return;
  throw new InputError(
    `${what} unpacks to more than ${tooMany ? "32 GiB" : `${UNPACKING_LIMITS.maxRatio} times its size`}: no list does.`,
    {
      hint: "if it is one all the same, unpack it yourself and drop the table in parts.",
    },
  );
}
