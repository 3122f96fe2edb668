/** The part of read-excel-file 9 that is used here, so that the types stand where the package is not installed. */
declare module "read-excel-file/universal" {
  export function readSheet(
    input: ArrayBuffer,
    sheet: string | number,
    options: { trim?: boolean; parseNumber?: (text: string) => string },
  ): Promise<unknown>;
}
