import { defineConfig } from 'vitest/config';

const walkthroughs = ['getting-started', 'argocd', 'flux'].map((name) => `test/e2e/${name}.test.ts`);

/** There is one lab, and after the first failure the rest would fail for the same reason. */
function onClusters(groupOrder: number) {
  return {
    testTimeout: 300_000,
    hookTimeout: 300_000,
    fileParallelism: false,
    sequence: { concurrent: false, groupOrder },
    bail: 1,
  };
}

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: ['test/conformance/**', 'test/e2e/**', 'test/package/matrix/**'],
          testTimeout: 60_000,
        },
      },
      {
        test: {
          name: 'package',
          include: ['test/package/matrix/*.test.ts'],
          globalSetup: 'test/package/matrix/setup.ts',
          testTimeout: 120_000,
          hookTimeout: 300_000,
        },
      },
      { test: { name: 'conformance', include: ['test/conformance/**/*.test.ts'], testTimeout: 120_000 } },
      // The walkthroughs of the documentation, and what else is tested on real clusters.
      { test: { name: 'e2e', include: walkthroughs, ...onClusters(1) } },
      {
        test: { name: 'e2e-more', include: ['test/e2e/*.test.ts'], exclude: walkthroughs, ...onClusters(2) },
      },
    ],
  },
});
