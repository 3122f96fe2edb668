/** Telemetry of the functions is looked at elsewhere. Its libraries read these while they are loaded, so this comes before them. */
Object.assign(process.env, {
  POWERTOOLS_LOG_LEVEL: "SILENT",
  POWERTOOLS_METRICS_DISABLED: "true",
  POWERTOOLS_TRACE_ENABLED: "false",
});
