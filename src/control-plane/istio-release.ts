import { type IstioMinorVersion, supportedMinorVersions } from '../mesh/istio-version';
import { MeshError } from '../problems/problem';

/**
 * The differences between the supported minor versions of Istio. Every difference is a named fact here, so
 * that support for a new minor version is one more entry.
 */
export interface IstioRelease {
  /** The first two numbers of the version. */
  readonly minorVersion: IstioMinorVersion;
  /** The version of istioctl that the objects are compared with. */
  readonly comparedWith: string;
  /** The version of the Gateway API that istiod is built against. It ignores some resources of others. */
  readonly gatewayApi: '1.6.0' | '1.5.1' | '1.4.1';
  /** The resource of the Gateway API that adds listeners from other namespaces to a Gateway. */
  readonly listenerSets: 'listenersets' | 'xlistenersets';
  /** Whether `global.enableReaderRBAC` can omit the reader account for other clusters. */
  readonly optionalReader: boolean;
  /** Whether `global.readerServiceAccount` can name another reader account. */
  readonly customReaderAccount: boolean;
  /** Whether the chart passes `pilot.taint` to istiod. Older charts only change the role. */
  readonly taintEnvironment: boolean;
  /** Whether FIPS 140-3 in `pilot.env.COMPLIANCE_POLICY` also sets the FIPS mode of Go. */
  readonly fipsByGo: boolean;
  /** Whether the chart reads `pilot.terminationMessagePolicy`. */
  readonly terminationMessagePolicy: boolean;
  /** Whether a field can set the AppArmor profile of the CNI node agent. Older charts always use the annotation. */
  readonly appArmorFieldOfCni: boolean;
  /** Whether the chart of ztunnel reads `dnsPolicy` and `dnsConfig`. */
  readonly dnsOfZtunnel: boolean;
  /** Whether ztunnel knows the CPUs that it requests, and whether its CPUs are limited. */
  readonly cpusOfZtunnel: boolean;
  /** Whether the policy of the stable channel refuses trust domains in AuthorizationPolicies. */
  readonly stablePolicyOfTrustDomains: boolean;
  /** Whether the init container has its own image. Older versions use the image and variant of the proxy. */
  readonly initImageOfItsOwn: boolean;
  /** Whether dashes, dots and underscores are removed at both ends of canonical names. Older versions remove one final dash. */
  readonly canonicalNameTrimmedAtBothEnds: boolean;
  /** Whether proxies can describe their workload with the attribute names of OpenTelemetry. */
  readonly otelResourceAttributes: boolean;
  /** Whether a patch can replace the volume of the workload socket in Gateways' pods by another kind. */
  readonly replaceableWorkloadSocket: boolean;
  /** Whether Gateways can listen on UDP, for HTTP/3. */
  readonly quicPorts: boolean;
  /** Whether istioctl also passes replicas and CPUs of a component's `k8s` to the chart. */
  readonly settingsInValues: boolean;
  /** Whether agentgateway gets a certificate, and therefore a second token for its signer. */
  readonly agentgatewayCertificates: boolean;
  /** Whether a waypoint can be an agentgateway. */
  readonly agentgatewayWaypoints: boolean;
}

/** The supported minor versions, newest first. */
const releases: readonly IstioRelease[] = [
  {
    minorVersion: '1.31',
    comparedWith: '1.31.0',
    gatewayApi: '1.6.0',
    listenerSets: 'listenersets',
    optionalReader: true,
    customReaderAccount: true,
    taintEnvironment: true,
    fipsByGo: true,
    terminationMessagePolicy: true,
    appArmorFieldOfCni: true,
    dnsOfZtunnel: true,
    cpusOfZtunnel: true,
    stablePolicyOfTrustDomains: true,
    initImageOfItsOwn: true,
    canonicalNameTrimmedAtBothEnds: true,
    otelResourceAttributes: true,
    replaceableWorkloadSocket: true,
    quicPorts: true,
    settingsInValues: true,
    agentgatewayCertificates: true,
    agentgatewayWaypoints: true,
  },
  {
    minorVersion: '1.30',
    comparedWith: '1.30.3',
    gatewayApi: '1.5.1',
    listenerSets: 'listenersets',
    optionalReader: true,
    customReaderAccount: false,
    taintEnvironment: true,
    fipsByGo: false,
    terminationMessagePolicy: false,
    appArmorFieldOfCni: true,
    dnsOfZtunnel: true,
    cpusOfZtunnel: false,
    stablePolicyOfTrustDomains: true,
    initImageOfItsOwn: false,
    canonicalNameTrimmedAtBothEnds: false,
    otelResourceAttributes: true,
    replaceableWorkloadSocket: false,
    quicPorts: false,
    settingsInValues: false,
    agentgatewayCertificates: true,
    agentgatewayWaypoints: false,
  },
  {
    minorVersion: '1.29',
    comparedWith: '1.29.6',
    gatewayApi: '1.4.1',
    listenerSets: 'xlistenersets',
    optionalReader: false,
    customReaderAccount: false,
    taintEnvironment: false,
    fipsByGo: false,
    terminationMessagePolicy: false,
    appArmorFieldOfCni: false,
    dnsOfZtunnel: false,
    cpusOfZtunnel: false,
    stablePolicyOfTrustDomains: false,
    initImageOfItsOwn: false,
    canonicalNameTrimmedAtBothEnds: false,
    otelResourceAttributes: false,
    replaceableWorkloadSocket: false,
    quicPorts: false,
    settingsInValues: false,
    agentgatewayCertificates: false,
    agentgatewayWaypoints: false,
  },
];

/**
 * The facts about the minor version of a version of Istio.
 *
 * @throws MeshError if this package does not support the minor version
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

/** Whether the chart `gateway` names the user of the proxy; also for versions that only other formats support. */
export function gatewayNamesUser(version: string): boolean {
  return Number(version.split('.')[1]) < 30;
}

function findRelease(version: string): IstioRelease | undefined {
  return releases.find(({ minorVersion }) => version.startsWith(`${minorVersion}.`));
}

/** What istiod does with the endpoints of a cluster while it changes to another kubeconfig. */
export type RemoteSecretChange = 'seamless' | 'interrupts' | 'loses-endpoints';

/**
 * What a version of istiod does when a remote secret changes. Up to 1.29 it stops reading before it starts again. 1.30
 * starts first, but up to 1.30.3 it then removes the endpoints that it has just read.
 */
export function remoteSecretChange(version: string): RemoteSecretChange {
  const [major = 0, minor = 0, patch = 0] = version.split(/[.-]/).map(Number);
  if (major === 1 && minor < 30) return 'interrupts';
  return major === 1 && minor === 30 && patch <= 3 ? 'loses-endpoints' : 'seamless';
}
