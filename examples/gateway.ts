// A single east-west gateway in any cdk8s app: writes dist/gateway.k8s.yaml.
import { App, Chart } from 'cdk8s';
import { CrossNetworkGateway, EastWestGateway } from 'cdk8s-istio-mesh';

const app = new App();
const chart = new Chart(app, 'gateway');

const gateway = new EastWestGateway(chart, 'eastwest-gateway', {
  network: 'network1',
  loadBalancer: { cloud: 'aws-nlb', scheme: 'internal' },
  autoscaling: { minReplicas: 2 },
});

// Exposes the Services of one namespace; Istio's guide exposes all of them.
new CrossNetworkGateway(chart, 'cross-network-gateway', {
  selector: gateway.labels,
  namespaces: ['shop'],
});

app.synth();
