import { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { type HelmChart, istioCharts } from '../control-plane/helm-charts';

/** The name of the HelmRepository of Istio's charts. */
const repositoryName = 'istio-charts';

/** The source of Istio's official charts for Flux. */
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

/** The release of one of Istio's official charts, which Flux installs. */
export class FluxHelmRelease extends Construct {
  /** @param namespace the namespace that Flux runs in */
  constructor(
    scope: Construct,
    id: string,
    { release, chart, namespace: targetNamespace, version, values, after }: HelmChart,
    namespace: string,
  ) {
    super(scope, id);
    const sourceRef = { kind: 'HelmRepository', name: repositoryName };
    // Retried forever: an installation that fails without a node or an image may succeed later.
    const remediation = { retries: -1 };
    new ApiObject(this, 'release', {
      apiVersion: 'helm.toolkit.fluxcd.io/v2',
      kind: 'HelmRelease',
      metadata: { name: release, namespace },
      spec: {
        interval: '10m',
        timeout: '5m',
        releaseName: release,
        targetNamespace,
        chart: { spec: { chart, version, sourceRef, interval: '1h' } },
        ...(after === undefined ? {} : { dependsOn: [{ name: after }] }),
        install: { remediation },
        upgrade: { remediation },
        values,
      },
    });
  }
}
