import { spawn } from "node:child_process";
import { setTimeout as delay } from "node:timers/promises";
import { expect, test } from "vitest";
import { findNode24, NODE_FLAGS } from "../../scripts/node24.mjs";
import { filesUnder } from "../workflow/store-content.ts";
import { TestHome } from "../workflow/support.ts";

/** Writes one large object after the other until it is killed. */
const WRITER = `
const { FileObjects } = await import(process.argv[1]);
const objects = new FileObjects(process.argv[2]);
process.stdout.write("ready");
for (;;) await objects.put("rejects/crm/large.csv", "x".repeat(32 * 1024 * 1024));
`;

async function killWhileWriting(home: string): Promise<void> {
  const module = import.meta.resolve("@bullseye/local/store/objects");
  const child = spawn(findNode24()!, [...NODE_FLAGS, "--input-type=module", "-e", WRITER, module, home], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await new Promise((resolve) => child.stdout.once("data", resolve));
  await delay(60);
  child.kill("SIGKILL");
  await new Promise((resolve) => child.once("close", resolve));
}

const torn = (home: string): string[] => Object.keys(filesUnder(home)).filter((path) => /\.tmp$|^tmp\/|\/tmp\//.test(path));

test("what a write left that a kill cut short is cleared away by the next command", async () => {
  const home = new TestHome();
  await home.drop({ name: "crm.csv", kind: "accounts", text: "Company,Website\nAcme,acme.example\n" });
  for (let attempt = 0; attempt < 10 && torn(home.path).length === 0; attempt++) await killWhileWriting(home.path);
  expect(torn(home.path), "no kill hit a write").not.toEqual([]);
  await home.drop({ name: "more.csv", kind: "accounts", text: "Company,Website\nBeta,beta.example\n" });
  expect(torn(home.path)).toEqual([]);
});
