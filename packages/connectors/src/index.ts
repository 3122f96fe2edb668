export { createHttp, HttpFailureError } from "./http.ts";
export { AD_CONNECTORS, adConnector } from "./registry.ts";
