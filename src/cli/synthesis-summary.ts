import type { GitOps, Mesh } from '../mesh/mesh';
import { type SecretsBackend, secretsBackendsOf } from '../mesh/secrets/definition';
import { formatProblem } from '../problems/problem';
import type { Synthesis } from '../synthesis/synthesize';
import { formatTable } from './terminal';

/** What a synthesis tells its user: what was written, what is missing, and what to run next. */
export function synthesisSummary(synthesis: Synthesis): string {
  const { mesh, inputs } = synthesis;
  const { controlPlane } = mesh.istio;
  const versions = [...new Set(mesh.clusters.map(({ istio }) => istio.version))];
  const sections = [
    `Mesh ${mesh.meshID}: Istio ${versions.join(' and ')}, control plane as ${controlPlane}`,
    clusterTable(synthesis),
    inputs.issued.length === 0 ? '' : issued(inputs.issued),
    usedAsKept(inputs.encryption?.usedRecords ?? []),
    ...inputs.warnings.map((warning) => `Warning: ${formatProblem(warning)}`),
    nextSteps(synthesis),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function clusterTable({ mesh, inputs, outdir, files }: Synthesis): string {
  const unjoined = new Set(inputs.unjoined);
  const rows = mesh.clusters.map(({ name, network, eastWestGateway, peers }) => [
    name,
    network,
    eastWestGateway === undefined ? 'none' : eastWestGateway.service.type,
    peers.map((peer) => (unjoined.has(peer) ? `${peer} (not joined)` : peer)).join(', ') || 'nobody',
    `${files.filter((path) => path.startsWith(`${name}/`)).length} in ${outdir}/${name}`,
  ]);
  return formatTable([['CLUSTER', 'NETWORK', 'GATEWAY', 'READS', 'FILES'], ...rows]);
}

function issued(files: readonly string[]): string {
  return [
    'Issued what was missing; keep the keys safe, and never commit them:',
    ...files.map((file) => `  ${file}`),
  ].join('\n');
}

function usedAsKept(files: readonly string[]): string {
  if (files.length === 0) return '';
  const intro = 'Used as they are kept, because their plain text is not on this machine:';
  return [intro, ...files.map((file) => `  ${file}`)].join('\n');
}

function nextSteps(synthesis: Synthesis): string {
  const { mesh, inputs, files } = synthesis;
  const lines = mesh.gitops === undefined ? appliedByHand(synthesis) : delivered(synthesis, mesh.gitops);
  if (inputs.unjoined.length > 0) {
    lines.push(
      `Not joined yet: ${inputs.unjoined.join(', ')}. Once applied, fetch their tokens and synthesize again:`,
      '  istio-mesh join',
      '  istio-mesh synth',
    );
  } else if (files.some((path) => path.endsWith('90-helloworld.k8s.yaml'))) {
    lines.push('Then prove that every cluster answers every other:', '  istio-mesh verify');
  }
  if (usesBackend(mesh, 'external-secrets')) {
    lines.push('See which files the stores must hold:', '  istio-mesh secrets');
  }
  return lines.join('\n');
}

function delivered({ mesh, inputs, outdir }: Synthesis, { tool, repository }: GitOps): string[] {
  const committed = inputs.encryption === undefined ? outdir : `${outdir} and ${mesh.secrets.directory}`;
  const isOci = repository.url.startsWith('oci://');
  const lines = isOci
    ? [`Next, commit ${committed}, and push ${outdir} to ${repository.url} as ${repository.path}.`]
    : [`Next, commit ${committed}, and push to ${repository.url}.`];
  if (tool === 'argocd') {
    lines.push(
      'Only the first time, on the cluster where Argo CD runs:',
      `  kubectl apply -f ${outdir}/argocd`,
    );
  } else {
    lines.push(
      'Only the first time, for each cluster with its own kubeconfig:',
      `  kubectl apply -f ${outdir}/flux/CLUSTER`,
    );
  }
  return lines;
}

function appliedByHand({ mesh, outdir, files }: Synthesis): string[] {
  const lines = ['Next, for each cluster with its own kubeconfig:'];
  if (mesh.istio.controlPlane === 'operator') {
    const before = ['10-namespace', '20-cacerts'].filter((stage) =>
      files.some((path) => path.endsWith(`/${stage}.k8s.yaml`)),
    );
    lines.push(
      `  kubectl apply ${before.map((stage) => `-f ${outdir}/CLUSTER/${stage}.k8s.yaml`).join(' ')}`,
      `  istioctl install -y -f ${outdir}/CLUSTER/operator/30-control-plane.k8s.yaml`,
      `  istioctl install -y -f ${outdir}/CLUSTER/operator/40-eastwest-gateway.k8s.yaml`,
    );
  } else if (files.some((path) => path.endsWith('00-crds.k8s.yaml'))) {
    lines.push(
      `  kubectl apply -f ${outdir}/CLUSTER/00-crds.k8s.yaml`,
      '  kubectl wait --for=condition=Established crd --all',
    );
  }
  lines.push(`  kubectl apply -f ${outdir}/CLUSTER`);
  if (usesBackend(mesh, 'sops')) {
    lines.push(
      'What SOPS has encrypted is refused by kubectl as it is, and applied file by file:',
      `  sops decrypt ${outdir}/CLUSTER/FILE | kubectl apply -f -`,
    );
  }
  return lines;
}

function usesBackend({ clusters }: Mesh, backend: SecretsBackend): boolean {
  return clusters.some((cluster) => secretsBackendsOf(cluster).includes(backend));
}
