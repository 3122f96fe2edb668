import { EXAMPLE_MATCHING } from "../../resolve/matching/matching-rules.ts";
import { EXAMPLE_AUDIENCES } from "./audiences.ts";
import { EXAMPLE_ICP } from "./icp.ts";
import { EXAMPLE_POLICY } from "./policy.ts";

/** The configuration that `init` writes and that a home without its own files runs on, by file name without its ending. */
export const EXAMPLE_CONFIGURATION = {
  icp: EXAMPLE_ICP,
  audiences: EXAMPLE_AUDIENCES,
  policy: EXAMPLE_POLICY,
  matching: EXAMPLE_MATCHING,
};
