import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../temporary-folder';
import { istioMesh } from './istio-mesh';

const clusters = `clusters:
  - { name: cluster1, network: network1, kubeconfig: 'my clusters/1.yaml' }
  - { name: cluster2, network: network2, kubeconfig: 2.yaml, context: admin }
`;

function planOf(definition: string, ...args: readonly string[]) {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'mesh.yaml'), `meshID: mesh1\n${definition}${clusters}`);
  return istioMesh(folder, 'upgrade', 'plan', ...args);
}

/** The commands, in their order. */
function commandsOf(stdout: string): string[] {
  const lines = stdout.split('\n').map((line) => line.trim());
  return lines.filter((line) => /^(istio-mesh|kubectl|istioctl|git|for) /.test(line));
}

const repository =
  'repository: { url: "https://git.example.com/mesh.git" }\nsecrets: { backend: sealed-secrets }\n';

describe('upgrade plan', () => {
  test('shows the commands of each wave with kubectl', () => {
    const { status, stdout, stderr } = planOf('istio: { version: 1.30.3 }\n', '--to', '1.31.0');
    expect([status, stderr]).toEqual([0, expect.stringContaining('Istio 1.30.3 loses endpoints')]);
    const [, first = '', second = ''] = stdout.split(/^Wave .*$/m);
    expect(first).toMatch(/- name: cluster1\n +istio:\n +version: 1.31.0\n/);
    const kubectl = "kubectl --kubeconfig 'my clusters/1.yaml'";
    expect(commandsOf(first)).toEqual([
      'istio-mesh synth',
      `${kubectl} apply -f dist/cluster1/00-crds.k8s.yaml`,
      `${kubectl} wait --for=condition=Established crd --all`,
      `${kubectl} apply -f dist/cluster1/30-control-plane.k8s.yaml`,
      `${kubectl} rollout status deployment istiod --namespace istio-system --timeout=10m`,
      `${kubectl} apply -f dist/cluster1`,
      `${kubectl} rollout status deployment istio-ingressgateway --namespace istio-system --timeout=10m`,
      `${kubectl} rollout restart deployment istio-eastwestgateway --namespace istio-system`,
      `${kubectl} rollout status deployment istio-eastwestgateway --namespace istio-system --timeout=10m`,
      expect.stringContaining('-l istio-injection=enabled'),
      expect.stringContaining('-l istio.io/rev=default'),
      'istio-mesh verify --timeout 600',
    ]);
    expect(commandsOf(second)[1]).toMatch(/^kubectl --kubeconfig 2.yaml --context admin apply/);
  });

  test('replaces the CNI node agent before ztunnel, and restarts no workload in ambient mode', () => {
    const { stdout } = planOf('dataPlane: ambient\nistio: { version: 1.30.3 }\n', '--to', '1.31.0');
    const [, first = ''] = stdout.split(/^Wave .*$/m);
    const kubectl = "kubectl --kubeconfig 'my clusters/1.yaml'";
    const awaited = (name: string) =>
      `${kubectl} rollout status daemonset ${name} --namespace istio-system --timeout=10m`;
    expect(commandsOf(first).slice(5)).toEqual([
      `${kubectl} apply -f dist/cluster1/20-cni.k8s.yaml`,
      awaited('istio-cni-node'),
      `${kubectl} apply -f dist/cluster1`,
      awaited('ztunnel'),
      'istio-mesh verify --timeout 600',
    ]);
  });

  test('deletes the old control plane before the synthesis that forgets it', () => {
    const istio =
      'istio: { version: 1.31.0, revision: next, canary: { revision: default, version: 1.30.4 } }\n';
    const { stdout } = planOf(istio, '--wave', 'cluster2,cluster1');
    expect(stdout).toContain('Wave 1 of 1: cluster2, cluster1');
    const kubectl = 'kubectl --kubeconfig 2.yaml --context admin';
    const commands = commandsOf(stdout);
    expect(commands.slice(1, 3)).toEqual([
      `${kubectl} delete --ignore-not-found -f dist/cluster2/30-control-plane.k8s.yaml`,
      `${kubectl} delete networkpolicies --namespace istio-system -l istio.io/rev=default`,
    ]);
    expect(commands.indexOf('istio-mesh synth')).toBe(5);
  });

  test.each([
    [
      'argocd',
      "kubectl wait application mesh1-cluster1 --namespace argocd --for=jsonpath='{.status.health.status}'=Healthy --timeout=10m",
    ],
    [
      'flux',
      "kubectl --kubeconfig 'my clusters/1.yaml' wait kustomizations.kustomize.toolkit.fluxcd.io mesh1-istiod --namespace flux-system --for=condition=Ready --timeout=10m",
    ],
  ])('shows a wave as a commit for %s', (tool, wait) => {
    const { stdout } = planOf(`gitops: ${tool}\n${repository}istio: { version: 1.30.4 }\n`);
    const [, first = ''] = stdout.split(/^Wave .*$/m);
    const commands = commandsOf(first);
    expect(commands.slice(0, 5)).toEqual([
      ...['istio-mesh synth', 'git add .', 'istio-mesh check'],
      ...["git commit --message 'Upgrade Istio of cluster1 to 1.31.0'", 'git push'],
    ]);
    expect(commands).toContain(wait);
    expect(commands.filter((command) => / apply /.test(command))).toEqual([]);
    expect(commands.at(-1)).toBe('istio-mesh verify --timeout 600');
  });

  test('upgrades a mesh of istioctl in mesh.yaml at once, and in the clusters in waves', () => {
    const { stdout } = planOf('istio: { version: 1.30.4, controlPlane: istioctl }\n', '--json');
    const { waves } = JSON.parse(stdout);
    const edited = waves.map(({ steps }: { steps: { edits?: unknown[] }[] }) =>
      steps.flatMap(({ edits = [] }) => edits),
    );
    expect(edited.map((edits: unknown[]) => edits.length)).toEqual([2, 0]);
    const last = waves.map(({ steps }: { steps: { commands: string[] }[] }) => steps.at(-1)?.commands);
    expect(last).toEqual([
      ['istio-mesh verify --cluster cluster1 --timeout 600'],
      ['istio-mesh verify --cluster cluster1 cluster2 --timeout 600'],
    ]);
  });

  test('is empty when all clusters have the version', () => {
    const { status, stdout } = planOf('istio: { version: 1.31.0 }\n');
    expect([status, stdout]).toEqual([
      0,
      expect.stringMatching(/^All clusters have Istio 1.31.0 in mesh.yaml/),
    ]);
  });

  test('refuses what Istio does not support', () => {
    const { status, stdout, stderr } = planOf('istio: { version: 1.29.6 }\n');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /cluster1.*UPGRADE-VERSION.*\n.*newest patch version of 1.30 first, or add --canary/,
    );
    expect(planOf('', '--to', 'latest').stderr).toMatch(/full Istio version/);
  });
});
