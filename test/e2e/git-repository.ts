import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Workplace } from './workplace';

/** The address of the repository in the pages. */
const addressInPages = 'https://git.example.com/platform/mesh.git';

/** The author of commits, because git may not be configured. */
const author = ['AUTHOR', 'COMMITTER']
  .map((role) => `export GIT_${role}_NAME=Mesh GIT_${role}_EMAIL=mesh@example.com`)
  .join('\n');

/** A repository on this machine, to which the commands of the pages push. */
export class GitRepository {
  readonly folder = mkdtempSync(join(tmpdir(), 'repository-'));

  constructor(private readonly workplace: Workplace) {
    execFileSync('git', ['init', '--quiet', '--bare', '--initial-branch', 'main', this.folder]);
  }

  get address(): string {
    return `file://${this.folder}`;
  }

  /** Runs commands of a page, with this repository in place of the one that it names. */
  run(commands: string): string {
    return this.workplace.run(`${author}\n${commands.replaceAll(addressInPages, this.address)}`);
  }

  /** Runs a command after each push, as a webhook of the repository does. */
  afterPush(command: string): void {
    writeFileSync(join(this.folder, 'hooks/post-receive'), `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  }

  /** The files of all commits that contain one of the given texts. */
  filesContaining(texts: readonly string[]): string[] {
    const patterns = texts.flatMap((text) => ['-e', text]);
    const commits = this.git(['rev-list', '--all']).trim().split('\n');
    return commits.flatMap((commit) => {
      try {
        return this.git(['grep', '-I', '--name-only', '--fixed-strings', ...patterns, commit])
          .trim()
          .split('\n');
      } catch (error) {
        // git grep exits with status 1 if nothing matches.
        if ((error as { status?: number }).status === 1) return [];
        throw error;
      }
    });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  private git(args: readonly string[]): string {
    return execFileSync('git', ['--git-dir', this.folder, ...args], { encoding: 'utf8' });
  }
}
