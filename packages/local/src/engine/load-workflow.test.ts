import { InputError } from "@bullseye/core/errors";
import { describe, expect, it } from "vitest";
import { mapState } from "./fixtures/rig.ts";
import { loadWorkflow } from "./load-workflow.ts";

type Json = Record<string, unknown>;
const reference = (name: string) => `$\{${name}}`;
const TASK = { Type: "Task", Resource: "work", End: true };
const MAP = { ...mapState({ Inner: TASK }), End: true };
const only = (state: Json, rest: Json = {}) => ({ StartAt: "One", States: { One: state, ...rest } });
const task = (fields: Json) => only({ ...TASK, ...fields });
const map = (fields: Json) => only({ ...MAP, ...fields });
const choice = (rule: Json) => only({ Type: "Choice", Choices: [rule], Default: "Two" }, { Two: { Type: "Succeed" } });
const retry = (fields: Json) => task({ Retry: [{ ErrorEquals: ["TransientError"], ...fields }] });

describe("loadWorkflow refuses, naming the path", () => {
  it.each<[string, unknown, RegExp]>([
    ["no object", [], /^workflow: must be an object/],
    ["no StartAt", { States: {} }, /^workflow.StartAt/],
    ["StartAt elsewhere", { StartAt: "Two", States: { One: TASK } }, /^workflow.StartAt: there is no state "Two"/],
    ["an unknown top field", { ...task({}), TimeoutSeconds: 5 }, /^workflow.TimeoutSeconds: not supported/],
    ["JSONata", { ...task({}), QueryLanguage: "JSONata" }, /^workflow.QueryLanguage/],
    ["Parallel", only({ Type: "Parallel", Branches: [], End: true }), /^workflow.States.One.Type: state type "Parallel"/],
    ["a type named like a method", only({ Type: "toString", End: true }), /state type "toString"/],
    ["an unknown field", task({ HeartbeatSeconds: 5 }), /^workflow.States.One.HeartbeatSeconds: not supported/],
    ["TimeoutSeconds", task({ TimeoutSeconds: 5 }), /One.TimeoutSeconds/],
    ["neither Next nor End", only({ Type: "Task", Resource: "work" }), /One: needs either Next or End/],
    ["both Next and End", task({ Next: "One" }), /One: needs either Next or End/],
    ["End false", task({ End: false }), /One.End/],
    ["a missing target", only({ Type: "Pass", Next: "Gone" }), /^workflow.States.One: there is no state "Gone"/],
    ["a Catch to nowhere", task({ Catch: [{ ErrorEquals: ["States.ALL"], Next: "Gone" }] }), /no state "Gone"/],
    ["a state nothing leads to", only(TASK, { Two: TASK }), /^workflow.States.Two: nothing leads here/],
    ["a name used twice", only({ ...mapState({ One: TASK }), End: true }), /States.One: two states have this name/],
    ["a name of 81 characters", { StartAt: "x".repeat(81), States: { ["x".repeat(81)]: TASK } }, /at most 80/],
    [
      "a missing substitution",
      task({ Resource: reference("Nothing") }),
      /^workflow.States.One.Resource: no value was given for \$\{Nothing\}/,
    ],
    ["a filter", task({ InputPath: "$.a[?(@.b)]" }), /One.InputPath: "\$.a\[\?/],
    ["a wildcard", task({ InputPath: "$.a[*]" }), /One.InputPath/],
    ["a recursive descent", task({ OutputPath: "$..a" }), /One.OutputPath/],
    ["a quoted name", task({ OutputPath: "$['a']" }), /One.OutputPath/],
    ["a slice", task({ OutputPath: "$.a[0:2]" }), /One.OutputPath/],
    ["an intrinsic", task({ Parameters: { "id.$": "States.UUID()" } }), /One.Parameters.id.\$: "States.UUID\(\)"/],
    ["a path that is no string", task({ Parameters: { "id.$": 5 } }), /Parameters.id.\$: a path must be a string/],
    ["a path inside an array", task({ Parameters: { list: [{ "a.$": "$.a" }] } }), /Parameters.list: paths inside arrays/],
    ["a field given twice", task({ Parameters: { a: 1, "a.$": "$.a" } }), /"a" is given twice/],
    ["Parameters that are no object", task({ Parameters: "x" }), /One.Parameters: must be an object/],
    ["the whole context", task({ Parameters: { "c.$": "$$" } }), /can't be read here/],
    ["another context path", task({ Parameters: { "c.$": "$$.State.Name" } }), /can't be read here/],
    ["the map item outside ItemSelector", task({ Parameters: { "c.$": "$$.Map.Item.Value" } }), /can't be read here/],
    [
      "the execution inside a Map, where AWS has the child's",
      only({ ...mapState({ In: { ...TASK, Parameters: { "r.$": "$$.Execution.Name" } } }), End: true }),
      /ItemProcessor.States.In.Parameters.r.\$: .* can't be read here/,
    ],
    ["an index in ResultPath", task({ ResultPath: "$.a[0]" }), /One.ResultPath: an array index/],
    ["context in ResultPath", task({ ResultPath: "$$.Execution.Input" }), /One.ResultPath/],
    ["an unknown error name", retry({ ErrorEquals: ["TransientEror"] }), /Retry\[0\].ErrorEquals: "TransientEror"/],
    [
      "States.Runtime, which no Catch sees",
      task({ Catch: [{ ErrorEquals: ["States.Runtime"], Next: "One" }] }),
      /States.Runtime/,
    ],
    ["no error name", retry({ ErrorEquals: [] }), /must name an error/],
    ["States.ALL beside another", retry({ ErrorEquals: ["States.ALL", "BugError"] }), /must stand alone and last/],
    [
      "States.ALL before another",
      task({ Retry: [{ ErrorEquals: ["States.ALL"] }, { ErrorEquals: ["BugError"] }] }),
      /Retry\[0\].ErrorEquals: States.ALL must stand alone and last/,
    ],
    ["an unknown retry field", retry({ Foo: 1 }), /Retry\[0\].Foo/],
    ["a falling backoff", retry({ BackoffRate: 0.5 }), /BackoffRate: must be a number from 1/],
    ["a broken interval", retry({ IntervalSeconds: 1.5 }), /IntervalSeconds: must be a whole number/],
    ["another jitter", retry({ JitterStrategy: "HALF" }), /JitterStrategy: only "FULL"/],
    ["Retry that is no array", task({ Retry: {} }), /One.Retry: must be an array/],
    ["a Choice without rules", only({ Type: "Choice", Choices: [] }), /One.Choices: must have a rule/],
    [
      "an unknown operator",
      choice({ Variable: "$.a", StringMatches: "x*", Next: "Two" }),
      /Choices\[0\].StringMatches: not a comparison/,
    ],
    ["And", choice({ And: [], Next: "Two" }), /Choices\[0\]/],
    ["two operators", choice({ Variable: "$.a", IsNull: true, IsPresent: true, Next: "Two" }), /Choices\[0\].IsPresent/],
    [
      "an operand of another type",
      choice({ Variable: "$.a", NumericEquals: "1", Next: "Two" }),
      /NumericEquals: must be a number/,
    ],
    ["a rule without Next", choice({ Variable: "$.a", IsNull: true }), /Choices\[0\].Next/],
    ["Wait without an end", only({ Type: "Wait", End: true }), /One: needs one of Seconds/],
    ["Wait with two ends", only({ Type: "Wait", Seconds: 1, SecondsPath: "$.s", End: true }), /One: needs one of/],
    ["Wait with Timestamp", only({ Type: "Wait", Seconds: 1, Timestamp: "2026-01-01T00:00:00Z", End: true }), /One.Timestamp/],
    ["Pass with Result", only({ Type: "Pass", Result: 1, End: true }), /One.Result/],
    ["Fail without Cause", only({ Type: "Fail", Error: "InputError" }), /One.Cause/],
    ["Fail with both", only({ Type: "Fail", Error: "a", ErrorPath: "$.e", Cause: "b" }), /One.Error: not supported/],
    ["ItemBatcher", map({ ItemBatcher: { MaxItemsPerBatch: 5 } }), /One.ItemBatcher: not supported/],
    ["ItemsPath", map({ ItemsPath: "$.items" }), /One.ItemsPath/],
    ["Retry on a Map", map({ Retry: [] }), /One.Retry/],
    ["a Map without ItemReader", map({ ItemReader: undefined }), /One.ItemReader: must be an object/],
    ["a Map without ResultWriter", map({ ResultWriter: undefined }), /One.ResultWriter: must be an object/],
    [
      "a reader of another kind",
      map({ ItemReader: { ...(MAP.ItemReader as Json), Resource: "arn:aws:states:::s3:listObjectsV2" } }),
      /ItemReader.Resource: only/,
    ],
    ["CSV", map({ ItemReader: { ...(MAP.ItemReader as Json), ReaderConfig: { InputType: "CSV" } } }), /InputType: only "JSON"/],
    [
      "MaxItems",
      map({ ItemReader: { ...(MAP.ItemReader as Json), ReaderConfig: { InputType: "JSON", MaxItems: 2 } } }),
      /ReaderConfig.MaxItems/,
    ],
    [
      "an inline Map",
      map({ ItemProcessor: { ...MAP.ItemProcessor, ProcessorConfig: { Mode: "INLINE" } } }),
      /ProcessorConfig.Mode: only/,
    ],
    [
      "EXPRESS children",
      map({ ItemProcessor: { ...MAP.ItemProcessor, ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "EXPRESS" } } }),
      /ExecutionType: only "STANDARD"/,
    ],
    [
      "a writer without Prefix",
      map({ ResultWriter: { ...MAP.ResultWriter, Parameters: { Bucket: "b" } } }),
      /ResultWriter.Parameters.Prefix/,
    ],
    [
      "a failure percentage past 100",
      map({ ToleratedFailurePercentage: 101 }),
      /ToleratedFailurePercentage: must be a number from 0 to 100/,
    ],
    [
      "a Map in a Map",
      only({ ...mapState({ In: { ...mapState({ Deep: TASK }), End: true } }), End: true }),
      /States.In: a Map inside a Map/,
    ],
  ])("%s", (_, json, message) => {
    const load = () => loadWorkflow(JSON.parse(JSON.stringify(json)), {});
    expect(load).toThrow(InputError);
    expect(load).toThrow(message);
  });
});

describe("loadWorkflow", () => {
  it("fills in substitutions, in the middle of a string too", () => {
    const workflow = loadWorkflow(task({ Resource: `a-${reference("First")}-${reference("Second")}` }), {
      First: "1",
      Second: "2",
      Third: "3",
    });
    expect(workflow.states.get("One")).toMatchObject({ resource: "a-1-2" });
  });
});
