import { ifSet, type KubernetesObject } from '../../kubernetes/object';
import type { SharedInput } from '../input';
import { istiodLabels, istiodName, istiodPods, namespaced } from './naming';
import { webhookPort } from './validation-webhook';

/** The Service through which proxies and the API server connect to istiod. */
export function service(input: SharedInput): readonly KubernetesObject[] {
  const { trafficDistribution } = input.values.pilot;
  const { spec, ...object } = istiodService(input, istiodName(input), {});
  return [{ ...object, spec: { ...spec, trafficDistribution: ifSet(trafficDistribution) } }];
}

/** The Service of istiod for a tag of its revision. */
export function tagService(input: SharedInput, tag: string): readonly KubernetesObject[] {
  return [istiodService(input, `istiod-revision-tag-${tag}`, { 'istio.io/tag': tag })];
}

function istiodService(input: SharedInput, name: string, labels: Readonly<Record<string, string>>) {
  const { serviceAnnotations, ipFamilyPolicy, ipFamilies } = input.values.pilot;
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: {
      ...namespaced(name, input, { ...istiodLabels(input), ...labels }),
      annotations: ifSet(serviceAnnotations),
    },
    spec: {
      ports: [
        { name: 'grpc-xds', port: 15010, protocol: 'TCP' },
        { name: 'https-dns', port: 15012, protocol: 'TCP' },
        { name: 'https-webhook', port: webhookPort, targetPort: 15017, protocol: 'TCP' },
        { name: 'http-monitoring', port: 15014, protocol: 'TCP' },
      ],
      selector: istiodPods(input),
      ipFamilyPolicy: ifSet(ipFamilyPolicy),
      ipFamilies: ifSet(ipFamilies),
    },
  };
}
