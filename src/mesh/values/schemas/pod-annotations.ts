import { parse } from 'yaml';
import { z } from 'zod';
import { annotations } from '../../kubernetes/names';
import { schemaProblems } from '../../schema-problems';
import { parseOptions } from '../../schema-types';
import { ipRanges, ipRangesOrAll, portList, portListOrAll } from './proxy-arguments';
import { defaultProxyConfig } from './proxy-config';

/**
 * Annotations of the pods of a proxy, with the conditions of those that istiod and the agent read: a pod with an
 * invalid one is not injected, or its proxy does not start.
 *
 * @see https://istio.io/latest/docs/reference/config/annotations/
 */
export const podAnnotations = annotations.superRefine((given, { addIssue }) => {
  for (const [key, value] of Object.entries(given)) {
    const problems = Object.hasOwn(conditions, key) ? (conditions[key]?.(value) ?? []) : [];
    for (const { message, hint } of problems) {
      addIssue({ code: 'custom', path: [key], message: hint, params: { message }, input: value });
    }
  }
});

interface AnnotationProblem {
  readonly message: string;
  readonly hint: string;
}

type Condition = (text: string) => readonly AnnotationProblem[];

/** The condition that a schema permits the text. */
function matches(schema: z.ZodType, name: string): Condition {
  return (text) =>
    (schema.safeParse(text, parseOptions).error?.issues ?? []).slice(0, 1).map(({ message }) => ({
      message: `The annotation ${name} is ${JSON.stringify(text)}.`,
      hint: message,
    }));
}

const number = z.string().refine((text) => /^\d{1,10}$/.test(text) && Number(text) < 2 ** 32, {
  error: 'Write a whole number in quotes.',
});
const port = z.string().refine((text) => /^\d{1,5}$/.test(text.trim()) && Number(text) <= 65_535, {
  error: 'Write a port in quotes.',
});
const cost = z
  .string()
  .refine((text) => /^(0|-?[1-9]\d{0,9})$/.test(text) && Math.abs(Number(text)) < 2 ** 31, {
    error: 'Write a whole number in quotes.',
  });
const switches = /^(1|t|T|TRUE|true|True|0|f|F|FALSE|false|False)$/;
const flag = z.string().regex(switches, { error: 'Write "true" or "false".' });
const amount = z.string().regex(/^[+-]?(\d+\.?\d*|\.\d+)([numkMGTPE]?|[KMGTPE]i|[eE][+-]?\d{1,3})$/, {
  error: 'Write a Kubernetes quantity, such as 100m or 128Mi.',
});

const formats: Readonly<Record<string, z.ZodType>> = {
  'controller.kubernetes.io/pod-deletion-cost': cost,
  'prometheus.istio.io/merge-metrics': flag,
  'readiness.status.sidecar.istio.io/failureThreshold': number,
  'readiness.status.sidecar.istio.io/initialDelaySeconds': number,
  'readiness.status.sidecar.istio.io/periodSeconds': number,
  'sidecar.istio.io/interceptionMode': z.enum(['REDIRECT', 'TPROXY', 'NONE'], {
    error: 'Write one of REDIRECT, TPROXY, NONE.',
  }),
  'sidecar.istio.io/proxyCPU': amount,
  'sidecar.istio.io/proxyCPULimit': amount,
  'sidecar.istio.io/proxyMemory': amount,
  'sidecar.istio.io/proxyMemoryLimit': amount,
  'status.sidecar.istio.io/port': port,
  'traffic.sidecar.istio.io/excludeInboundPorts': portList,
  'traffic.sidecar.istio.io/excludeOutboundIPRanges': ipRanges,
  'traffic.sidecar.istio.io/excludeOutboundPorts': portList,
  'traffic.sidecar.istio.io/includeInboundPorts': portListOrAll,
  'traffic.sidecar.istio.io/includeOutboundIPRanges': ipRangesOrAll,
};

const proxyConfigKey = 'proxy.istio.io/config';

const conditions: Readonly<Record<string, Condition>> = {
  ...Object.fromEntries(Object.entries(formats).map(([name, schema]) => [name, matches(schema, name)])),
  [proxyConfigKey]: proxyConfigProblems,
};

/** istiod and the agent refuse a ProxyConfig as a whole if one of its values is invalid. */
function proxyConfigProblems(text: string): AnnotationProblem[] {
  let config: unknown;
  try {
    config = parse(text) ?? {};
  } catch {
    return [
      { message: `The annotation ${proxyConfigKey} is not YAML.`, hint: 'Write a ProxyConfig in YAML.' },
    ];
  }
  const schema = defaultProxyConfig();
  const { error } = schema.safeParse(config, parseOptions);
  if (error === undefined) return [];
  return schemaProblems(error.issues, config, schema).map(({ message, hint }) => ({
    message: `The annotation ${proxyConfigKey} is not a valid ProxyConfig: ${message}`,
    hint,
  }));
}
