import { expect, test } from 'vitest';
import { istioctls } from '../istioctl';
import { corpus } from './corpus';
import { kubeInject } from './kube-inject';
import { ourInjector } from './our-injector';

/** Each istioctl with the one of the minor version before it. */
const upgrades = istioctls.slice(1).map((older, index) => [older, istioctls[index] as string] as const);

/**
 * In an upgrade in place, the templates of the new version are applied before its istiod runs. Templates that the old
 * istiod cannot evaluate would refuse every pod in between.
 */
test.each(upgrades)('the injector of %s evaluates the templates for %s', async (older, newer) => {
  const injector = ourInjector(newer);
  const [byOlder, byNewer] = await Promise.all(
    [older, newer].map((istioctl) => kubeInject(istioctl, injector, corpus)),
  );
  expect(byOlder).toContain('istio-init');
  expect(byOlder).toBe(withoutSecurePort(byNewer));
});

/** istiod 1.31 itself annotates pods whose proxy has a port for secure metrics. */
function withoutSecurePort(injected = ''): string {
  return injected.replaceAll(/^ *prometheus\.istio\.io\/secure-port: .*\n/gm, '');
}
