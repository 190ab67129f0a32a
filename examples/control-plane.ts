// Istio for a single cluster, with the objects that istioctl install creates: writes dist/istio.k8s.yaml.
import { App, Chart } from 'cdk8s';
import {
  ControlPlane,
  type ControlPlaneProps,
  DefaultRevision,
  DefaultValidator,
  IngressGateway,
} from 'cdk8s-istio-mesh';

const app = new App();
const chart = new Chart(app, 'istio');

const istio: ControlPlaneProps = {
  version: '1.31.0',
  // Istio's own Helm values, with types.
  values: {
    pilot: { autoscaleMin: 2, resources: { requests: { cpu: '250m' } } },
    meshConfig: { accessLogFile: '/dev/stdout' },
  },
};

new ControlPlane(chart, 'control-plane', istio);
// Pods and resources that name no revision belong to this control plane.
new DefaultRevision(chart, 'default-revision', istio);
new IngressGateway(chart, 'ingress-gateway', istio);
new DefaultValidator(chart, 'default-validator', istio);

app.synth();
