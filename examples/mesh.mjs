// The mesh of mesh.ts as an ES module.
import { Chart } from 'cdk8s';
import {
  defineMesh,
  IstioMeshApp,
  loadInputs,
  PeerAuthentication,
  PeerAuthenticationSpecMtlsMode,
} from 'cdk8s-istio-mesh';

const mesh = defineMesh({
  meshID: 'mesh1',
  clusters: [
    { name: 'cluster1', network: 'network1' },
    { name: 'cluster2', network: 'network2' },
  ],
});

const app = new IstioMeshApp({ mesh, ...(await loadInputs(mesh)) });
const policies = new Chart(app.cluster('cluster1'), '70-policies');
new PeerAuthentication(policies, 'mutual-tls', {
  metadata: { name: 'default', namespace: 'istio-system' },
  spec: { mtls: { mode: PeerAuthenticationSpecMtlsMode.STRICT } },
});
app.synth();
