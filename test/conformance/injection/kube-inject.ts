import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import { temporaryFolder } from '../../temporary-folder';

/** What an injector reads: the three texts of its ConfigMaps. */
export interface Injector {
  /** Key `config` of ConfigMap istio-sidecar-injector. */
  readonly config: string;
  /** Key `values` of ConfigMap istio-sidecar-injector. */
  readonly values: string;
  /** Key `mesh` of ConfigMap istio. */
  readonly mesh: string;
}

/** The objects as an istioctl injects them, each with the pod template that istiod would give its pods. */
export function kubeInject(
  istioctl: string,
  injector: Injector,
  objects: readonly object[],
  { nativeSidecars = false, revision = 'default' } = {},
): unknown[] {
  const folder = temporaryFolder();
  const written = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const output = execFileSync(
    istioctl,
    [
      ['kube-inject', '--revision', revision],
      ['--injectConfigFile', written('config', injector.config)],
      ['--valuesFile', written('values', injector.values)],
      ['--meshConfigFile', written('mesh', injector.mesh)],
      [
        '-f',
        written('objects.yaml', objects.map((object) => stringify(object, { version: '1.1' })).join('---\n')),
      ],
    ].flat(),
    {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      env: { ...process.env, ENABLE_NATIVE_SIDECARS: String(nativeSidecars) },
    },
  );
  return parseAllDocuments(output)
    .map((document) => document.toJS())
    .filter((object) => object !== null);
}
