import type { GitOpsTool } from '../mesh/gitops';
import { istioSystem, remoteSecretName } from '../mesh/istio-names';
import type { Cluster } from '../mesh/mesh';
import type { Removal } from '../synthesis/remove-cluster';
import { kubectl } from './kubectl';
import { joinNames, maxNames } from './terminal';

/** What the removal of a cluster changes, and what is left to do, in order. */
export function removalText(removal: Removal, outdir: string, mode: 'planned' | 'done'): string {
  const steps = [
    synthesisStep(removal, outdir),
    ...(removal.readBy.length > 0 ? [remoteSecretsStep(removal)] : []),
    verificationStep(removal),
    ...(removal.reads.length > 0 ? [tokensStep(removal, outdir)] : []),
    deletionStep(removal),
  ];
  const numbered = steps.map((step, index) => `${index + 1}. ${step}`);
  return [changes(removal, mode), ...numbered].join('\n\n');
}

function changes({ name, definition, readers, files, meshFile }: Removal, mode: 'planned' | 'done'): string {
  const peers = readers.length === 0 ? '' : ` It is also removed from the peers of ${joinNames(readers)}.`;
  const [removed, deleted] =
    mode === 'done' ? ['Removed', 'Deleted'] : ['This would remove', 'This would delete'];
  const shown = files.slice(0, maxNames).map((file) => `  ${file}`);
  const more = files.length > shown.length ? [`  and ${files.length - shown.length} more`] : [];
  return [
    ...(definition === undefined ? [] : [`${removed} ${name} from ${meshFile}.${peers}`]),
    ...(files.length === 0 ? [] : [`${deleted}:`, ...shown, ...more]),
  ].join('\n');
}

function synthesisStep({ name, mesh }: Removal, outdir: string): string {
  const files = `This removes ${outdir}/${name}, and the remote secrets of ${name} from the output and from ${mesh.secrets.directory}.`;
  return `Synthesize. ${files}\n     istio-mesh synth`;
}

type Describe = (removal: Removal) => string;

const remoteSecrets: Readonly<Record<GitOpsTool | 'kubectl', Describe>> = {
  kubectl: ({ name, readBy }) =>
    [
      `Send no more traffic to ${name}, and let the others stop reading it. kubectl apply deletes nothing:`,
      ...commands(
        readBy,
        () => `delete secret ${remoteSecretName(name)} --namespace ${istioSystem} --ignore-not-found`,
      ),
    ].join('\n'),
  argocd: ({ name, readBy }) =>
    `Send no more traffic to ${name}, commit and push. With its next sync, Argo CD prunes the remote secret of ${name} in ${joinNames(names(readBy))}, and the Application of ${name}. Pruning deletes nothing in ${name} itself.`,
  flux: ({ name, readBy }) =>
    `Send no more traffic to ${name}, commit and push. With its next reconciliation, Flux prunes the remote secret of ${name} in ${joinNames(names(readBy))}. The Kustomizations in ${name} fail from then on, because their folder is gone, and delete nothing.`,
};

function remoteSecretsStep(removal: Removal): string {
  return remoteSecrets[removal.mesh.gitops?.tool ?? 'kubectl'](removal);
}

function verificationStep({ name }: Removal): string {
  return [
    `Before you delete anything in ${name}, wait until no istiod reads it, and no proxy has its endpoints:`,
    `     istio-mesh verify --removed ${name}`,
  ].join('\n');
}

function tokensStep({ name, reads, mesh }: Removal, outdir: string): string {
  const readers = mesh.clusters.filter(({ peers }) => reads.some((each) => peers.includes(each.name)));
  const rotate = `     istio-mesh rotate tokens ${names(reads).join(' ')}`;
  const apply =
    mesh.gitops === undefined
      ? commands(readers, (each) => `apply -f ${outdir}/${each.name}`)
      : ['     then commit and push'];
  return [
    `Revoke the tokens with which ${name} can still read ${joinNames(names(reads))}. The other clusters share these tokens, so they get new ones first:`,
    rotate,
    '     istio-mesh synth',
    ...apply,
    `${rotate} --wait`,
  ].join('\n');
}

function deletionStep({ name, cluster }: Removal): string {
  const command =
    cluster === undefined ? '' : `:\n     ${kubectl(cluster, `delete namespace ${istioSystem}`)}`;
  return `Delete ${name}, or Istio in it${command}\n   Its intermediate certificate remains valid until it expires. If its key may be known to others, see "The key of an intermediate certificate is stolen" in docs/rotation.md.`;
}

function names(clusters: readonly Cluster[]): string[] {
  return clusters.map(({ name }) => name);
}

function commands(clusters: readonly Cluster[], command: (cluster: Cluster) => string): string[] {
  return clusters.map((cluster) => `     ${kubectl(cluster, command(cluster))}`);
}
