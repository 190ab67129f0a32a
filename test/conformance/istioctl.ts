import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The istioctl programs to compare with: those of these names that are on the PATH. */
export const istioctls: readonly string[] = ['istioctl', 'istioctl-1.30.3', 'istioctl-1.29.6'].filter(
  (name) => (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, name))),
);

/** The manifests that istioctl renders for an IstioOperator, as YAML text. */
export function manifestGenerate(istioctl: string, operator: object): string {
  return execFileSync(istioctl, ['manifest', 'generate', '-f', '-'], {
    input: JSON.stringify(operator),
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  });
}

/** The error of istioctl for an IstioOperator; empty if istioctl accepts it. */
export function objections(istioctl: string, operator: object): string {
  const { status, stdout, stderr } = spawnSync(istioctl, ['validate', '-f', '-'], {
    input: JSON.stringify(operator),
    encoding: 'utf8',
  });
  return status === 0 ? '' : `${stdout}${stderr}`;
}

/** The version of an istioctl. */
export function versionOf(istioctl: string): string {
  const output = execFileSync(istioctl, ['version', '--remote=false', '-o', 'json'], { encoding: 'utf8' });
  return JSON.parse(output).clientVersion.version;
}
