import type { TokenRotationReport } from '../live/tokens/rotate-tokens';
import type { TokenClusterStatus } from '../live/tokens/token-status';
import type { TokenStepResult } from '../live/tokens/token-step';
import type { Mesh } from '../mesh/mesh';
import { backends } from '../mesh/secrets/backends';
import type { TokenPhase } from '../remotes/token-rotation';
import { formatTable } from './terminal';

const resultTexts: Readonly<Record<TokenStepResult, string>> = {
  issued: 'another token was issued; the old one is still valid',
  'taken-back': 'the files have the old token again; the new one is still valid',
  revoked: 'the old token was revoked: the API server rejects it (401)',
  cancelled: 'the new token was revoked, and the old one stays',
  waiting: 'not revoked: a cluster still uses the other token',
  failed: 'failed',
};

/** What a step did in each cluster, what it changed, and what to do next. */
export function tokenStepsText(mesh: Mesh, { clusters }: TokenRotationReport): string {
  const rows = clusters.map(({ cluster, result }) => [cluster, resultTexts[result]]);
  const files = clusters.flatMap((step) => step.files);
  const sections = [
    formatTable([['CLUSTER', 'TOKEN'], ...rows]),
    files.length === 0 ? '' : `Changed:\n${files.map((file) => `  ${file}`).join('\n')}`,
    nextSteps(
      mesh,
      clusters.map(({ result }) => result),
    ),
  ];
  return sections.filter((section) => section !== '').join('\n\n');
}

function nextSteps({ clusters }: Mesh, results: readonly TokenStepResult[]): string {
  const isBack = results.includes('taken-back');
  if (!isBack && !results.includes('issued')) return '';
  const inStore = clusters.some(({ secrets }) => backends[secrets.remoteSecrets].store !== undefined);
  return [
    'Next, synthesize and apply 60-remote-secrets.k8s.yaml of each cluster:\n  istio-mesh synth',
    ...(inStore ? ['List the files that the secret stores must hold now:\n  istio-mesh secrets'] : []),
    isBack
      ? 'Then wait until all clusters use the old token, and revoke the new one:\n  istio-mesh rotate tokens --back --wait'
      : 'Then wait until all clusters use the new token, and revoke the old one:\n  istio-mesh rotate tokens --wait',
  ].join('\n');
}

const phaseTexts: Readonly<Record<TokenPhase, string>> = {
  'old-token': 'old token',
  'new-token': 'new token',
};

/** How far the replacement of tokens is; empty if none is replaced. */
export function tokenStatusText(clusters: readonly TokenClusterStatus[]): string {
  if (clusters.length === 0) return '';
  const rows = clusters.map(({ cluster, phase, passed }) => [
    cluster,
    phaseTexts[phase],
    passed ? 'yes' : 'no',
  ]);
  const table = formatTable([['CLUSTER', 'IN THE FILES', 'IN USE BY ALL OTHERS'], ...rows]);
  return `Tokens that are being replaced:\n\n${table}\n\n${outlook(clusters)}`;
}

function outlook(clusters: readonly TokenClusterStatus[]): string {
  if (!clusters.every(({ passed }) => passed)) return 'Not every cluster uses the tokens in the files.';
  return clusters.some(({ phase }) => phase === 'new-token')
    ? 'Every cluster uses the tokens in the files. To revoke the old ones:\n  istio-mesh rotate tokens'
    : 'Every cluster uses the old tokens. To revoke the new ones:\n  istio-mesh rotate tokens --back';
}
