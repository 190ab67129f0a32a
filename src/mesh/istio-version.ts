import { valueAt } from '../problems/problem';
import { defaultControlPlaneFormat, type IstioProfile } from './istio';

/** The version of Istio that a mesh gets when it names none. */
export const latestIstioVersion = '1.31.0';

/** The first version whose procedure for several networks is the one that this package writes. */
const oldestMinor = 12;

/** The minor number of a version of Istio 1, such as 31 for 1.31.0; undefined for anything else. */
export function istioMinor(version: string): number | undefined {
  const match = /^1\.(\d{1,3})\.\d{1,3}(?:-[0-9A-Za-z.-]+)?$/.exec(version);
  return match === null ? undefined : Number(match[1]);
}

/** Whether a string names a version of Istio that this package can write a mesh for. */
export function isIstioVersion(version: string): boolean {
  const minor = istioMinor(version);
  return minor !== undefined && minor >= oldestMinor;
}

/** Where Istio publishes the images of a version. */
export function defaultHub(version: string): string {
  return (istioMinor(version) ?? 0) >= 31 ? 'registry.istio.io/release' : 'docker.io/istio';
}

/** The lines of Istio whose control plane this package writes itself, the newest first. */
export const supportedMinorVersions = ['1.31', '1.30', '1.29'] as const;
export type IstioMinorVersion = (typeof supportedMinorVersions)[number];

/** The profiles that this package writes itself. */
export const nativeProfiles: readonly IstioProfile[] = ['default', 'minimal', 'preview', 'stable'];

/** The oldest line of whose behaviour Istio's charts still know the settings, as its minor number. */
const oldestCompatible = 25;

/** The lines with which a version of Istio can be made compatible, the oldest first. */
export function compatibleMinorVersions(version: string): string[] {
  const minor = istioMinor(version) ?? 0;
  return Array.from(
    { length: Math.max(0, minor - oldestCompatible) },
    (_, index) => `1.${oldestCompatible + index}`,
  );
}

/** Whether what may be a definition asks this package to write the control plane itself. */
export function isNative(definition: unknown): boolean {
  return controlPlaneForm(definition) === 'native';
}

/** Whether it asks for Istio's charts, which have no ingress gateway, so that this package writes that. */
export function isHelm(definition: unknown): boolean {
  return controlPlaneForm(definition) === 'helm';
}

/** The format as an error names it, of those that do not write all of Istio. */
export function formatLabel(definition: unknown): string {
  return isHelm(definition) ? 'the format helm' : 'the native format';
}

function controlPlaneForm(definition: unknown): unknown {
  return valueAt(definition, ['istio', 'controlPlane']) ?? defaultControlPlaneFormat;
}
