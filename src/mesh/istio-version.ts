/** The version of Istio that a mesh gets when it names none. */
export const newestIstioVersion = '1.31.0';

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
