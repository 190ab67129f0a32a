import { defaultControlPlaneForm, type IstioProfile } from './istio-definition';
import { istioMinor } from './istio-version';
import { valueAt } from './problem';

/** The lines of Istio whose control plane this package writes itself, the newest first. */
export const istioLines = ['1.31', '1.30', '1.29'] as const;
export type IstioLine = (typeof istioLines)[number];

/** The profiles that this package writes itself. */
export const nativeProfiles: readonly IstioProfile[] = ['default', 'minimal', 'preview', 'stable'];

/** The oldest line of whose behaviour Istio's charts still know the settings, as its minor number. */
const oldestCompatible = 25;

/** The lines with which a version of Istio can be made compatible, the oldest first. */
export function compatibleLines(version: string): string[] {
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

/** The form as an error names it, of those that do not write all of Istio. */
export function nameOfForm(definition: unknown): string {
  return isHelm(definition) ? 'the form helm' : 'the native form';
}

function controlPlaneForm(definition: unknown): unknown {
  return valueAt(definition, ['istio', 'controlPlane']) ?? defaultControlPlaneForm;
}
