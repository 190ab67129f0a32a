// Two clusters in one mesh, with an additional chart in the first: writes dist/cluster1 and dist/cluster2.
import { Chart } from 'cdk8s';
import {
  defineMesh,
  IstioMeshApp,
  loadInputs,
  PeerAuthentication,
  PeerAuthenticationSpecMtlsMode,
} from 'cdk8s-istio-mesh';
import type { Construct } from 'constructs';

/** Requires mutual TLS in the whole cluster. */
class Policies extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new PeerAuthentication(this, 'mutual-tls', {
      metadata: { name: 'default', namespace: 'istio-system' },
      spec: { mtls: { mode: PeerAuthenticationSpecMtlsMode.STRICT } },
    });
  }
}

async function synthesize(): Promise<void> {
  const mesh = defineMesh({
    meshID: 'mesh1',
    clusters: [
      { name: 'cluster1', network: 'network1' },
      { name: 'cluster2', network: 'network2' },
    ],
  });
  // Reads certs/ and remotes/, and issues the certificates that are missing.
  const app = new IstioMeshApp({ mesh, ...(await loadInputs(mesh)) });
  new Policies(app.cluster('cluster1'), '70-policies');
  app.synth();
}

void synthesize();
