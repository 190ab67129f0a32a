import type { Problem } from '../problems/problem';
import { InputFileError } from './read-file';

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
  if (error instanceof InputFileError) return error.reason;
  const code = systemErrorCode(error);
  // Node writes `EACCES: permission denied, open '/certs/root-key.pem'`.
  const [, reason] = /^[A-Z0-9]+: (.+?)(?:, \w+.*)?$/s.exec((error as Error).message) ?? [];
  return reason === undefined ? code : `${reason} (${code})`;
}

/** What to do about an error of the operating system, where a command has no better hint. */
const hints: Readonly<Record<string, string>> = {
  EACCES: 'Give your user access to it, or choose another place.',
  EPERM: 'Give your user access to it, or choose another place.',
  EROFS: 'Make the file system writable, or choose another place.',
  ENOSPC: 'Free space on the file system, and run the command again.',
  EDQUOT: 'Free space within your quota, and run the command again.',
  EFBIG: 'Raise the limit for the size of files (ulimit -f), and run the command again.',
  EMFILE: 'Raise the limit for open files (ulimit -n), and run the command again.',
  ENFILE: 'Close other programs or raise the limit for open files, and run the command again.',
  ENOMEM: 'Free memory, and run the command again.',
  EAGAIN: 'Raise the limit for processes (ulimit -u), and run the command again.',
  ENOENT: 'Check that it exists, and that its name is right.',
  EEXIST: 'Move or remove what is there, and run the command again.',
  ENOTDIR: 'A part of the path is a file. Move it, or choose another place.',
  EISDIR: 'It is a folder where a file is needed. Move it, or choose another place.',
  ENOTEMPTY: 'Move or remove what is there, and run the command again.',
  ELOOP: 'Remove the symbolic links that form a loop.',
  ENAMETOOLONG: 'Choose a shorter name.',
  EBUSY: 'Another program or a mount uses it. Stop that, or choose another place.',
  EXDEV: 'It is on another file system. Choose a place on the same one.',
  EIO: 'Check the disk or the network file system.',
};

/** An error of the operating system as a problem; undefined for other errors. */
export function systemErrorProblem(error: unknown): Problem | undefined {
  if (error instanceof InputFileError) return inputFileProblem(error);
  if (!isSystemError(error)) return undefined;
  const { code = '', syscall, path } = error;
  if (syscall === 'uv_cwd' || syscall === 'process.cwd') {
    return {
      code: 'SYSTEM-ERROR',
      location: {},
      message: `The current folder cannot be used: ${systemErrorReason(error)}.`,
      hint: 'Change to a folder that exists, and run the command again.',
    };
  }
  const action = syscall === undefined ? '' : ` (${syscall})`;
  return {
    code: 'SYSTEM-ERROR',
    location: path === undefined ? {} : { file: path },
    message: `The operating system reports an error${action}: ${systemErrorReason(error)}.`,
    hint: hints[code] ?? 'Remove the cause, and run the command again.',
  };
}

function inputFileProblem({ path, reason }: InputFileError): Problem {
  const hint = 'Replace it with the file that belongs there.';
  return { code: 'SYSTEM-ERROR', location: { file: path }, message: `It cannot be read: ${reason}.`, hint };
}

/** Whether an error is one of the operating system. Errors of Node itself have codes too, such as ERR_INVALID_ARG_TYPE. */
function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  if (!(error instanceof Error)) return false;
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === 'string' && /^E[A-Z0-9]+$/.test(code);
}
