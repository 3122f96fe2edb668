import * as z from "zod";
import { InputError } from "../errors.ts";
import type { Ports } from "../ports.ts";

/** A validated verb: a schema in, a schema out, and the work. Payloads carry pointers, never account data. */
export interface Operation<In = unknown, Out = unknown> {
  /** kebab-case, the same as its folder, state and handler. */
  id: string;
  input: z.ZodType<In>;
  output: z.ZodType<Out>;
  run(ports: Ports, input: In): Promise<Out>;
}

/** Declares an operation; `run` gets what the schema lets through. */
export function operation<In, Out>(declared: Operation<In, Out>): Operation<In, Out> {
  return declared;
}

/** Validates, runs, validates: what every engine calls. */
export async function perform<In, Out>(declared: Operation<In, Out>, ports: Ports, input: unknown): Promise<Out> {
  const parsed = declared.input.safeParse(input);
  if (!parsed.success)
    throw new InputError(`${declared.id} was called with ${z.prettifyError(parsed.error).replaceAll("\n", "; ")}`);
  return declared.output.parse(await declared.run(ports, parsed.data));
}
