import { dirname } from 'node:path';
import type { Command } from 'commander';
import { formatProblem } from '../problems/problem';
import { terminalProgress } from './terminal';

/** `istio-mesh ca`: issue the CA certificates that are missing, and show those of every cluster. */
export function registerCa(program: Command): void {
  program
    .command('ca')
    .description('issue the CA certificates that are missing, and show those of every cluster')
    .option('--mesh-file <file>', 'the definition of the mesh', 'mesh.yaml')
    .action(async ({ meshFile }: { meshFile: string }) => issueAndTell(meshFile));
}

async function issueAndTell(meshFile: string): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { caCertsPath, loadCaCerts } = await import('../pki/certificates-folder.js');
  const { recordedCaCerts } = await import('../secrets/encryption/encrypted-charts.js');
  const { validateCaCerts } = await import('../pki/checks/validate-ca-certs.js');
  const { caCertsTable } = await import('./ca-certs-table.js');
  const mesh = loadMesh(meshFile);
  const now = new Date();
  const progress = terminalProgress();
  const directory = dirname(meshFile);
  const kept = await recordedCaCerts(mesh, directory);
  const loaded = await loadCaCerts(mesh, { directory, progress, now, kept }).finally(progress.done);
  const { caCerts, issued } = loaded;
  process.stdout.write(issued.length === 0 ? 'Nothing was missing.\n' : `Issued:\n${indented(issued)}`);
  const checked = await validateCaCerts(caCerts, { now, placeOf: (...part) => caCertsPath(mesh, ...part) });
  for (const warning of [...loaded.warnings, ...checked]) {
    process.stderr.write(`Warning: ${formatProblem(warning)}\n`);
  }
  process.stdout.write(`\n${caCertsTable(caCerts, now)}\n`);
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}
