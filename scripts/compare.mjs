// Shows what an istioctl renders otherwise than this package: lines with - are ours, with + istioctl's.
//
//   npm run compare                            the istioctl on the PATH, beside its own line
//   npm run compare -- istioctl-1.32           another one; beside the newest line, if its own is unknown
//   npm run compare -- istioctl-1.32 1.30.0    beside the line of another version
import {
  controlPlaneInput,
  controlPlaneObjects,
  crdManifests,
  defaultHub,
  defaultRevisionObjects,
  gatewayObjects,
  ingressGateway,
  latestIstioVersion,
  readerObjects,
  supportedMinorVersions,
} from '../build/internals.js';
import { compare, render, settingsOfControlPlane } from './compare/comparison.mjs';
import { differences } from './compare/differences.mjs';
import { compareInjection } from './compare/injection.mjs';
import { versionOf } from './compare/istioctl.mjs';
import { canonical, parseObjects, withoutProse } from './compare/objects.mjs';
import { Report } from './compare/report.mjs';
import { settingsOf } from './compare/settings.mjs';
import { wantedDifference } from './compare/wanted-differences.mjs';
import { renderCrds } from './imports/istioctl.mjs';

const [istioctl = 'istioctl', other] = process.argv.slice(2);
const version = await versionOf(istioctl);
const ours = other ?? (supportedMinorVersions.includes(lineOf(version)) ? version : latestIstioVersion);
const report = new Report();

await Promise.all(
  settingsOf(version).map((setting) => reported(setting.title, () => compareObjects(setting))),
);
await reported('injection', compareInjected);
await reported('custom resource definitions', compareCrds);

report.print();
console.log(
  `\n${istioctl} is Istio ${version}; it differs from our ${lineOf(ours)} in ${report.size} places.`,
);
process.exitCode = report.size === 0 ? 0 : 1;

/** A comparison that fails, such as of a value that no longer exists, is a difference, too. */
async function reported(title, comparison) {
  try {
    report.add(title, await comparison());
  } catch (error) {
    report.add(title, [{ object: title, path: '', ours: 'compared', theirs: error.message }]);
  }
}

async function compareObjects(setting) {
  const found = await compare(istioctl, settingsOfControlPlane(setting, version, defaultHub(version)), write);
  return found.filter((difference) => wantedDifference(difference, setting.title) === undefined);
}

function write(settings) {
  const input = controlPlaneInput({ ...settings, version: ours });
  const gateway = settings.profile === 'minimal' ? {} : gatewayObjects(ingressGateway(input));
  const isDefault = input.values.revisionTags.includes('default');
  return [
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

/** How much has changed of each; `npm run imports` writes what, for git to show. */
function compareCrds() {
  const written = canonical(parseObjects(crdManifests(lineOf(ours))));
  const rendered = canonical(withoutProse(renderCrds(istioctl)));
  const found = differences(written, rendered).map(({ object }) => object);
  return [...new Set(found)].map((object) => ({
    object,
    path: '',
    ours: 'as imports/ has it',
    theirs: `otherwise in ${found.filter((each) => each === object).length} places`,
  }));
}

function lineOf(version) {
  return version.split('.').slice(0, 2).join('.');
}
