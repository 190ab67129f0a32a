import { CommanderError } from 'commander';
import { systemErrorProblem } from '../files/system-error';
import { formatProblem, MeshError, type Problem } from '../problems/problem';

/** The environment variable that adds stack traces to the output. */
const debugVariable = 'ISTIO_MESH_DEBUG';

/**
 * Runs the main function of a program. Every failure ends as a problem on standard error and an exit status
 * other than 0; a stack trace is printed only for developers, who set ISTIO_MESH_DEBUG.
 */
export async function run(main: () => Promise<void>): Promise<void> {
  process.stdout.on('error', reportLostOutput);
  // Nothing can be printed about messages that cannot be printed.
  process.stderr.on('error', ({ code }: NodeJS.ErrnoException) => {
    if (code !== 'EPIPE') process.exitCode ||= 1;
  });
  // A program in an unknown state must not go on.
  const stop = (error: unknown): void => {
    report(error);
    process.exit();
  };
  process.on('uncaughtException', stop);
  process.on('unhandledRejection', stop);
  // Otherwise the system would kill the program at its limit for the size of files.
  if (process.platform !== 'win32') process.on('SIGXFSZ', () => {});
  try {
    // The current folder may have been deleted.
    process.cwd();
    await main();
  } catch (error) {
    report(error);
  }
}

/** Output is written after the call that asks for it, so its failures are events, not exceptions. */
function reportLostOutput(error: NodeJS.ErrnoException): void {
  // The reader has read enough, as in `istio-mesh secrets | head -1`. The command goes on, and its status counts.
  if (error.code !== 'EPIPE') report(Object.assign(error, { path: 'standard output' }));
}

function report(error: unknown): void {
  if (error instanceof CommanderError) {
    // Commander has printed the usage, the version or the error.
    process.exitCode ||= error.exitCode;
    return;
  }
  process.exitCode ||= 1;
  const problems = error instanceof MeshError ? error.problems : [problemOf(error)];
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  process.stderr.write(`${problems.map(formatProblem).join('\n')}\n${count} found.\n`);
  const { stack } = (error ?? {}) as Partial<Error>;
  if (process.env[debugVariable] && stack !== undefined) process.stderr.write(`${stack}\n`);
}

/** The message of an exception can quote any input, secrets too, so only its kind is shown. */
function problemOf(error: unknown): Problem {
  const system = systemErrorProblem(error);
  if (system !== undefined) return system;
  const kind = error instanceof Error ? error.name : 'an exception';
  return {
    code: 'INTERNAL-ERROR',
    location: {},
    message: `istio-mesh failed unexpectedly: ${kind}.`,
    hint: `This is an error of istio-mesh. Run the command again with ${debugVariable}=1 for a stack trace, remove keys, tokens and passwords from it, and report it.`,
  };
}
