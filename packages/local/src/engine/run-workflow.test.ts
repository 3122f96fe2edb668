import { CredentialError, InputError, TransientError } from "@bullseye/core/errors";
import { describe, expect, it } from "vitest";
import { Rig } from "./fixtures/rig.ts";

const machine = (states: Record<string, unknown>) => ({ StartAt: Object.keys(states)[0], States: states });
const echo = { echo: async (input: unknown) => input };

describe("Task", () => {
  it("selects its input and places its result", async () => {
    const json = machine({
      Work: {
        Type: "Task",
        Resource: "double",
        InputPath: "$.deep",
        Parameters: { "n.$": "$.list[1]", "run.$": "$$.Execution.Name", "who.$": "$$.Execution.Input.who", fixed: { a: [1] } },
        ResultSelector: { "twice.$": "$.n", same: true },
        ResultPath: "$.out.work",
        OutputPath: "$.out",
        End: true,
      },
    });
    const seen: unknown[] = [];
    const double = async (input: unknown) => {
      seen.push(input);
      return { n: (input as { n: number }).n * 2, dropped: 1 };
    };
    const output = await new Rig().run(json, { double }, { input: { who: "me", deep: { list: [1, 4], out: { kept: 1 } } } });
    expect(seen).toEqual([{ n: 4, run: "run-1", who: "me", fixed: { a: [1] } }]);
    expect(output).toEqual({ kept: 1, work: { twice: 8, same: true } });
  });

  it("drops its result with a null ResultPath and takes the whole result without one", async () => {
    const json = (ResultPath: null | undefined) => machine({ Work: { Type: "Task", Resource: "one", ResultPath, End: true } });
    const one = { one: async () => 1 };
    expect(await new Rig().run(json(null), one, { input: { a: 2 } })).toEqual({ a: 2 });
    const { ResultPath: _, ...bare } = json(null).States.Work as Record<string, unknown>;
    expect(await new Rig().run(machine({ Work: bare }), one, { input: { a: 2 } })).toBe(1);
  });

  it("refuses a payload that Step Functions would not carry, past every Catch", async () => {
    const json = machine({
      Work: { Type: "Task", Resource: "big", End: true, Catch: [{ ErrorEquals: ["States.ALL"], Next: "Over" }] },
      Over: { Type: "Succeed" },
    });
    await expect(new Rig().run(json, { big: async () => "x".repeat(262_143) })).rejects.toThrow(/Work: a payload/);
    expect(await new Rig().run(json, { big: async () => "x".repeat(262_142) })).toHaveLength(262_142);
  });

  it("fails past every Catch when a path has nothing at its end", async () => {
    const json = machine({
      Work: {
        Type: "Task",
        Resource: "echo",
        Parameters: { "a.$": "$.b.c" },
        End: true,
        Catch: [{ ErrorEquals: ["States.ALL"], Next: "Over" }],
      },
      Over: { Type: "Succeed" },
    });
    await expect(new Rig().run(json, echo, { input: { b: [] } })).rejects.toThrow(/Work.Parameters.a.\$: nothing at \$.b.c/);
  });
});

describe("Retry", () => {
  const retry = (fields: Record<string, unknown>) =>
    machine({ Work: { Type: "Task", Resource: "busy", End: true, Retry: [{ ErrorEquals: ["TransientError"], ...fields }] } });
  const busy = (failures: number, retryAfter?: number) => {
    let calls = 0;
    return {
      busy: async () => {
        calls += 1;
        if (calls <= failures) throw new TransientError("busy", retryAfter === undefined ? {} : { retryAfter });
        return calls;
      },
    };
  };

  it("backs off, capped, and gives up after MaxAttempts", async () => {
    const rig = new Rig();
    const json = retry({ IntervalSeconds: 2, BackoffRate: 3, MaxAttempts: 4, MaxDelaySeconds: 20 });
    expect(await rig.run(json, busy(4))).toBe(5);
    expect(rig.clock.sleeps).toEqual([2000, 6000, 18_000, 20_000]);
    await expect(new Rig().run(json, busy(5))).rejects.toMatchObject({ name: "TransientError", message: "busy" });
  });

  it("draws the delay from nothing to the whole of it with full jitter", async () => {
    const rig = new Rig();
    const draws = [0.25, 0, 0.75];
    const json = retry({ IntervalSeconds: 4, BackoffRate: 2, JitterStrategy: "FULL" });
    await rig.run(json, busy(3), { random: () => draws.shift()! });
    expect(rig.clock.sleeps).toEqual([1000, 12_000]);
  });

  it("waits as long as the world said, within MaxDelaySeconds", async () => {
    const rig = new Rig();
    await rig.run(retry({ MaxDelaySeconds: 30 }), busy(1, 12));
    expect(rig.clock.sleeps).toEqual([12_000]);
    const other = new Rig();
    await other.run(retry({ MaxDelaySeconds: 30 }), busy(1, 3600));
    expect(other.clock.sleeps).toEqual([30_000]);
  });

  it("leaves other errors alone and counts each retrier by itself", async () => {
    const json = machine({
      Work: {
        Type: "Task",
        Resource: "work",
        End: true,
        Retry: [
          { ErrorEquals: ["TransientError"], MaxAttempts: 1 },
          { ErrorEquals: ["Lambda.Unknown"], MaxAttempts: 1 },
        ],
      },
    });
    const unknown = Object.assign(new Error("?"), { name: "Lambda.Unknown" });
    const failing = (errors: Error[]) => ({
      work: async () => {
        const error = errors.shift();
        if (error !== undefined) throw error;
        return "done";
      },
    });
    expect(await new Rig().run(json, failing([new TransientError("a"), unknown]))).toBe("done");
    await expect(new Rig().run(json, failing([unknown, unknown]))).rejects.toThrow("Lambda.Unknown: ?");
    await expect(new Rig().run(json, failing([new InputError("bad", { hint: "mend it" })]))).rejects.toMatchObject({
      name: "InputError",
      message: "bad",
      hint: "mend it",
    });
  });
});

describe("Catch and Fail", () => {
  const json = machine({
    Work: {
      Type: "Task",
      Resource: "work",
      End: true,
      Catch: [
        { ErrorEquals: ["InputError"], ResultPath: null, Next: "Skip" },
        { ErrorEquals: ["States.ALL"], ResultPath: "$.error", Next: "Close" },
      ],
    },
    Skip: { Type: "Succeed", OutputPath: "$.id" },
    Close: { Type: "Task", Resource: "close", ResultPath: null, Next: "Failed" },
    Failed: { Type: "Fail", ErrorPath: "$.error.Error", CausePath: "$.error.Cause" },
  });

  it("goes where the first catcher that matches says, keeping the input", async () => {
    const work = async () => {
      throw new InputError("x");
    };
    expect(await new Rig().run(json, { work }, { input: { id: 7 } })).toBe(7);
  });

  it("closes, then fails with the first error in its own class", async () => {
    const closed: unknown[] = [];
    const rig = new Rig();
    const handlers = {
      work: async () => {
        throw new CredentialError("expired", { hint: "connect again" });
      },
      close: async (input: unknown) => void closed.push(input),
    };
    const end = rig.run(json, handlers, { input: { id: 7 } });
    await expect(end).rejects.toBeInstanceOf(CredentialError);
    await expect(end).rejects.toMatchObject({ message: "expired", hint: "connect again" });
    const Cause = '{"errorType":"CredentialError","errorMessage":"expired","hint":"connect again"}';
    expect(closed).toEqual([{ id: 7, error: { Error: "CredentialError", Cause } }]);
    await expect(rig.run(json, handlers, { input: { id: 7 } })).rejects.toMatchObject({
      name: "CredentialError",
      message: "expired",
    });
    expect(closed).toHaveLength(1);
  });

  it("fails with a plain Error and Cause", async () => {
    const plain = machine({ Failed: { Type: "Fail", Error: "InputError", Cause: "no list" } });
    await expect(new Rig().run(plain, {})).rejects.toMatchObject({ name: "InputError", message: "no list" });
  });
});

describe("Choice", () => {
  const rule = (test: Record<string, unknown>) =>
    machine({
      Pick: { Type: "Choice", Choices: [{ ...test, Next: "Yes" }], Default: "No" },
      Yes: { Type: "Pass", Parameters: { picked: true }, End: true },
      No: { Type: "Pass", Parameters: { picked: false }, End: true },
    });
  it.each([
    [{ Variable: "$.a", IsPresent: true }, { a: null }, true],
    [{ Variable: "$.a", IsPresent: true }, {}, false],
    [{ Variable: "$.a", IsPresent: true }, [], false],
    [{ Variable: "$.length", IsPresent: true }, [1], false],
    [{ Variable: "$.constructor", IsPresent: false }, {}, true],
    [{ Variable: "$.a", IsNull: true }, { a: null }, true],
    [{ Variable: "$.a", IsNull: true }, { a: 0 }, false],
    [{ Variable: "$.a", IsNull: false }, { a: 0 }, true],
    [{ Variable: "$.a", BooleanEquals: false }, { a: false }, true],
    [{ Variable: "$.a", BooleanEquals: false }, { a: 0 }, false],
    [{ Variable: "$.a", NumericEquals: 0 }, { a: 0 }, true],
    [{ Variable: "$.a", NumericEquals: 0 }, { a: "0" }, false],
    [{ Variable: "$.a", NumericGreaterThan: 0 }, { a: 1 }, true],
    [{ Variable: "$.a", NumericGreaterThan: 0 }, { a: 0 }, false],
    [{ Variable: "$.a", NumericGreaterThan: 0 }, { a: "1" }, false],
    [{ Variable: "$.a[1].b", StringEquals: "x" }, { a: [0, { b: "x" }] }, true],
  ])("%j over %j: %s", async (test, input, picked) => {
    expect(await new Rig().run(rule(test), {}, { input })).toEqual({ picked });
  });

  it("takes the first rule that holds, and fails when none does", async () => {
    const json = machine({
      Pick: {
        Type: "Choice",
        Choices: [
          { Variable: "$.n", NumericGreaterThan: 1, Next: "A" },
          { Variable: "$.n", NumericGreaterThan: 0, Next: "B" },
        ],
      },
      A: { Type: "Pass", Parameters: { at: "a" }, End: true },
      B: { Type: "Pass", Parameters: { at: "b" }, End: true },
    });
    expect(await new Rig().run(json, {}, { input: { n: 2 } })).toEqual({ at: "a" });
    expect(await new Rig().run(json, {}, { input: { n: 1 } })).toEqual({ at: "b" });
    await expect(new Rig().run(json, {}, { input: { n: 0 } })).rejects.toThrow("Pick: no rule matched");
  });
});

describe("Wait", () => {
  const wait = (fields: Record<string, unknown>) => machine({ Rest: { Type: "Wait", ...fields, End: true } });
  it.each([
    [{ Seconds: 3 }, {}, [3000]],
    [{ SecondsPath: "$.s" }, { s: 4 }, [4000]],
    [{ TimestampPath: "$.t" }, { t: "2026-03-01T09:01:00Z" }, [60_000]],
    [{ TimestampPath: "$.t" }, { t: "2026-03-01T08:59:59Z" }, []],
  ])("%j with %j sleeps %j", async (fields, input, sleeps) => {
    const rig = new Rig();
    expect(await rig.run(wait(fields), {}, { input })).toEqual(input);
    expect(rig.clock.sleeps).toEqual(sleeps);
  });

  it.each(["2026-03-01 09:01:00", "2026-13-01T09:01:00Z", 7, null])("refuses %j as a time", async (t) => {
    await expect(new Rig().run(wait({ TimestampPath: "$.t" }), {}, { input: { t } })).rejects.toThrow(/no time of the form/);
  });

  it("goes on to its first end after it was cut short", async () => {
    const rig = new Rig();
    const stop = new AbortController();
    const stopping = {
      now: () => rig.clock.now(),
      sleep: async () => {
        rig.clock.time += 20_000;
        stop.abort();
        throw new Error("aborted");
      },
    };
    const cut = rig.run(wait({ Seconds: 60 }), {}, { clock: stopping, signal: stop.signal });
    await expect(cut).rejects.toMatchObject({ name: "TransientError", message: "run run-1 was interrupted" });
    await rig.run(wait({ Seconds: 60 }), {});
    expect(rig.clock.sleeps).toEqual([40_000]);
  });
});

describe("a run", () => {
  it("tells its progress and refuses a bad name or another input under a known name", async () => {
    const rig = new Rig();
    const json = machine({ Work: { Type: "Task", Resource: "echo", End: true } });
    await rig.run(json, echo, { input: { a: 1 } });
    expect(rig.progress).toEqual([
      { state: "Work", done: 0, total: 1 },
      { state: "Work", done: 1, total: 1 },
    ]);
    await expect(rig.run(json, echo, { input: { a: 2 } })).rejects.toBeInstanceOf(InputError);
    await expect(rig.run(json, echo, { name: "a/b" })).rejects.toBeInstanceOf(InputError);
    await expect(rig.run(json, {}, { name: "other" })).rejects.toThrow('no operation is registered for "echo"');
  });

  it("keeps the start time of the first attempt and refuses to continue with another workflow", async () => {
    const rig = new Rig();
    const two = (second: string) =>
      machine({
        First: { Type: "Task", Resource: "echo", Parameters: { "at.$": "$$.Execution.StartTime" }, Next: second },
        [second]: { Type: "Task", Resource: "stop", Parameters: { "at.$": "$$.Execution.StartTime" }, End: true },
      });
    const stop = new AbortController();
    const stopping = async () => {
      stop.abort();
      throw new Error("closing");
    };
    await expect(rig.run(two("Second"), { ...echo, stop: stopping }, { signal: stop.signal })).rejects.toThrow("interrupted");
    rig.clock.time += 1e6;
    expect(await rig.run(two("Second"), { ...echo, stop: echo.echo })).toEqual({ at: "2026-03-01T09:00:00.000Z" });
    const other = new Rig();
    const again = new AbortController();
    const halting = async () => {
      again.abort();
      throw new Error("closing");
    };
    await expect(other.run(two("Second"), { ...echo, stop: halting }, { signal: again.signal })).rejects.toThrow("interrupted");
    const renamed = machine({ Other: { Type: "Task", Resource: "echo", End: true } });
    await expect(other.run(renamed, echo)).rejects.toThrow(/begun with another input or another workflow/);
  });
});
