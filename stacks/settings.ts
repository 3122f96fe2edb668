import type { Node } from "constructs";

/** What a stage may be asked for. In cdk.json: `"context": {"bullseye:stages": {"<stage>": {…}}}`. */
export interface StageSettings {
  /** Data outlives the stacks. */
  retain: boolean;
  /** A customer-managed key with rotation (about 1 USD a month) in place of the keys that AWS owns. */
  customerKey: boolean;
  /** Sizes of work units (rows of a partition, bytes of a range), where others than the functions' own; results do not depend on them. */
  partitionRows: number | null;
  rangeBytes: number | null;
  /** Daily refresh at this time of day, UTC, `HH:MM`. */
  refreshAt: string;
  /** Who hears of alarms; the subscription has to be confirmed by a click. Null tells nobody. */
  alarmEmail: string | null;
  /** Monthly costs of the whole account at which the e-mail address is warned. */
  monthlyBudgetUsd: number;
}

/** In the night of Europe, before its office hours; lists of the day before are in [design]. */
const REFRESH_AT = "03:00";
/** More than a stage with a million accounts costs in a month in which most results change from day to day (docs/costs.md) [design]. */
const MONTHLY_BUDGET_USD = 50;

const TYPES: Record<keyof StageSettings, "boolean" | "string" | "number"> = {
  retain: "boolean",
  customerKey: "boolean",
  partitionRows: "number",
  rangeBytes: "number",
  refreshAt: "string",
  alarmEmail: "string",
  monthlyBudgetUsd: "number",
};

/** The stage whose data must outlive mistakes. */
const PROD = "prod";

export const STAGES_CONTEXT = "bullseye:stages";

function defaults(stage: string): StageSettings {
  return {
    retain: stage === PROD,
    customerKey: stage === PROD,
    partitionRows: null,
    rangeBytes: null,
    refreshAt: REFRESH_AT,
    alarmEmail: null,
    monthlyBudgetUsd: MONTHLY_BUDGET_USD,
  };
}

/** The settings of a stage: what cdk.json says over the defaults. Throws where it says something that is no setting. */
export function stageSettings(node: Node, stage: string): StageSettings {
  const settings = defaults(stage);
  const stages = (node.tryGetContext(STAGES_CONTEXT) ?? {}) as Record<string, Record<string, unknown>>;
  for (const [name, value] of Object.entries(stages[stage] ?? {})) {
    if (!(name in settings))
      throw new Error(`cdk.json: "${name}" is no setting of a stage; there are ${Object.keys(settings).join(", ")}`);
    const expected = TYPES[name as keyof StageSettings];
    if (typeof value !== expected) throw new Error(`cdk.json: "${name}" of stage ${stage} must be a ${expected}`);
    Object.assign(settings, { [name]: value });
  }
  if (!/^([01]\d|2[0-3]):[0-5]\d$/.test(settings.refreshAt))
    throw new Error(`cdk.json: "refreshAt" of stage ${stage} must be a time such as ${REFRESH_AT}`);
  if (stage === PROD && !settings.retain) throw new Error(`cdk.json: the stage ${PROD} always retains its data`);
  return settings;
}
