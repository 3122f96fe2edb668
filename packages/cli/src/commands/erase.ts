import { type ErasingPlace, erase } from "@bullseye/core/erasure/erase";
import { tombstonesOf } from "@bullseye/core/erasure/tombstones";
import { compileConfiguration } from "@bullseye/core/operations/configuration";
import { expectWords } from "../arguments.ts";
import type { Command, CommandContext } from "../command.ts";
import { countText } from "../terminal-output.ts";
import type { Workplace } from "../workplace.ts";

export const eraseCommand: Command = {
  name: "erase",
  summary: "erases a person or company everywhere, and keeps them out of every later list",
  usage: "erase E-MAIL|CONTACT|DOMAIN|ACCOUNT|LINKEDIN-PAGE|PHONE\nerase --list",
  options: { list: { type: "boolean" } },
  describe: { list: "the tombstones: hashes and days, nobody's name" },
  resumable: true,
  async run(context) {
    const { args, values, out } = context;
    if (values.list === true) {
      expectWords("erase", args, 0, 0, "--list alone");
      return list(context, await context.workplace());
    }
    expectWords("erase", args, 1, 1, "an e-mail address, the id of a contact or an account, a domain, or a LinkedIn page");
    const place = await context.workplace();
    compileConfiguration(await place.configuration());
    await place.useHashKey();
    context.progress?.begin("erasure", place);
    const erasure = await erase(placeOf(place), args[0]!);
    context.progress?.end();
    const { removed, pending, tombstone, day, kind } = erasure;
    const located = removed.map(({ where, n }) => ({ where: where.includes("/") ? place.locate(where) : where, n }));
    if (out.json) out.document({ kind, removed: located, pending, tombstone, day });
    if (out.jsonl) out.line({ kind, removed: located, pending, tombstone, day });
    if (removed.length === 0) out.text("Nothing of them is here (any more).");
    else
      out.table(
        ["erased from", "how much"],
        located.map(({ where, n }) => [where, n]),
      );
    for (const { audience, platform, n, what } of pending)
      out.text(
        audience === undefined ? `Still there: ${what}.` : `${audience} (${platform}): ${countText(n ?? 0, "member")}; ${what}`,
      );
    out.text(`Kept out of every later list since ${day} (tombstone ${tombstone}).`);
    return 0;
  },
};

const placeOf = (place: Workplace): ErasingPlace => ({
  ports: place.ports,
  betweenRuns: (work) => place.betweenRuns(work),
  eraseFrom: (id, what) => place.eraseFrom(id, what),
  keepsOldVersions: place.keepsOldVersions,
});

async function list({ out }: CommandContext, { ports }: Workplace): Promise<number> {
  const tombstones = (await tombstonesOf(ports)).map(({ id, kind, day, marks }) => ({
    tombstone: id,
    kind,
    day,
    marks: marks.length,
  }));
  if (out.json) out.document({ tombstones });
  if (out.jsonl) for (const each of tombstones) out.line(each);
  if (tombstones.length === 0) out.text("Nobody was erased here.");
  else
    out.table(
      ["tombstone", "of a", "since"],
      tombstones.map(({ tombstone, kind, day }) => [tombstone, kind, day]),
    );
  return 0;
}
