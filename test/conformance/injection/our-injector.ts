import { parse } from 'yaml';
import { injectorConfig } from '../../../src/control-plane/injection/injector-config';
import { controlPlaneInput } from '../../../src/control-plane/input';
import { releaseOf } from '../../../src/control-plane/istio-release';
import { injectorConfigMap } from '../../../src/control-plane/istiod/injection-webhook';
import { meshConfigMap } from '../../../src/control-plane/istiod/mesh-config';
import type { ChartValues } from '../../../src/control-plane/values/chart-values';
import { mergeValues } from '../../../src/mesh/helm-values';
import { defaultHub } from '../../../src/mesh/istio-version';
import { versionOf } from '../istioctl';
import type { ControlPlane } from './control-planes';
import type { Injector } from './kube-inject';

/** The injector configuration that we write for a control plane with the version of an istioctl. */
export function ourInjector(istioctl: string, controlPlane: ControlPlane = {}): Injector {
  const { profile = 'default', revision = 'default', values = {}, helmValues = {} } = controlPlane;
  const { dataPlane = 'sidecar' } = controlPlane;
  const version = versionOf(istioctl);
  const input = controlPlaneInput({
    ...{ version, profile, dataPlane, revision, hub: defaultHub(version), tag: version },
    values: mergeValues(values, helmValues),
  });
  const configMaps = [...injectorConfigMap(input), ...meshConfigMap(input)];
  return Object.assign({}, ...configMaps.map((configMap) => configMap.data));
}

/** An official injector with our templates. */
export function withOurTemplates(istioctl: string, official: Injector): Injector {
  // The values that the injector reads do not have the mesh configuration.
  const values: ChartValues = { ...JSON.parse(official.values), meshConfig: parse(official.mesh) };
  return { ...official, config: injectorConfig({ release: releaseOf(versionOf(istioctl)), values }) };
}
