import { parse } from 'yaml';
import { isMap, mergeValues } from '../../../src/mesh/helm-values';
import { defaultHub } from '../../../src/mesh/istio-version';
import { manifestGenerate, versionOf } from '../istioctl';
import type { ControlPlane } from './control-planes';
import type { Injector } from './kube-inject';

/** The injector configuration of a control plane that an istioctl installs. */
export function officialInjector(istioctl: string, controlPlane: ControlPlane = {}): Injector {
  const manifests = officialManifests(istioctl, controlPlane);
  const { config, values } = configMap(manifests, 'istio-sidecar-injector');
  const { mesh } = configMap(manifests, 'istio');
  const merged = mergeValues(JSON.parse(values), controlPlane.helmValues ?? {});
  return { config, values: JSON.stringify(merged), mesh };
}

/** The manifests that an istioctl installs for a control plane, without the CRDs, as YAML text. */
export function officialManifests(istioctl: string, controlPlane: ControlPlane): string {
  const { revision, values = {} } = controlPlane;
  const profile = controlPlane.dataPlane === 'ambient' ? 'ambient' : controlPlane.profile;
  const version = versionOf(istioctl);
  const base = { enabled: false };
  // istioctl sets pilot.cni.enabled to whether it installs the plugin itself.
  const cni = { enabled: isMap(values.pilot) && isMap(values.pilot.cni) };
  const components = { base, cni, ztunnel: { enabled: false } };
  return manifestGenerate(istioctl, {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    spec: { profile, revision, components, hub: defaultHub(version), tag: version, values },
  });
}

/** The data of a ConfigMap, whose name can end with the revision. */
function configMap(manifests: string, name: string): Readonly<Record<'config' | 'values' | 'mesh', string>> {
  const documents = manifests.split(/^---\n/m).filter((document) => document.includes('kind: ConfigMap'));
  const found = documents.find((document) => new RegExp(`^  name: ${name}(-canary)?$`, 'm').test(document));
  if (found === undefined) throw new Error(`no ConfigMap ${name}`);
  return parse(found).data;
}
