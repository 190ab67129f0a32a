import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { JoinedCluster, JoinReport } from '../live/join';
import type { Mesh } from '../mesh/mesh';
import { MeshError } from '../problems/problem';
import { formatTable, parseSeconds, terminalProgress } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly cluster?: readonly string[];
  readonly timeout: number;
  readonly json?: true;
}

/** `istio-mesh join`: from live clusters to the kubeconfigs by which they read each other. */
export function registerJoin(program: Command): void {
  program
    .command('join')
    .description('fetch from each cluster the token with which the others read it')
    .option('--mesh-file <file>', 'the definition of the mesh', 'mesh.yaml')
    .option('--cluster <name...>', 'join only these clusters')
    .option('--timeout <seconds>', 'how long a cluster may take to issue a token', parseSeconds, 60)
    .option('--json', 'print the outcome as JSON')
    .action(joinAndTell);
}

async function joinAndTell({ meshFile, cluster, timeout, json }: Options): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { join } = await import('../live/join.js');
  const progress = terminalProgress();
  const mesh = loadMesh(meshFile);
  const report = await join(mesh, {
    directory: dirname(meshFile),
    clusters: cluster,
    timeoutSeconds: timeout,
    progress,
  }).finally(progress.done);
  process.stdout.write(`${json ? JSON.stringify(report, null, 2) : joinTable(mesh, report)}\n`);
  MeshError.throwIfAny(report.problems);
}

function joinTable(mesh: Mesh, { clusters, problems }: JoinReport): string {
  const hasCertificates = clusters.some(({ sealingCertificate }) => sealingCertificate !== undefined);
  const rows = clusters.map(({ cluster, server = '-', account, file, status, sealingCertificate }) => [
    ...[cluster, server, account, file, status],
    ...(hasCertificates ? [certificateText(sealingCertificate)] : []),
  ]);
  const header = ['CLUSTER', 'SERVER', 'ACCOUNT', 'FILE', 'STATUS'];
  const table = formatTable([hasCertificates ? [...header, 'SEALING CERTIFICATE'] : header, ...rows]);
  const changed = clusters.some(({ status, sealingCertificate }) =>
    [status, sealingCertificate?.status].some((each) => each === 'new' || each === 'changed'),
  );
  return changed && problems.length === 0 ? `${table}\n\n${nextSteps(mesh)}` : table;
}

/** What has been fetched is part of the output, or goes into a store. */
function nextSteps({ clusters }: Mesh): string {
  const inStore = clusters.filter(({ secrets }) => secrets.remoteSecrets === 'external-secrets').length;
  const steps = [
    ...(inStore < clusters.length
      ? ['Next, synthesize again and apply the remote secrets:\n  istio-mesh synth']
      : []),
    ...(inStore > 0 ? ['See which files the stores must hold:\n  istio-mesh secrets'] : []),
  ];
  return steps.join('\n');
}

function certificateText(certificate: JoinedCluster['sealingCertificate']): string {
  return certificate === undefined ? '-' : `${certificate.file} (${certificate.status})`;
}
