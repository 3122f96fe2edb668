import { BASELINES, cellF1 } from "../test/reading/cell-score.ts";
import { InspectReader } from "../test/reading/measure.ts";
import { PORTAL_FILES, type WildFile } from "../test/reading/portal-files.ts";
import { Random } from "../test/reading/random.ts";
import { REPORT_FILES } from "../test/reading/report-files.ts";
import { TOOL_FILES } from "../test/reading/tool-files.ts";

/** Mean cell F1 on documents as offices publish and tools write them: `node bench/reading-wild.ts [files a recipe] [recipe] [--worst]`. */
const count = Number(process.argv[2] ?? 30);
const only = process.argv[3]?.startsWith("--") ? undefined : process.argv[3];
const worst = process.argv.includes("--worst");
const reader = new InspectReader();
const names = ["bullseye", ...BASELINES.map(({ name }) => name)];
const row = (name: string, scores: readonly number[]): string =>
  `${name.padEnd(56)}${scores.map((score) => score.toFixed(3).padStart(13)).join("")}\n`;

async function scores({ bytes, expected }: WildFile, name: string): Promise<number[]> {
  const found: number[] = [];
  try {
    found.push(cellF1(expected, await reader.read(bytes)));
  } catch (error) {
    if (worst) process.stdout.write(`  ${name}: ${(error as Error).message}\n`);
    found.push(0);
  }
  for (const baseline of BASELINES) {
    try {
      found.push(cellF1(expected, baseline.read(bytes)));
    } catch {
      found.push(0);
    }
  }
  return found;
}

process.stdout.write(`${"recipe".padEnd(56)}${names.map((name) => name.padStart(13)).join("")}\n`);
const totals = names.map(() => 0);
let files = 0;
for (const [recipe, make] of Object.entries({ ...PORTAL_FILES, ...TOOL_FILES, ...REPORT_FILES })) {
  if (only !== undefined && only !== recipe) continue;
  const sums = names.map(() => 0);
  for (let seed = 0; seed < count; seed++) {
    const each = await scores(make(new Random(seed * 97 + 5)), `${recipe} ${seed}`);
    if (worst && each[0]! < 0.98) process.stdout.write(`  seed ${seed}: ${each[0]!.toFixed(3)}\n`);
    each.forEach((score, i) => {
      sums[i]! += score;
      totals[i]! += score;
    });
    files++;
  }
  process.stdout.write(
    row(
      recipe,
      sums.map((sum) => sum / count),
    ),
  );
}
process.stdout.write(
  row(
    `all ${files} files`,
    totals.map((sum) => sum / files),
  ),
);
reader.close();
