import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { approvePlan, queueApproved, waitingPlans } from "@bullseye/core/audiences/approve";
import type { ListKind } from "@bullseye/core/lists/kinds";
import type { Ports, RunSettings } from "@bullseye/core/ports";
import { afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { HASH_KEY } from "../contracts/stand-ins.ts";
import { startPlatform, type TestPlatform } from "../workflow/platform.ts";
import { TestHome } from "../workflow/support.ts";
import { type Content, contentOf, differencesOf } from "./content.ts";
import { allows } from "./iam.ts";
import { time } from "./passing-time.ts";
import { Recorder } from "./recorder.ts";
import { inRegion, names, roleOf } from "./roles.ts";
import { TestStage } from "./support.ts";

vi.mock("node:timers/promises", () => import("./passing-time.ts"));

const LISTS: ReadonlyArray<[kind: ListKind, file: string]> = [
  ["reference", "firmographics"],
  ["accounts", "crm-accounts"],
  ["accounts", "hubspot-companies"],
  ["contacts", "contacts"],
  ["orders", "shop-orders"],
  ["deals", "hubspot-deals"],
  ["suppressions", "do-not-target"],
];

const pathOf = (kind: string, file: string): string =>
  fileURLToPath(new URL(`../../events/lists/${kind}/${file}.csv`, import.meta.url));

const AT = "2026-11-20T08:00:00Z";
const LATER = "2027-01-19T03:00:00Z";

/** A second version of a list: some rows less, some changed. */
const secondVersion = (): string => {
  const lines = readFileSync(pathOf("orders", "shop-orders"), "utf8").split("\n");
  return [lines[0], ...lines.slice(1).filter((_, index) => index % 7 !== 3)].join("\n").replaceAll(",paid,", ",refunded,");
};

const open: Array<{ close(): Promise<unknown> }> = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function approveAll(ports: Ports): Promise<void> {
  for (const { planHash } of await waitingPlans(ports)) await approvePlan(ports, planHash);
  await queueApproved(ports);
}

/** What a marketing team does in two months. Pushes that need no approval go out after each run. */
interface Team {
  ports(): Ports;
  drop(kind: ListKind, file: string, body?: string): Promise<unknown>;
  deliver(): Promise<void>;
  undo(list: string): Promise<void>;
  refresh(): Promise<void>;
}

async function twoMonths(team: Team): Promise<Content[]> {
  const content: Content[] = [];
  const look = async (): Promise<void> => void content.push(await contentOf(team.ports()));
  for (const [kind, file] of LISTS) await team.drop(kind, file);
  await look();
  await approveAll(team.ports());
  await team.deliver();
  await look();
  await team.drop("orders", "shop-orders", secondVersion());
  await team.undo("hubspot-companies");
  await look();
  await team.refresh();
  await approveAll(team.ports());
  await team.deliver();
  await look();
  return content;
}

async function onLaptop(platform: TestPlatform): Promise<Content[]> {
  const home = new TestHome({
    environment: { ...platform.environment, BULLSEYE_HASH_KEY: HASH_KEY },
    adjust: (ports) => platform.adjust(ports),
    kept: true,
  });
  let asOf = AT.slice(0, 10);
  let now = await home.at(asOf);
  const content = await twoMonths({
    ports: () => now.ports,
    drop: async (kind, file, body) => {
      if (body !== undefined) return home.drop({ name: `${file}.csv`, kind, text: body, origin: "first-party" }, asOf);
      now = await home.at(asOf);
      return now.run(await now.prepare({ file: pathOf(kind, file), kind }));
    },
    deliver: async () => {
      const [newest] = await now.ports.runs.runs();
      await now.deliver(newest!);
    },
    undo: async (list) => {
      now = await home.at(asOf);
      await now.undo(list);
    },
    refresh: async () => {
      asOf = LATER.slice(0, 10);
      now = await home.at(asOf);
      await now.refresh();
    },
  });
  await home.dispose();
  return content;
}

async function onStage(platform: TestPlatform, settings: Partial<RunSettings>): Promise<Content[]> {
  const { secrets, settings: connection } = platform.sandbox.connections.linkedin!;
  const stage = await TestStage.start(settings, platform.environment);
  open.push(stage);
  time.pass = platform.sleep;
  stage.standIns.secrets.set("bullseye/test/linkedin", JSON.stringify({ ...secrets, ...connection }));
  let second = 0;
  return twoMonths({
    ports: () => stage.ports,
    drop: async (kind, file, body) => {
      const at = AT.replace("00Z", `${String(second++).padStart(2, "0")}Z`);
      const sidecar = JSON.parse(readFileSync(`${pathOf(kind, file)}.list.json`, "utf8"));
      const run = await stage.drop({
        key: `inbox/${kind}/${file}/${file}.csv`,
        body: body ?? readFileSync(pathOf(kind, file)),
        sidecar,
        at,
      });
      expect(run, file).toMatchObject({ status: "done", balanced: true });
      await stage.deliverAll();
    },
    deliver: async () => void (await stage.deliverAll()),
    undo: async (list) => {
      const { input } = (await stage.ports.runs.runs())[0]!;
      expect(await stage.undo(list, "2026-11-20T09:00:00.000Z", input.configSha)).toMatchObject({ status: "done", type: "undo" });
      await stage.deliverAll();
    },
    refresh: async () => {
      expect(await stage.refresh(LATER)).toMatchObject({ status: "done", type: "refresh" });
      await stage.deliverAll();
    },
  });
}

describe("a stage, its functions and the laptop", () => {
  let laptop: Content[];

  beforeAll(async () => {
    const platform = await startPlatform();
    laptop = await onLaptop(platform);
    await platform.sandbox.close();
  }, 120_000);

  test.each<[string, Partial<RunSettings>]>([
    ["whole lists", {}],
    ["many small partitions and ranges", { partitionRows: 60, rangeBytes: 40_000 }],
  ])(
    "come to the same accounts, contacts, audiences and files, byte for byte: %s",
    async (_, settings) => {
      const platform = await startPlatform();
      open.push(platform.sandbox);
      const recorder = new Recorder(names);
      const stage = await onStage(platform, settings);
      recorder.stop();
      for (const [at, content] of laptop.entries())
        expect(differencesOf(stage[at]!, content), `after step ${at + 1}`).toEqual([]);
      expect(laptop.at(-1)!.accounts.length).toBeGreaterThan(400);
      expect(Object.keys(laptop[1]!.files).filter((key) => key.startsWith("outbox/")).length).toBeGreaterThan(1);
      const denied = recorder.all().filter((use) => !allows(roleOf(use.functionId), inRegion(use)));
      expect(denied).toEqual([]);
      expect(platform.domains("strategic-accounts")!.length).toBeGreaterThan(0);
    },
    300_000,
  );
});
