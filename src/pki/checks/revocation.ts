import { type Certificate, isCa } from '../certificate';
import type { ParsedCaCerts } from '../parsed-ca-certs';
import { pemBlocks, pemProblem } from '../pem';
import { DerError } from '../x509/der-reader';
import { type RevocationList, readRevocationList } from '../x509/revocation-list';
import { isSignedBy } from '../x509/signature';
import type { CaCertsRule, ClusterProblem } from './ca-certs-problem';

/**
 * istiod needs a list of every CA in cert-chain.pem. Envoy rejects all certificates of a CA whose list has expired.
 *
 * @see https://istio.io/latest/docs/tasks/security/cert-management/plugin-ca-cert/
 */
export const revocationLists: CaCertsRule = ({ texts, bundles, inUse }, now) => {
  if (texts.caCrl === undefined) return [];
  const { lists, problems } = readLists(texts.caCrl);
  const found =
    problems.length > 0
      ? problems
      : [
          ...unsigned(bundles.certChain.certificates, lists),
          ...lists.flatMap((list) => outdated(list, now)),
          ...inUse.flatMap(({ certificate }) => revoked(certificate, lists)),
        ];
  return [...new Set(found)].map((message) => ({ code: 'CA-CRL', part: 'caCrl', message, hint }));
};

/**
 * Envoy rejects a certificate unless it has a list of every CA in its chain, so a cluster also needs those of the others.
 *
 * @see https://www.envoyproxy.io/docs/envoy/latest/api-v3/extensions/transport_sockets/tls/v3/common.proto
 */
export function listsOfOthers(clusters: readonly ParsedCaCerts[]): ClusterProblem[] {
  return clusters.flatMap(({ cluster, texts }) => {
    if (texts.caCrl === undefined) return [];
    const { lists } = readLists(texts.caCrl);
    const missing = clusters.filter(
      (other) =>
        other.cluster !== cluster && unsigned(other.bundles.certChain.certificates, lists).length > 0,
    );
    if (lists.length === 0 || missing.length === 0) return [];
    const names = missing.map((other) => other.cluster).join(', ');
    const message = `It does not have the lists of all CAs of ${names}, so proxies of ${cluster} would reject all certificates of ${names}.`;
    const all = 'Put the lists of the root and of the CAs of all clusters into ca-crl.pem of every cluster.';
    return [{ code: 'CA-CRL', cluster, part: 'caCrl', message, hint: all }];
  });
}

const hint =
  'Issue a current list of each CA in cert-chain.pem, with openssl ca -gencrl, or remove ca-crl.pem if nothing is revoked. A CA without cRLSign can sign no list: replace it with istio-mesh rotate root.';

function readLists(text: string): { readonly lists: RevocationList[]; readonly problems: string[] } {
  const problem = pemProblem(text);
  const lists: RevocationList[] = [];
  const problems = problem === undefined ? [] : [problem];
  for (const [index, { label, der }] of pemBlocks(text).entries()) {
    const where = `PEM block ${index + 1}, labelled ${label},`;
    try {
      if (label === 'X509 CRL') lists.push(readRevocationList(der));
      else problems.push(`${where} is not a list of revoked certificates.`);
    } catch (error) {
      if (!(error instanceof DerError)) throw error;
      problems.push(`${where} is not valid: ${error.message}.`);
    }
  }
  return { lists, problems };
}

function unsigned(chain: readonly Certificate[], lists: readonly RevocationList[]): string[] {
  return chain.flatMap((certificate) => {
    const { name, keyUsage, publicKey } = certificate;
    if (!isCa(certificate)) return [];
    if (!lists.some(({ signature }) => isSignedBy(signature, publicKey))) {
      return `It has no list that is signed by ${name}.`;
    }
    return keyUsage?.cRLSign === false ? `The key usage of ${name} does not include cRLSign.` : [];
  });
}

function outdated({ issuerName, nextUpdate }: RevocationList, now: Date): string[] {
  if (nextUpdate === undefined || now <= nextUpdate) return [];
  return [`The list of ${issuerName} expired at ${nextUpdate.toISOString()}.`];
}

function revoked({ name, issuer, serialNumber }: Certificate, lists: readonly RevocationList[]): string[] {
  const isRevoked = lists.some((list) => list.issuer.equals(issuer) && list.revoked.has(serialNumber));
  return isRevoked ? [`${name} is revoked.`] : [];
}
