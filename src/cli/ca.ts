import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Command } from 'commander';
import type { Mesh } from '../mesh/mesh';
import type { CaCerts } from '../pki/ca-certs';
import type { LoadedCaCerts } from '../pki/certificates-folder';
import type { ParsedCaCerts } from '../pki/parsed-ca-certs';
import { rotationFolders } from '../pki/rotation/rotation-folders';
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
      'issue a new root, although the output, encrypted records or joined clusters show that the mesh had one',
    )
    .action(issueAndPrint);
}

interface Options {
  readonly meshFile: string;
  readonly newRoot?: boolean;
}

async function issueAndPrint({ meshFile, newRoot = false }: Options): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { loadCaCerts } = await import('../pki/certificates-folder.js');
  const { recordedCaCerts } = await import('../secrets/encryption/load-encryption.js');
  const { requirementsOf, validateCaCerts } = await import('../pki/checks/validate-ca-certs.js');
  const { issuedNamesOf } = await import('../pki/issued-names.js');
  const { parseCaCerts } = await import('../pki/parsed-ca-certs.js');
  const { joinedRoots } = await import('../remotes/joined-roots.js');
  const { earlierOutdir, inputLocationProblems } = await import('../synthesis/output-location.js');
  const { earlierCaCerts } = await import('../synthesis/earlier-ca-certs.js');
  const mesh = loadMesh(meshFile);
  const now = new Date();
  const progress = terminalProgress();
  const directory = dirname(meshFile);
  MeshError.throwIfAny(inputLocationProblems({ mesh, directory }));
  if (newRoot) refuseExistingRoot(mesh, directory);
  const outdir = earlierOutdir(directory);
  const before = newRoot
    ? {}
    : {
        recorded: await recordedCaCerts(mesh, directory),
        earlier: () => earlierCaCerts(outdir),
        joined: () => joinedRoots(mesh, directory),
      };
  const validate = (caCerts: Readonly<Record<string, CaCerts>>, fileOf: LoadedCaCerts['fileOf']) =>
    validateCaCerts(caCerts, { now, fileOf, ...requirementsOf(mesh) });
  const loaded = await loadCaCerts(mesh, {
    directory,
    progress,
    now,
    ...before,
    beforeIssuing: (complete, _, fileOf) => validate(complete, fileOf),
  }).finally(progress.done);
  const { caCerts, issued } = loaded;
  print(
    process.stdout,
    issued.length === 0 ? 'No certificate was missing.\n' : `Issued:\n${indented(issued)}`,
  );
  if (newRoot && outdir !== undefined) {
    const note = `Note: the next synthesis replaces the CA certificates in ${outdir}. Copy it first if it may have the last copy of the old keys.`;
    print(process.stderr, `${note}\n`);
  }
  const checked = await validate(caCerts, loaded.fileOf);
  for (const warning of [...loaded.warnings, ...checked]) {
    print(process.stderr, `Warning: ${formatProblem(warning)}\n`);
  }
  print(process.stdout, `\n${caCertsTable(parseCaCerts(caCerts, now, issuedNamesOf(mesh)))}\n`);
}

/** A new root beside an old one would leave clusters that do not trust each other. */
function refuseExistingRoot({ certificates, clusters }: Mesh, directory: string): void {
  const names = [
    ...['root-cert.pem', 'root-key.pem', ...Object.values(rotationFolders)],
    ...clusters.map(({ name }) => name),
  ];
  const existing = names.find((name) => existsSync(resolve(directory, certificates.directory, name)));
  if (existing === undefined) return;
  throw new MeshError([
    {
      code: 'CA-ROOT',
      location: { file: join(certificates.directory, existing) },
      message: 'The folder still has certificates, so no new root is issued.',
      hint: `Move ${certificates.directory} to another place, and keep it until every workload trusts the new root.`,
    },
  ]);
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
