// What control planes are compared under: every value that Istio's charts read, in one setting at least.
import { ofIngressGateway } from './settings/ingress-gateway.mjs';
import { ofIstiod } from './settings/istiod.mjs';
import { ofMesh } from './settings/mesh.mjs';
import { ofWebhooks } from './settings/webhooks.mjs';

/**
 * Each setting has a title and values, and where they are not the default ones a profile, a revision, the
 * lines of Istio that have it, and whether the default tag is of its revision.
 */
export const settings = [...ofMesh, ...ofIstiod, ...ofWebhooks, ...ofIngressGateway];

/** The settings that a version of Istio has. */
export function settingsOf(version) {
  return settings.filter(
    ({ lines }) => lines === undefined || lines.some((line) => version.startsWith(`${line}.`)),
  );
}
