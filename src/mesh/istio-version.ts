/** The default version of Istio. */
export const latestIstioVersion = '1.31.0';

/** The first minor version whose multi-network setup is the one that this package writes. */
const oldestMinor = 12;

/** The minor number of a version of Istio 1, such as 31 for 1.31.0, or undefined for any other text. */
export function istioMinor(version: string): number | undefined {
  const match = /^1\.(\d{1,3})\.\d{1,3}(?:-[0-9A-Za-z.-]+)?$/.exec(version);
  return match === null ? undefined : Number(match[1]);
}

/** Compares two versions by their numbers; negative if the first one is older. */
export function compareVersions(one: string, other: string): number {
  const numbersOf = (version: string) => version.split(/[.-]/, 3).map(Number);
  const [others, numbers] = [numbersOf(other), numbersOf(one)];
  return (
    numbers.map((number, index) => number - (others[index] ?? 0)).find((difference) => difference !== 0) ?? 0
  );
}

/** Whether this package can write a mesh for a version of Istio. */
export function isIstioVersion(version: string): boolean {
  const minor = istioMinor(version);
  return minor !== undefined && minor >= oldestMinor;
}

/** The registry where Istio publishes the images of a version. */
export function defaultHub(version: string): string {
  return (istioMinor(version) ?? 0) >= 31 ? 'registry.istio.io/release' : 'docker.io/istio';
}

/** The minor versions of Istio that the formats native and helm support, the newest first. */
export const supportedMinorVersions = ['1.31', '1.30', '1.29'] as const;
export type IstioMinorVersion = (typeof supportedMinorVersions)[number];

/** The oldest minor version for which Istio's charts have compatibility settings. */
const oldestCompatible = 25;

/** The compatibility versions that a version of Istio supports, the oldest first. */
export function compatibleMinorVersions(version: string): string[] {
  const minor = istioMinor(version) ?? 0;
  return Array.from(
    { length: Math.max(0, minor - oldestCompatible) },
    (_, index) => `1.${oldestCompatible + index}`,
  );
}
