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

/** What `istioctl install` leaves in a cluster otherwise than the native form, and why it may. */
const wanted: readonly (Partial<Record<keyof Difference, RegExp>> & { readonly reason: string })[] = [
  {
    path: /^metadata\.labels(\.istio\.io\/rev)?$/,
    ours: /^undefined$/,
    theirs: /^("default"|\{"istio.io\/rev":"default"\})$/,
    reason: 'istioctl labels what it installed with the revision, to find it when it uninstalls.',
  },
  {
    object: /^ConfigMap istio-system\/values$/,
    path: /^metadata\.annotations\.kubernetes\.io\/description$/,
    reason: 'The sentence is our own; it says the same.',
  },
  {
    object: /^Service istio-system\/istiod-revision-tag-default$/,
    path: /^spec\.selector\./,
    reason: 'Either label selects the same pods, those of the revision default, which have both.',
  },
];

/** A cluster in which `istioctl install` has been has the same objects as one to which a folder was applied. */
export function isWhatIstioctlInstalls(workplace: () => Workplace, installed: string, empty: string): void {
  test('is what istioctl installs, object by object', async () => {
    const kubectl = (args: string) => workplace().kubectl(empty, args);
    const ofKubernetes = new Set(liveObjects(workplace(), empty).map(identity));
    workplace().editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], 'native'));
    workplace().run('npx istio-mesh synth --output native');
    kubectl(`apply -f native/${installed}/00-crds.k8s.yaml`);
    kubectl('wait --for=condition=Established crd --all');
    kubectl(`apply -f native/${installed}`);
    awaitRollouts(workplace(), empty, 'istio-system');

    const ofIstio = (cluster: string): LiveObject[] =>
      liveObjects(workplace(), cluster).filter((object) => !ofKubernetes.has(identity(object)));
    // istiod makes its webhooks strict once it answers.
    await vi.waitFor(
      () => {
        const found = differences(asApplied(ofIstio(empty)), asApplied(ofIstio(installed)));
        expect(found.filter((difference) => !isWanted(difference))).toEqual([]);
      },
      { timeout: 30_000, interval: 1000 },
    );
    const [ours, theirs] = [empty, installed].map((cluster) =>
      analysis(workplace(), `--kubeconfig ${cluster}.kubeconfig`),
    );
    expect(ours).toEqual(theirs);
  });
}

function isWanted({ object, path, ours, theirs }: Difference): boolean {
  return wanted.some(
    (each) =>
      (each.object?.test(object) ?? true) &&
      (each.path?.test(path) ?? true) &&
      (each.ours?.test(JSON.stringify(ours) ?? 'undefined') ?? true) &&
      (each.theirs?.test(JSON.stringify(theirs) ?? 'undefined') ?? true),
  );
}
