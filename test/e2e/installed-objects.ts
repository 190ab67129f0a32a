import { expect, test, vi } from 'vitest';
import { differences } from '../../scripts/compare/differences.mjs';
import { analysis } from './analysis';
import { awaitRollouts } from './apply-mesh';
import { asApplied } from './as-applied';
import { identity, type LiveObject, liveObjects } from './live-objects';
import type { Workplace } from './workplace';

interface Difference {
  readonly object: string;
  readonly path: string;
  readonly ours: unknown;
  readonly theirs: unknown;
}

/** The allowed differences between `istioctl install` and the native format, with their reasons. */
const allowedDifferences: readonly (Partial<Record<keyof Difference, RegExp>> & {
  readonly reason: string;
})[] = [
  {
    path: /^metadata\.labels(\.istio\.io\/rev)?$/,
    ours: /^undefined$/,
    theirs: /^("default"|\{"istio.io\/rev":"default"\})$/,
    reason: 'istioctl adds the label of the revision, to find its objects for uninstall.',
  },
  {
    object: /^ConfigMap istio-system\/values$/,
    path: /^metadata\.annotations\.kubernetes\.io\/description$/,
    reason: 'The description has other words with the same meaning.',
  },
  {
    object: /^Service istio-system\/istiod-revision-tag-default$/,
    path: /^spec\.selector\./,
    reason: 'Both labels select the pods of the revision default.',
  },
];

/** Compares the objects of `istioctl install` with those of an applied folder. */
export function testSameObjectsAsIstioctl(
  workplace: () => Workplace,
  installed: string,
  empty: string,
): void {
  test('has the same objects as istioctl install', async () => {
    const kubectl = (args: string) => workplace().kubectl(empty, args);
    const kubernetesObjects = new Set(liveObjects(workplace(), empty).map(identity));
    workplace().editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], 'native'));
    workplace().run('npx istio-mesh synth --output native');
    kubectl(`apply -f native/${installed}/00-crds.k8s.yaml`);
    kubectl('wait --for=condition=Established crd --all');
    kubectl(`apply -f native/${installed}`);
    awaitRollouts(workplace(), empty, 'istio-system');

    const istioObjects = (cluster: string): LiveObject[] =>
      liveObjects(workplace(), cluster).filter((object) => !kubernetesObjects.has(identity(object)));
    // istiod makes its webhooks strict when it is ready.
    await vi.waitFor(
      () => {
        const actual = differences(asApplied(istioObjects(empty)), asApplied(istioObjects(installed)));
        expect(actual.filter((difference) => !isAllowed(difference))).toEqual([]);
      },
      { timeout: 30_000, interval: 1000 },
    );
    const [ours, theirs] = [empty, installed].map((cluster) =>
      analysis(workplace(), `--kubeconfig ${cluster}.kubeconfig`),
    );
    expect(ours).toEqual(theirs);
  });
}

function isAllowed({ object, path, ours, theirs }: Difference): boolean {
  return allowedDifferences.some(
    (each) =>
      (each.object?.test(object) ?? true) &&
      (each.path?.test(path) ?? true) &&
      (each.ours?.test(JSON.stringify(ours) ?? 'undefined') ?? true) &&
      (each.theirs?.test(JSON.stringify(theirs) ?? 'undefined') ?? true),
  );
}
