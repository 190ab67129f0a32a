import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { stringify } from 'yaml';
import { temporaryFolder } from '../../temporary-folder';
import { istioctls } from '../istioctl';
import { parseObjects } from '../objects';
import type { ControlPlane } from './control-planes';
import { corpus } from './corpus';
import { kubeInject } from './kube-inject';
import { officialInjector, officialManifests } from './official-injector';
import { ourInjector } from './our-injector';

interface Container {
  name: string;
  command?: string[];
  env?: { name: string; value?: string }[];
  readinessProbe?: object;
}

interface Pod {
  metadata: { name: string; annotations?: Record<string, string> };
  spec: { initContainers?: Container[]; containers: Container[] };
}

interface Workload {
  spec?: { containers?: Container[]; template?: Pod };
}

const statusPort = 'status.sidecar.istio.io/port';

/** The workloads of the corpus, whose pods ask for a template, and annotate what else is said. */
function asking(template: string, annotations: Record<string, string> = {}): string {
  const workloads = (parseObjects(corpus) as Workload[]).filter((workload) => {
    const pod = podOf(workload);
    if (pod === undefined) return false;
    const own = pod.metadata?.annotations;
    const asked = { ...own, 'inject.istio.io/templates': template, ...annotations };
    pod.metadata = { ...pod.metadata, annotations: asked };
    // Without a status port, Istio's agent for gRPC has neither resources nor volumes.
    return own?.[statusPort] !== '0';
  });
  return workloads.map((workload) => stringify(workload, { version: '1.1' })).join('---\n');
}

/** The pod that an object is, or a template for. */
function podOf(workload: Workload): Pod | undefined {
  return workload.spec?.containers ? (workload as Pod) : workload.spec?.template;
}

/** Control planes that together use all that these templates depend on. */
const controlPlanes: Readonly<Record<string, ControlPlane>> = {
  'of the defaults': {},
  'that changes what it can': {
    revision: 'canary',
    values: {
      meshConfig: {
        trustDomain: 'example.org',
        inboundTrafficPolicy: { mode: 'LOCALHOST' },
        defaultConfig: { concurrency: 2, proxyMetadata: { ISTIO_META_DNS_CAPTURE: 'true', B: '1' } },
      },
      global: {
        caAddress: 'ca.example.org:443',
        imagePullPolicy: 'Always',
        imagePullSecrets: ['registry'],
        logAsJson: true,
        logging: { level: 'default:debug' },
        meshID: 'mesh1',
        mountMtlsCerts: true,
        multiCluster: { clusterName: 'cluster1' },
        network: 'network1',
        pilotCertProvider: 'custom',
        proxy: {
          clusterDomain: 'example.local',
          image: 'registry.example.org/proxy:1',
          logLevel: 'trace',
          componentLogLevel: 'http:debug',
          readinessInitialDelaySeconds: 3,
          readinessPeriodSeconds: 5,
          readinessFailureThreshold: 7,
          resources: { limits: null, requests: { cpu: '1m', memory: null } },
        },
        sds: { token: { aud: 'own-audience' } },
        sts: { servicePort: 15463 },
      },
    },
  },
  'of certificates from GKE and a trust bundle': {
    values: {
      global: { caName: 'GkeWorkloadCertificate' },
      pilot: { env: { ENABLE_CLUSTER_TRUST_BUNDLE_API: true } },
    },
  },
};

describe.each(istioctls)('pods of proxyless gRPC, injected by %s', (istioctl) => {
  test.each(Object.entries(controlPlanes))(
    'have the same agent with our template in a control plane %s',
    async (_, controlPlane) => {
      const injectors = [officialInjector(istioctl, controlPlane), ourInjector(istioctl, controlPlane)];
      const [expected, injected] = await Promise.all(
        injectors.map((injector) => kubeInject(istioctl, injector, asking('grpc-agent'), controlPlane)),
      );
      expect(injected).toBe(expected);
    },
  );

  test.each(Object.entries(controlPlanes))(
    'are the same with our template without an agent in a control plane %s',
    async (_, controlPlane) => {
      const injectors = [officialInjector(istioctl, controlPlane), ourInjector(istioctl, controlPlane)];
      const [expected = [], injected = []] = await Promise.all(
        injectors.map(async (injector) =>
          podsOf(await kubeInject(istioctl, injector, asking('grpc-simple'), controlPlane)),
        ),
      );
      const [theirs, ours] = [takeBootstrap(expected), takeBootstrap(injected)];
      // Of a pod that has a proxy and nothing else, Istio's own template leaves no container.
      const kept = (_: Pod, index: number) => expected[index]?.spec.containers.length !== 0;
      expect(injected.filter(kept)).toEqual(expected.filter(kept));
      // Its bootstrap has a blank within the name of istiod, and no revision.
      expect(serviceAddresses(istioctl, controlPlane)).toContain(ours.xds_servers[0]?.server_uri);
      expect({ ...ours, xds_servers: ours.xds_servers.map(withoutAddress) }).toEqual({
        ...theirs,
        xds_servers: theirs.xds_servers.map(withoutAddress),
      });
    },
  );

  test('lose nothing but a probe with the status port', async () => {
    const ours = ourInjector(istioctl);
    const [probed = [], unprobed = []] = await Promise.all(
      [undefined, { [statusPort]: '0' }].map(async (annotations) =>
        podsOf(await kubeInject(istioctl, ours, asking('grpc-agent', annotations))),
      ),
    );
    for (const { metadata, spec } of [...probed, ...unprobed]) {
      delete spec.containers.find(({ name }) => name === 'istio-proxy')?.readinessProbe;
      delete metadata.annotations?.[statusPort];
    }
    expect(unprobed).toEqual(probed);
  });
});

/** The pods, or pod templates, of injected objects. */
function podsOf(manifests: string): Pod[] {
  return (parseObjects(manifests) as Workload[]).flatMap((workload) => podOf(workload) ?? []);
}

/** How gRPC may name istiod: the Services of a control plane on which it speaks plain text. */
function serviceAddresses(istioctl: string, controlPlane: ControlPlane): string[] {
  const objects = parseObjects(officialManifests(istioctl, controlPlane)) as {
    kind: string;
    metadata: { name: string; namespace: string };
    spec: { ports: { port: number }[] };
  }[];
  return objects
    .filter(({ kind, spec }) => kind === 'Service' && spec.ports.some(({ port }) => port === 15010))
    .map(({ metadata }) => `dns:///${metadata.name}.${metadata.namespace}.svc:15010`);
}

interface Server {
  readonly server_uri: string;
}

/** Takes the script away that every pod runs first, and runs it here: the gRPC bootstrap that it writes. */
function takeBootstrap(pods: readonly Pod[]): { xds_servers: Server[] } {
  const containers = pods.flatMap(
    ({ spec }) => spec.initContainers?.filter(({ name }) => name === 'grpc-bootstrap-init') ?? [],
  );
  const scripts = new Set(containers.map(({ command }) => JSON.stringify(command)));
  expect(scripts.size).toBe(1);
  const folder = temporaryFolder();
  const { command = [], env = [] } = containers[0] ?? {};
  const [shell = '', ...args] = command.map((part) => part.replaceAll('/var/lib/grpc/data', folder));
  const values = env.map(({ name, value = `of-${name}` }) => [name, value]);
  execFileSync(shell, args, { env: { ...Object.fromEntries(values), PATH: process.env.PATH } });
  for (const container of containers) {
    delete container.command;
    container.env = container.env?.filter(({ name }) => name !== 'ISTIO_NAMESPACE');
  }
  return JSON.parse(readFileSync(join(folder, 'bootstrap.json'), 'utf8'));
}

function withoutAddress({ server_uri, ...server }: Server): object {
  return server;
}
