import { defineConfig } from 'vitest/config';

/** The commands of the README, and what verify says when the mesh that they make breaks. */
const core = ['getting-started', 'breaks'].map((name) => `test/e2e/${name}.test.ts`);

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
          hookTimeout: 60_000,
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
      {
        test: {
          name: 'conformance',
          include: ['test/conformance/**/*.test.ts'],
          // CI runs them on the time that clusters leave over, which may be little.
          testTimeout: 600_000,
        },
      },
      { test: { name: 'e2e', include: core, ...onClusters(1) } },
      {
        test: { name: 'e2e-more', include: ['test/e2e/*.test.ts'], exclude: core, ...onClusters(2) },
      },
    ],
  },
});
