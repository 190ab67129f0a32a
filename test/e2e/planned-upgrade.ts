import type { Document } from 'yaml';
import type { UpgradeReport } from '../../src/cli/upgrade-text';
import type { Workplace } from './workplace';

/** The older version of which local clusters have images. */
const oldVersion = { version: '1.30.3', tag: '1.30.0-20260423' };

/** The version to which meshes are upgraded. */
export const nextVersion = '1.31.0';

/** Sets the older version in mesh.yaml. */
export function withOldVersion(mesh: Document): void {
  for (const [key, value] of Object.entries(oldVersion)) mesh.setIn(['istio', key], value);
}

export function planOf(workplace: Workplace, options = ''): UpgradeReport {
  return JSON.parse(workplace.run(`npx istio-mesh upgrade plan --to ${nextVersion} ${options} --json`));
}

/** Does what the plan says up to the end of its first wave. */
export function runWave(
  workplace: Workplace,
  { before, waves: [wave] }: UpgradeReport,
  run = (commands: string) => workplace.run(commands),
): void {
  for (const { edits = [], commands } of [before, ...(wave?.steps ?? [])]) {
    workplace.editMesh((mesh) => {
      const { clusters } = mesh.toJS();
      for (const { cluster, istio } of edits) {
        const index = clusters.findIndex(({ name }: { name: string }) => name === cluster);
        for (const [key, value] of Object.entries(istio)) {
          const path = ['clusters', index, 'istio', key];
          if (value === null) mesh.deleteIn(path);
          else mesh.setIn(path, value);
        }
      }
    });
    run(['PATH=$PWD/node_modules/.bin:$PATH', ...commands].join('\n'));
  }
}

/** The versions in the images of all istiods and proxies of a cluster. */
export function proxyVersions(workplace: Workplace, cluster: string): string[] {
  const pods = workplace.kubectl(
    cluster,
    "get pods -A --field-selector=status.phase=Running -o jsonpath='{.items[*].spec.containers[*].image}'",
  );
  const images = pods.split(/\s+/).filter((image) => /\/(pilot|proxyv2):/.test(image));
  return [...new Set(images.map((image) => image.split(':').at(-1) ?? ''))];
}
