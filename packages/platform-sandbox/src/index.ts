export { type SandboxBanner, sandboxBanner } from "./banner.ts";
export { FAULTS, type Fault, FaultQueue } from "./faults.ts";
export type { CompanyElement } from "./linkedin/company.ts";
export type { SegmentView } from "./linkedin/segments.ts";
export type { Violation } from "./platform.ts";
export { type LoggedRequest, SANDBOX_PLATFORMS, type Sandbox, type SandboxOptions, startSandbox } from "./sandbox.ts";
