/**
 * The code of an error of the operating system, such as EACCES.
 *
 * @throws the error itself if it is of another kind, which is a bug of this package
 */
export function systemErrorCode(error: unknown): string {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) throw error;
  return code;
}

/** The reason in an error of the operating system, such as `permission denied (EACCES)`. */
export function systemErrorReason(error: unknown): string {
  const code = systemErrorCode(error);
  // Node writes `EACCES: permission denied, open '/certs/root-key.pem'`.
  const [, reason] = /^[A-Z0-9]+: (.+?)(?:, \w+.*)?$/s.exec((error as Error).message) ?? [];
  return reason === undefined ? code : `${reason} (${code})`;
}
