import { Testing } from 'cdk8s';
import fc from 'fast-check';
import { afterAll, describe, expect, test } from 'vitest';
import { allowedDifference, allowedDifferences } from '../../scripts/compare/allowed-differences.mjs';
import { compare, render, settingsOfControlPlane } from '../../scripts/compare/comparison.mjs';
import { differences } from '../../scripts/compare/differences.mjs';
import { canonical } from '../../scripts/compare/objects.mjs';
import { settingsOf } from '../../scripts/compare/settings.mjs';
import {
  ControlPlane,
  DefaultRevision,
  DefaultValidator,
  ReaderServiceAccount,
} from '../../src/constructs/control-plane';
import { IngressGateway } from '../../src/constructs/ingress-gateway';
import { nodeAgentObjects } from '../../src/control-plane/cni/node-agent';
import { chartGateway } from '../../src/control-plane/gateway/chart-gateway';
import { gatewayObjects } from '../../src/control-plane/gateway/gateway-objects';
import { controlPlaneInput } from '../../src/control-plane/input';
import {
  controlPlaneObjects,
  defaultRevisionObjects,
  defaultValidatorObjects,
  readerObjects,
} from '../../src/control-plane/istiod/control-plane-objects';
import { ztunnelObjects } from '../../src/control-plane/ztunnel/ztunnel';
import type { DataPlane } from '../../src/mesh/data-plane';
import { type HelmValues, mergeValues } from '../../src/mesh/helm-values';
import type { IstioProfile } from '../../src/mesh/istio';
import { defaultHub } from '../../src/mesh/istio-version';
import type { ControlPlaneSettings } from '../../src/mesh/mesh';
import { istioctls, versionOf } from './istioctl';

interface Setting {
  readonly title: string;
  readonly profile?: IstioProfile;
  readonly dataPlane?: DataPlane;
  readonly revision?: string;
  readonly defaultTag?: 'of this revision';
  readonly values: HelmValues;
}

interface Difference {
  readonly object: string;
  readonly path: string;
  readonly theirs: unknown;
}

/** The number of pairs of settings to compare for each version. The fixed seed makes runs reproducible. */
const pairs = { numRuns: 20, seed: 1_31_0 };

const occurred = new Set<unknown>();

function unwanted(found: readonly Difference[], title: string): readonly Difference[] {
  for (const difference of found) occurred.add(allowedDifference(difference, title));
  return found.filter((difference) => allowedDifference(difference, title) === undefined);
}

/** All objects of a cluster with a single control plane with these settings. */
function write(settings: ControlPlaneSettings) {
  const input = controlPlaneInput(settings);
  const gateway =
    settings.profile === 'minimal' ? {} : gatewayObjects(chartGateway(input, { kind: 'ingress' }));
  const isDefault = input.values.revisionTags.includes('default');
  const ofNodes =
    settings.dataPlane === 'sidecar'
      ? []
      : [...nodeAgentObjects(input, 'istio-system'), ...ztunnelObjects(input, 'istio-system')];
  return [
    ...ofNodes,
    ...controlPlaneObjects(input),
    ...readerObjects(input),
    ...(isDefault ? [...defaultRevisionObjects(input), ...defaultValidatorObjects(input)] : []),
    ...Object.values(gateway),
  ];
}

/** Combines two settings. The second one takes precedence. */
function paired([first, second]: readonly [Setting, Setting]): Setting {
  return {
    ...first,
    ...second,
    title: `${first.title}, and ${second.title}`,
    values: mergeValues(first.values, second.values),
  };
}

function pairsOf(settings: readonly Setting[]): readonly Setting[] {
  const one = fc.constantFrom(...settings);
  return fc.sample(fc.tuple(one, one), pairs).map(paired);
}

describe.each(istioctls)('a control plane, compared with that of %s', (istioctl) => {
  const version = versionOf(istioctl);
  const complete = (setting: Setting): ControlPlaneSettings =>
    settingsOfControlPlane(setting, version, defaultHub(version));
  const settings: readonly Setting[] = settingsOf(version);
  // All comparisons start at once, so that istioctl uses all cores.
  const compared = [...settings, ...pairsOf(settings)].map((setting) => ({
    title: setting.title,
    message: compare(istioctl, complete(setting), write).catch((error: Error) => error),
  }));

  const values = { pilot: { autoscaleMin: 2 } };
  const ofConstructs = render(istioctl, complete({ title: '', values, defaultTag: 'of this revision' }));

  test.each(compared)('$title', async ({ title, message }) => {
    const result = await message;
    if (result instanceof Error) throw result;
    expect(unwanted(result, title)).toEqual([]);
  });

  test('equals the output of the constructs', async () => {
    const chart = Testing.chart();
    const props = { version, values };
    new ControlPlane(chart, 'control-plane', props);
    new DefaultRevision(chart, 'default-revision', props);
    new DefaultValidator(chart, 'default-validator', props);
    new ReaderServiceAccount(chart, 'reader', props);
    new IngressGateway(chart, 'ingress-gateway', props);
    const found = differences(canonical(Testing.synth(chart)), canonical(await ofConstructs));
    expect(unwanted(found, 'constructs')).toEqual([]);
  });
});

afterAll(() => {
  if (istioctls.length < 3) return;
  const absent = allowedDifferences.filter((wanted) => !occurred.has(wanted));
  expect(absent.map(({ reason }) => reason)).toEqual([]);
});

test.skipIf(istioctls.length > 0)('no istioctl is on the PATH, so nothing was compared', (context) => {
  context.skip();
});
