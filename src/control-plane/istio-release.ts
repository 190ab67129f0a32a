import { type IstioMinorVersion, supportedMinorVersions } from '../mesh/istio-version';
import { MeshError } from '../problems/problem';

/**
 * What the lines of Istio that this package writes itself have that others have not. Everything that
 * differs between them is a fact here, so that a new line is one more column.
 */
export interface IstioRelease {
  /** The line: the first two numbers of its versions. */
  readonly line: IstioMinorVersion;
  /** The version that the objects are compared with, one by one. */
  readonly comparedWith: string;
  /** The resource of the Gateway API by which Gateways get listeners of other namespaces. */
  readonly listenerSets: 'listenersets' | 'xlistenersets';
  /** Whether `global.enableReaderRBAC` can leave out what other clusters read this one with. */
  readonly optionalReader: boolean;
  /** Whether `global.readerServiceAccount` can name another account for it. */
  readonly customReaderAccount: boolean;
  /** Whether the chart passes `pilot.taint` on to istiod; before, only the role followed from it. */
  readonly taintEnvironment: boolean;
  /** Whether FIPS 140-3 in `pilot.env.COMPLIANCE_POLICY` is demanded of Go, too. */
  readonly fipsByGo: boolean;
  /** Whether the chart reads `pilot.terminationMessagePolicy`. */
  readonly terminationMessagePolicy: boolean;
  /** Whether the stable channel's policy refuses trust domains in AuthorizationPolicies. */
  readonly stablePolicyOfTrustDomains: boolean;
  /** Whether the init container has an image of its own; before, it had the proxy's, variant and all. */
  readonly initImageOfItsOwn: boolean;
  /** Whether canonical names lose dashes, dots and underscores at both ends; before, a dash at their end. */
  readonly canonicalNameTrimmedAtBothEnds: boolean;
  /** Whether proxies describe their workload in OpenTelemetry's names, where a provider asks for it. */
  readonly otelResourceAttributes: boolean;
  /** Whether a patch can put another kind of volume in the place of the socket folder of Gateways' pods. */
  readonly replaceableWorkloadSocket: boolean;
  /** Whether Gateways can listen on UDP, for HTTP/3. */
  readonly quicPorts: boolean;
  /** Whether agentgateway gets a certificate, and so has a token for its signer beside the one for istiod. */
  readonly agentgatewayCertificates: boolean;
  /** Whether waypoints can be agentgateways. */
  readonly agentgatewayWaypoints: boolean;
}

/** The lines that are known, the newest first. */
const releases: readonly IstioRelease[] = [
  {
    line: '1.31',
    comparedWith: '1.31.0',
    listenerSets: 'listenersets',
    optionalReader: true,
    customReaderAccount: true,
    taintEnvironment: true,
    fipsByGo: true,
    terminationMessagePolicy: true,
    stablePolicyOfTrustDomains: true,
    initImageOfItsOwn: true,
    canonicalNameTrimmedAtBothEnds: true,
    otelResourceAttributes: true,
    replaceableWorkloadSocket: true,
    quicPorts: true,
    agentgatewayCertificates: true,
    agentgatewayWaypoints: true,
  },
  {
    line: '1.30',
    comparedWith: '1.30.3',
    listenerSets: 'listenersets',
    optionalReader: true,
    customReaderAccount: false,
    taintEnvironment: true,
    fipsByGo: false,
    terminationMessagePolicy: false,
    stablePolicyOfTrustDomains: true,
    initImageOfItsOwn: false,
    canonicalNameTrimmedAtBothEnds: false,
    otelResourceAttributes: true,
    replaceableWorkloadSocket: false,
    quicPorts: false,
    agentgatewayCertificates: true,
    agentgatewayWaypoints: false,
  },
  {
    line: '1.29',
    comparedWith: '1.29.6',
    listenerSets: 'xlistenersets',
    optionalReader: false,
    customReaderAccount: false,
    taintEnvironment: false,
    fipsByGo: false,
    terminationMessagePolicy: false,
    stablePolicyOfTrustDomains: false,
    initImageOfItsOwn: false,
    canonicalNameTrimmedAtBothEnds: false,
    otelResourceAttributes: false,
    replaceableWorkloadSocket: false,
    quicPorts: false,
    agentgatewayCertificates: false,
    agentgatewayWaypoints: false,
  },
];

/**
 * The facts of the line that a version of Istio belongs to.
 *
 * @throws MeshError where this package does not know the line
 */
export function releaseOf(version: string): IstioRelease {
  const release = findRelease(version);
  if (release !== undefined) return release;
  throw new MeshError([
    {
      code: 'CONTROL-PLANE-VERSION',
      location: {},
      message: `This package does not know the control plane of Istio ${version}.`,
      hint: `Choose a version of ${supportedMinorVersions.join(', ')}, or write istio.controlPlane: istioctl.`,
    },
  ]);
}

function findRelease(version: string): IstioRelease | undefined {
  return releases.find(({ line }) => version.startsWith(`${line}.`));
}
