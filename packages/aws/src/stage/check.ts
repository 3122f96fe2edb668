/** One thing looked at. A check that is not ok is something to do something about; `hint` says what, also about things that are fine so far. */
export interface Check {
  id: string;
  ok: boolean;
  message: string;
  hint?: string;
}
