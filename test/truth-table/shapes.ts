import { ACCOUNT_SHAPES } from "./account-shapes.ts";
import { LANGUAGE_SHAPES } from "./language-shapes.ts";
import { HASHED_SHAPE, PEOPLE_SHAPES } from "./people-shapes.ts";
import type { Shape } from "./shape.ts";
import { TRANSACTION_SHAPES } from "./transaction-shapes.ts";

/** Every shape in which the truth table is written. */
export const SHAPES: readonly Shape[] = [
  ...ACCOUNT_SHAPES,
  ...LANGUAGE_SHAPES,
  ...PEOPLE_SHAPES,
  HASHED_SHAPE,
  ...TRANSACTION_SHAPES,
];
