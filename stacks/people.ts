import { Duration, type Stack } from "aws-cdk-lib";
import { AccountPrincipal, Effect, PolicyDocument, PolicyStatement, PrincipalWithConditions, Role } from "aws-cdk-lib/aws-iam";
import { explainWildcards } from "./findings.ts";
import { type ItemKind, may, PERSONAL_KEYS, PERSONAL_PREFIXES, type Permission } from "./permissions.ts";
import { statementsOf } from "./policies.ts";
import type { StageProps } from "./stage.ts";

/** The folders of the inbox; a test holds them against the kinds that the workflow reads. */
export const INBOX_KINDS = ["accounts", "contacts", "orders", "deals", "reference", "suppressions", "matches"] as const;

/** Everything that names no person. */
const READABLE = ["runs/", "ledger/", "reports/", "plans/", "base/", "config/", "matching/"];
/** What else may speak of whoever is erased, and what notes that they were. */
const ERASED_TOO = ["ledger/", "runs/", "reports/", "plans/", "erasures/"];
const NAMELESS: readonly ItemKind[] = [
  "accounts",
  "parked",
  "aliases",
  "suppressions",
  "lists",
  "runs",
  "audiences",
  "pushes",
  "members",
];

/** What the roles of people may do, by the name of the role. */
export const PEOPLE: Readonly<Record<string, { does: string; permissions: readonly Permission[] }>> = {
  dropper: { does: "Drops lists of every kind", permissions: may.write("inbox/") },
  ...Object.fromEntries(
    INBOX_KINDS.map((kind) => [
      `dropper-${kind}`,
      { does: `Drops lists of the kind ${kind}`, permissions: may.write(`inbox/${kind}/`) },
    ]),
  ),
  approver: {
    does: "Looks at plans, approves, freezes, fetches the files to upload and confirms them",
    permissions: [
      ...may.read("plans/", "config/", "base/", "runs/", "reports/", "outbox/"),
      may.mayBeAbsent("base/", "config/", "plans/", "outbox/"),
      ...may.changeRecords("audiences", "pushes"),
      may.get("lists", "runs"),
      may.query("lists", "runs", "audiences", "pushes", "members"),
      may.getMany("members"),
      may.writeMany("members"),
      ...may.readParts("lists", "runs"),
      ...may.lease,
      may.send("push"),
    ],
  },
  eraser: {
    does: "Erases a person or a company: finds what speaks of them, takes it out, and removes old versions",
    permissions: [
      ...may.read(...PERSONAL_PREFIXES, ...ERASED_TOO, "config/"),
      ...may.write(...PERSONAL_PREFIXES, ...ERASED_TOO),
      may.mayBeAbsent(...PERSONAL_PREFIXES, ...ERASED_TOO, "config/"),
      ...PERSONAL_PREFIXES.map(
        (prefix): Permission => ({
          actions: ["s3:GetObjectVersion", "s3:DeleteObjectVersion"],
          resource: { kind: "objects", prefix },
        }),
      ),
      { actions: ["s3:ListBucketVersions"], resource: { kind: "listing", prefixes: PERSONAL_PREFIXES, orAbsent: false } },
      may.list(...ERASED_TOO),
      ...may.remove(...PERSONAL_PREFIXES),
      may.getMany("accounts", "parked"),
      may.query("accounts", "parked", "aliases", "facts", "suppressions", "lists", "runs", "members", "audiences", "pushes"),
      ...may.changeRecords("lists", "runs"),
      ...may.changeGroups("facts", "suppressions"),
      ...may.readParts("accounts", "parked"),
      may.writeMany("members"),
      ...may.control,
      ...may.lease,
      may.hashKey,
      // What a list says of somebody is forgotten by a run of its own.
      may.startRuns,
      { actions: ["states:DescribeExecution"], resource: { kind: "executions", children: false } },
    ],
  },
  reader: {
    does: "Reads accounts, scores, plans, ledgers and reports, and nothing that names a person",
    permissions: [
      ...may.read(...READABLE),
      may.list(...READABLE),
      may.get(...NAMELESS),
      may.getMany(...NAMELESS),
      may.query(...NAMELESS),
      { actions: ["dynamodb:Query"], resource: { kind: "index" } },
    ],
  },
};

/** What stays denied to readers whatever else they are allowed: objects and items that name people. */
function neverPersonal({ names }: StageProps): PolicyStatement[] {
  return [
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ["s3:GetObject", "s3:GetObjectVersion"],
      resources: PERSONAL_PREFIXES.map((prefix) => `${names.bucketArn}/${prefix}*`),
    }),
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ["dynamodb:GetItem", "dynamodb:BatchGetItem", "dynamodb:Query"],
      resources: [names.tableArn],
      conditions: { "ForAnyValue:StringLike": { "dynamodb:LeadingKeys": [...PERSONAL_KEYS] } },
    }),
    // These know no leading keys, so the condition above would let them pass.
    new PolicyStatement({
      effect: Effect.DENY,
      actions: ["dynamodb:Scan", "dynamodb:PartiQLSelect", "dynamodb:ExportTableToPointInTime"],
      resources: [names.tableArn, names.indexArn],
    }),
  ];
}

/** One role for each job that people do, taken on by whoever in the account is allowed to, with a second factor. */
export function addPeople(stack: Stack, props: StageProps): void {
  const { names } = props;
  for (const [person, { does, permissions }] of Object.entries(PEOPLE)) {
    const statements = statementsOf(permissions, props);
    if (person === "reader") statements.push(...neverPersonal(props));
    const role = new Role(stack, `Role-${person}`, {
      roleName: names.role(person),
      description: does,
      maxSessionDuration: Duration.hours(1),
      assumedBy: new PrincipalWithConditions(new AccountPrincipal(names.place.account), {
        Bool: { "aws:MultiFactorAuthPresent": "true" },
      }),
      inlinePolicies: { [person]: new PolicyDocument({ statements }) },
    });
    explainWildcards(role, statements);
  }
}
