import { tombstonesOf } from "@bullseye/core/erasure/tombstones";
import { trace } from "@bullseye/core/queries/trace";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";

export const traceCommand: Command = {
  name: "trace",
  summary: "the whole life of a row, domain, e-mail address or account",
  usage: "trace LIST:ROW|DOMAIN|E-MAIL|ACCOUNT|NAME",
  options: {},
  async run(context) {
    const { args, out } = context;
    expectWords(
      "trace",
      args,
      1,
      Number.POSITIVE_INFINITY,
      "a row (LIST:ROW), domain, e-mail address, account id or company name",
    );
    const place = await context.workplace();
    const key = args.join(" ");
    if (key.includes("@") || (await tombstonesOf(place.ports)).length > 0) await place.useHashKey();
    const events = await trace(place.ports, key);
    if (out.json) out.document({ events });
    if (out.jsonl) for (const event of events) out.line(event);
    out.table(
      ["when", "what did it", "row", "what", "why"],
      events.map(({ at, stage, list, row, what, why }) => [
        at.slice(0, 16).replace("T", " "),
        stage,
        list === null ? null : row === null ? list : `${list}:${row}`,
        what,
        why,
      ]),
    );
    return 0;
  },
};
