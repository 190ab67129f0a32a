import { describe, expect, test } from 'vitest';
import { istioctls } from '../istioctl';
import { type ControlPlane, controlPlanes } from './control-planes';
import { corpus } from './corpus';
import { type Injector, injectOne, kubeInject } from './kube-inject';
import { officialInjector } from './official-injector';
import { ourInjector } from './our-injector';
import { lostText, refusedPods } from './refused-pods';

describe.each(istioctls)('with our templates, %s', (istioctl) => {
  test.each(controlPlanesOf(istioctl))('injects the same in a control plane %s', async (_, controlPlane) => {
    const injectors = [officialInjector(istioctl, controlPlane), ourInjector(istioctl, controlPlane)];
    const [expected, injected] = await Promise.all(
      injectors.map((injector) => kubeInject(istioctl, injector, corpus, controlPlane)),
    );
    // The same program writes both texts, so equal objects have equal text.
    expect(injected).toBe(expected);
  });

  test.each(Object.entries(refusedPods))(
    'rejects a pod %s, as with the official templates',
    async (_, [annotation, value, said]) => {
      for (const injector of [officialInjector(istioctl), ourInjector(istioctl)]) {
        await expect(injectOne(istioctl, injector, podOf({ [annotation]: value }))).rejects.toThrow(said);
      }
    },
  );

  test.each(Object.entries(lostText))("keeps text that Istio's templates lose: %s", async (_, value) => {
    const pod = podOf({ 'proxy.istio.io/config': JSON.stringify({ proxyMetadata: { TEXT: value } }) });
    expect(await proxyMetadata(istioctl, ourInjector(istioctl), pod)).toBe(value);
    expect(await proxyMetadata(istioctl, officialInjector(istioctl), pod)).not.toBe(value);
  });
});

/** The newest istioctl injects all of them. The older ones differ little, so each takes a share. */
function controlPlanesOf(istioctl: string): [string, ControlPlane][] {
  const age = istioctls.indexOf(istioctl);
  return Object.entries(controlPlanes).filter(
    ([, { inEveryVersion }], index) => age === 0 || inEveryVersion || index % 2 === age % 2,
  );
}

function podOf(annotations: Readonly<Record<string, string>>): object {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'pod', namespace: 'shop', annotations },
    spec: { containers: [{ name: 'app', image: 'app:1' }] },
  };
}

/** The variable TEXT in the proxy of an injected pod; undefined if the pod is rejected. */
async function proxyMetadata(istioctl: string, injector: Injector, pod: object): Promise<string | undefined> {
  const injected = await injectOne<InjectedPod>(istioctl, injector, pod).catch(() => undefined);
  const proxy = injected?.spec.containers.find(({ name }) => name === 'istio-proxy');
  return proxy?.env.find(({ name }) => name === 'TEXT')?.value;
}

interface InjectedPod {
  readonly spec: {
    readonly containers: readonly { readonly name: string; readonly env: readonly EnvVar[] }[];
  };
}

interface EnvVar {
  readonly name: string;
  readonly value: string;
}
