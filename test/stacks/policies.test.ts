import { LIST_KINDS } from "@bullseye/core/lists/kinds";
import { describe, expect, test } from "vitest";
import { FUNCTION_IDS } from "../../stacks/functions.ts";
import { INBOX_KINDS, PEOPLE } from "../../stacks/people.ts";
import { FUNCTION_PERMISSIONS, KEYS, PERSONAL_PREFIXES, type Permission, TELEMETRY } from "../../stacks/permissions.ts";
import { STATE_MACHINE_PERMISSIONS } from "../../stacks/state-machine-permissions.ts";
import { ACCOUNT, ofType, policies, REGION, type Statement, synthesize } from "./synthesized.ts";

const stages = { dev: synthesize("dev"), prod: synthesize("prod") };
const bucket = (stage: string, prefix: string) => `arn:aws:s3:::bullseye-${stage}-${ACCOUNT}-${REGION}/${prefix}`;

const lists: readonly Permission[] = [
  ...Object.values(FUNCTION_PERMISSIONS).flat(),
  ...Object.values(PEOPLE).flatMap(({ permissions }) => permissions),
  ...STATE_MACHINE_PERMISSIONS,
  ...TELEMETRY,
];

describe.each(Object.entries(stages))("policies of %s", (_, stage) => {
  const all = policies(stage);
  const allowed = all.flatMap(({ where, kind, statements }) =>
    statements.filter(({ Effect }) => Effect === "Allow").map((statement) => ({ where, kind, statement })),
  );

  test("name every action that they allow", () => {
    expect(allowed.length).toBeGreaterThan(100);
    expect(allowed.filter(({ statement }) => statement.Action.some((action) => action.includes("*")))).toEqual([]);
    expect(JSON.stringify(stage.resources)).not.toContain('"NotAction"');
    expect(JSON.stringify(stage.resources)).not.toContain('"NotResource"');
  });

  test("reach for every resource only with actions that know none, each with its reason", () => {
    const explained = lists.filter(({ resource }) => resource.kind === "everything");
    expect(explained.filter(({ because }) => !because)).toEqual([]);
    const known = new Set(explained.flatMap(({ actions }) => actions));
    // In a key's policy the resource is the key.
    const everything = allowed.filter(({ kind, statement }) => kind !== "key" && statement.Resource.includes("*"));
    expect(everything.flatMap(({ statement }) => statement.Action).filter((action) => !known.has(action))).toEqual([]);
  });

  test("hold wildcards only at the end of a prefix, a log, a version, an execution, or a secret's own letters", () => {
    const form =
      /^(\*|arn:aws:s3:::[a-z0-9-]+\/([a-z-]+\/)+\*|arn:aws:(kms|logs|lambda|states):[^*]+(\/\*)?[:/]\*|arn:aws:secretsmanager:[^*?]+-\?{6})$/;
    const wild = allowed.flatMap(({ statement }) => statement.Resource).filter((resource) => /[*?]/.test(resource));
    expect([...new Set(wild)].filter((resource) => !form.test(resource))).toEqual([]);
    // The key of the stage is reached by its alias, and through a service.
    for (const { statement } of allowed.filter(({ statement }) => statement.Resource.some((each) => each.includes(":key/*"))))
      expect(statement.Condition).toMatchObject({
        "ForAnyValue:StringEquals": { "kms:ResourceAliases": `alias/bullseye-${stage.names.place.stage}` },
        StringEquals: { "kms:ViaService": expect.anything() },
      });
  });

  test("stay in the stage", () => {
    const name = stage.names.place.stage;
    const elsewhere = allowed
      .flatMap(({ statement }) => statement.Resource)
      .filter((each) => each !== "*" && !each.includes(":key/*"))
      .filter((each) => !new RegExp(`bullseye[-/]${name}|^arn:aws:AWS::`).test(each));
    expect(elsewhere).toEqual([]);
  });

  test("are written into the roles themselves, without managed ones, and fit", () => {
    expect(ofType(stage, "AWS::IAM::Policy")).toEqual([]);
    for (const { resource, id } of ofType(stage, "AWS::IAM::Role")) {
      expect(resource.Properties).not.toHaveProperty("ManagedPolicyArns");
      // "IAM and AWS STS quotas": 10,240 characters for all inline policies of a role.
      const own = all.filter(({ where, kind }) => where === id && kind === "role");
      expect(JSON.stringify(own.map(({ statements }) => statements)).length, id).toBeLessThan(10_240);
    }
  });

  test("tie no stack to another", () => {
    for (const template of Object.values(stage.templates)) {
      const text = JSON.stringify(template.toJSON());
      expect(text).not.toContain("Fn::ImportValue");
      expect(text).not.toContain('"Export"');
      expect(template.toJSON().Outputs ?? {}).toEqual({});
    }
  });
});

/** Whether IAM lets a role do something to a table's items, by pattern; Deny wins. */
function allows(
  statements: readonly Statement[],
  action: string,
  resource: string,
  condition: { keys?: string[] } = {},
): boolean {
  const like = (pattern: string, text: string) =>
    new RegExp(
      `^${pattern
        .replace(/[.+^${}()|[\]\\]/g, "\\$&")
        .replaceAll("*", ".*")
        .replaceAll("?", ".")}$`,
    ).test(text);
  const applies = ({ Action, Resource, Condition = {} }: Statement) =>
    Action.includes(action) &&
    Resource.some((each) => like(each, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([name, patterns]) => {
        if (name !== "dynamodb:LeadingKeys") return true;
        const matches = (key: string) => (patterns as string[]).some((pattern) => like(pattern, key));
        return operator.startsWith("ForAnyValue") ? (condition.keys ?? []).some(matches) : (condition.keys ?? []).every(matches);
      }),
    );
  const found = statements.filter(applies);
  return found.some(({ Effect }) => Effect === "Allow") && !found.some(({ Effect }) => Effect === "Deny");
}

const statementsOf = (role: RegExp): Statement[] =>
  policies(stages.prod)
    .filter(({ where, kind }) => kind === "role" && role.test(where))
    .flatMap(({ statements }) => statements);
const table = `arn:aws:dynamodb:${REGION}:${ACCOUNT}:table/bullseye-prod`;

describe("people", () => {
  test("take their roles on with a second factor", () => {
    for (const person of Object.keys(PEOPLE)) {
      const role = ofType(stages.prod, "AWS::IAM::Role").find(
        ({ resource }) => resource.Properties.RoleName === `bullseye-prod-${person}`,
      );
      expect(JSON.stringify(role?.resource.Properties.AssumeRolePolicyDocument)).toContain(
        '"Bool":{"aws:MultiFactorAuthPresent":"true"}',
      );
    }
  });

  test("drop lists of one kind, or of every kind there is", () => {
    expect([...INBOX_KINDS]).toEqual([...LIST_KINDS]);
    const orders = statementsOf(/^Roledropperorders/);
    expect(allows(orders, "s3:PutObject", bucket("prod", "inbox/orders/erp/june.csv"))).toBe(true);
    expect(allows(orders, "s3:PutObject", bucket("prod", "inbox/accounts/crm/june.csv"))).toBe(false);
    expect(allows(orders, "s3:GetObject", bucket("prod", "inbox/orders/erp/june.csv"))).toBe(false);
    const every = policies(stages.prod).find(({ where, kind }) => kind === "role" && /^Roledropper[0-9A-F]{8}$/.test(where))!;
    for (const kind of LIST_KINDS)
      expect(allows(every.statements, "s3:PutObject", bucket("prod", `inbox/${kind}/a/b.csv`))).toBe(true);
    expect(allows(every.statements, "s3:PutObject", bucket("prod", "config/active.json"))).toBe(false);
  });

  test("read everything but what names a person", () => {
    const reader = statementsOf(/^Rolereader/);
    for (const prefix of [
      "runs/1/context.json",
      "ledger/1/rows/0.jsonl.gz",
      "reports/a.html",
      "plans/a/b/plan.json",
      "config/active.json",
    ])
      expect(allows(reader, "s3:GetObject", bucket("prod", prefix))).toBe(true);
    for (const prefix of PERSONAL_PREFIXES) {
      expect(allows(reader, "s3:GetObject", bucket("prod", `${prefix}x`))).toBe(false);
      expect(
        allows(
          [...reader, { Effect: "Allow", Action: ["s3:GetObject"], Resource: ["*"] }],
          "s3:GetObject",
          bucket("prod", `${prefix}x`),
        ),
      ).toBe(false);
    }
    expect(allows(reader, "dynamodb:Query", table, { keys: ["A#7f"] })).toBe(true);
    expect(allows(reader, "dynamodb:BatchGetItem", table, { keys: ["A#7f", "R"] })).toBe(true);
    for (const key of ["F#7f", "B#00"]) {
      expect(allows(reader, "dynamodb:Query", table, { keys: [key] })).toBe(false);
      expect(allows(reader, "dynamodb:BatchGetItem", table, { keys: ["A#7f", key] })).toBe(false);
    }
    for (const action of ["dynamodb:Scan", "dynamodb:PutItem", "s3:PutObject"])
      expect(allows(reader, action, table, { keys: ["A#00"] })).toBe(false);
  });

  test("approve plans without touching accounts or people", () => {
    const approver = statementsOf(/^Roleapprover/);
    expect(allows(approver, "dynamodb:PutItem", table, { keys: ["U"] })).toBe(true);
    expect(allows(approver, "dynamodb:PutItem", table, { keys: ["A#00"] })).toBe(false);
    expect(allows(approver, "dynamodb:Query", table, { keys: ["F#00"] })).toBe(false);
    expect(allows(approver, "sqs:SendMessage", `arn:aws:sqs:${REGION}:${ACCOUNT}:bullseye-prod-push-linkedin`)).toBe(true);
    expect(allows(approver, "s3:GetObject", bucket("prod", "personal/work/x"))).toBe(false);
  });

  test("erase every version of what names a person", () => {
    const eraser = statementsOf(/^Roleeraser/);
    for (const prefix of PERSONAL_PREFIXES)
      expect(allows(eraser, "s3:DeleteObjectVersion", bucket("prod", `${prefix}x`))).toBe(true);
    expect(allows(eraser, "s3:DeleteObjectVersion", bucket("prod", "config/active.json"))).toBe(false);
    expect(allows(eraser, "dynamodb:DeleteItem", table, { keys: ["F#00"] })).toBe(true);
  });
});

describe("functions", () => {
  test("have a list of permissions each, and reach contacts only where rows are resolved and saved", () => {
    expect(Object.keys(FUNCTION_PERMISSIONS).sort()).toEqual([...FUNCTION_IDS].sort());
    const withFacts = FUNCTION_IDS.filter((id) =>
      FUNCTION_PERMISSIONS[id].some(({ resource }) => resource.kind === "items" && resource.keys.includes(KEYS.facts)),
    );
    expect(withFacts).toEqual(["split-list", "resolve-partition", "save-partition"]);
  });

  test("deliver with the secret and the queue of their own platform", () => {
    const deliver = statementsOf(/^DeliverLinkedinRole/);
    const secret = (name: string) => `arn:aws:secretsmanager:${REGION}:${ACCOUNT}:secret:bullseye/prod/${name}-AbCdEf`;
    expect(allows(deliver, "secretsmanager:GetSecretValue", secret("linkedin"))).toBe(true);
    expect(allows(deliver, "secretsmanager:GetSecretValue", secret("hash-key"))).toBe(false);
    expect(allows(deliver, "sqs:SendMessage", `arn:aws:sqs:${REGION}:${ACCOUNT}:bullseye-prod-inbox`)).toBe(false);
  });

  test("nobody may scan the table, delete old versions, or change configuration by hand", () => {
    for (const { where, kind, statements } of policies(stages.prod)) {
      if (kind !== "role" || where.startsWith("Roleeraser")) continue;
      expect(allows(statements, "dynamodb:Scan", table)).toBe(false);
      expect(allows(statements, "s3:DeleteObjectVersion", bucket("prod", "inbox/a"))).toBe(false);
    }
  });
});
