import { TransientError } from "@bullseye/core/errors";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { TestHome } from "../workflow/support.ts";

/** What the engine did, counted as it looks its states up: every state that it enters, and every child of a Map. */
const entered = vi.hoisted(() => ({ states: 0, children: 0 }));

interface Machine {
  startAt: string;
  states: Map<string, { type: string; processor?: Machine }>;
}

vi.mock("../../packages/local/src/workflow.ts", async (original) => {
  class Counting extends Map<string, never> {
    startAt: string | null = null;
    override get(name: string): never {
      entered.states++;
      if (name === this.startAt) entered.children++;
      return super.get(name)!;
    }
  }
  const counting = (machine: Machine, isChild: boolean): Machine => {
    const states = new Counting();
    for (const [name, state] of machine.states)
      states.set(name, (state.processor ? { ...state, processor: counting(state.processor, true) } : state) as never);
    if (isChild) states.startAt = machine.startAt;
    return { ...machine, states: states as never };
  };
  const { targetAccounts } = (await original()) as { targetAccounts(): Machine };
  return { targetAccounts: () => counting(targetAccounts(), false) };
});

beforeEach(() => {
  entered.states = 0;
  entered.children = 0;
});

const companies = (n: number): string =>
  `Company,Website,Country,Employees\n${Array.from({ length: n }, (_, i) => `Firm ${i},firm-${i}.example,DE,${i + 10}\nFirm ${i},,DE,\n`).join("")}`;

const settings = { rangeBytes: 2_000, partitionRows: 20 };
const fees = (): number => entered.states + entered.children;

describe("state transitions that a run is charged", () => {
  test("are the states that the engine enters, and one for each child of a Map", async () => {
    const home = new TestHome({ settings });
    const run = await home.drop({ name: "firms.csv", kind: "accounts", text: companies(200) });
    expect(entered.children).toBeGreaterThan(40);
    expect(run.usage?.["stepFunctions.transition"]).toBe(fees());
  });

  test("of a list that changes nothing, of a snapshot and of a withdrawal too", async () => {
    const home = new TestHome({ settings });
    await home.drop({ name: "firms.csv", kind: "accounts", text: companies(60) });
    for (const next of ["snapshot", "undo", "refresh"] as const) {
      entered.states = 0;
      entered.children = 0;
      const { run } =
        next === "snapshot"
          ? await home.dropped({ name: "firms.csv", kind: "accounts", list: "firms", mode: "snapshot", text: companies(30) })
          : next === "undo"
            ? await (await home.at("2026-11-21")).undo("firms")
            : await (await home.at("2026-11-22")).refresh();
      expect(run.usage?.["stepFunctions.transition"], next).toBe(fees());
    }
  });

  test("and one for every attempt that failed", async () => {
    let failures = 2;
    const home = new TestHome({
      settings,
      adjust: ({ objects }) => {
        const put = objects.put.bind(objects);
        objects.put = async (key, body) => {
          if (/\/(counts|saved)\//.test(key) && failures-- > 0) throw new TransientError("busy", { retryAfter: 0.01 });
          return put(key, body);
        };
      },
    });
    const run = await home.drop({ name: "firms.csv", kind: "accounts", text: companies(20) });
    expect(failures).toBeLessThanOrEqual(0);
    expect(run.usage?.["stepFunctions.transition"]).toBe(fees() + 2);
  });

  test("of a run that failed, as far as it came", async () => {
    const home = new TestHome({
      settings,
      adjust: ({ objects }) => {
        const put = objects.put.bind(objects);
        objects.put = async (key, body) => {
          if (/\/sketch\//.test(key)) throw new Error("no room");
          return put(key, body);
        };
      },
    });
    await expect(home.drop({ name: "firms.csv", kind: "accounts", text: companies(5) })).rejects.toThrow("no room");
    const [run] = await (await home.at("2026-11-20")).ports.runs.runs();
    expect(run!.usage?.["stepFunctions.transition"]).toBe(fees());
  });
});
