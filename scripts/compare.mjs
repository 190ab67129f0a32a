// Shows what an istioctl renders otherwise than this package: lines with - are ours, with + istioctl's.
//
//   npm run compare                     the istioctl on the PATH
//   npm run compare -- istioctl-1.32    another one, be it of a line that this package does not know
import { inputOf } from '../lib/src/control-plane/control-plane-input.js';
import { crdManifests } from '../lib/src/control-plane/crds.js';
import { gatewayObjects } from '../lib/src/control-plane/gateway/gateway-objects.js';
import { ingressGateway } from '../lib/src/control-plane/gateway/ingress-gateway.js';
import {
  controlPlaneObjects,
  defaultRevisionObjects,
  readerObjects,
} from '../lib/src/control-plane/istiod/control-plane-objects.js';
import { defaultHub, newestIstioVersion } from '../lib/src/mesh/istio-version.js';
import { istioLines } from '../lib/src/mesh/native-form.js';
import { compare, render, settingsOfControlPlane } from './compare/comparison.mjs';
import { differences } from './compare/differences.mjs';
import { compareInjection } from './compare/injection.mjs';
import { versionOf } from './compare/istioctl.mjs';
import { canonical, parseObjects, withoutProse } from './compare/objects.mjs';
import { Report } from './compare/report.mjs';
import { settingsOf } from './compare/settings.mjs';
import { wantedDifference } from './compare/wanted-differences.mjs';
import { renderCrds } from './imports/istioctl.mjs';

const [istioctl = 'istioctl'] = process.argv.slice(2);
const version = await versionOf(istioctl);
const known = istioLines.some((line) => version.startsWith(`${line}.`)) ? version : newestIstioVersion;
const line = known.split('.').slice(0, 2).join('.');
const report = new Report();

await Promise.all(settingsOf(version).map(compareObjects));
await compareInjected();
compareCrds();

report.print();
console.log(`\n${istioctl} is Istio ${version}; it differs from our ${line} in ${report.size} places.`);
process.exitCode = report.size === 0 ? 0 : 1;

async function compareObjects(setting) {
  const found = await compare(istioctl, settingsOfControlPlane(setting, version, defaultHub(version)), write);
  report.add(
    setting.title,
    found.filter((difference) => wantedDifference(difference, setting.title) === undefined),
  );
}

/** An istioctl of an unknown line is compared with the newest line that is known. */
function write(settings) {
  const input = inputOf({ ...settings, version: known });
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
  const found = await compareInjection(istioctl, write(settings), await render(istioctl, settings));
  report.add('injected', found);
}

function compareCrds() {
  const ours = canonical(parseObjects(crdManifests(line)));
  report.add('custom resource definitions', differences(ours, canonical(withoutProse(renderCrds(istioctl)))));
}
