import { formatPath } from '../../problems/problem';
import { hasAmbient } from '../data-plane';
import type { IstioProfile } from '../istio';
import { type ControlPlaneRule, pathOfSetting } from './control-planes';

/** Istio has one profile for a cluster, which is `ambient` in ambient mode. Gateways are components beside it. */
export const profileOfDataPlane: ControlPlaneRule = (controlPlane, definition) => {
  const { profile, dataPlane } = controlPlane.settings;
  const instead = insteadOf[profile];
  const path = pathOfSetting(definition, controlPlane, 'profile');
  if (path === undefined || instead === undefined || !hasAmbient(dataPlane)) return [];
  return [
    {
      code: 'MESH-VALUE',
      path,
      message: `${formatPath(path)} is ${profile}, but dataPlane ${dataPlane} needs Istio's profile ambient, and Istio has only one profile in a cluster.`,
      hint: `Write default or minimal. For what ${profile} sets besides, ${instead}.`,
    },
  ];
};

/** What to write for the values of a profile; undefined for those that can be combined with ambient mode. */
const insteadOf: Readonly<Record<IstioProfile, string | undefined>> = {
  default: undefined,
  minimal: undefined,
  demo: 'write istio.values, such as meshConfig.accessLogFile: /dev/stdout and pilot.traceSampling: 100',
  preview:
    'write istio.values.meshConfig.defaultConfig.proxyMetadata.ISTIO_META_DNS_CAPTURE: "true" for sidecars; ztunnel does so by default',
  stable: 'write istio.values.experimental.stableValidationPolicy: true',
};
