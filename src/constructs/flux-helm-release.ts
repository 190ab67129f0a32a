import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type HelmChart, istioCharts } from '../control-plane/helm-charts';
import { istioSystem } from '../mesh/istio-names';

/** The name of the repository of Istio's charts among Flux's objects. */
const repositoryName = 'istio-charts';

/** Where Flux finds Istio's official charts. */
export class FluxHelmRepository extends Construct {
  /** @param namespace the namespace that Flux runs in */
  constructor(scope: Construct, id: string, namespace: string) {
    super(scope, id);
    new ApiObject(this, 'repository', {
      apiVersion: 'source.toolkit.fluxcd.io/v1',
      kind: 'HelmRepository',
      metadata: { name: repositoryName, namespace },
      spec: { interval: '1h', url: istioCharts },
    });
  }
}

/** Has Flux install one of Istio's official charts. */
export class FluxHelmRelease extends Construct {
  /** @param namespace the namespace that Flux runs in */
  constructor(
    scope: Construct,
    id: string,
    { release, chart, version, values }: HelmChart,
    namespace: string,
  ) {
    super(scope, id);
    const sourceRef = { kind: 'HelmRepository', name: repositoryName };
    // Without an end: what fails today for want of a node or an image may succeed tomorrow.
    const remediation = { retries: -1 };
    new ApiObject(this, 'release', {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: release, namespace },
      spec: {
        interval: '10m',
        timeout: '5m',
        releaseName: release,
        targetNamespace: istioSystem,
        chart: { spec: { chart, version, sourceRef, interval: '1h' } },
        install: { remediation },
        upgrade: { remediation },
        values,
      },
    });
  }
}
