import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { InputError } from "@bullseye/core/errors";
import { exportPerson } from "@bullseye/core/queries/export-person";
import { expectWords } from "../arguments.ts";
import type { Command } from "../command.ts";

export const exportPersonCommand: Command = {
  name: "export-person",
  summary: "everything stored about a person, for whoever asks what is known of them",
  usage: "export-person E-MAIL|CONTACT|LINKEDIN-PAGE|PHONE [--out FILE.json]",
  options: { out: { type: "string" } },
  describe: { out: "FILE    writes it there instead of to standard output" },
  async run(context) {
    const { args, values, out, cwd } = context;
    expectWords("export-person", args, 1, 1, "an e-mail address, the id of a contact, a LinkedIn page or a telephone number");
    const place = await context.workplace();
    await place.useHashKey();
    const known = await exportPerson(place.ports, args[0]!);
    const text = `${JSON.stringify(known, null, 2)}\n`;
    if (typeof values.out !== "string") {
      if (out.json) out.document(known);
      else if (out.jsonl) out.line(known);
      else out.text(text.trimEnd());
      return 0;
    }
    try {
      // Nobody else on the machine is to read it, and nothing is overwritten.
      writeFileSync(resolve(cwd, values.out), text, { mode: 0o600, flag: "wx" });
    } catch (cause) {
      throw new InputError(`${values.out} could not be written (${(cause as NodeJS.ErrnoException).code})`, {
        hint: "name a file that is not there yet",
        cause,
      });
    }
    const { contacts, orders } = known;
    if (out.json) out.document({ out: values.out, contacts: contacts.length, orders: orders.length });
    out.note(`written to ${values.out}; it is personal`);
    return 0;
  },
};
