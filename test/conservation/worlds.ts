import { createHash } from "node:crypto";
import { LIST_KINDS, type ListKind } from "@bullseye/core/lists/kinds";
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
  | { does: "undo"; list: string }
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

/**
 * The commands of a world without those whose effect was taken back: lists that were undone, and files of snapshots that a later one
 * replaced. Null where nothing was.
 */
export function withoutWithdrawn({ commands, files }: World): number[] | null {
  const standing = new Map<string, number[]>();
  let withdrawn = false;
  for (const [index, command] of commands.entries()) {
    if (command.does === "undo") {
      standing.delete(command.list);
      withdrawn = true;
    }
    if (command.does !== "drop") continue;
    const { list, mode, hash } = files[command.file]!;
    const known = standing.get(list) ?? [];
    if (known.some((each) => hashOf(commands[each]!, files) === hash)) continue;
    if (mode === "snapshot" && known.length > 0) withdrawn = true;
    standing.set(list, mode === "snapshot" ? [index] : [...known, index]);
  }
  if (!withdrawn) return null;
  return [...standing.values()].flat().sort((a, b) => a - b);
}

const hashOf = (command: Command, files: readonly WorldFile[]): string | null =>
  command.does === "drop" ? files[command.file]!.hash : null;
