import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { sealedSecretsScopes } from '../../src/mesh/secrets/sealed-secrets';
import { temporaryFolder } from '../temporary-folder';
import { clusterSource, freshClusters, istioctlFolder, sealedSecretsCrd, stopClusters } from './clusters';
import { commands } from './commands';
import { Kubectl, type KubernetesObject } from './kubectl';
import { startSealedSecrets } from './sealed-secrets-controller';

const crd = sealedSecretsCrd();
const program = resolve('lib/bin/istio-mesh.js');

/** One live cluster stands for three clusters of a mesh, with a different scope each. */
const clusters = sealedSecretsScopes.map((scope) => ({
  name: `${scope}-scope`,
  network: scope,
  kubeconfig: 'kubeconfig',
  secrets: { sealedSecrets: { scope, certificate: `sealing/${scope}.pem` } },
}));

describe.skipIf(clusterSource !== 'lab' || crd === undefined)('the Sealed Secrets controller', () => {
  const folder = temporaryFolder();
  let kubectl: Kubectl;

  beforeAll(() => {
    const [kubeconfig = ''] = freshClusters(1);
    copyFileSync(kubeconfig, join(folder, 'kubeconfig'));
    kubectl = new Kubectl(kubeconfig);
    startSealedSecrets(kubectl);
    for (const backend of ['sealed-secrets', 'plain']) {
      const certificates = { keyAlgorithm: 'EC-P256' };
      const mesh = { meshID: 'mesh1', certificates, secrets: { backend }, clusters };
      writeFileSync(join(folder, `${backend}.yaml`), stringify(mesh));
    }
  });
  afterAll(stopClusters);

  function istioMesh(...args: string[]): string {
    return execFileSync(process.execPath, [program, ...args], { cwd: folder, encoding: 'utf8' });
  }

  /** Two names of one running cluster are refused together, so each is joined alone. */
  function fetchCertificates(): readonly { readonly status: string }[] {
    return clusters.map(({ name }) => {
      const report = istioMesh('join', '--mesh-file', 'sealed-secrets.yaml', '--cluster', name, '--json');
      return JSON.parse(report).clusters[0].sealingCertificate;
    });
  }

  test('provides the same certificate to join and to kubeseal', () => {
    const certificates = (status: string) =>
      sealedSecretsScopes.map((scope) => ({ file: `sealing/${scope}.pem`, status }));
    expect(fetchCertificates()).toEqual(certificates('new'));
    expect(fetchCertificates()).toEqual(certificates('unchanged'));
    const path = [istioctlFolder(), process.env.PATH].join(delimiter);
    const expected = execFileSync('kubeseal', ['--kubeconfig', join(folder, 'kubeconfig'), '--fetch-cert'], {
      encoding: 'utf8',
      env: { ...process.env, PATH: path },
    });
    expect(readFileSync(join(folder, 'sealing/strict.pem'), 'utf8')).toBe(expected);
  });

  test('has a changed certificate that join reports', () => {
    writeFileSync(join(folder, 'sealing/strict.pem'), 'an older one');
    expect(fetchCertificates()[0]?.status).toBe('changed');
  });

  test.each(clusters)('creates the same Secrets as the backend plain: $name', ({ name, network: scope }) => {
    istioMesh('synth', '--mesh-file', 'sealed-secrets.yaml', '--output', 'sealed');
    istioMesh('synth', '--mesh-file', 'plain.yaml', '--output', 'plain');
    const sealed = secretFiles(join(folder, 'sealed', name));
    expect(sealed).toHaveLength(3);
    kubectl.run(`apply -f ${join(folder, 'sealed', name, '10-namespace.k8s.yaml')}`);
    kubectl.run(`apply ${sealed.map((file) => `-f ${file}`).join(' ')}`);
    kubectl.run('wait sealedsecret --all -n istio-system --for=condition=Synced --timeout=60s');
    const created = kubectl.get(['secret'], 'istio-system').filter(({ type }) => type === 'Opaque');
    const plain = secretFiles(join(folder, 'plain', name)).flatMap((file) => objectsOf(file));
    expect(created.map(contentOf).sort(byName)).toEqual(
      plain.map((secret) => withScope(contentOf(secret), scope)).sort(byName),
    );
    clear();
  });

  test('adopts plain-text Secrets after they are annotated', () => {
    const apply = (backend: string) =>
      kubectl.run(
        `apply ${secretFiles(join(folder, backend, 'strict-scope'))
          .map((file) => `-f ${file}`)
          .join(' ')}`,
      );
    const sealed = 'sealedsecret --all -n istio-system --timeout=60s';
    apply('plain');
    apply('sealed');
    kubectl.run(`wait ${sealed} --for=condition=Synced=False`);
    const peers = clusters.slice(1).map(({ name }) => `istio-remote-secret-${name}`);
    kubectl.run(
      commands.adoptSecrets
        .replace('kubectl --kubeconfig cluster1.kubeconfig ', '')
        .replace('istio-remote-secret-cluster2', peers.join(' '))
        .trim(),
    );
    kubectl.run(`wait ${sealed} --for=condition=Synced`);
    clear();
  });

  function clear(): void {
    kubectl.run('delete sealedsecret --all -n istio-system');
    kubectl.run('delete secret --field-selector=type=Opaque -n istio-system');
  }
});

function secretFiles(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.startsWith('20-cacerts') || file.startsWith('60-remote-secret'))
    .map((file) => join(folder, file));
}

function objectsOf(file: string): KubernetesObject[] {
  return readFileSync(file, 'utf8')
    .split(/^---$/m)
    .map((text) => parse(text));
}

interface Content {
  readonly name: string;
  readonly labels: object;
  readonly annotations: object;
  readonly type: unknown;
  readonly data: unknown;
}

function contentOf({ metadata, type, data }: KubernetesObject): Content {
  const {
    name,
    labels = {},
    annotations = {},
  } = metadata as {
    name: string;
    labels?: object;
    annotations?: object;
  };
  return { name, labels, annotations, type, data };
}

/** The controller annotates Secrets with their scope, except in the strict scope. */
function withScope(content: Content, scope: string): Content {
  if (scope === 'strict') return content;
  return {
    ...content,
    annotations: { ...content.annotations, [`sealedsecrets.bitnami.com/${scope}`]: 'true' },
  };
}

function byName(a: Content, b: Content): number {
  return a.name < b.name ? -1 : 1;
}
