import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { adConnector, createHttp } from "@bullseye/connectors";
import type { AccountItem } from "@bullseye/core/account/item";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import { type Erasure, erase } from "@bullseye/core/erasure/erase";
import type { RunRecord } from "@bullseye/core/ledger/records";
import type { ListKind, Origin } from "@bullseye/core/lists/kinds";
import type { RunSettings } from "@bullseye/core/ports";
import { Home, type RunOutcome } from "@bullseye/local";
import type { LocalPorts } from "@bullseye/local/ports";
import { afterEach } from "vitest";

const surroundingsModule = new URL("../../packages/cli/src/surroundings.ts", import.meta.url).href;
const open: TestHome[] = [];

afterEach(async () => {
  for (const home of open.splice(0)) await home.dispose();
});

/** A list for a test, as text or as bytes. */
export interface TestList {
  name: string;
  text: string | Uint8Array;
  kind?: ListKind;
  list?: string;
  mode?: "append" | "snapshot";
  origin?: Origin;
}

/** How a test's home is opened. */
export interface TestHomeOptions {
  workers?: number;
  settings?: Partial<RunSettings>;
  /** Environment variables; read at the moment of asking, so that a test may change them. */
  environment?: Record<string, string>;
  /** Files of `config/` by name without their ending. */
  config?: Readonly<Record<string, string>>;
  /** Stays after the test that opened it; whoever did so disposes of it. */
  kept?: boolean;
  /** Changes the ports of a home as it is opened; threads of their own do not see it. */
  adjust?: (ports: LocalPorts) => void;
}

/** A home in a temporary directory, gone when the test ends. */
export class TestHome {
  readonly directory = mkdtempSync(join(tmpdir(), "bullseye-test-"));
  readonly #environment: Record<string, string>;
  #home: Home | null = null;
  readonly #workers: number;
  readonly #settings: Partial<RunSettings>;

  readonly #adjust: (ports: LocalPorts) => void;

  constructor(options: TestHomeOptions = {}) {
    this.#workers = options.workers ?? 0;
    this.#settings = options.settings ?? {};
    this.#environment = options.environment ?? {};
    this.#adjust = options.adjust ?? (() => {});
    for (const [name, text] of Object.entries(options.config ?? {})) this.configure(name, text);
    if (!options.kept) open.push(this);
  }

  /** Writes a file of `config/`; the next run reads it. */
  configure(name: string, text: string): void {
    const file = join(this.path, "config", `${name}.yaml`);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  get path(): string {
    return join(this.directory, "home");
  }

  /** The home as of a day; reopened for every day. */
  async at(asOf: string): Promise<Home> {
    await this.#home?.close();
    const environment = this.#environment;
    this.#home = new Home(this.path, {
      surroundings: { adConnector, http: createHttp(), environment: (name) => environment[name] },
      surroundingsModule,
      workers: this.#workers,
      settings: this.#settings,
      asOf,
    });
    this.#adjust(this.#home.ports);
    return this.#home;
  }

  async drop(list: TestList, asOf = "2026-11-20"): Promise<RunRecord> {
    return (await this.dropped(list, asOf)).run;
  }

  /** Drops a list as {@link drop} does and also tells whether it had been imported before. */
  async dropped(list: TestList, asOf = "2026-11-20"): Promise<RunOutcome> {
    const home = await this.at(asOf);
    const file = join(this.directory, list.name);
    writeFileSync(file, list.text);
    const prepared = await home.prepare({
      file,
      kind: list.kind,
      list: list.list,
      mode: list.mode,
      origin: list.origin ?? "first-party",
    });
    return home.run(prepared);
  }

  /** Approves every plan that waits, delivers, and answers the newest run with what became of its audiences. */
  async approve(): Promise<RunRecord> {
    const home = this.#home!;
    for (const { planHash } of await waitingPlans(home.ports)) await approvePlan(home.ports, planHash);
    await queueApproved(home.ports);
    const [newest] = await home.ports.runs.runs();
    return home.deliver(newest!);
  }

  /** The ports of the home as it is open, or as of the usual day. */
  async ports(): Promise<LocalPorts> {
    return (this.#home ?? (await this.at("2026-11-20"))).ports;
  }

  async undo(list: string, asOf = "2026-11-20"): Promise<RunRecord> {
    return (await (await this.at(asOf)).undo(list)).run;
  }

  async refresh(asOf = "2026-11-20"): Promise<RunRecord> {
    return (await (await this.at(asOf)).refresh()).run;
  }

  /** Erases whom a key names. */
  async erase(key: string): Promise<Erasure> {
    const home = this.#home ?? (await this.at("2026-11-20"));
    return erase(
      {
        ports: home.ports,
        betweenRuns: (work) => home.betweenRuns(work),
        eraseFrom: (list, what) => home.eraseFrom(list, what),
        keepsOldVersions: null,
      },
      key,
    );
  }

  async accounts(): Promise<AccountItem[]> {
    const home = this.#home ?? (await this.at("2026-11-20"));
    const items: AccountItem[] = [];
    for await (const item of home.ports.accounts.scan("", null, "all")) items.push(item);
    return items;
  }

  async dispose(): Promise<void> {
    await this.#home?.close();
    this.#home = null;
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** What must not depend on pieces, order or sizes: who the accounts are and how they are judged. */
export function judged(items: readonly AccountItem[]): unknown[] {
  return items.map(({ id, result }) => {
    const { score, low, high, tier, segments, audiences, show } = result!;
    return { id, score, low, high, tier, segments, audiences, show };
  });
}

/** CSV lines without their header in another order, by a fixed seed. */
export function shuffled<T>(values: readonly T[], seed: number): T[] {
  const result = [...values];
  let state = seed;
  for (let index = result.length - 1; index > 0; index--) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    const other = state % (index + 1);
    [result[index], result[other]] = [result[other]!, result[index]!];
  }
  return result;
}
