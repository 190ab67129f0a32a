import { parse } from 'yaml';
import { isMap, mergeValues } from '../../../src/mesh/helm-values';
import { defaultHub } from '../../../src/mesh/istio-version';
import { manifestGenerate, versionOf } from '../istioctl';
import type { ControlPlane } from './control-planes';
import type { Injector } from './kube-inject';

/** What the injector of a control plane reads that an istioctl installs. */
export function officialInjector(istioctl: string, controlPlane: ControlPlane = {}): Injector {
  const { profile, revision, values: given = {}, helmValues = {} } = controlPlane;
  const version = versionOf(istioctl);
  // Without the custom resource definitions, which take longer than all else.
  const base = { enabled: false };
  // istioctl overwrites pilot.cni.enabled by whether it installs the plugin itself.
  const cni = { enabled: isMap(given.pilot) && isMap(given.pilot.cni) };
  const spec = {
    profile,
    revision,
    components: { base, cni },
    hub: defaultHub(version),
    tag: version,
    values: given,
  };
  const manifests = manifestGenerate(istioctl, {
    apiVersion: 'install.istio.io/v1alpha1',
    kind: 'IstioOperator',
    spec,
  });
  const { config, values } = configMap(manifests, 'istio-sidecar-injector');
  const { mesh } = configMap(manifests, 'istio');
  return { config, values: JSON.stringify(mergeValues(JSON.parse(values), helmValues)), mesh };
}

/** The data of a ConfigMap, which is named after the revision, too. */
function configMap(manifests: string, name: string): Readonly<Record<'config' | 'values' | 'mesh', string>> {
  const documents = manifests.split(/^---\n/m).filter((document) => document.includes('kind: ConfigMap'));
  const found = documents.find((document) => new RegExp(`^  name: ${name}(-canary)?$`, 'm').test(document));
  if (found === undefined) throw new Error(`no ConfigMap ${name}`);
  return parse(found).data;
}
