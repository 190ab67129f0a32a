// The settings of the compared control planes. At least one of them sets each value that Istio's charts read.
import { ofAmbient } from './settings/ambient.mjs';
import { ofIngressGateway } from './settings/ingress-gateway.mjs';
import { ofIstiod } from './settings/istiod.mjs';
import { ofMesh } from './settings/mesh.mjs';
import { ofWebhooks } from './settings/webhooks.mjs';

/**
 * Each setting has a title and values. It can also have a data plane, a profile, a revision, the minor versions of Istio that
 * support it, and whether the default tag belongs to its revision.
 */
export const settings = [...ofMesh, ...ofIstiod, ...ofWebhooks, ...ofIngressGateway, ...ofAmbient];

/** The settings that a version of Istio supports. */
export function settingsOf(version) {
  return settings.filter(
    ({ minorVersions }) => minorVersions?.some((minor) => version.startsWith(`${minor}.`)) ?? true,
  );
}
