import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { releaseOf } from '../../src/control-plane/istio-release';
import { supportedMinorVersions } from '../../src/mesh/istio-version';
import { ProjectWithPackage } from './installed-package';

let project: ProjectWithPackage;
beforeAll(() => {
  project = new ProjectWithPackage();
}, 120_000);
afterAll(() => project?.remove());

describe('the tarball', () => {
  it('holds what runs and what explains it, and nothing else', () => {
    const files = Object.keys(project.read('node_modules/cdk8s-istio-mesh'));
    const others = files.filter(
      (file) =>
        !/^lib\/(index\.(js|d\.ts)|(bin|vendor)\/[a-z0-9-]+\.js|crds\/(gateway-api-1\.\d+\.\d+|1\.\d+)\.yaml|mesh\.schema\.json|THIRD-PARTY\.txt)$/.test(
          file,
        ) && !/^docs\/[a-z-]+\.md$/.test(file),
    );
    const pages = ['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md'];
    const atTop = [...pages, 'LICENSE', 'NOTICE', 'package.json'];
    expect(others.filter((file) => !atTop.includes(file))).toEqual([]);
    expect(others).toEqual(expect.arrayContaining(atTop));
    expect(files).toContain('docs/errors.md');
  });

  it('has the program istio-mesh', () => {
    const program = `node_modules/cdk8s-istio-mesh/${project.manifest.bin['istio-mesh']}`;
    expect(project.node([program, '--version'])).toBe(`${project.manifest.version}\n`);
  });

  it('has the JSON Schema of mesh.yaml', () => {
    const read = "console.log(require('cdk8s-istio-mesh/mesh.schema.json').required.join())";
    expect(project.node(['-e', read])).toBe('meshID,clusters\n');
  });

  it('has the CRDs of each minor version of Istio that it renders', () => {
    const crds = project.read('node_modules/cdk8s-istio-mesh/lib/crds');
    const ofIstio = Object.entries(crds).filter(([name]) => !name.startsWith('gateway-api-'));
    expect(ofIstio.map(([name]) => name)).toEqual(
      [...supportedMinorVersions].sort().map((minor) => `${minor}.yaml`),
    );
    for (const [, text] of ofIstio) expect(parseAllDocuments(text).length).toBeGreaterThan(10);
    const ofGatewayApi = supportedMinorVersions.map((minor) => releaseOf(`${minor}.0`).gatewayApi);
    expect(Object.keys(crds)).toEqual(
      expect.arrayContaining(ofGatewayApi.map((version) => `gateway-api-${version}.yaml`)),
    );
  });

  it('names the packages that it contains, with their licenses', () => {
    const { 'THIRD-PARTY.txt': notice } = project.read('node_modules/cdk8s-istio-mesh/lib');
    for (const name of ['@kubernetes/client-node', 'age-encryption', 'cdk8s', 'ws', 'yaml', 'zod']) {
      expect(notice).toMatch(new RegExp(`^${name} \\d+\\.\\d+\\.\\d+: [A-Za-z0-9.-]+$`, 'm'));
    }
    expect(notice).toContain('Permission is hereby granted');
    expect(project.manifest.dependencies).toBeUndefined();
  });

  it('exports nothing but the library, the JSON Schema and its description', () => {
    const reach = "require('cdk8s-istio-mesh/lib/vendor/yaml.js')";
    expect(() => project.node(['-e', reach])).toThrow('ERR_PACKAGE_PATH_NOT_EXPORTED');
  });
});

describe('a project with nothing but the package and its peers', () => {
  beforeAll(() => {
    project.copy('examples');
    project.compile('examples/mesh.ts', 'examples/gateway.ts', 'examples/control-plane.ts');
  }, 60_000);

  it('synthesizes a mesh from TypeScript and from an ES module to the same bytes', () => {
    project.node(['js/mesh.js'], { CDK8S_OUTDIR: 'from-typescript' });
    project.node(['examples/mesh.mjs'], { CDK8S_OUTDIR: 'from-module' });
    const files = project.read('from-typescript');
    expect(project.read('from-module')).toEqual(files);
    expect(Object.keys(files).filter((file) => file.endsWith('/20-cacerts.k8s.yaml'))).toHaveLength(2);
    expect(files['cluster1/70-policies.k8s.yaml']).toContain('mode: STRICT');
  });

  it('puts single constructs into a chart of its own', () => {
    project.node(['js/gateway.js'], { CDK8S_OUTDIR: 'gateway-alone' });
    const { 'gateway.k8s.yaml': text = '', ...others } = project.read('gateway-alone');
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
    project.node(['js/control-plane.js'], { CDK8S_OUTDIR: 'istio-alone' });
    const { 'istio.k8s.yaml': text = '' } = project.read('istio-alone');
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

  it('gets compiler errors for problems of a mesh', () => {
    project.write(
      'wrong.ts',
      "import { defineMesh } from 'cdk8s-istio-mesh';\ndefineMesh({ meshID: 'mesh1', clusters: [{ name: 'cluster1', netwrok: 'network1' }] });\n",
    );
    expect(() => project.compile('wrong.ts')).toThrow("Did you mean to write 'network'?");
  });
});
