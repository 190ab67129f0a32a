import { X509Certificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clusterSource, clusterValues, freshClusters, istioctlFolder, stopClusters } from './clusters';
import { commands } from './commands';
import { answeringVersions } from './mesh-answers';
import { Workplace } from './workplace';

const trustDomains = { cluster1: 'one.example', cluster2: 'two.example' };
const clusters = Object.keys(trustDomains) as (keyof typeof trustDomains)[];

interface Secret {
  readonly tlsCertificate?: { readonly certificateChain: { readonly inlineBytes: string } };
}

describe.skipIf(clusterSource === undefined)('a mesh with the CNI node agent and two trust domains', () => {
  let workplace: Workplace;

  beforeAll(() => {
    workplace = new Workplace(istioctlFolder(), freshClusters(2));
  });
  afterAll(() => {
    stopClusters();
    workplace.remove();
  });

  test('answers across clusters', () => {
    workplace.run(commands.install);
    workplace.run(commands.init);
    workplace.editMesh((mesh) => {
      mesh.setIn(['istio', 'cni'], 'enabled');
      mesh.setIn(['istio', 'values'], clusterValues);
      clusters.forEach((cluster, index) => {
        mesh.setIn(['clusters', index, 'trustDomain'], trustDomains[cluster]);
      });
    });
    workplace.run(commands.synth);
    workplace.run(commands.apply);
    workplace.run(commands.join);
    workplace.run(commands.verify);
    for (const cluster of clusters) expect(answeringVersions(workplace, cluster)).toEqual(['v1', 'v2']);
  });

  test.each(clusters)('needs no privileges for the pods of %s', (cluster) => {
    const pod = (jsonPath: string) =>
      workplace.kubectl(cluster, `-n sample get pods -l app=helloworld -o jsonpath='${jsonPath}'`);
    expect(pod('{.items[*].spec.initContainers[*].name}').split(' ')).toContain('istio-validation');
    expect(pod('{.items[*].spec.initContainers[*].name}')).not.toContain('istio-init');
    expect(pod('{.items[*].spec.initContainers[*].securityContext.capabilities.add}')).toBe('');
    const level = workplace.kubectl(
      cluster,
      'get namespace sample -o jsonpath={.metadata.labels.pod-security\\\\.kubernetes\\\\.io/enforce}',
    );
    expect(level).toBe('restricted');
  });

  test.each(clusters)('issues certificates of the trust domain of %s', (cluster) => {
    const text = workplace.run(
      `istioctl --kubeconfig ${cluster}.kubeconfig proxy-config secret -n sample deploy/curl -o json`,
    );
    const secrets: { name: string; secret: Secret }[] = JSON.parse(text).dynamicActiveSecrets;
    const chain = secrets.find(({ name }) => name === 'default')?.secret.tlsCertificate?.certificateChain;
    const { subjectAltName } = new X509Certificate(Buffer.from(chain?.inlineBytes ?? '', 'base64'));
    expect(subjectAltName).toContain(`spiffe://${trustDomains[cluster]}/ns/sample/sa/`);
  });
});
