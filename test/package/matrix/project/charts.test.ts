import { Chart, Testing } from 'cdk8s';
import { HelloWorld } from 'cdk8s-istio-mesh';
import { synthesizeAndJoin } from './mesh';

test('a chart with a construct of this package', () => {
  const chart = new Chart(Testing.app(), 'hello-world');
  new HelloWorld(chart, 'hello-world', { version: 'v1', hub: 'registry.istio.io/release' });
  const kinds = Testing.synth(chart).map(({ kind }: { kind: string }) => kind);
  expect(kinds).toEqual(['Namespace', 'Service', 'Deployment', 'ServiceAccount', 'Deployment']);
});

test('a mesh', async () => {
  const { yaml, joined } = await synthesizeAndJoin();
  expect(yaml).toContain('-----BEGIN AGE ENCRYPTED FILE-----');
  expect(JSON.stringify(joined)).toContain('LIVE-UNREACHABLE');
});
