import { dirname } from 'node:path';
import type { Command } from 'commander';
import type { ClusterReport, VerificationReport } from '../live/verification-report';
import { formatProblem } from '../problems/problem';
import { formatTable, parseSeconds, terminalProgress } from './terminal';

interface Options {
  readonly meshFile: string;
  readonly cluster?: readonly string[];
  readonly timeout: number;
  readonly json?: true;
}

/** `istio-mesh verify`: whether the live mesh works, and if not, why. */
export function registerVerify(program: Command): void {
  program
    .command('verify')
    .description('look at every control plane, and call HelloWorld from every cluster')
    .option('--mesh-file <file>', 'the definition of the mesh', 'mesh.yaml')
    .option('--cluster <name...>', 'verify only these clusters, with what they are to each other')
    .option('--timeout <seconds>', 'how long to wait for what needs time', parseSeconds, 180)
    .option('--json', 'print the report as JSON')
    .action(verifyAndTell);
}

async function verifyAndTell({ meshFile, cluster, timeout, json }: Options): Promise<void> {
  const { loadMesh } = await import('../mesh/mesh-file.js');
  const { verify } = await import('../live/verify.js');
  const progress = terminalProgress();
  const report = await verify(loadMesh(meshFile), {
    directory: dirname(meshFile),
    clusters: cluster,
    timeoutSeconds: timeout,
    progress,
  }).finally(progress.done);
  process.stdout.write(`${json ? JSON.stringify(report, null, 2) : verificationText(report)}\n`);
  for (const problem of report.problems) process.stderr.write(`${formatProblem(problem)}\n`);
  if (!report.passed) process.exitCode = 1;
}

function verificationText(report: VerificationReport): string {
  const { meshID, passed, problems, warnings, helloWorld } = report;
  const verdict = passed
    ? `Mesh ${meshID} works.`
    : `Mesh ${meshID} does not work: ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}.`;
  return [
    clusterTable(report),
    helloWorld === undefined
      ? 'HelloWorld was not asked for; write verification.helloWorld: enabled in mesh.yaml to have it called.'
      : answerTable(helloWorld),
    ...warnings.map((warning) => `Warning: ${formatProblem(warning)}`),
    verdict,
  ].join('\n\n');
}

function clusterTable({ clusters }: VerificationReport): string {
  const rows = clusters.map(({ cluster, network, istiod, gateway, readerBound, reads }) => [
    cluster,
    network,
    istiod === undefined ? '-' : `${istiod.ready}/${istiod.desired}`,
    gatewayText(gateway),
    readerBound === undefined ? '-' : readerBound ? 'bound' : 'not bound',
    readsText(reads),
  ]);
  return formatTable([['CLUSTER', 'NETWORK', 'ISTIOD', 'GATEWAY', 'READER', 'READS'], ...rows]);
}

function readsText(reads: ClusterReport['reads']): string {
  if (reads === undefined) return '-';
  const peers = Object.entries(reads).map(([peer, status]) => `${peer}: ${status}`);
  return peers.join('; ') || 'nobody';
}

function gatewayText(gateway: ClusterReport['gateway']): string {
  if (gateway === undefined) return '-';
  return gateway.addresses.join(', ') || (gateway.type === 'LoadBalancer' ? 'pending' : gateway.type);
}

/** Who answered whom: a row for each caller, a column for each answerer. */
function answerTable(rows: NonNullable<VerificationReport['helloWorld']>): string {
  const names = rows.map(({ from }) => from);
  return formatTable([
    ['HELLOWORLD FROM', ...names, 'NOBODY'],
    ...rows.map(({ from, answers, failed }) => [
      from,
      ...names.map((name) => String(answers[name] ?? 0)),
      String(failed),
    ]),
  ]);
}
