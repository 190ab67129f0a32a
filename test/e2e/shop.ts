/**
 * A workload that answers with its version, behind Services of several names: checkout and search, which a mesh can give
 * a failover policy, and plain, which has none.
 */
export function shop(version: string): object {
  const labels = { app: 'shop' };
  const port = { name: 'http', port: 5000 };
  const items = [
    {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'shop', labels: { 'istio-injection': 'enabled' } },
    },
    ...['checkout', 'search', 'plain'].map((name) => ({
      apiVersion: 'v1',
      kind: 'Service',
      metadata: { name, namespace: 'shop' },
      spec: { selector: labels, ports: [port] },
    })),
    {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'shop', namespace: 'shop' },
      spec: {
        selector: { matchLabels: labels },
        template: {
          metadata: { labels },
          spec: {
            containers: [
              {
                name: 'shop',
                image: `registry.istio.io/release/examples-helloworld-${version}:1.0`,
                imagePullPolicy: 'IfNotPresent',
                ports: [{ containerPort: 5000 }],
              },
            ],
          },
        },
      },
    },
  ];
  return { apiVersion: 'v1', kind: 'List', items };
}
