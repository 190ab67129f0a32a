// Shows the differences between this package (lines with -) and an istioctl (lines with +).
//
//   npm run compare                            the istioctl on the PATH, with its own minor version
//   npm run compare -- istioctl-1.32           another istioctl; with the newest minor version if its own is not supported
//   npm run compare -- istioctl-1.32 1.30.0    with the minor version of another version
import {
  chartGateway,
  controlPlaneInput,
  controlPlaneObjects,
  crdManifests,
  defaultHub,
  defaultRevisionObjects,
  gatewayObjects,
  latestIstioVersion,
  nodeAgentObjects,
  readerObjects,
  supportedMinorVersions,
  ztunnelObjects,
} from '../build/internals.js';
import { allowedDifference } from './compare/allowed-differences.mjs';
import { compare, render, settingsOfControlPlane } from './compare/comparison.mjs';
import { differences } from './compare/differences.mjs';
import { compareInjection } from './compare/injection.mjs';
import { versionOf } from './compare/istioctl.mjs';
import { canonical, parseObjects, withoutProse } from './compare/objects.mjs';
import { Report } from './compare/report.mjs';
import { settingsOf } from './compare/settings.mjs';
import { renderCrds } from './imports/istioctl.mjs';

const [istioctl = 'istioctl', other] = process.argv.slice(2);
const version = await versionOf(istioctl);
const ours =
  other ?? (supportedMinorVersions.includes(minorVersionOf(version)) ? version : latestIstioVersion);
const report = new Report();

await Promise.all(
  settingsOf(version).map((setting) => reported(setting.title, () => compareObjects(setting))),
);
await reported('injection', compareInjected);
await reported('custom resource definitions', compareCrds);

report.print();
console.log(
  `\n${istioctl} is Istio ${version}; it differs from our ${minorVersionOf(ours)} in ${report.size} places.`,
);
process.exitCode = report.size === 0 ? 0 : 1;

/** A failed comparison is a difference, too: for example, a value may no longer exist. */
async function reported(title, comparison) {
  try {
    report.add(title, await comparison());
  } catch (error) {
    report.add(title, [{ object: title, path: '', ours: 'compared', theirs: error.message }]);
  }
}

async function compareObjects(setting) {
  const found = await compare(istioctl, settingsOfControlPlane(setting, version, defaultHub(version)), write);
  return found.filter((difference) => allowedDifference(difference, setting.title) === undefined);
}

function write(settings) {
  const input = controlPlaneInput({ ...settings, version: ours });
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
    ...(isDefault ? defaultRevisionObjects(input) : []),
    ...Object.values(gateway),
  ];
}

async function compareInjected() {
  const settings = settingsOfControlPlane({ values: {} }, version, defaultHub(version));
  return compareInjection(istioctl, write(settings), await render(istioctl, settings));
}

/** The number of changes of each CRD. To see them, run `npm run imports` and read the diff. */
function compareCrds() {
  const written = canonical(parseObjects(crdManifests(minorVersionOf(ours))));
  const rendered = canonical(withoutProse(renderCrds(istioctl)));
  const found = differences(written, rendered).map(({ object }) => object);
  return [...new Set(found)].map((object) => ({
    object,
    path: '',
    ours: 'as imports/ has it',
    theirs: `different in ${found.filter((each) => each === object).length} places`,
  }));
}

function minorVersionOf(version) {
  return version.split('.').slice(0, 2).join('.');
}
