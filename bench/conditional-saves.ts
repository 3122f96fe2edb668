import { once } from "node:events";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { DynamoAccounts, tableDefinition } from "@bullseye/aws/dynamodb/index";
import type { AccountItem } from "@bullseye/core/account/item";
import { NO_CHANGES } from "@bullseye/core/ports";

/**
 * Conditional saves a second through the accounts port against a bare loop of conditional puts of the very same items, on the same dynalite
 * in the same run, taking turns: `node bench/conditional-saves.ts [accounts a round] [rounds]`.
 */
const ACCOUNTS = Number(process.argv[2] ?? 1_000);
const ROUNDS = Number(process.argv[3] ?? 20);
/** Puts in flight at a time, as the port has them. */
const IN_FLIGHT = 64;
/** What the issue asks for. */
const GOAL = 0.9;

if (isMainThread) await compare();
else await serve();

/** The database runs in a thread of its own, so that it takes no time from the side that is measured. */
async function serve(): Promise<void> {
  const dynalite = createRequire(import.meta.url)("dynalite") as (options: object) => import("node:http").Server;
  const server = dynalite({ createTableMs: 0 });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  parentPort!.postMessage((server.address() as AddressInfo).port);
}

async function compare(): Promise<void> {
  const database = new Worker(new URL(import.meta.url));
  const [port] = (await once(database, "message")) as [number];
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-central-1",
    credentials: { accessKeyId: "none", secretAccessKey: "none" },
    requestHandler: { httpAgent: { maxSockets: 128, keepAlive: true } },
  });
  let tables = 0;
  const createTable = async (): Promise<string> => {
    const TableName = `saves-${tables++}`;
    await client.send(new CreateTableCommand({ TableName, ...tableDefinition }));
    let status: string | undefined;
    while (status !== "ACTIVE") status = (await client.send(new DescribeTableCommand({ TableName }))).Table?.TableStatus;
    return TableName;
  };

  const accounts = Array.from({ length: ACCOUNTS }, (_, n) => accountOf(n));
  const recorded: PutItemCommand["input"][] = [];
  const record = "record";
  client.middlewareStack.add(
    (next, context) => async (args) => {
      if (context.commandName === "PutItemCommand") recorded.push(args.input as PutItemCommand["input"]);
      return next(args);
    },
    { step: "initialize", name: record },
  );
  await throughPort(client, await createTable(), accounts);
  client.middlewareStack.remove(record);
  if (recorded.length !== ACCOUNTS) throw new Error(`the port made ${recorded.length} puts of ${ACCOUNTS} accounts`);
  const bytes = recorded.reduce((sum, { Item }) => sum + (Item?.b?.B?.length ?? 0), 0);
  print(`${count(ACCOUNTS)} accounts a round, ${Math.round(bytes / ACCOUNTS)} bytes of body each, ${IN_FLIGHT} puts in flight`);

  await bareLoop(client, await createTable(), recorded);
  const seconds = { port: [] as number[], bare: [] as number[] };
  const cpu = { port: 0, bare: 0 };
  for (let round = 0; round < ROUNDS; round++) {
    // Taking turns at being first, so that whatever slows the machine down meets both.
    const sides = round % 2 === 0 ? (["bare", "port"] as const) : (["port", "bare"] as const);
    for (const side of sides) {
      const table = await createTable();
      const started = performance.now();
      const before = process.threadCpuUsage();
      if (side === "port") await throughPort(client, table, accounts);
      else await bareLoop(client, table, recorded);
      seconds[side].push((performance.now() - started) / 1000);
      const { user, system } = process.threadCpuUsage(before);
      cpu[side] += user + system;
    }
  }
  for (const side of ["bare", "port"] as const) {
    const speed = (ACCOUNTS * ROUNDS) / seconds[side].reduce((sum, each) => sum + each, 0);
    const each = cpu[side] / (ACCOUNTS * ROUNDS);
    print(
      `${side.padEnd(6)}${count(Math.round(speed)).padStart(8)} saves/s ${each.toFixed(0).padStart(6)} µs of this thread's CPU each`,
    );
  }
  // The middle of the pairs: what else the machine does meanwhile moves the sums more than the port does.
  const ratios = seconds.bare.map((bare, round) => bare / seconds.port[round]!).sort((a, b) => a - b);
  const ratio = ratios[Math.floor(ratios.length / 2)]!;
  print(
    `ratio ${ratio.toFixed(3)} (middle of ${ROUNDS} rounds, ${ratios[0]!.toFixed(2)} to ${ratios.at(-1)!.toFixed(2)}; goal ${GOAL})`,
  );
  if (ratio < GOAL) process.exitCode = 1;
  client.destroy();
  await database.terminate();
}

async function throughPort(client: DynamoDBClient, table: string, accounts: readonly AccountItem[]): Promise<void> {
  await new DynamoAccounts(client, table).save({ ...NO_CHANGES, accounts: [...accounts] }, 1);
}

/** The least that a program can do to save these items against a later turn. */
async function bareLoop(client: DynamoDBClient, TableName: string, puts: ReadonlyArray<PutItemCommand["input"]>): Promise<void> {
  let next = 0;
  const worker = async (): Promise<void> => {
    while (next < puts.length) {
      const { Item, ConditionExpression, ExpressionAttributeValues } = puts[next++]!;
      try {
        await client.send(new PutItemCommand({ TableName, Item, ConditionExpression, ExpressionAttributeValues }));
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) throw new Error("another turn was faster");
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, worker));
}

/** A company as a CRM lists it, told apart by its number. */
function accountOf(n: number): AccountItem {
  const id = Array.from({ length: 3 }, (_, part) => (Math.imul(n * 3 + part + 1, 0x9e3779b1) >>> 0).toString(16).padStart(8, "0"))
    .join("")
    .slice(0, 20);
  const [name, domain] = [`Brightwater Hydraulik ${n} GmbH`, `brightwater-hydraulik-${n}.example`];
  const tier = ["A", "B", "C", "unknown"][n % 4]!;
  const [employees, revenue, country] = [(n * 7) % 900, ((n * 7919) % 100_003) * 1000, ["US", "DE", "GB"][n % 3]!];
  return {
    ...{ v: 1, id },
    groups: [
      {
        ...{ home: id, rank: 3 },
        st: [
          {
            ...{ l: "crm", v: 1, k: "accounts", r: [n + 2], d: "2026-11-20" },
            f: {
              country,
              domain,
              website: domain,
              name,
              employees,
              revenue,
              currency: "USD",
              street: `Road ${n % 300}`,
              city: "Bremen",
            },
          },
        ],
      },
    ],
    result: {
      ...{ score: tier === "unknown" ? null : (n * 31) % 100, low: 20, high: 100, tier, segments: ["core-industries"] },
      ...{ audiences: tier === "A" ? ["strategic-accounts"] : [], asOf: "2026-11-20" },
      ...(tier === "A" ? { members: { linkedin: [id, id] as const } } : {}),
      show: { name, domain, country, industry: null, employees, revenue },
    },
  };
}

function count(n: number): string {
  return n.toLocaleString("en-US");
}

function print(line: string): void {
  process.stdout.write(`${line}\n`);
}
