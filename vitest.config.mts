import { defineConfig } from 'vitest/config';

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
      {
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 300_000,
          hookTimeout: 300_000,
          // There is one lab, and after the first failure the rest would fail for the same reason.
          fileParallelism: false,
          sequence: { concurrent: false },
          bail: 1,
        },
      },
    ],
  },
});
