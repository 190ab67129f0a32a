import { injectorConfig } from '../../../src/control-plane/injection/injector-config';
import { releaseOf } from '../../../src/control-plane/releases/istio-release';
import type { ChartValues } from '../../../src/control-plane/values/chart-values';
import { versionOf } from '../istioctl';
import type { Injector } from './kube-inject';

/** The same injector with templates of ours. */
export function ourInjector(istioctl: string, official: Injector): Injector {
  const values: ChartValues = JSON.parse(official.values);
  return { ...official, config: injectorConfig({ release: releaseOf(versionOf(istioctl)), values }) };
}
