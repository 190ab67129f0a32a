import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { ParsedCaCerts } from '../pki/parsed-ca-certs';
import { formatProblem, MeshError } from '../problems/problem';
import { addCommand, meshFileOption } from './command';
import { formatTable, print, terminalProgress } from './terminal';

/** `istio-mesh ca` */
export function registerCa(program: Command): void {
  addCommand(program, {
    name: 'ca',
    summary: 'issue missing CA certificates, and list those of all clusters',
    description:
      'Issues the CA certificates that are missing in certs/: a root certificate, and an intermediate certificate for each cluster. Then lists the certificates of all clusters. synth issues missing certificates, too: run ca to prepare the files for a secret store, or to see when the certificates expire.',
    examples: [
      { purpose: 'Issue missing certificates, and list all of them', line: 'istio-mesh ca' },
      {
        purpose: 'Do the same for a mesh in another folder',
        line: 'istio-mesh ca --mesh-file staging/mesh.yaml',
      },
      {
        purpose: 'Issue another root, because the certificates of the mesh are lost',
        line: 'istio-mesh ca --new-root',
      },
    ],
  })
    .addOption(meshFileOption())
    .option(
      '--new-root',
      'issue a new root, or accept another one in certs/, although the output, encrypted records or joined clusters show that the mesh had one',
    )
    .action(issueAndPrint);
}

interface Options {
  readonly meshFile: string;
  readonly newRoot?: boolean;
}

async function issueAndPrint({ meshFile, newRoot = false }: Options): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { issueCaCerts } = await import('../synthesis/issue-ca-certs.js');
  const { issuedNamesOf } = await import('../pki/issued-names.js');
  const { parseCaCerts } = await import('../pki/parsed-ca-certs.js');
  const { earlierOutdir, inputLocationProblems } = await import('../synthesis/output-location.js');
  const mesh = loadMesh(meshFile);
  const now = new Date();
  const progress = terminalProgress();
  const directory = dirname(meshFile);
  MeshError.throwIfAny(inputLocationProblems({ mesh, directory }));
  const root = newRoot ? 'new' : 'existing';
  const outdir = earlierOutdir(directory);
  const issuing = issueCaCerts(mesh, { directory, outdir, root, now, progress });
  const { caCerts, issued, givenUp, warnings } = await issuing.finally(progress.done);
  print(
    process.stdout,
    issued.length === 0 ? 'No certificate was missing.\n' : `Issued:\n${indented(issued)}`,
  );
  if (givenUp.length > 0) {
    const roots = `The next synthesis may replace these roots at once (SHA-256):\n${indented(givenUp)}`;
    print(process.stdout, `\n${roots}`);
  }
  if (newRoot && outdir !== undefined) {
    const note = `Note: the next synthesis replaces the CA certificates in ${outdir}. Copy it first if it may have the last copy of the old keys.`;
    print(process.stderr, `${note}\n`);
  }
  for (const warning of warnings) print(process.stderr, `Warning: ${formatProblem(warning)}\n`);
  print(process.stdout, `\n${caCertsTable(parseCaCerts(caCerts, now, issuedNamesOf(mesh)))}\n`);
}

function indented(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}\n`).join('');
}

/** The CA certificate of each cluster, and its root certificate. */
function caCertsTable(caCerts: readonly ParsedCaCerts[]): string {
  const rows = caCerts.map(({ cluster, caCert, path }) => [
    cluster,
    caCert?.name ?? '',
    caCert?.notAfter.toISOString().slice(0, 10) ?? '',
    path.root?.fingerprint ?? '',
  ]);
  return formatTable([['CLUSTER', 'SUBJECT', 'EXPIRES', 'ROOT (SHA-256)'], ...rows]);
}
