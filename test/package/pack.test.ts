import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { Stranger } from './stranger';

let stranger: Stranger;
beforeAll(() => {
  stranger = new Stranger();
}, 120_000);
afterAll(() => stranger?.remove());

describe('the tarball', () => {
  it('holds what runs and what explains it, and nothing else', () => {
    const files = Object.keys(stranger.read('node_modules/cdk8s-istio-mesh'));
    const others = files.filter(
      (file) =>
        !/^lib\/((src|imports|bin)\/.*\.(js|d\.ts)|crds\/1\.\d+\.yaml|mesh\.schema\.json)$/.test(file) &&
        !/^docs\/[a-z-]+\.md$/.test(file),
    );
    const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
    const atTop = [...pages, 'LICENSE', 'NOTICE', 'package.json'];
    expect(others.filter((file) => !atTop.includes(file))).toEqual([]);
    expect(others).toEqual(expect.arrayContaining(atTop));
    expect(files).toContain('docs/errors.md');
  });

  it('has the program istio-mesh', () => {
    const program = `node_modules/cdk8s-istio-mesh/${stranger.manifest.bin['istio-mesh']}`;
    expect(stranger.node([program, '--version'])).toBe(`${stranger.manifest.version}\n`);
  });

  it('has the JSON Schema of mesh.yaml', () => {
    const read = "console.log(require('cdk8s-istio-mesh/mesh.schema.json').required.join())";
    expect(stranger.node(['-e', read])).toBe('meshID,clusters\n');
  });

  it('has the CRDs of each line of Istio', () => {
    const read = "require('./node_modules/cdk8s-istio-mesh/lib/src/control-plane/crds.js').crdManifests";
    for (const line of ['1.31', '1.30', '1.29']) {
      const text = stranger.node(['-e', `process.stdout.write(${read}('${line}'))`]);
      expect(text).toBe(stranger.read('node_modules/cdk8s-istio-mesh/lib/crds')[`${line}.yaml`]);
    }
  });

  it('lets nobody depend on its insides', () => {
    const reach = "require('cdk8s-istio-mesh/lib/src/mesh/defaults.js')";
    expect(() => stranger.node(['-e', reach])).toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

describe('a project with nothing but the package and its peers', () => {
  beforeAll(() => {
    stranger.copy('examples');
    stranger.compile('examples/mesh.ts', 'examples/gateway.ts', 'examples/control-plane.ts');
  }, 60_000);

  it('synthesizes a mesh from TypeScript and from an ES module to the same bytes', () => {
    stranger.node(['js/mesh.js'], { CDK8S_OUTDIR: 'from-typescript' });
    stranger.node(['examples/mesh.mjs'], { CDK8S_OUTDIR: 'from-module' });
    const files = stranger.read('from-typescript');
    expect(stranger.read('from-module')).toEqual(files);
    expect(Object.keys(files).filter((file) => file.endsWith('/20-cacerts.k8s.yaml'))).toHaveLength(2);
    expect(files['cluster1/70-policies.k8s.yaml']).toContain('mode: STRICT');
  });

  it('puts single constructs into a chart of its own', () => {
    stranger.node(['js/gateway.js'], { CDK8S_OUTDIR: 'gateway-alone' });
    const { 'gateway.k8s.yaml': text = '', ...others } = stranger.read('gateway-alone');
    expect(others).toEqual({});
    const objects = parseAllDocuments(text).map((document) => document.toJS());
    const ofKind = (kind: string) => objects.find((object) => object.kind === kind);
    expect(ofKind('Gateway').spec.servers[0].tls.mode).toBe('AUTO_PASSTHROUGH');
    expect(ofKind('Service').metadata.annotations).toMatchObject({
      'service.beta.kubernetes.io/aws-load-balancer-scheme': 'internal',
    });
    expect(ofKind('Deployment').spec.template.metadata.labels).toMatchObject(ofKind('Gateway').spec.selector);
  });

  it('puts a control plane into a chart of its own', () => {
    stranger.node(['js/control-plane.js'], { CDK8S_OUTDIR: 'istio-alone' });
    const { 'istio.k8s.yaml': text = '' } = stranger.read('istio-alone');
    const objects = parseAllDocuments(text).map((document) => document.toJS());
    const named = (kind: string, name: string) =>
      objects.find((object) => object.kind === kind && object.metadata.name === name);
    expect(named('Deployment', 'istiod').spec.template.spec.containers[0].resources.requests).toMatchObject({
      cpu: '250m',
    });
    expect(named('HorizontalPodAutoscaler', 'istiod').spec.minReplicas).toBe(2);
    expect(named('ConfigMap', 'istio').data.mesh).toContain('accessLogFile: /dev/stdout');
    expect(named('Deployment', 'istio-ingressgateway')).toBeDefined();
  });

  it('is told by its compiler what is wrong with a mesh', () => {
    stranger.write(
      'wrong.ts',
      "import { defineMesh } from 'cdk8s-istio-mesh';\ndefineMesh({ meshID: 'mesh1', clusters: [{ name: 'cluster1', netwrok: 'network1' }] });\n",
    );
    expect(() => stranger.compile('wrong.ts')).toThrow("Did you mean to write 'network'?");
  });
});
