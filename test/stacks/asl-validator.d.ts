/** What tests use of asl-validator 4, which brings no types. */
declare module "asl-validator" {
  export default function validate(definition: object): { isValid: boolean; errorsText(): string };
}
