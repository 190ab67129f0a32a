import { formatPath, valueAt } from '../../problems/problem';
import { isMap } from '../helm-values';
import { compatibleMinorVersions, istioMinor } from '../istio-version';
import { type ControlPlaneRule, isNative, pathsOfValue } from './control-planes';

/** Values that older versions of Istio do not read, with the first minor version that does. */
const introducedValues: readonly (readonly [value: readonly string[], minor: number])[] = [
  [['global', 'enableReaderRBAC'], 30],
  [['global', 'readerServiceAccount'], 31],
  [['meshConfig', 'defaultConfig', 'connectionSettings'], 31],
  [['meshConfig', 'defaultTrafficPolicy'], 31],
  [['meshConfig', 'serviceEntryVisibility'], 31],
  [['meshConfig', 'zoneAwareLbSetting'], 31],
  [['pilot', 'taint', 'name'], 30],
  [['pilot', 'terminationMessagePolicy'], 31],
  [['ztunnel', 'dnsConfig'], 30],
  [['ztunnel', 'dnsPolicy'], 30],
];

/** The version of Istio that a control plane runs must read each of its values. */
export const introducedBeforeVersion: ControlPlaneRule = ({ settings, paths }, definition) => {
  if (!isNative(definition)) return [];
  const minor = istioMinor(settings.version) ?? 0;
  return introducedValues
    .filter(([, since]) => minor < since)
    .flatMap(([value, since]) =>
      pathsOfValue(definition, paths, value).map((path) => ({
        code: 'MESH-UNSUPPORTED-VALUE',
        path,
        at: 'key',
        message: `${formatPath(path)} has no effect in Istio ${settings.version}.`,
        hint: `Remove it, or use Istio 1.${since} or later.`,
      })),
    );
};

/** Words that istiod of older versions does not know, so that it would drop the whole mesh configuration. */
const introducedWords: readonly (readonly [value: readonly string[], word: string, minor: number])[] = [
  [['meshConfig', 'outboundTrafficPolicy', 'mode'], 'ALLOW_ANY_DYNAMIC_DNS', 30],
];

/** The version of Istio that a control plane runs must know each word in its mesh configuration. */
export const wordsOfVersion: ControlPlaneRule = ({ settings, paths }, definition) => {
  const minor = istioMinor(settings.version) ?? 0;
  return introducedWords
    .filter(([value, word, since]) => minor < since && valueAt(settings.values, value) === word)
    .flatMap(([value, word, since]) =>
      pathsOfValue(definition, paths, value)
        .slice(0, 1)
        .map((path) => ({
          code: 'MESH-UNSUPPORTED-VALUE',
          path,
          message: `${formatPath(path)} is ${JSON.stringify(word)}, which Istio ${settings.version} does not know.`,
          hint: `Write another value, or use Istio 1.${since} or later.`,
        })),
    );
};

/** The compatibility version must be one that the version of Istio supports. */
export const supportedCompatibilityVersion: ControlPlaneRule = ({ settings, paths }, definition) => {
  if (!isNative(definition)) return [];
  const { compatibilityVersion } = settings.values;
  const versions = compatibleMinorVersions(settings.version);
  // An empty value is allowed; a value of another type has its own error.
  if (typeof compatibilityVersion !== 'string' || ['', ...versions].includes(compatibilityVersion)) return [];
  return pathsOfValue(definition, paths, ['compatibilityVersion'])
    .slice(0, 1)
    .map((path) => ({
      code: 'MESH-VALUE',
      path,
      message: `${formatPath(path)} is ${JSON.stringify(compatibilityVersion)}, which Istio ${settings.version} does not support.`,
      hint: `Write one of ${versions.join(', ')} in quotes.`,
    }));
};

const stackdriverLimits = [
  'debug',
  'maxNumberOfAttributes',
  'maxNumberOfAnnotations',
  'maxNumberOfMessageEvents',
];

/** Values that Istio's charts refuse since 1.29, with any value. */
const refusedValues: readonly (readonly string[])[] = [
  ['global', 'tracer', 'stackdriver'],
  ['meshConfig', 'defaultConfig', 'tracing', 'stackdriver'],
].flatMap((tracer) => stackdriverLimits.map((name) => [...tracer, name]));

/** Istio's charts refuse what they no longer have. */
export const refusedByCharts: ControlPlaneRule = ({ settings, paths }, definition) => {
  if ((istioMinor(settings.version) ?? 0) < 29) return [];
  const removed = refusedValues
    .filter((value) => ![undefined, null, ''].includes(valueAt(settings.values, value) as null))
    .map((value) => ({
      value,
      message: "is refused by Istio's charts: the settings of the tracer for Stackdriver are removed",
      hint: 'Remove it. To send traces to Google Cloud, add an extension provider with opentelemetry.',
    }));
  const { global } = settings.values;
  const isByKubernetes = isMap(global) && global.pilotCertProvider === 'kubernetes';
  const provider = {
    value: ['global', 'pilotCertProvider'],
    message: `is "kubernetes", which Istio's charts refuse: the API server no longer signs for istiod`,
    hint: 'Remove it, so that istiod signs, or write a signer of Kubernetes such as k8s.io/example.',
  };
  return [...removed, ...(isByKubernetes ? [provider] : [])].flatMap(({ value, message, hint }) =>
    pathsOfValue(definition, paths, value)
      .slice(0, 1)
      .map((path) => ({
        code: 'MESH-UNSUPPORTED-VALUE' as const,
        path,
        message: `${formatPath(path)} ${message}.`,
        hint,
      })),
  );
};
