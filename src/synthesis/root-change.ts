import { isDeepStrictEqual } from 'node:util';
import { memoized } from '../kubernetes/memoized';
import type { Mesh } from '../mesh/mesh';
import { type CaCerts, caCertsFiles } from '../pki/ca-certs';
import { issuedNamesOf } from '../pki/issued-names';
import { type ParsedCaCerts, parseCaCerts } from '../pki/parsed-ca-certs';
import { replacedRoots } from '../pki/replaced-roots';
import type { RootEvidence } from '../pki/root-evidence';
import { MeshError, type Problem } from '../problems/problem';
import { rootsIn } from '../secrets/encryption/secret-record';
import { earlierCaCertsFile, readText } from './earlier-ca-certs';

/** What the workloads of a cluster have, if the output of the earlier run is applied. */
interface EarlierTrust {
  readonly cluster: string;
  readonly file: string;
  /** The fingerprints of the roots that they trust. */
  readonly roots: readonly string[];
  /** The fingerprint of the root of their certificates; undefined if the Secret is encrypted. */
  readonly issuer?: string;
}

/** A root with which a cluster signs in the output of the earlier run, and which the next output makes useless. */
interface RootChange {
  /** The fingerprints of the roots that the cluster trusts in the earlier output. */
  readonly roots: readonly string[];
  readonly problem: Problem;
}

/** The output of an earlier run. */
export interface EarlierRun {
  /** The folder at which the definition's relative paths start. */
  readonly directory: string;
  /** The output folder; undefined if there was none. */
  readonly outdir: string | undefined;
  /** The roots in its encrypted Secrets. */
  readonly recorded: readonly RootEvidence[];
}

/**
 * Refuses an output that, applied after that of the earlier run, makes workloads reject each other until they are
 * restarted: it skips a step of a rotation of the root, or replaces the root at once.
 *
 * @returns warnings of changes that `istio-mesh ca --new-root` has accepted
 * @throws MeshError with all other changes
 */
export function refuseRootChange(
  mesh: Mesh,
  caCerts: Readonly<Record<string, CaCerts>>,
  run: EarlierRun,
): Problem[] {
  const changes = rootChanges(mesh, caCerts, run);
  if (changes.length === 0) return [];
  const accepted = replacedRoots(mesh, run.directory);
  const isAccepted = ({ roots }: RootChange): boolean => roots.every((root) => accepted.includes(root));
  MeshError.throwIfAny(changes.filter((change) => !isAccepted(change)).map(({ problem }) => problem));
  return changes.map(({ problem }) => problem);
}

/** The changes of roots between the output of an earlier run and one with these CA certificates. */
export function rootChanges(
  mesh: Mesh,
  caCerts: Readonly<Record<string, CaCerts>>,
  { outdir, recorded }: EarlierRun,
): RootChange[] {
  const secrets = new Map(Object.keys(caCerts).map((cluster) => [cluster, earlierSecret(cluster, outdir)]));
  const others = recorded.filter(
    ({ cluster, roots }) => roots.length > 0 && secrets.get(cluster) === undefined,
  );
  if (isSame(caCerts, secrets, others)) return [];
  const parse = (certs: Readonly<Record<string, CaCerts>>) =>
    parseCaCerts(certs, new Date(), issuedNamesOf(mesh));
  const plain = [...secrets].flatMap(([cluster, text]) =>
    text === undefined ? [] : [[cluster, caCertsIn(text)]],
  );
  const earlier = parse(Object.fromEntries(plain)).map((parsed) => trustOf(parsed, outdir ?? ''));
  return incompatible([...earlier, ...others], parse(caCerts));
}

/** Almost always: then nothing is parsed. */
function isSame(
  caCerts: Readonly<Record<string, CaCerts>>,
  secrets: ReadonlyMap<string, string | undefined>,
  recorded: readonly RootEvidence[],
): boolean {
  const rootsOf = memoized(rootsIn, 8);
  return Object.entries(caCerts).every(([cluster, { rootCert }]) => {
    const text = secrets.get(cluster);
    const roots = recorded.find((each) => each.cluster === cluster)?.roots;
    if (text !== undefined) return text.includes(Buffer.from(rootCert).toString('base64'));
    return roots === undefined || isDeepStrictEqual(roots, rootsOf(rootCert));
  });
}

/** One change for each cluster that does not accept another, before or after. */
function incompatible(earlier: readonly EarlierTrust[], next: readonly ParsedCaCerts[]): RootChange[] {
  return earlier.flatMap(({ cluster, file, roots, issuer }) => {
    const rejected = next.find(({ path: { root } }) => root && !roots.includes(root.fingerprint));
    const rejecting = next.find(
      ({ bundles: { rootCert } }) =>
        issuer !== undefined && rootCert.certificates.every(({ fingerprint }) => fingerprint !== issuer),
    );
    const peer = rejected ?? rejecting;
    if (peer === undefined) return [];
    const what =
      rejected === undefined
        ? `With this output, ${peer.cluster} no longer trusts the root with which ${cluster} signs in the output before`
        : `In the output before, ${cluster} does not trust the root with which ${peer.cluster} signs now`;
    const problem: Problem = {
      code: 'CA-ROTATION',
      location: { file },
      message: `${what}, so calls fail until all workloads are restarted.`,
      hint,
    };
    return [{ roots, problem }];
  });
}

const hint =
  'Replace the root with the steps of istio-mesh rotate root, and apply the output of each step before the next one; rotate root --back takes a step back. If the certificates are from an old backup, restore those of the output. To replace the root at once all the same, run istio-mesh ca --new-root.';

function trustOf({ cluster, bundles, path }: ParsedCaCerts, outdir: string): EarlierTrust {
  return {
    cluster,
    file: earlierCaCertsFile(outdir, cluster),
    roots: bundles.rootCert.certificates.map(({ fingerprint }) => fingerprint),
    ...(path.root === undefined ? {} : { issuer: path.root.fingerprint }),
  };
}

/** The Secret in plain text in the earlier output; undefined if there is none. */
function earlierSecret(cluster: string, outdir: string | undefined): string | undefined {
  if (outdir === undefined) return undefined;
  const text = readText(earlierCaCertsFile(outdir, cluster));
  return text !== undefined && /^kind: Secret$/m.test(text) && !/^sops:$/m.test(text) ? text : undefined;
}

function caCertsIn(text: string): CaCerts {
  const value = (name: string): string => {
    const pattern = new RegExp(`^ +${name.replace('.', '\\.')}: ["']?([A-Za-z0-9+/=]+)["']?$`, 'm');
    return Buffer.from(pattern.exec(text)?.[1] ?? '', 'base64').toString('utf8');
  };
  const { caCert, rootCert, certChain } = caCertsFiles;
  return { caKey: '', caCert: value(caCert), rootCert: value(rootCert), certChain: value(certChain) };
}
