import { join } from 'node:path';
import type { RotationStatus } from '../live/rotation/rotation-status';
import type { Mesh } from '../mesh/mesh';
import { backends } from '../mesh/secrets/backends';
import { phaseTexts, type RootPhase, type StablePhase } from '../pki/rotation/root-phase';
import type { RotationStep } from '../pki/rotation/rotate-root';
import { rotationFolders } from '../pki/rotation/rotation-folders';
import { formatTable } from './terminal';

/** What a cluster does in a phase, as the end of a sentence. */
export function phaseText(phase: StablePhase): string {
  return phase === 'old-root' ? 'is prepared for a second root' : phaseTexts[phase];
}

/** What a step changed, and what to do next. */
export function stepText(mesh: Mesh, { phase, clusters, files }: RotationStep): string {
  if (files.length === 0) return 'Nothing was left to change.';
  const changed = `Changed:\n${files.map((file) => `  ${file}\n`).join('')}`;
  if (clusters.length === 0) return `${changed}\n${stagedText(mesh)}`;
  const done =
    phase === undefined ? '' : `In these files, each of ${clusters.join(', ')} ${phaseTexts[phase]}.\n`;
  return `${changed}\n${done}${nextSteps(mesh, phase)}`;
}

function stagedText({ certificates }: Mesh): string {
  const folder = join(certificates.directory, rotationFolders.nextRoot);
  const prepare =
    certificates.rootRotation === 'enabled'
      ? []
      : [
          'Set certificates.rootRotation: enabled in mesh.yaml, synthesize, apply, and restart all workloads.',
        ];
  return [
    `This is the next root. No cluster trusts it yet. To use a root of your own, replace the files in ${folder}.`,
    ...prepare,
    'Next, let all clusters trust both roots:\n  istio-mesh rotate root',
  ].join('\n');
}

function nextSteps({ clusters }: Mesh, phase: StablePhase | undefined): string {
  const inStore = clusters.some(({ secrets }) => backends[secrets.cacerts].store !== undefined);
  const byCertManager = clusters.filter(
    ({ secrets }) => backends[secrets.cacerts].caCertificate !== 'issued-locally',
  );
  return [
    'Next, synthesize and apply 20-cacerts.k8s.yaml of each cluster:\n  istio-mesh synth',
    ...(inStore ? ['List the files that the secret stores must hold now:\n  istio-mesh secrets'] : []),
    ...(byCertManager.length > 0
      ? [
          `cert-manager issues the certificates of ${byCertManager.map(({ name }) => name).join(', ')}: change their issuers as docs/rotation.md says.`,
        ]
      : []),
    ...(phase === undefined
      ? []
      : ['Then wait until all clusters have completed this step:\n  istio-mesh rotate status --wait']),
  ].join('\n');
}

/** How far each cluster is, and what comes next. */
export function statusText(mesh: Mesh, result: RotationStatus): string {
  if (result.state === 'none')
    return 'No rotation of the root is under way. To start one:\n  istio-mesh rotate root';
  const rows = result.clusters.map(({ cluster, phase, passed }) => [
    cluster,
    fileText(phase),
    passed ? 'yes' : 'no',
  ]);
  return `${formatTable([['CLUSTER', 'IN THE FILES', 'IN THE CLUSTER'], ...rows])}\n\n${outlook(mesh, result)}`;
}

function fileText(phase: RootPhase | undefined): string {
  return phase === undefined ? 'issued elsewhere' : phaseTexts[phase];
}

function outlook({ certificates }: Mesh, { state, phase, passed }: RotationStatus): string {
  if (!passed) return `Not every cluster ${phaseText(phase)}.`;
  if (state === 'finished') {
    const old = join(certificates.directory, rotationFolders.oldRoot);
    return `The rotation is complete. Delete ${old}, or move it to a safe place, before the next one.`;
  }
  return `Every cluster ${phaseText(phase)}. To take the next step:\n  istio-mesh rotate root`;
}
