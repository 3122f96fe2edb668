import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { ObjectBatches } from "@bullseye/aws/batches";
import { adConnector, createHttp } from "@bullseye/connectors";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { isKnownError } from "@bullseye/core/errors";
import { standingVersions } from "@bullseye/core/ledger/list-versions";
import { Home } from "@bullseye/local";
import { systemClock } from "@bullseye/local/engine/engine";
import type { LocalPorts } from "@bullseye/local/ports";
import { startPlatform, type TestPlatform } from "../workflow/platform.ts";
import { BROKEN, type Calls, type FaultPlan, Faults, NO_FAULTS } from "./faults.ts";
import type { Command, World, WorldFile } from "./worlds.ts";

/** Pauses between retries take no time here. */
systemClock.sleep = async () => {};

const OTHER = "Company,Website,Country\nSomebody Else,somebody.example,DE\nNot This One,other.example,FR\n";

/** What a person is told who then gives the same command again. */
const AGAIN = new RegExp(`changed while|${BROKEN}`);

/** How often one command is given before something is wrong with it. */
const PATIENCE = 12;

/** One world in a home of its own. */
export class Laptop {
  readonly path: string;
  /** The commands in the order in which they began. */
  readonly order: number[] = [];
  deaths = 0;
  readonly #world: World;
  readonly #plan: FaultPlan;
  readonly #plant: (ports: LocalPorts) => void;
  readonly #directory: string;
  #home: Home | null = null;
  #day = "";
  #faults!: Faults;
  #platform: TestPlatform | null = null;
  /** A refresh was interrupted: another that comes first would go on with it, and one run would do what two asked for. */
  #refreshing = false;

  constructor(world: World, directory: string, plan: FaultPlan = NO_FAULTS, plant: (ports: LocalPorts) => void = () => {}) {
    this.#plant = plant;
    this.#world = world;
    this.#plan = plan;
    this.#directory = directory;
    this.path = join(directory, "home");
    for (const [name, text] of Object.entries(world.config)) write(join(this.path, "config", `${name}.yaml`), text);
  }

  /** Does everything, in the order given or in the world's own. */
  async live(order: readonly number[] = this.#world.commands.map((_, index) => index)): Promise<void> {
    if (this.#world.platform) this.#platform = await startPlatform();
    const left = [...order];
    for (let index = left.shift(); index !== undefined; index = left.shift()) await this.#command(index, left);
  }

  /** Looks at the home as it stands, with nothing going wrong any more. */
  async look<T>(work: (home: Home) => Promise<T>): Promise<T> {
    const home = await this.#open(this.#world.commands.at(-1)!.day);
    return this.#faults.unseen(() => work(home));
  }

  /** Domains that the platform holds; null where nothing is told to one. */
  told(): string[] | null {
    return this.#platform?.domains("told") ?? null;
  }

  async close(): Promise<void> {
    await this.#shut();
    await this.#platform?.sandbox.close();
  }

  async #open(day: string): Promise<Home> {
    if (this.#home && this.#day === day) return this.#home;
    const before = this.#faults?.calls;
    await this.#shut();
    this.#day = day;
    const environment = this.#platform?.environment ?? {};
    const home = new Home(this.path, {
      surroundings: { adConnector, http: createHttp(), environment: (name) => environment[name] },
      surroundingsModule: "",
      workers: 0,
      settings: this.#world.settings,
      asOf: day,
    });
    home.ports.clock = { ...home.ports.clock, sleep: async () => {} };
    this.#platform?.adjust(home.ports);
    if (this.#plan.written) home.ports.batches = new ObjectBatches(home.ports.objects);
    this.#plant(home.ports);
    this.#faults = new Faults(this.#plan, this.deaths, before);
    this.#faults.arm(home.ports);
    this.#home = home;
    return home;
  }

  async #shut(): Promise<void> {
    const home = this.#home;
    this.#home = null;
    if (!home) return;
    await home.close();
  }

  /** What was called so far, since the last death. */
  get calls(): Calls {
    return this.#faults.calls;
  }

  /** Something breaks in this world that fails a run. */
  get mayFail(): boolean {
    return this.#plan.breaks.length > 0;
  }

  /** Gives one command until it is through; `left` loses the one that somebody gave first. */
  async #command(index: number, left: number[]): Promise<void> {
    const command = this.#world.commands[index]!;
    const known = new Set(await this.#runIds(command.day));
    let placed = false;
    for (let attempt = 1; ; attempt++) {
      if (attempt > PATIENCE) throw new Error(`${command.does} is not through after ${PATIENCE} attempts`);
      const home = await this.#open(command.day);
      const outcome = await Promise.race([this.#perform(home, command, known, attempt), this.#faults.crashed]);
      if (outcome === "done") break;
      if (outcome !== "crashed") continue;
      this.deaths++;
      this.#faults.calls.writes = 0;
      await this.#shut();
      const next = this.#world.commands[left[0] ?? -1];
      const began = (await this.#runIds(command.day)).some((id) => !known.has(id));
      this.#refreshing ||= command.does === "refresh";
      const mayBeFirst = next?.does === "drop" || (next?.does === "refresh" && !this.#refreshing);
      if (!placed && this.#plan.otherFirst && command.does !== "push" && mayBeFirst) {
        placed = true;
        if (began) this.order.push(index);
        await this.#command(left.shift()!, left);
        if (began && (await this.#isDone(await this.#open(command.day), known, command))) return;
        if (!began) {
          this.order.push(index);
          for (const id of await this.#runIds(command.day)) known.add(id);
        }
      }
    }
    if (!placed) this.order.push(index);
  }

  async #runIds(day: string): Promise<string[]> {
    const home = await this.#open(day);
    return (await this.#faults.unseen(() => home.ports.runs.runs())).map(({ runId }) => runId);
  }

  async #perform(home: Home, command: Command, known: ReadonlySet<string>, attempt: number): Promise<"done" | "again"> {
    try {
      if (command.does === "drop") await this.#drop(home, this.#world.files[command.file]!, attempt);
      else if (command.does === "push") await push(home);
      else if (await this.#isDone(home, known, command)) await home.exclusively(async () => {});
      else if (command.does === "undo") await home.undo(command.list, await this.#versionOf(home, command));
      else await home.refresh();
      return "done";
    } catch (error) {
      if (isKnownError(error) && (error.name === "TransientError" || AGAIN.test(error.message))) return "again";
      throw error;
    }
  }

  /** The version by which a file stands; undefined for the whole list. */
  async #versionOf({ ports }: Home, { list, file }: Extract<Command, { does: "undo" }>): Promise<number | undefined> {
    if (file === undefined) return undefined;
    const { hash } = this.#world.files[file]!;
    const standing = standingVersions(await this.#faults.unseen(() => ports.runs.list(list)));
    return standing.find(({ contentHash }) => contentHash === hash)?.version;
  }

  /** Whether a run that this command began is through: whoever sees that does not ask for another. */
  async #isDone(home: Home, known: ReadonlySet<string>, command: Command): Promise<boolean> {
    const all = await this.#faults.unseen(() => home.ports.runs.runs());
    return all.some(({ runId, type, status, input }) => {
      if (known.has(runId) || status !== "done") return false;
      return command.does === "drop" ? input.versionId === this.#world.files[command.file]!.hash : type === command.does;
    });
  }

  async #drop(home: Home, file: WorldFile, attempt: number): Promise<void> {
    const { name, kind, list, mode, bytes } = file;
    const path = join(this.#directory, list, name);
    write(path, bytes);
    const over = [path, join(this.path, "inbox", kind, list, name)];
    let inPlace = true;
    const overwrite = (): void => {
      for (const each of over) {
        if (!inPlace) rmSync(each, { force: true });
        if (dirname(each) !== this.#directory) mkdirSync(dirname(each), { recursive: true });
        writeFileSync(each, OTHER);
      }
      inPlace = !inPlace;
    };
    const drop = await home.prepare({ file: path, kind, list, mode, origin: "first-party" });
    if (this.#plan.overwrittenBefore && attempt === 1) overwrite();
    this.#faults.overwrite = overwrite;
    try {
      await home.run(drop);
    } finally {
      this.#faults.overwrite = null;
    }
  }
}

async function push(home: Home): Promise<void> {
  const { ports } = home;
  await home.exclusively(async () => {
    for (const { planHash } of await waitingPlans(ports)) await approvePlan(ports, planHash);
    await queueApproved(ports);
    const [newest] = await ports.runs.runs();
    if (newest) await home.deliver(newest);
  });
}

function write(path: string, content: string | Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}
