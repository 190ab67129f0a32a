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

/** The workloads of the corpus with an annotation that selects a template, and further annotations. */
function podWithTemplate(template: string, annotations: Record<string, string> = {}): string {
  const workloads = (parseObjects(corpus) as Workload[]).filter((workload) => {
    const pod = podOf(workload);
    if (pod === undefined) return false;
    const own = pod.metadata?.annotations;
    const asked = { ...own, 'inject.istio.io/templates': template, ...annotations };
    pod.metadata = { ...pod.metadata, annotations: asked };
    // Without a status port, Istio's gRPC agent has no resources and no volumes.
    return own?.[statusPort] !== '0';
  });
  return workloads.map((workload) => stringify(workload, { version: '1.1' })).join('---\n');
}

/** The pod or pod template of an object. */
function podOf(workload: Workload): Pod | undefined {
  return workload.spec?.containers ? (workload as Pod) : workload.spec?.template;
}

/** Control planes that together cover all settings that affect these templates. */
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

describe.each(istioctls)('pods for proxyless gRPC, injected by %s', (istioctl) => {
  test.each(Object.entries(controlPlanes))(
    'equal the official ones with an agent in a control plane %s',
    async (_, controlPlane) => {
      const injectors = [officialInjector(istioctl, controlPlane), ourInjector(istioctl, controlPlane)];
      const [expected, injected] = await Promise.all(
        injectors.map((injector) =>
          kubeInject(istioctl, injector, podWithTemplate('grpc-agent'), controlPlane),
        ),
      );
      expect(injected).toBe(expected);
    },
  );

  test.each(Object.entries(controlPlanes))(
    'equal the official ones without an agent in a control plane %s',
    async (_, controlPlane) => {
      const injectors = [officialInjector(istioctl, controlPlane), ourInjector(istioctl, controlPlane)];
      const [expected = [], injected = []] = await Promise.all(
        injectors.map(async (injector) =>
          podsOf(await kubeInject(istioctl, injector, podWithTemplate('grpc-simple'), controlPlane)),
        ),
      );
      const [official, ours] = [takeBootstrap(expected), takeBootstrap(injected)];
      // Istio's own template removes all containers from a pod that only has a proxy.
      const kept = (_: Pod, index: number) => expected[index]?.spec.containers.length !== 0;
      expect(injected.filter(kept)).toEqual(expected.filter(kept));
      // Istio's bootstrap has a space in the name of istiod and no revision, so the addresses differ.
      expect(serviceAddresses(istioctl, controlPlane)).toContain(ours.xds_servers[0]?.server_uri);
      expect({ ...ours, xds_servers: ours.xds_servers.map(withoutAddress) }).toEqual({
        ...official,
        xds_servers: official.xds_servers.map(withoutAddress),
      });
    },
  );

  test('lose only a readiness probe if the status port is 0', async () => {
    const ours = ourInjector(istioctl);
    const [probed = [], unprobed = []] = await Promise.all(
      [undefined, { [statusPort]: '0' }].map(async (annotations) =>
        podsOf(await kubeInject(istioctl, ours, podWithTemplate('grpc-agent', annotations))),
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

/** The valid addresses of istiod for gRPC: the Services of a control plane with a plain text port. */
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

/** Removes the init script from all pods and runs it here, to return the gRPC bootstrap that it writes. */
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
