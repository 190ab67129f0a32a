import { usesIstioCsr } from '../ca-certs-of-forms';
import { completeSecrets } from '../complete-secrets';
import { type Finding, formatPath } from '../problem';
import { hasValue, valueSources } from '../value-sources';
import type { Rule } from './rule';

const decides = ['pilot', 'env', 'ENABLE_CA_SERVER'];

/** Either istiod or istio-csr issues the certificates of a cluster's workloads, and the mesh says which. */
export const oneIssuerOfWorkloadCertificates: Rule = (definition) => {
  const withIstioCsr = definition.clusters.flatMap(({ name, secrets }, index) =>
    usesIstioCsr(completeSecrets(definition, secrets, name)) ? [index] : [],
  );
  if (withIstioCsr.length === 0) return [];
  return valueSources(definition)
    .filter(({ path: [key, index] }) => key === 'istio' || withIstioCsr.includes(index as number))
    .filter(({ values }) => hasValue(values, decides))
    .map(({ path }): Finding => {
      const place = [...path, ...decides];
      return {
        code: 'MESH-OWNED-VALUE',
        path: place,
        at: 'key',
        found: `${formatPath(place)}: pilot.env.ENABLE_CA_SERVER follows from secrets.certManager.istioCsr.`,
        remedy: 'Remove it, or write it only for clusters without istio-csr.',
      };
    });
};
