#!/usr/bin/env node
// Plain JavaScript for the machine's own Node (20 or later): hands over to Node 24, which runs the TypeScript.
import { fileURLToPath } from "node:url";
import { runNode24 } from "../../../scripts/node24.mjs";

runNode24([fileURLToPath(new URL("../src/main.ts", import.meta.url)), ...process.argv.slice(2)], { tethered: true });
