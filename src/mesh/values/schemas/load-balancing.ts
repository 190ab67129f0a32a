import { z } from 'zod';
import type { HelmValues } from '../../helm-values';
import { integer } from '../../schema-types';
import { count, flag, text, texts } from './common';
import { type Check, message, required } from './proto-json';

const topologyLabels = [
  'topology.kubernetes.io/region',
  'topology.kubernetes.io/zone',
  'topology.istio.io/subzone',
];

/** The shape of `localityLbSetting`. */
export function localityLoadBalancing() {
  return message(
    {
      enabled: flag,
      distribute: z.array(
        message(
          { from: text, to: z.record(z.string(), integer(1, 100)) },
          required('from', 'to'),
          weightsOf100,
        ),
      ),
      failover: failovers(),
      failoverPriority: texts,
    },
    distributeOrFailover,
    distinctSources,
  );
}

/** The shape of `zoneAwareLbSetting`. */
export function zoneAwareLoadBalancing() {
  return message(
    { enabled: flag, failover: failovers(), failoverPriority: texts, minClusterSize: count },
    ({ failoverPriority }, report) => {
      for (const [index, label] of ((failoverPriority ?? []) as readonly string[]).entries()) {
        if (!topologyLabels.includes(label)) continue;
        const message = `${label} has no effect, because zone-aware load balancing decides by it already.`;
        report(['failoverPriority', index], message, 'Remove it.');
      }
    },
  );
}

function failovers() {
  return z.array(
    message({ from: text, to: text }, required('from', 'to'), ({ from, to }, report) => {
      if (from === to && from !== undefined) {
        report(['to'], 'The two regions of a failover are the same.', 'Write another region.');
      }
      for (const [key, region] of Object.entries({ from, to })) {
        if (!/[/*]/.test(String(region))) continue;
        report(
          [key],
          `${key} is ${JSON.stringify(region)}, not a region.`,
          'Write a region, such as us-east1.',
        );
      }
    }),
  );
}

const weightsOf100: Check = ({ to }, report) => {
  const weights = Object.values((to ?? {}) as Readonly<Record<string, number>>);
  const sum = weights.reduce((total, weight) => total + weight, 0);
  if (to !== undefined && sum !== 100) {
    report(['to'], `The weights add up to ${sum}, not 100.`, 'Write weights that add up to 100.');
  }
  overlaps(Object.keys((to ?? {}) as HelmValues), (_, message, hint) => report(['to'], message, hint));
};

const distributeOrFailover: Check = ({ distribute, failover, failoverPriority }, report) => {
  const isFilled = (list: unknown) => Array.isArray(list) && list.length > 0;
  if (isFilled(distribute) && isFilled(failover)) {
    report(['failover'], 'distribute and failover exclude each other.', 'Remove distribute or failover.');
  }
  const label = ((failoverPriority ?? []) as readonly string[]).find((each) => topologyLabels.includes(each));
  if (!isFilled(failover) || label === undefined) return;
  const message = `failover and ${label} in failoverPriority exclude each other.`;
  report(['failoverPriority'], message, `Remove failover or ${label}.`);
};

const distinctSources: Check = ({ distribute }, report) => {
  const sources = ((distribute ?? []) as readonly { readonly from?: string }[]).map(({ from }) => from ?? '');
  overlaps(sources, (index, message, hint) => report(['distribute', index, 'from'], message, hint));
};

/** Reports the localities that istiod refuses, such as us-east1/* after us-east1/a. */
function overlaps(
  localities: readonly string[],
  report: (index: number, message: string, hint: string) => void,
): void {
  for (const [index, locality] of localities.entries()) {
    const hint = 'Write region, region/zone or region/zone/subzone, with * only at the end.';
    const parts = splitLocality(locality);
    const isWellFormed = parts.every((part) => part !== '') && /^[^*]*\*?$/.test(locality);
    if (!isWellFormed) report(index, `${JSON.stringify(locality)} is not a locality.`, hint);
    const other = localities.slice(0, index).find((each) => isWithin(splitLocality(each), parts));
    if (isWellFormed && other !== undefined) {
      report(index, `${JSON.stringify(locality)} overlaps ${JSON.stringify(other)}.`, 'Remove one of them.');
    }
  }
}

function splitLocality(locality: string): string[] {
  const [region = '', zone, ...subzone] = locality.split('/');
  if (zone === undefined) return [region];
  return subzone.length === 0 ? [region, zone] : [region, zone, subzone.join('/')];
}

/** Whether one of two localities contains the other. */
function isWithin(a: readonly string[], b: readonly string[]): boolean {
  const depth = Math.min(a.length, b.length);
  return Array.from({ length: depth }, (_, level) => level).every(
    (level) => a[level] === b[level] || a[level] === '*' || b[level] === '*',
  );
}
