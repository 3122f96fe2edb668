import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { adConnector, createHttp } from "@bullseye/connectors";
import type { AccountItem } from "@bullseye/core/account/item";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import type { RunRecord } from "@bullseye/core/ledger/records";
import type { ListKind } from "@bullseye/core/lists/kinds";
import type { ConfigurationTexts } from "@bullseye/core/operations/configuration";
import type { AccountStore } from "@bullseye/core/ports";
import { Home } from "@bullseye/local";

/** Accounts as lines of JSON in id order: what must be equal byte for byte. */
export async function accountLines(accounts: AccountStore): Promise<string[]> {
  const lines: string[] = [];
  for await (const item of accounts.scan("", null, "all") as AsyncIterable<AccountItem>) lines.push(JSON.stringify(item));
  return lines;
}

/** Where two lists of accounts differ first, in words that tell nothing of what they hold; null where they do not. */
export function firstDifference(is: readonly string[], should: readonly string[]): string | null {
  if (is.length !== should.length) return `${is.length} accounts where the laptop has ${should.length}`;
  const at = is.findIndex((line, index) => line !== should[index]);
  if (at < 0) return null;
  const [mine, other] = [is[at]!, should[at]!];
  let place = 0;
  while (mine[place] === other[place]) place++;
  return `account ${at + 1} of ${is.length} differs from its ${place}th character on, after ${mine.slice(Math.max(0, place - 60), place).replace(/[^"{}[\]:,]/g, "·")}`;
}

/** The same lists on a laptop: what a stage is compared with. */
export class Laptop {
  readonly #home: Home;
  readonly #path: string;

  /** `environment` holds the stage's hash key, so that keyed hashes agree. */
  constructor(path: string, asOf: string, texts: ConfigurationTexts, environment: Readonly<Record<string, string>>) {
    this.#path = path;
    mkdirSync(join(path, "config"), { recursive: true });
    for (const [name, text] of Object.entries(texts)) writeFileSync(join(path, "config", `${name}.yaml`), text);
    this.#home = new Home(path, {
      surroundings: { adConnector, http: createHttp(), environment: (name) => environment[name] },
      surroundingsModule: new URL("../../packages/cli/src/surroundings.ts", import.meta.url).href,
      workers: 0,
      asOf,
    });
  }

  async run(file: string, kind: ListKind): Promise<RunRecord> {
    return (await this.#home.run(await this.#home.prepare({ file, kind }))).run;
  }

  async refresh(): Promise<void> {
    await this.#home.refresh();
  }

  accounts(): Promise<string[]> {
    return accountLines(this.#home.ports.accounts);
  }

  /** Approves what waits and delivers it. */
  async deliver(): Promise<void> {
    for (const { planHash } of await waitingPlans(this.#home.ports)) await approvePlan(this.#home.ports, planHash);
    await queueApproved(this.#home.ports);
    const [newest] = await this.#home.ports.runs.runs();
    if (newest) await this.#home.deliver(newest);
  }

  /** The upload files, by what they hold. */
  files(): string[] {
    const root = join(this.#path, "outbox");
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"))
      .sort();
  }

  close(): Promise<void> {
    return this.#home.close();
  }
}
