import type { V1Secret } from '@kubernetes/client-node';
import { caCertsSecretName } from '../mesh/istio-names';
import type { Mesh } from '../mesh/mesh';
import { type CaCerts, caCertsFiles, caCrlFile, missingFiles } from '../pki/ca-certs';
import { requirementsOf, validateCaCerts } from '../pki/checks/validate-ca-certs';
import { tlsSecretFiles } from '../pki/tls-secret-files';
import { MeshError, type Problem } from '../problems/problem';

/** The content of an applied Secret `cacerts`, as istiod reads it. */
export interface AppliedCaCerts {
  readonly caCerts: Partial<CaCerts>;
  /** The keys that istiod needs and the Secret does not have. */
  readonly missing: readonly string[];
}

/** The Secret `cacerts` among Secrets of a cluster; undefined if it is not there, or they were not read. */
export function caCertsSecretIn(secrets: readonly V1Secret[] = []): V1Secret | undefined {
  return secrets.find(({ metadata }) => metadata?.name === caCertsSecretName);
}

/** Reads a Secret `cacerts`: istiod prefers the keys of a TLS Secret. */
export function readAppliedCaCerts({ data = {} }: V1Secret): AppliedCaCerts {
  const text = (key: string): string | undefined =>
    data[key] === undefined ? undefined : Buffer.from(data[key], 'base64').toString('utf8');
  const caCrl = text(caCrlFile);
  const crl = caCrl === undefined ? {} : { caCrl };
  if (data[tlsSecretFiles.caCert] === undefined) {
    const { caKey, caCert, rootCert, certChain } = caCertsFiles;
    const caCerts = {
      ...{ caKey: text(caKey), caCert: text(caCert), rootCert: text(rootCert), certChain: text(certChain) },
      ...crl,
    };
    return { caCerts, missing: missingFiles(caCerts) };
  }
  const [caCert = '', caKey, rootCert] = [
    text(tlsSecretFiles.caCert),
    text(tlsSecretFiles.caKey),
    text(tlsSecretFiles.rootCert),
  ];
  const certChain = [caCert, rootCert ?? ''].map((pem) => pem.replace(/\n?$/, '\n')).join('');
  const missing = Object.values(tlsSecretFiles).filter((key) => data[key] === undefined);
  return { caCerts: { caKey, caCert, rootCert, certChain, ...crl }, missing };
}

/** Why istiod does not accept an applied Secret `cacerts`; empty if a key is missing, or if it accepts it. */
export async function appliedCaProblems(
  mesh: Mesh,
  cluster: string,
  secret: V1Secret,
  now: Date,
): Promise<readonly Problem[]> {
  const { caCerts, missing } = readAppliedCaCerts(secret);
  if (missing.length > 0) return [];
  try {
    await validateCaCerts({ [cluster]: caCerts as CaCerts }, { now, ...requirementsOf(mesh) });
    return [];
  } catch (error) {
    if (error instanceof MeshError) return error.problems;
    throw error;
  }
}
