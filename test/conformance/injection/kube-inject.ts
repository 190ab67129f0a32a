import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { parse } from 'yaml';
import { temporaryFolder } from '../../temporary-folder';

/** The configuration of an injector: three keys of its ConfigMaps. */
export interface Injector {
  /** Key `config` of ConfigMap istio-sidecar-injector. */
  readonly config: string;
  /** Key `values` of ConfigMap istio-sidecar-injector. */
  readonly values: string;
  /** Key `mesh` of ConfigMap istio. */
  readonly mesh: string;
}

/** The settings that affect injection in addition to the injector's ConfigMaps. */
export interface InjectionSettings {
  /** The revision of the injector. */
  readonly revision?: string;
  /** The environment of istiod. */
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * The objects after injection by an istioctl. Their pod templates equal the pods that istiod would inject.
 *
 * @param objects a YAML text
 * @throws if istioctl refuses to inject one of them
 */
export async function kubeInject(
  istioctl: string,
  injector: Injector,
  objects: string,
  { revision = 'default', env = {} }: InjectionSettings = {},
): Promise<string> {
  const folder = temporaryFolder();
  const written = (name: string, content: string) => {
    writeFileSync(join(folder, name), content);
    return join(folder, name);
  };
  const { stdout } = await promisify(execFile)(
    istioctl,
    [
      ['kube-inject', '--revision', revision],
      ['--injectConfigFile', written('config', injector.config)],
      ['--valuesFile', written('values', injector.values)],
      ['--meshConfigFile', written('mesh', injector.mesh)],
      ['-f', written('objects.yaml', objects)],
    ].flat(),
    {
      encoding: 'utf8',
      maxBuffer: 256 * 1024 * 1024,
      // Garbage collection takes a quarter of the time if it is not delayed.
      env: { GOGC: '400', ...process.env, ...env },
    },
  );
  return stdout;
}

/** One object after injection by an istioctl. */
export async function injectOne<Kind>(
  istioctl: string,
  injector: Injector,
  object: object,
  settings?: InjectionSettings,
): Promise<Kind> {
  const injected = await kubeInject(istioctl, injector, JSON.stringify(object), settings);
  return parse(injected.replace(/---\n$/, ''));
}
