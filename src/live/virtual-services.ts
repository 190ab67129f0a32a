import type { KubernetesObject } from '@kubernetes/client-node';
import { helloWorld } from '../mesh/istio-names';
import type { DestinationRule, Subset } from './destination-rules';
import { hasLabels } from './label-selector';
import { lasting, type UnlocatedProblem } from './live-problem';
import { type ExportTo, isVisible, specificity } from './visibility';
import { nameOf, type Workload } from './workload';

/** Istio's VirtualService, as an API server returns it. */
export interface VirtualService extends KubernetesObject {
  readonly spec?: {
    readonly hosts?: readonly string[];
    readonly gateways?: readonly string[];
    readonly exportTo?: ExportTo;
    readonly http?: readonly HttpRoute[];
  };
}

interface HttpRoute {
  readonly match?: readonly HttpMatch[];
  readonly route?: readonly {
    readonly destination?: { readonly host?: string; readonly subset?: string };
    readonly weight?: number;
  }[];
  readonly redirect?: object;
  readonly directResponse?: object;
  readonly fault?: { readonly abort?: object };
}

type StringMatch = { readonly exact?: string; readonly prefix?: string; readonly regex?: string };

interface HttpMatch {
  readonly uri?: StringMatch;
  readonly method?: StringMatch;
  readonly port?: number;
  readonly sourceLabels?: Readonly<Record<string, string>>;
  readonly sourceNamespace?: string;
  readonly gateways?: readonly string[];
  readonly [other: string]: unknown;
}

/** Where the calls of HelloWorld go in a cluster. */
export interface RouteObservation {
  /** What keeps all of them from HelloWorld. */
  readonly problems: readonly UnlocatedProblem[];
  /**
   * The subsets that get all of them.
   * @default - all pods of HelloWorld get them
   */
  readonly subsets?: { readonly by: string; readonly command: string; readonly subsets: readonly Subset[] };
}

/**
 * Where a VirtualService sends the calls that the client makes: `GET /hello` without further headers. What depends on
 * conditions that are not known counts as not matching.
 *
 * @param rules the DestinationRules that the client uses
 * @see https://istio.io/latest/docs/reference/config/networking/virtual-service/
 */
export function observeRoute(
  cluster: string,
  services: readonly VirtualService[],
  rules: readonly DestinationRule[],
  client: Workload,
  host: string,
): RouteObservation {
  const service = decisiveService(services, client, host);
  const routes = service?.spec?.http ?? [];
  if (service === undefined || routes.length === 0) return { problems: [] };
  const { shown, command } = nameOf('VirtualService', service);
  const problem = (does: string): RouteObservation => ({
    problems: [
      lasting(
        `${shown} of ${cluster} ${does}.`,
        `Correct its http routes, or delete it in ${cluster}: kubectl delete ${command}.`,
      ),
    ],
  });
  const route = routes.find(
    ({ match = [] }) => match.length === 0 || match.some((each) => matches(each, client)),
  );
  if (route === undefined) return problem('has no route for the calls of HelloWorld');
  if (route.redirect !== undefined) return problem('redirects the calls of HelloWorld');
  if (route.directResponse !== undefined) return problem('answers the calls of HelloWorld itself');
  if (route.fault?.abort !== undefined) return problem('aborts calls of HelloWorld');
  const used = (route.route ?? []).filter(({ weight }, _, { length }) => length === 1 || (weight ?? 0) > 0);
  const own = used.filter(
    ({ destination }) =>
      specificity(destination?.host ?? '', service.metadata?.namespace, host) === Number.POSITIVE_INFINITY,
  );
  if (own.length === 0) {
    const hosts = used.map(({ destination }) => destination?.host ?? 'no host').join(', ');
    return problem(`sends the calls of HelloWorld to ${hosts || 'no host'}`);
  }
  const names = own.map(({ destination }) => destination?.subset);
  if (names.some((name) => name === undefined || name === '')) return { problems: [] };
  const defined = rules.flatMap(({ spec }) => spec?.subsets ?? []);
  const subsets = defined.filter(({ name }) => names.includes(name));
  if (subsets.length === 0) {
    return problem(
      `sends the calls of HelloWorld to the subset ${names.join(', ')}, which no DestinationRule defines`,
    );
  }
  return { problems: [], subsets: { by: `${shown} of ${cluster}`, command, subsets } };
}

/** Of several VirtualServices for a host, the most specific one decides, and of those the oldest. */
function decisiveService(
  services: readonly VirtualService[],
  { namespace }: Workload,
  host: string,
): VirtualService | undefined {
  const matchOf = ({ spec, metadata }: VirtualService) =>
    Math.max(...(spec?.hosts ?? []).map((each) => specificity(each, metadata?.namespace, host) ?? -1));
  const createdOf = ({ metadata }: VirtualService) => new Date(metadata?.creationTimestamp ?? 0).getTime();
  const [decisive] = services
    .filter(({ spec, metadata }) => isVisible(spec?.exportTo, metadata?.namespace, namespace))
    .filter(({ spec }) => isForMesh(spec?.gateways))
    .filter((service) => matchOf(service) >= 0)
    .sort((a, b) => matchOf(b) - matchOf(a) || createdOf(a) - createdOf(b));
  return decisive;
}

/** Without gateways, a route is for the proxies of workloads. */
function isForMesh(gateways: readonly string[] = []): boolean {
  return gateways.length === 0 || gateways.includes('mesh');
}

const knownConditions = ['name', 'uri', 'method', 'port', 'sourceLabels', 'sourceNamespace', 'gateways'];

function matches(match: HttpMatch, { namespace, labels }: Workload): boolean {
  const { uri, method, port, sourceLabels, sourceNamespace, gateways } = match;
  return (
    Object.keys(match).every((key) => knownConditions.includes(key)) &&
    matchesText(uri, '/hello') &&
    matchesText(method, 'GET') &&
    (port === undefined || port === helloWorld.port) &&
    hasLabels(labels, sourceLabels) &&
    (sourceNamespace === undefined || sourceNamespace === namespace) &&
    isForMesh(gateways)
  );
}

function matchesText(match: StringMatch | undefined, text: string): boolean {
  if (match === undefined) return true;
  if (match.exact !== undefined) return match.exact === text;
  if (match.prefix !== undefined) return text.startsWith(match.prefix);
  try {
    return new RegExp(`^(?:${match.regex ?? ''})$`).test(text);
  } catch {
    return false;
  }
}
