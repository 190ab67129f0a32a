import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/** What a run of git has printed. */
export interface GitOutput {
  readonly status: number | null;
  readonly output: Buffer;
  readonly errors: string;
}

/**
 * Runs git in a folder; undefined if git is not installed.
 *
 * @param input the text on its standard input
 */
export async function git(cwd: string, args: readonly string[], input = ''): Promise<GitOutput | undefined> {
  const child = spawn('git', args, { cwd, env: gitEnvironment(), stdio: 'pipe' });
  // git may end before it has read everything.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const output: Buffer[] = [];
  const errors: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => output.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => errors.push(chunk));
  const status = await new Promise<number | null | undefined>((done) => {
    child.on('error', () => done(undefined));
    child.on('close', done);
  });
  if (status === undefined) return undefined;
  return { status, output: Buffer.concat(output), errors: Buffer.concat(errors).toString('utf8').trim() };
}

/**
 * In a hook, git sets GIT_INDEX_FILE to the index that is being committed, relative to the root of the work tree.
 * git commands that read the index therefore run in that root. git can also set GIT_DIR. Without GIT_WORK_TREE,
 * it would make the current folder of the hook the root.
 */
export function gitEnvironment(): NodeJS.ProcessEnv {
  // git passes its environment on to programs that the repository configures, which need no key.
  const { GIT_DIR: repository, GIT_WORK_TREE: workTree, SOPS_AGE_KEY: _, ...others } = process.env;
  const located =
    repository === undefined || workTree === undefined
      ? {}
      : { GIT_DIR: resolve(repository), GIT_WORK_TREE: resolve(workTree) };
  // Messages of git are matched in English.
  return { ...others, ...located, LC_ALL: 'C' };
}
