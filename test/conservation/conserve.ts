import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccountItem } from "@bullseye/core/account/item";
import type { LocalPorts } from "@bullseye/local/ports";
import { differences, type Everything, everythingOf } from "../workflow/store-content.ts";
import { breaches } from "./checks.ts";
import { evidenceIn } from "./evidence.ts";
import { type Calls, type FaultPlan, faultsOf, NO_FAULTS } from "./faults.ts";
import { Laptop } from "./laptop.ts";
import { Stage, type StagePlan, stagePlanOf } from "./stage.ts";
import { type World, type WorldFile, withoutWithdrawn, worldOf } from "./worlds.ts";

/** Seeds that share a world, each with faults of its own. */
export const SEEDS_OF_A_WORLD = 5;

/** In memory where the machine has such a place: what is written here is never looked at again. */
const PLACE = existsSync("/dev/shm") ? "/dev/shm" : tmpdir();

/** What came of one seed. */
export interface Verdict {
  seed: number;
  plan: FaultPlan | StagePlan;
  world: World;
  /** Processes or workers that died. */
  deaths: number;
  /** Empty where everything was conserved. */
  breaches: string[];
}

/** A world that was lived through, and the order in which its commands began. */
interface Lived {
  everything: Everything;
  breaches: string[];
  /** Accounts and how they are judged, as text. */
  judged: string[];
  /** What lists said of whom (`evidence.ts`). */
  evidence: string[];
  order: readonly number[];
  deaths: number;
  calls: Calls;
}

/** Of a world that came to no end. */
const NOTHING: Everything = { store: {}, files: {} };
const NO_CALLS: Calls = { writes: 0, reads: 0, inside: 0 };

/** Runs seeds, in any order; what it knows of the last world is kept for the next seed. */
export class Conservation {
  readonly #plant: (ports: LocalPorts) => void;
  #world: World | null = null;
  readonly #wholes = new Map<string, Lived>();
  #traced = false;

  /** `plant` breaks ports on purpose, where faults happen: what the checks must find. */
  constructor(plant: (ports: LocalPorts) => void = () => {}) {
    this.#plant = plant;
  }

  /** A world with the faults that a seed brings. */
  try(seed: number): Promise<Verdict> {
    return this.#judge(Math.ceil(seed / SEEDS_OF_A_WORLD), seed, (world, calls) =>
      world.where === "stage" ? stagePlanOf(seed) : faultsOf(seed, calls),
    );
  }

  /** A world in which nothing goes wrong but one call of an operation, at this share of all of them: its run fails, and is begun anew. */
  broken(world: number, share: number): Promise<Verdict> {
    return this.#judge(world, world * SEEDS_OF_A_WORLD, (_, { inside }) => ({
      ...NO_FAULTS,
      breaks: [Math.ceil(share * inside)],
    }));
  }

  async #judge(number: number, seed: number, planFor: (world: World, calls: Calls) => FaultPlan | StagePlan): Promise<Verdict> {
    if (this.#world?.number !== number) {
      this.#world = worldOf(number);
      this.#wholes.clear();
      this.#traced = false;
    }
    const world = this.#world;
    const own = world.commands.map((_, index) => index);
    const whole = await this.#whole(world, own);
    whole.breaches.push(...(await this.#traces(world, whole)));
    const plan = planFor(world, whole.calls);
    if (whole.breaches.length > 0)
      return { seed, plan, world, deaths: 0, breaches: whole.breaches.map((each) => `without faults: ${each}`) };
    const lived = await this.#live(world, own, plan);
    const should = await this.#whole(world, lived.order);
    // At once, nobody knows which of two files of one name came last.
    const overwritten = "together" in plan ? plan.together : plan.overwrites.length > 0 || plan.overwrittenBefore;
    const seen = (everything: Everything): Everything => (overwritten ? withoutInbox(everything) : everything);
    let different: string[] = [];
    // A run that failed leaves its record and its number; who the accounts are is the same.
    if ("breaks" in plan && plan.breaks.length > 0)
      different = lived.judged.join() === should.judged.join() ? [] : [differing(lived.judged, should.judged)];
    else different = differences(seen(lived.everything), seen(should.everything));
    if (lived.everything === NOTHING) different = [];
    const breaches = [...lived.breaches, ...different.map((each) => `not as without faults: ${each}`)];
    return { seed, plan, world, deaths: lived.deaths, breaches };
  }

  /** What was taken back was never there: who the accounts are and how they are judged is as without it. */
  async #traces(world: World, whole: Lived): Promise<string[]> {
    const left = world.where === "laptop" && !this.#traced ? withoutWithdrawn(world) : null;
    this.#traced = true;
    if (left === null || left.length === 0 || whole.breaches.length > 0) return [];
    const never = await this.#live(world, left, null);
    if (never.breaches.length > 0) return never.breaches;
    const found: string[] = [];
    for (const [what, is, should] of [
      ["accounts are", whole.judged, never.judged],
      ["what lists said is", whole.evidence, never.evidence],
    ] as const)
      if (is.join("\n") !== should.join("\n"))
        found.push(`${what} not as if what was withdrawn had never come: ${differing(is, should)}`);
    return found;
  }

  async #whole(world: World, order: readonly number[]): Promise<Lived> {
    const known = this.#wholes.get(order.join());
    if (known) return known;
    const whole = await this.#live(world, order, null);
    this.#wholes.set(order.join(), whole);
    return whole;
  }

  async #live(world: World, order: readonly number[], plan: FaultPlan | StagePlan | null): Promise<Lived> {
    const directory = mkdtempSync(join(PLACE, "bullseye-world-"));
    try {
      if (world.where === "stage") {
        const stage = plan ? new Stage(world, directory, plan as StagePlan, this.#plant) : new Stage(world, directory);
        return await onStage(stage, world);
      }
      const laptop = plan ? new Laptop(world, directory, plan as FaultPlan, this.#plant) : new Laptop(world, directory);
      return await onLaptop(laptop, world, order);
    } catch (error) {
      const breaches = [`it ended with ${error instanceof Error ? error.stack : error}`];
      return { everything: NOTHING, breaches, judged: [], evidence: [], order, deaths: 0, calls: NO_CALLS };
    } finally {
      rmSync(directory, { recursive: true, force: true });
    }
  }
}

async function onLaptop(laptop: Laptop, world: World, order: readonly number[]): Promise<Lived> {
  try {
    await laptop.live(order);
    const { path, deaths, calls, order: began } = laptop;
    const fileOf = (versionId: string): WorldFile | undefined => world.files.find(({ hash }) => hash === versionId);
    const everything = contentOf(path);
    const told = laptop.told();
    const found = await laptop.look(({ ports }) =>
      breaches({ world, order: began, path, mayFail: laptop.mayFail, files: everything.files, ports, fileOf, told }),
    );
    return {
      everything,
      breaches: found,
      judged: judgedIn(everything),
      evidence: evidenceIn(everything),
      order: began,
      deaths,
      calls: { ...calls },
    };
  } finally {
    await laptop.close();
  }
}

async function onStage(stage: Stage, world: World): Promise<Lived> {
  try {
    await stage.live();
    const { path, ports, deaths } = stage;
    const order = world.commands.map((_, index) => index);
    const everything = contentOf(path);
    const fileOf = (versionId: string): WorldFile | undefined => stage.fileOf(versionId);
    const found = await breaches({ world, order, path, mayFail: false, files: everything.files, ports, fileOf, told: null });
    return {
      everything,
      breaches: found,
      judged: judgedIn(everything),
      evidence: evidenceIn(everything),
      order,
      deaths,
      calls: NO_CALLS,
    };
  } finally {
    stage.close();
  }
}

/** Each account with what was judged of it, whatever versions it is from. */
function judgedIn({ store }: Everything): string[] {
  const items = (store.accounts ?? []).map(
    (row) => JSON.parse(row.slice(row.indexOf("{"), row.lastIndexOf("}") + 1)) as AccountItem,
  );
  return items.map(({ id, result }) => {
    const { asOf: _, ...judged } = result!;
    return JSON.stringify({ id, ...judged });
  });
}

function differing(is: readonly string[], should: readonly string[]): string {
  const more = is.filter((each) => !should.includes(each));
  const less = should.filter((each) => !is.includes(each));
  return `${more.slice(0, 2).join(" ")} instead of ${less.slice(0, 2).join(" ")}`;
}

/** Everything in a home but for the numbers of turns: whoever takes his anew after a crash gets a higher one. */
function contentOf(home: string): Everything {
  const { store, files } = everythingOf(home);
  for (const path of Object.keys(files)) {
    if (!/^objects\/runs\/[^/]+\/context\.json$/.test(path)) continue;
    const { fence: _, ...context } = JSON.parse(readFileSync(join(home, path), "utf8")) as { fence: number };
    files[path] = JSON.stringify(context);
  }
  return { store, files };
}

/** Without what lies in the inbox: in some worlds it was written over. */
function withoutInbox({ store, files }: Everything): Everything {
  return { store, files: Object.fromEntries(Object.entries(files).filter(([path]) => !path.startsWith("inbox/"))) };
}
