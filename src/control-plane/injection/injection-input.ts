import type { ControlPlaneInput } from '../control-plane-input';

/** What decides how pods are injected before istiod sees them. */
export type InjectionInput = Pick<ControlPlaneInput, 'release' | 'values'>;
