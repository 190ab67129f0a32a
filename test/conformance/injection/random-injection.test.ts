import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { mergeValues } from '../../../src/mesh/helm-values';
import { istioctls } from '../istioctl';
import { kubeInject } from './kube-inject';
import { officialInjector } from './official-injector';
import { withOurTemplates } from './our-injector';
import { randomWorkload } from './random-pods';
import { randomValues } from './random-values';

describe.each(istioctls)('random workloads that %s injects', (istioctl) => {
  test('are the same with our templates as with the official ones, for random values', async () => {
    const defaults = officialInjector(istioctl);
    const workloads = fc.array(randomWorkload, { minLength: 40, maxLength: 40 });
    await fc.assert(
      fc.asyncProperty(randomValues, workloads, fc.boolean(), async (values, objects, native) => {
        const merged = mergeValues(JSON.parse(defaults.values), values);
        const official = { ...defaults, values: JSON.stringify(merged) };
        const text = objects.map((object) => stringify(object, { version: '1.1' })).join('---\n');
        const [expected, injected] = await Promise.all(
          [official, withOurTemplates(istioctl, official)].map((injector) =>
            kubeInject(istioctl, injector, text, { env: { ENABLE_NATIVE_SIDECARS: String(native) } }),
          ),
        );
        expect(injected).toBe(expected);
      }),
      { numRuns: 8, endOnFailure: true },
    );
  });
});
