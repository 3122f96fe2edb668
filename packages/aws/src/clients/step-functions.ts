import { SFNClient } from "@aws-sdk/client-sfn";
import { type Connection, connectionSettings } from "./connection.ts";

/** A client of Step Functions; starting an execution is charged by its transitions, not by the call. */
export function stepFunctionsClient(connection: Connection): SFNClient {
  return new SFNClient(connectionSettings(connection, "standard", 6));
}
