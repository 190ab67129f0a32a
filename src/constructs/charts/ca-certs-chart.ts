import { Chart } from 'cdk8s';
import { usesIstioCsr } from '../../mesh/ca-certs-of-forms';
import { caCertsChart } from '../../mesh/secret-charts';
import type { CaCerts } from '../../pki/ca-certs';
import { CaCertsCertificate } from '../ca-certs-certificate';
import { CaCertsExternalSecret } from '../ca-certs-external-secret';
import { CaCertsSecret } from '../ca-certs-secret';
import type { ClusterScope } from './cluster-scope';

/** Adds the Secret `cacerts`, or what the cluster makes it of. */
export function addCaCerts(scope: ClusterScope, caCerts: CaCerts | undefined): void {
  const { name: clusterName, secrets } = scope.cluster;
  const { externalSecrets, certManager } = secrets;
  const chart = () => new Chart(scope, caCertsChart);
  if (secrets.cacerts === 'cert-manager') {
    const { issuer } = certManager;
    // istio-csr issues by itself, and istiod needs no CA certificate.
    if (usesIstioCsr(secrets) || issuer === undefined) return;
    const { keyAlgorithm } = scope.mesh.certificates;
    new CaCertsCertificate(chart(), 'cacerts', { ...certManager, clusterName, issuer, keyAlgorithm });
  } else if (secrets.cacerts === 'external-secrets' && externalSecrets !== undefined) {
    new CaCertsExternalSecret(chart(), 'cacerts', { ...externalSecrets, clusterName });
  } else if (caCerts !== undefined) {
    new CaCertsSecret(chart(), 'cacerts', caCerts);
  }
}
