// Compares pods that an istioctl injects with its own configuration and with that of this package.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { differences } from './differences.mjs';
import { run } from './istioctl.mjs';
import { canonical } from './objects.mjs';

/** The differences between pods that are injected with the ConfigMaps of two control planes. */
export async function compareInjection(istioctl, ours, theirs) {
  const [injectedByOurs, injectedByTheirs] = await Promise.all([
    inject(istioctl, ours),
    inject(istioctl, theirs),
  ]);
  return differences(canonical(injectedByOurs), canonical(injectedByTheirs));
}

/** Pods that use most parts of the templates `sidecar` and `gateway`. */
const pods = [
  pod('plain', {}),
  pod('annotated', {
    'proxy.istio.io/config': 'concurrency: 2',
    'sidecar.istio.io/proxyCPU': '200m',
    'sidecar.istio.io/userVolume': '[{"name":"extra","emptyDir":{}}]',
    'traffic.sidecar.istio.io/excludeOutboundPorts': '9000',
  }),
  pod('gateway', { 'inject.istio.io/templates': 'gateway' }),
];

function pod(name, annotations) {
  const probe = { httpGet: { path: '/healthz', port: 8080 } };
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name, namespace: 'apps' },
    spec: {
      selector: { matchLabels: { app: name } },
      template: {
        metadata: { labels: { app: name }, annotations },
        spec: {
          containers: [
            { name: 'app', image: 'app:1', ports: [{ containerPort: 8080 }], livenessProbe: probe },
            ...(name === 'gateway' ? [{ name: 'istio-proxy', image: 'auto' }] : []),
          ],
        },
      },
    },
  };
}

async function inject(istioctl, objects) {
  const folder = mkdtempSync(join(tmpdir(), 'compare-'));
  const written = (name, content) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const injector = dataOf(objects, 'istio-sidecar-injector');
  try {
    const output = await run(istioctl, [
      ...['kube-inject', '--revision', 'default'],
      ...['--injectConfigFile', written('config', injector.config)],
      ...['--valuesFile', written('values', injector.values)],
      ...['--meshConfigFile', written('mesh', dataOf(objects, 'istio').mesh)],
      ...['-f', written('pods.yaml', pods.map((each) => stringify(each)).join('---\n'))],
    ]);
    return parseAllDocuments(output).flatMap((document) => document.toJS() ?? []);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function dataOf(objects, name) {
  return objects.find(({ kind, metadata }) => kind === 'ConfigMap' && metadata.name === name).data;
}
