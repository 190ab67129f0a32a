import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { JoinedCluster, JoinReport } from '../live/join';
import type { Mesh } from '../mesh/mesh';
import { backends } from '../mesh/secrets/backends';
import { formatProblem, MeshError } from '../problems/problem';
import { addCommand, meshFileOption } from './command';
import { formatTable, parseSeconds, print, terminalProgress } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly cluster?: readonly string[];
  readonly timeout: number;
  readonly refresh?: true;
  readonly json?: true;
}

/** `istio-mesh join` */
export function registerJoin(program: Command): void {
  addCommand(program, {
    name: 'join',
    summary: 'fetch the kubeconfigs with which the clusters read each other',
    description:
      'Connects to each cluster with your kubeconfig, and fetches a kubeconfig that allows istiod of the other clusters to read it. Writes the files to remotes/, for the remote secrets that synth writes. With the backend sealed-secrets, also fetches the certificate to encrypt with, and accepts it if it is the first one of the cluster. Run it for each new cluster, and again if the address or the token of a cluster changes. With --refresh, it connects only to clusters that are not joined, or whose token expires soon; run it regularly if tokens expire.',
    examples: [
      { purpose: 'Join all clusters', line: 'istio-mesh join' },
      { purpose: 'Join two clusters, such as new ones', line: 'istio-mesh join --cluster cluster2 cluster3' },
      { purpose: 'Renew the tokens that expire soon', line: 'istio-mesh join --refresh' },
      {
        purpose: 'Wait longer for slow clusters, and print JSON',
        line: 'istio-mesh join --timeout 120 --json',
      },
    ],
  })
    .addOption(meshFileOption())
    .option('--cluster <name...>', 'join only these clusters')
    .option('--refresh', 'join only clusters that are not joined, or whose token expires soon')
    .option('--timeout <seconds>', 'the time limit for a cluster to issue a token', parseSeconds, 60)
    .option('--json', 'print the result as JSON')
    .action(joinAndPrint);
}

async function joinAndPrint({ meshFile, cluster, timeout, refresh, json }: Options): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { join } = await import('../live/join.js');
  const { inputLocationProblems } = await import('../synthesis/output-location.js');
  const progress = terminalProgress();
  const mesh = loadMesh(meshFile);
  MeshError.throwIfAny(inputLocationProblems({ mesh, directory: dirname(meshFile) }));
  const report = await join(mesh, {
    directory: dirname(meshFile),
    clusters: cluster,
    timeoutSeconds: timeout,
    tokens: refresh ? 'due' : 'all',
    progress,
  }).finally(progress.done);
  print(process.stdout, `${json ? JSON.stringify(report, null, 2) : joinText(mesh, report)}\n`);
  for (const { cluster, added } of report.acceptedRecipients) {
    print(process.stderr, `Accepted ${added.join(', ')} for ${cluster}\n`);
  }
  for (const warning of report.warnings) print(process.stderr, `Warning: ${formatProblem(warning)}\n`);
  MeshError.throwIfAny(report.problems);
}

function joinText(mesh: Mesh, { clusters, problems }: JoinReport): string {
  const hasCertificates = clusters.some(({ sealingCertificate }) => sealingCertificate !== undefined);
  const expire = clusters.some(({ expires }) => expires !== undefined);
  const rows = clusters.map(
    ({ cluster, server = '-', account, file, status, expires, sealingCertificate }) => [
      ...[cluster, server, account, file, status],
      ...(expire ? [expires?.slice(0, 16).replace('T', ' ').concat(' UTC') ?? 'never'] : []),
      ...(hasCertificates ? [certificateText(sealingCertificate)] : []),
    ],
  );
  const header = ['CLUSTER', 'SERVER', 'ACCOUNT', 'FILE', 'STATUS', ...(expire ? ['EXPIRES'] : [])];
  const table = formatTable([hasCertificates ? [...header, 'SEALING CERTIFICATE'] : header, ...rows]);
  const hasChanged = clusters.some(({ status, sealingCertificate }) =>
    [status, sealingCertificate?.status].some((each) => each === 'new' || each === 'changed'),
  );
  return hasChanged && problems.length === 0 ? `${table}\n\n${nextSteps(mesh)}` : table;
}

/** Remote secrets are a part of the output, or refer to a secret store. */
function nextSteps({ clusters }: Mesh): string {
  const inStore = clusters.filter(
    ({ secrets }) => backends[secrets.remoteSecrets].store !== undefined,
  ).length;
  const steps = [
    ...(inStore < clusters.length
      ? ['Next, synthesize again and apply the remote secrets:\n  istio-mesh synth']
      : []),
    ...(inStore > 0 ? ['List the files that the secret stores must hold:\n  istio-mesh secrets'] : []),
  ];
  return steps.join('\n');
}

function certificateText(certificate: JoinedCluster['sealingCertificate']): string {
  return certificate === undefined ? '-' : `${certificate.file} (${certificate.status})`;
}
