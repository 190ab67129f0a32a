import { parse } from 'yaml';
import { isMap, mergeValues } from '../../../src/mesh/helm-values';
import { defaultHub } from '../../../src/mesh/istio-version';
import { manifestGenerate, versionOf } from '../istioctl';
import type { ControlPlane } from './control-planes';
import type { Injector } from './kube-inject';

/** What the injector of a control plane reads that an istioctl installs. */
export function officialInjector(istioctl: string, controlPlane: ControlPlane = {}): Injector {
  const manifests = officialManifests(istioctl, controlPlane);
  const { config, values } = configMap(manifests, 'istio-sidecar-injector');
  const { mesh } = configMap(manifests, 'istio');
  const merged = mergeValues(JSON.parse(values), controlPlane.helmValues ?? {});
  return { config, values: JSON.stringify(merged), mesh };
}

/** What an istioctl installs of a control plane but its custom resource definitions, as a YAML text. */
export function officialManifests(istioctl: string, controlPlane: ControlPlane): string {
  const { profile, revision, values = {} } = controlPlane;
  const version = versionOf(istioctl);
  const base = { enabled: false };
  // istioctl overwrites pilot.cni.enabled by whether it installs the plugin itself.
  const cni = { enabled: isMap(values.pilot) && isMap(values.pilot.cni) };
  const components = { base, cni };
  return manifestGenerate(istioctl, {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    spec: { profile, revision, components, hub: defaultHub(version), tag: version, values },
  });
}

/** The data of a ConfigMap, which is named after the revision, too. */
function configMap(manifests: string, name: string): Readonly<Record<'config' | 'values' | 'mesh', string>> {
  const documents = manifests.split(/^---\n/m).filter((document) => document.includes('kind: ConfigMap'));
  const found = documents.find((document) => new RegExp(`^  name: ${name}(-canary)?$`, 'm').test(document));
  if (found === undefined) throw new Error(`no ConfigMap ${name}`);
  return parse(found).data;
}
