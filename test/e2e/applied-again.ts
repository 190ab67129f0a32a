import { expect, test } from 'vitest';
import { awaitRollouts } from './apply-mesh';
import type { Workplace } from './workplace';

/** Applies the same files again to running clusters, with all that istiod has written to their objects. */
export function testAppliedAgain(workplace: () => Workplace, clusters: readonly string[]): void {
  test.each(clusters)('changes nothing when it is applied again: %s', async (cluster) => {
    const kubectl = (args: string) => workplace().kubectl(cluster, args);
    awaitRollouts(workplace(), cluster, 'istio-system');
    // istiod writes its CA certificate into the webhooks soon after it starts.
    await expect.poll(() => kubectl(webhookCertificates)).toMatch(/^(\S{100,} )+$/);
    const before = kubectl(validators);
    expect(before).toMatch(/^(\S+ +Fail +\d+\n){2,}$/);
    expect(changed(kubectl(`apply -f dist/${cluster}`))).toEqual([]);
    expect(kubectl(`diff -f dist/${cluster}`)).toBe('');
    expect(kubectl(validators)).toBe(before);
  });
}

const webhookCertificates =
  'get validatingwebhookconfigurations,mutatingwebhookconfigurations -o jsonpath="{range .items[*].webhooks[*]}{.clientConfig.caBundle} {end}"';

/** The failure policy of each validator, and its generation, which each change increases. */
const validators =
  'get validatingwebhookconfigurations --no-headers -o custom-columns=:.metadata.name,:.webhooks[*].failurePolicy,:.metadata.generation';

/** The lines of `kubectl apply` about changes. */
function changed(output: string): string[] {
  const lines = output.trim().split('\n');
  return lines.filter((line) => !line.endsWith(' unchanged'));
}
