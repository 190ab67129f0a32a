import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { ClusterReport, GatewayReport, VerificationReport } from '../live/verification-report';
import { formatProblem } from '../problems/problem';
import { addCommand, meshFileOption } from './command';
import { formatTable, joinNames, maxNames, parseSeconds, print, terminalProgress } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly cluster?: readonly string[];
  readonly removed?: readonly string[];
  readonly timeout: number;
  readonly json?: true;
}

/** `istio-mesh verify` */
export function registerVerify(program: Command): void {
  addCommand(program, {
    name: 'verify',
    summary: 'check the live clusters, and call HelloWorld between them',
    description:
      'Connects to each cluster, and checks istiod, the east-west gateways, ztunnel, the remote secrets and the certificates. If HelloWorld is deployed, calls it from each cluster until all expected clusters have answered. Run it after you apply the manifests. If the mesh does not work, verify reports the likely causes and exits with status 1.',
    examples: [
      { purpose: 'Verify the whole mesh', line: 'istio-mesh verify' },
      {
        purpose: 'Verify two clusters and the connections between them',
        line: 'istio-mesh verify --cluster cluster1 cluster2',
      },
      {
        purpose: 'Check that no proxy has endpoints of a cluster that was removed',
        line: 'istio-mesh verify --removed cluster3',
      },
      {
        purpose: 'Wait up to ten minutes, and print JSON',
        line: 'istio-mesh verify --timeout 600 --json',
      },
    ],
  })
    .addOption(meshFileOption())
    .option('--cluster <name...>', 'verify only these clusters and the connections between them')
    .option(
      '--removed <name...>',
      'also ask every istiod and every proxy whether it still has something of these clusters, which have left the mesh',
    )
    .option(
      '--timeout <seconds>',
      'how long to wait for addresses, pods and first answers',
      parseSeconds,
      180,
    )
    .option('--json', 'print the report as JSON')
    .action(verifyAndPrint);
}

async function verifyAndPrint({ meshFile, cluster, removed, timeout, json }: Options): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { verify } = await import('../live/verify.js');
  const progress = terminalProgress();
  const report = await verify(loadMesh(meshFile), {
    directory: dirname(meshFile),
    clusters: cluster,
    removed,
    timeoutSeconds: timeout,
    progress,
  }).finally(progress.done);
  print(process.stdout, `${json ? JSON.stringify(report, null, 2) : verificationText(report)}\n`);
  for (const problem of report.problems) print(process.stderr, `${formatProblem(problem)}\n`);
  if (!report.passed) process.exitCode = 1;
}

function verificationText(report: VerificationReport): string {
  const { meshID, passed, problems, warnings, helloWorld } = report;
  const result = passed
    ? `Mesh ${meshID} works.`
    : `Mesh ${meshID} does not work: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`;
  return [
    clusterTable(report),
    helloWorld === undefined
      ? 'HelloWorld is not deployed. To call it, set verification.helloWorld: enabled in mesh.yaml.'
      : answerTable(helloWorld),
    ...warnings.map((warning) => `Warning: ${formatProblem(warning)}`),
    result,
  ].join('\n\n');
}

function clusterTable({ clusters }: VerificationReport): string {
  const rows = clusters.map(({ istiod, readerBound, ...cluster }) => [
    cluster.cluster,
    cluster.network,
    istiod === undefined ? '-' : `${istiod.ready}/${istiod.desired}`,
    gatewaysText(cluster),
    readerBound === undefined ? '-' : readerBound ? 'bound' : 'not bound',
    readsText(cluster.reads),
  ]);
  return formatTable([['CLUSTER', 'NETWORK', 'ISTIOD', 'GATEWAY', 'READER', 'READS'], ...rows]);
}

/** The sync status of each peer; of many peers, only those that are not synced. */
function readsText(reads: ClusterReport['reads']): string {
  if (reads === undefined) return '-';
  const peers = Object.entries(reads);
  const format = ([peer, status]: [string, string]) => `${peer}: ${status}`;
  if (peers.length <= maxNames) return peers.map(format).join('; ') || 'none';
  const unsynced = peers.filter(([, status]) => status !== 'synced');
  const synced = `${peers.length - unsynced.length} of ${peers.length} synced`;
  return unsynced.length === 0 ? synced : `${synced}; ${joinNames(unsynced.map(format))}`;
}

/** A cluster has a gateway for each data plane. */
function gatewaysText({ gateway, ambientGateway }: ClusterReport): string {
  const gateways = [gateway, ambientGateway].filter((each) => each !== undefined);
  return gateways.map(gatewayText).join('; ') || '-';
}

function gatewayText(gateway: GatewayReport): string {
  return gateway.addresses.join(', ') || (gateway.type === 'LoadBalancer' ? 'pending' : gateway.type);
}

/** The number of clusters whose answers fit into one row of a terminal. */
const maxColumns = 8;

/** The answers of HelloWorld: a row for each calling cluster, and a column for each answering cluster or, of many
 * clusters, their number and the names of those that did not answer. */
function answerTable(rows: NonNullable<VerificationReport['helloWorld']>): string {
  const names = rows.map(({ from }) => from);
  if (names.length <= maxColumns) {
    return formatTable([
      ['HELLOWORLD FROM', ...names, 'NO ANSWER'],
      ...rows.map(({ from, answers, failed }) => [
        from,
        ...names.map((name) => String(answers[name] ?? 0)),
        String(failed),
      ]),
    ]);
  }
  return formatTable([
    ['HELLOWORLD FROM', 'ANSWERED BY', 'NOT BY', 'NO ANSWER'],
    ...rows.map(({ from, answers, expected, failed }) => {
      const missing = expected.filter((name) => (answers[name] ?? 0) === 0);
      const count = `${expected.length - missing.length} of ${expected.length}`;
      return [from, count, missing.length === 0 ? '-' : joinNames(missing), String(failed)];
    }),
  ]);
}
