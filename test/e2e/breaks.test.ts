import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { awaitRollouts } from './apply-mesh';
import { breaks } from './breaks';
import { clusterSource } from './clusters';
import { commands } from './commands';
import { verifiedMesh } from './verified-mesh';
import type { Workplace } from './workplace';

const clusters = ['cluster1', 'cluster2'];

/** The longest time in which verify must notice a break, in seconds. */
const noticeSeconds = 45;

describe.skipIf(clusterSource === undefined)('verify, in a mesh that breaks', () => {
  const workplace = verifiedMesh(clusters.length);

  test.each(breaks)('notices $name', ({ change, code, cause }) => {
    change.make(workplace());
    try {
      const { status, report } = verify(workplace());
      expect(report.passed).toBe(false);
      expect(status).toBe(1);
      expect(report.problems).toContainEqual(
        expect.objectContaining({ code, message: expect.stringMatching(cause) }),
      );
    } finally {
      change.undo(workplace());
      for (const cluster of clusters) awaitRollouts(workplace(), cluster, 'istio-system');
      for (const cluster of clusters) awaitRollouts(workplace(), cluster, 'sample');
    }
  });

  test('says that the mesh works after the last repair', () => {
    workplace().run(commands.verify);
  });
});

interface Report {
  readonly passed: boolean;
  readonly problems: readonly { readonly code: string; readonly message: string }[];
}

function verify({ folder }: Workplace): { readonly status: number | null; readonly report: Report } {
  const program = 'node_modules/.bin/istio-mesh';
  const { status, stdout, stderr } = spawnSync(program, ['verify', '--timeout', '15', '--json'], {
    cwd: folder,
    encoding: 'utf8',
    timeout: noticeSeconds * 1000,
  });
  if (stdout === '') throw new Error(`verify printed nothing in ${noticeSeconds} s:\n${stderr}`);
  return { status, report: JSON.parse(stdout) };
}
