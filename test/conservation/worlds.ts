import { createHash } from "node:crypto";
import { LIST_KINDS, type ListKind, PATCH_KINDS } from "@bullseye/core/lists/kinds";
import type { RunSettings } from "@bullseye/core/ports";
import { Random } from "../reading/random.ts";
import { type GeneratedFile, generateFile } from "./files.ts";
import type { Fields } from "./kinds.ts";

/** A file of a world, and where it is dropped. */
export interface WorldFile extends GeneratedFile {
  name: string;
  kind: ListKind;
  list: string;
  mode: "append" | "snapshot";
  /** SHA-256 of the bytes. */
  hash: string;
}

/** What a person does, on a day. */
export type Command = { day: string } & (
  | { does: "drop"; file: number }
  /** The whole list, or one file of it. */
  | { does: "undo"; list: string; file?: number }
  | { does: "refresh" }
  /** Approves what waits, queues and delivers. */
  | { does: "push" }
);

/** Lists and what is done with them, before anything goes wrong. */
export interface World {
  number: number;
  files: WorldFile[];
  commands: Command[];
  settings: Partial<RunSettings>;
  /** `config/` by file name. */
  config: Record<string, string>;
  /** On a laptop, or where events start runs, as on AWS. */
  where: "laptop" | "stage";
  /** Whether one audience is delivered to a platform on loopback. */
  platform: boolean;
}

const ICP = `id: fit
name: Fit
version: 1
tiers: { A: 60, B: 30, D: 0 }
rules:
  - { id: industry, dimension: firmographic, attribute: vertical, weight: 50, map: { manufacturing: 50, retail: 20 } }
  - { id: size, dimension: firmographic, attribute: employees, weight: 50, bands: [{ points: 0 }, { from: 50, points: 50 }] }
`;

const LISTS = ["crm", "fair-2026", "a", "partners", "old-list"];

const KIND_WEIGHTS: readonly ListKind[] = ["accounts", "accounts", "accounts", "contacts", "orders", ...LIST_KINDS];

/** Sizes of work units: rarely small, for what small ones cost. */
const SETTINGS: ReadonlyArray<Partial<RunSettings>> = [
  { rangeBytes: 400, partitionRows: 6 },
  { rangeBytes: 1_500, partitionRows: 20 },
  { rangeBytes: 1_500, partitionRows: 30 },
  { rangeBytes: 1_000_000, partitionRows: 1_000 },
];

/** One world of so many is lived on a stage [design]. */
const STAGE_EVERY = 4;

const audience = (id: string, mode: "file" | "api"): string =>
  `  - { id: ${id}, name: ${id}, platform: linkedin, mode: ${mode}, include: { employees: { atLeast: 1 } } }\n`;

/** The world of a number: the same for ever. */
export function worldOf(number: number): World {
  const random = new Random(number);
  const where = number % STAGE_EVERY === 0 ? "stage" : "laptop";
  const platform = where === "laptop" && random.chance(0.06);
  const lists = random.sample(LISTS, random.integer(1, 3)).map((id) => ({
    id,
    kind: random.pick(KIND_WEIGHTS),
    mode: random.chance(0.3) ? ("snapshot" as const) : ("append" as const),
    like: [] as Fields[],
  }));
  const files: WorldFile[] = [];
  const commands: Command[] = [];
  const standing = new Set<string>();
  let day = 20;
  const act = (command: Command): void => void commands.push(command);
  const today = (): { day: string } => ({ day: `2026-11-${day}` });
  const count = random.integer(where === "stage" ? 2 : 1, 4);
  for (let n = 0; n < count; n++) {
    const list = random.pick(lists);
    const rows = random.chance(0.3) ? random.integer(1, 6) : random.integer(7, 60);
    const { kept, ...file } = generateFile(random, list.kind, rows, list.like);
    list.like.push(...kept);
    const name = `${random.chance(0.6) ? "list" : random.pick(["Liste vom Stand", "EXPORT_1", "x"])}.${file.ending}`;
    const hash = createHash("sha256").update(file.bytes).digest("hex");
    files.push({ ...file, name, kind: list.kind, list: list.id, mode: list.mode, hash });
    act({ ...today(), does: "drop", file: n });
    standing.add(list.id);
    if (random.chance(0.15)) {
      const again = random.integer(0, n);
      act({ ...today(), does: "drop", file: again });
      standing.add(files[again]!.list);
    }
    if (random.chance(0.15)) act({ ...today(), does: "push" });
    if (random.chance(0.2)) {
      if (random.chance(0.5)) day++;
      act({ ...today(), does: "refresh" });
    }
    if (random.chance(0.2)) {
      const list = random.pick([...standing]);
      standing.delete(list);
      act({ ...today(), does: "undo", list });
      if (standing.size === 0) break;
    }
  }
  if (where === "laptop") commands.push(...withdrawals(new Random(number + WITHDRAWALS), commands, files, today()));
  if (random.chance(0.7)) act({ ...today(), does: "push" });
  return {
    number,
    files,
    commands,
    settings: random.pick(SETTINGS),
    config: { icp: ICP, audiences: `audiences:\n${audience("everyone", "file")}${platform ? audience("told", "api") : ""}` },
    where,
    platform,
  };
}

/** Of other random choices than those of the lists, so that these stay what they are. */
const WITHDRAWALS = 1_000_003;

/** Files of a list that are undone while others of it stay, which nearly always name companies that they name, too; some come again. */
function withdrawals(random: Random, commands: readonly Command[], files: WorldFile[], today: { day: string }): Command[] {
  const found: Command[] = [];
  for (let n = random.integer(0, 2); n > 0; n--) {
    const lists = [...standingDrops([...commands, ...found], files).standing.values()].filter((drops) => drops.length > 1);
    const drops = lists.length === 0 ? [] : random.pick(lists);
    const file = drops.length === 0 ? undefined : random.pick(drops).file;
    if (file === undefined || files[file]!.mode !== "append" || !PATCH_KINDS.has(files[file]!.kind)) continue;
    found.push({ ...today, does: "undo", list: files[file]!.list, file });
    if (random.chance(0.3)) found.push({ ...today, does: "drop", file });
  }
  return found;
}

/** Drops by list whose rows stand at the end, and whether any was taken back. */
function standingDrops(
  commands: readonly Command[],
  files: readonly WorldFile[],
): { standing: Map<string, Array<{ index: number; file: number }>>; withdrawn: boolean } {
  const standing = new Map<string, Array<{ index: number; file: number }>>();
  let withdrawn = false;
  for (const [index, command] of commands.entries()) {
    if (command.does === "undo") {
      const left = (standing.get(command.list) ?? []).filter(
        ({ file }) => command.file !== undefined && files[file]!.hash !== files[command.file]!.hash,
      );
      if (left.length > 0) standing.set(command.list, left);
      else standing.delete(command.list);
      withdrawn = true;
    }
    if (command.does !== "drop") continue;
    const { list, mode, hash } = files[command.file]!;
    const known = standing.get(list) ?? [];
    if (known.some(({ file }) => files[file]!.hash === hash)) continue;
    if (mode === "snapshot" && known.length > 0) withdrawn = true;
    const drop = { index, file: command.file };
    standing.set(list, mode === "snapshot" ? [drop] : [...known, drop]);
  }
  return { standing, withdrawn };
}

/**
 * The commands of a world without those whose effect was taken back: lists and files that were undone, and files of snapshots that a later one
 * replaced. Null where nothing was.
 */
export function withoutWithdrawn({ commands, files }: World): number[] | null {
  const { standing, withdrawn } = standingDrops(commands, files);
  if (!withdrawn) return null;
  return [...standing.values()]
    .flat()
    .map(({ index }) => index)
    .sort((a, b) => a - b);
}
