import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { istioctls } from '../istioctl';
import type { ControlPlane } from './control-planes';
import { kubeInject } from './kube-inject';
import { officialInjector } from './official-injector';
import { ourInjector } from './our-injector';

const custom: ControlPlane = {
  values: {
    global: { proxy: { autoInject: 'disabled' } },
    sidecarInjectorWebhook: {
      defaultTemplates: ['sidecar', 'hello'],
      alwaysInjectSelector: [{ matchLabels: { always: 'yes' } }],
      neverInjectSelector: [{ matchExpressions: [{ key: 'never', operator: 'Exists' }] }],
      injectedAnnotations: {
        'container.apparmor.security.beta.kubernetes.io/istio-proxy': 'runtime/default',
      },
      templates: {
        hello:
          'metadata:\n  labels:\n    hello: "{{ .Values.global.istioNamespace }}"\n    tag: {{ .Revision | quote }}\n',
        gateway: 'metadata: { annotations: { own: "{{ .ProxyImage }}" } }',
      },
    },
  },
};

const pods = ['hello', 'sidecar, hello', 'gateway'].map((templates, index) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: `pod${index}`, annotations: { 'inject.istio.io/templates': templates } },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
}));

describe.each(istioctls)("the injector's configuration for %s", (istioctl) => {
  test.each([
    ['the defaults', {}],
    ['custom templates and selectors', custom],
  ])('equals the official one except for the templates, with %s', (_, controlPlane) => {
    const official = officialInjector(istioctl, controlPlane);
    const { templates: theirs, ...expected } = parse(official.config);
    const { templates: ours, ...config } = parse(ourInjector(istioctl, controlPlane).config);
    expect(config).toEqual(expected);
    expect(Object.keys(ours).sort()).toEqual(Object.keys(theirs).sort());
  });

  test('has less than half the lines and two thirds of the characters of the official one', () => {
    const [ours, theirs] = [ourInjector(istioctl).config, officialInjector(istioctl).config];
    const lines = (text: string) => text.split('\n').length;
    expect(lines(ours)).toBeLessThan(lines(theirs) / 2);
    expect(ours.length).toBeLessThan((theirs.length / 3) * 2);
  });

  test('supports custom templates', async () => {
    const official = officialInjector(istioctl, custom);
    const text = pods.map((pod) => JSON.stringify(pod)).join('\n---\n');
    const [expected, injected] = await Promise.all(
      [official, ourInjector(istioctl, custom)].map((injector) => kubeInject(istioctl, injector, text)),
    );
    expect(injected).toBe(expected);
    expect(injected).toContain('hello: istio-system');
  });
});
