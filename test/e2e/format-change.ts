import { expect, test } from 'vitest';
import { analysis } from './analysis';
import { applyMesh, reinject } from './apply-mesh';
import { asApplied } from './as-applied';
import { commands } from './commands';
import { liveObjects } from './live-objects';
import type { Workplace } from './workplace';

/** Changes the format of a running control plane from native to istioctl and back. */
export function testFormatChange(workplace: () => Workplace, clusters: readonly string[]): void {
  let before: Record<string, unknown>;

  test('changes the format to istioctl', () => {
    before = asApplied(liveObjects(workplace(), 'cluster1'));
    changeFormat(workplace(), clusters, 'istioctl', commands.deleteDefaultTag);
  });

  test('changes the format back to native, with the same objects as before', () => {
    changeFormat(workplace(), clusters, 'native');
    expect(asApplied(liveObjects(workplace(), 'cluster1'))).toEqual(before);
  });
}

function changeFormat(
  workplace: Workplace,
  clusters: readonly string[],
  format: string,
  followUp = '',
): void {
  workplace.editMesh((mesh) => mesh.setIn(['istio', 'controlPlane'], format));
  applyMesh(workplace, clusters);
  workplace.run(followUp);
  reinject(workplace, clusters);
  for (const cluster of clusters) {
    const errors = analysis(workplace, `--kubeconfig ${cluster}.kubeconfig --output-threshold=Error`);
    expect(errors).toEqual([]);
  }
}
