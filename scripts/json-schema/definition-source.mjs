import { readdirSync, readFileSync } from 'node:fs';

const folder = new URL('../../src/mesh/', import.meta.url);

/** The sources whose interfaces document the keys of a mesh definition and of Istio's values. */
export const definitionSource = [
  ...[
    'cni.ts',
    'data-plane.ts',
    'definition.ts',
    'exposure.ts',
    'gateway.ts',
    'gitops.ts',
    'hello-world.ts',
    'istio.ts',
    'reader.ts',
    'services.ts',
    'waypoints.ts',
  ],
  'kubernetes/dns.ts',
  'kubernetes/scheduling.ts',
  ...sourcesIn('components/', /^definition\.ts$/),
  ...sourcesIn('patches/', /^definition\.ts$/),
  ...sourcesIn('gateways/', /\.ts$/),
  ...sourcesIn('secrets/', /\.ts$/),
  ...sourcesIn('values/', /^(?!index).*\.ts$/),
]
  .map((name) => readFileSync(new URL(name, folder), 'utf8'))
  .join('\n');

function sourcesIn(within, pattern) {
  const names = readdirSync(new URL(within, folder)).filter((name) => pattern.test(name));
  return names.map((name) => `${within}${name}`);
}
