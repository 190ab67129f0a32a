/** Pods that istiod refuses to inject, by problem: an annotation, and the error message of istiod. */
export const refusedPods: Readonly<
  Record<string, readonly [annotation: string, value: string, said: string]>
> = {
  'of an unknown template': [
    'inject.istio.io/templates',
    'unknown',
    'requested template "unknown" not found',
  ],
  'of an unknown interception mode': [
    'sidecar.istio.io/interceptionMode',
    'MAGIC',
    'use REDIRECT,TPROXY,NONE: MAGIC',
  ],
  'of a status port that is none': ['status.sidecar.istio.io/port', 'http', "failed parsing port 'http'"],
  'of volumes that are no JSON': ['sidecar.istio.io/userVolume', '{', "range can't iterate over {}"],
  'of ranges that are none': [
    'traffic.sidecar.istio.io/includeOutboundIPRanges',
    '10.0.0.0',
    "failed parsing cidr '10.0.0.0'",
  ],
  'of resources that are none': ['sidecar.istio.io/proxyCPU', 'much', 'quantities must match'],
  'of a proxy configuration that is none': [
    'proxy.istio.io/config',
    'concurrency: many',
    "invalid character 'm' looking for beginning of value",
  ],
};

/** Text that Istio's own templates write between quotes without escaping, which changes or breaks them. */
export const lostText: Readonly<Record<string, string>> = {
  'double quotes': '{"key":"value"}',
  backslashes: 'C:\\temp',
  'line ends': 'first\nsecond',
};
