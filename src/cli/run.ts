import { MeshError } from '../mesh/mesh-error';

/** Runs a program's main function: what the user can mend is told plainly, and anything else in full. */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    process.exitCode = 1;
    if (!(error instanceof MeshError)) throw error;
    const count = error.problems.length;
    process.stderr.write(`${error.message}\n${count === 1 ? '1 problem' : `${count} problems`} found.\n`);
  }
}
