import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { pack } from '../installed-package';

/** The oldest Node that the package supports, and the newest of each even major version since. */
export const nodeVersions = ['20.19.0', '22', '24', '26'] as const;

declare module 'vitest' {
  interface ProvidedContext {
    /** The packed package. */
    tarball: string;
    /** A folder in whose node_modules are pnpm and each version of Node. */
    tools: string;
  }
}

/** Packs the package, and fetches pnpm and each version of Node from the npm registry. */
export default function setup({ provide }: TestProject): () => void {
  const tools = mkdtempSync(join(tmpdir(), 'package-matrix-'));
  writeFileSync(join(tools, 'package.json'), '{ "private": true }');
  const binary = `node-${process.platform}-${process.arch}`;
  const packages = nodeVersions.map((version) => `node-${version}@npm:${binary}@${version}`);
  const args = ['install', '--ignore-scripts', '--no-audit', '--no-fund', 'pnpm@10', ...packages];
  execFileSync('npm', args, { cwd: tools, stdio: ['ignore', 'ignore', 'inherit'] });
  provide('tools', tools);
  provide('tarball', pack(tools));
  return () => rmSync(tools, { recursive: true, force: true });
}
