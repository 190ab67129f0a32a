import type { GitOps, Mesh } from '../mesh/mesh';
import { networkGatewayOf } from '../mesh/network-gateway';
import { backends, secretsBackendsOf } from '../mesh/secrets/backends';
import type { Problem } from '../problems/problem';
import type { Synthesis } from '../synthesis/synthesize';
import { formerClustersText } from './former-clusters-text';
import { formatTable, joinNames } from './terminal';

/** The summary of a synthesis: what was written, what is missing, and what to run next. */
export function synthesisSummary(synthesis: Synthesis): string {
  const { mesh, inputs } = synthesis;
  const { controlPlane } = mesh.istio;
  const versions = [...new Set(mesh.clusters.map(({ istio }) => istio.version))];
  const sections = [
    `Mesh ${mesh.meshID}: Istio ${versions.join(' and ')}, control plane format ${controlPlane}`,
    clusterTable(synthesis),
    fileList('Issued missing certificates. Keep the keys safe, and never commit them:', inputs.issued),
    fileList(
      'Reused encrypted Secrets, because their plain text is not on this machine:',
      inputs.encryption?.usedRecords ?? [],
    ),
    formerClustersText(mesh, synthesis.former),
    fileList(
      `Accepted these recipients of encrypted Secrets, listed in ${mesh.secrets.directory}/recipients.yaml:`,
      inputs.encryption?.newRecipients ?? [],
    ),
    nextSteps(synthesis),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

/** The warnings of a synthesis, without those about what the summary lists as left of former clusters. */
export function synthesisWarnings({ inputs, former, warnings }: Synthesis): readonly Problem[] {
  return [...inputs.warnings, ...warnings].filter(
    ({ code, location }) => code !== 'REMOTE-STRAY' || !former.left.includes(location.file ?? ''),
  );
}

function clusterTable({ mesh, inputs, outdir, files }: Synthesis): string {
  const unjoined = new Set(inputs.unjoined);
  const counts = fileCounts(files);
  const rows = mesh.clusters.map((cluster) => [
    cluster.name,
    cluster.network,
    networkGatewayOf(cluster)?.serviceType ?? cluster.ambientGateway?.service.type ?? 'none',
    joinNames(cluster.peers.map((peer) => (unjoined.has(peer) ? `${peer} (not joined)` : peer))) || 'none',
    `${counts.get(cluster.name) ?? 0} in ${outdir}/${cluster.name}`,
  ]);
  return formatTable([['CLUSTER', 'NETWORK', 'GATEWAY', 'READS', 'FILES'], ...rows]);
}

/** The number of files in each folder of the output. */
function fileCounts(files: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const file of files) {
    const folder = file.slice(0, file.indexOf('/'));
    counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return counts;
}

function fileList(title: string, files: readonly string[]): string {
  return files.length === 0 ? '' : [title, ...files.map((file) => `  ${file}`)].join('\n');
}

function nextSteps(synthesis: Synthesis): string {
  const { mesh, inputs, files } = synthesis;
  const lines = mesh.gitops === undefined ? kubectlSteps(synthesis) : gitopsSteps(synthesis, mesh.gitops);
  if (inputs.unjoined.length > 0) {
    lines.push(
      `Not joined yet: ${joinNames(inputs.unjoined)}. After you apply the manifests, run:`,
      '  istio-mesh join',
      '  istio-mesh synth',
    );
  } else if (files.some((path) => path.endsWith('90-helloworld.k8s.yaml'))) {
    lines.push('Then verify that the clusters answer each other:', '  istio-mesh verify');
  }
  if (usesStore(mesh)) {
    lines.push('List the files that the secret stores must hold:', '  istio-mesh secrets');
  }
  return lines.join('\n');
}

function gitopsSteps({ mesh, inputs, outdir }: Synthesis, { tool, repository }: GitOps): string[] {
  const committed = inputs.encryption === undefined ? outdir : `${outdir} and ${mesh.secrets.directory}`;
  const isOci = repository.url.startsWith('oci://');
  const lines = isOci
    ? [`Next, commit ${committed}, and push ${outdir} to ${repository.url} as ${repository.path}.`]
    : [`Next, commit ${committed}, and push to ${repository.url}.`];
  if (tool === 'argocd') {
    lines.push('Only once, in the cluster where Argo CD runs:', `  kubectl apply -f ${outdir}/argocd`);
  } else {
    lines.push(
      'Only once, for each cluster with its own kubeconfig:',
      `  kubectl apply -f ${outdir}/flux/CLUSTER`,
    );
  }
  return lines;
}

const crdStages = ['00-crds'];
const operatorStages = ['30-control-plane', '40-eastwest-gateway'];

function kubectlSteps(synthesis: Synthesis): string[] {
  const { mesh, outdir } = synthesis;
  const lines = ['Next, for each cluster with its own kubeconfig:'];
  if (mesh.istio.controlPlane === 'operator') {
    const before = filesOf(synthesis, ['00-crds', '10-namespace', '20-cacerts']);
    const operators = filesOf(
      synthesis,
      operatorStages.map((stage) => `operator/${stage}`),
    );
    lines.push(
      `  kubectl apply ${before.map((file) => `-f ${file}`).join(' ')}`,
      ...operators.map((file) => `  istioctl install -y -f ${file}`),
    );
  } else {
    const crds = filesOf(synthesis, crdStages);
    if (crds.length > 0) {
      lines.push(
        `  kubectl apply ${crds.map((file) => `-f ${file}`).join(' ')}`,
        '  kubectl wait --for=condition=Established crd --all',
      );
    }
  }
  lines.push(`  kubectl apply -f ${outdir}/CLUSTER`);
  const used = new Set(mesh.clusters.flatMap(secretsBackendsOf));
  lines.push(...[...used].flatMap((backend) => backends[backend].applyByHandSteps?.(outdir) ?? []));
  return lines;
}

/** The files of the stages that any cluster has. */
function filesOf({ files, outdir }: Synthesis, stages: readonly string[]): string[] {
  return stages
    .filter((stage) => files.some((path) => path.endsWith(`/${stage}.k8s.yaml`)))
    .map((stage) => `${outdir}/CLUSTER/${stage}.k8s.yaml`);
}

function usesStore({ clusters }: Mesh): boolean {
  return clusters.flatMap(secretsBackendsOf).some((backend) => backends[backend].store !== undefined);
}
