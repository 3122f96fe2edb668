import { InputError, isKnownError } from "@bullseye/core/errors";

/** An error as a person and a script get it. */
export interface Failure {
  name: string;
  message: string;
  hint?: string;
  code: 1 | 2;
}

/** Codes of the operating system for paths that a person named and that cannot be used. */
const PATHS: Readonly<Record<string, string>> = {
  EACCES: "may not be read or written",
  EPERM: "may not be read or written",
  EROFS: "lies on a read-only disk",
  ENOTDIR: "is under a file, not a directory",
  EISDIR: "is a directory",
  ENAMETOOLONG: "is too long a path",
  EEXIST: "is in the way",
};

/** Primary result codes of SQLite for a store that may not be written or opened (https://www.sqlite.org/rescode.html). */
const STORE_REFUSED: Readonly<Record<number, string>> = { 8: "may not be written", 14: "cannot be opened" };

/** An error of the store that the rights of the home explain, as one that names the home; any other as it is. */
export function namingHome(error: unknown, home: string): unknown {
  const { code, errcode, message } = (error ?? {}) as { code?: string; errcode?: number; message?: string };
  const what = code === "ERR_SQLITE_ERROR" && errcode !== undefined ? STORE_REFUSED[errcode & 0xff] : undefined;
  if (what === undefined) return error;
  return new InputError(`the store of the home ${home} ${what} (${message})`, {
    hint: "check the rights of that directory and of what is in it, or name another with --home DIR",
    cause: error,
  });
}

const oneLine = (text: string): string =>
  text
    .split(/\s*\n\s*/)
    .filter((line) => line !== "")
    .join("; ")
    .replace(/\.$/, "");

/** What to say of a thrown value, always in one line, and with which exit code to end. */
export function failureOf(error: unknown): Failure {
  if (isKnownError(error)) {
    const { name, message, hint } = error;
    const code = name === "InputError" || name === "NotFoundError" ? 2 : 1;
    return { name, message: oneLine(message), ...(hint === undefined ? {} : { hint: oneLine(hint) }), code };
  }
  const { code, path, message } = (error ?? {}) as { code?: string; path?: string; message?: string };
  if (typeof code === "string" && typeof path === "string" && PATHS[code] !== undefined)
    return { name: "InputError", message: `${path} ${PATHS[code]}`, hint: "check the path and its rights", code: 2 };
  if (code === "ENOSPC")
    return {
      name: "TransientError",
      message: "the disk is full",
      hint: "make room and run the same command again: it continues",
      code: 1,
    };
  if (code === "ERR_SQLITE_ERROR")
    return {
      name: "BugError",
      message: `the store cannot be used (${oneLine(message ?? "")})`,
      hint: "is another bullseye writing to this home, or is store.sqlite damaged? --home DIR names another",
      code: 1,
    };
  return {
    name: "BugError",
    message: `something unexpected happened: ${oneLine(message ?? String(error))}`,
    hint: "BULLSEYE_DEBUG=1 before the same command shows where; please report it",
    code: 1,
  };
}

/** `message; hint`. */
export function failureLine({ message, hint }: Failure): string {
  return hint === undefined ? message : `${message}; ${hint}`;
}
