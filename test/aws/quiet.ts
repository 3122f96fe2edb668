/** Loggers and tracers read this when they are made, which is when a function's module is loaded: import this first. */
Object.assign(process.env, {
  POWERTOOLS_LOG_LEVEL: process.env.BULLSEYE_TEST_LOGS ? "INFO" : "SILENT",
  POWERTOOLS_METRICS_DISABLED: "true",
  POWERTOOLS_TRACE_ENABLED: "false",
});
