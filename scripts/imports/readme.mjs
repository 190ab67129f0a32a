import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gatewayApiVersions } from './gateway-api.mjs';
import { istioctls } from './istioctl.mjs';

/** Writes a description of the folder, with the versions of Istio. */
export function writeReadme(folder, releases) {
  writeFileSync(join(folder, 'README.md'), text(releases));
}

const text = (releases) => {
  const [newest, ...older] = releases.map(({ minorVersion }) => minorVersion);
  return `# Resources of Istio ${releases.map(({ version }) => version).join(', ')}

All files in this folder are generated. Do not edit them. To generate them again, run:

    npm run imports

It needs these programs on the PATH: ${list(istioctls.map((name) => `\`${name}\``))}.

- \`crds/\`: the CustomResourceDefinitions that istioctl installs, without the descriptions in their schemas. Those
  of ${newest} are complete. For ${list(older)} there is a JSON Patch (RFC 6902) that turns the CRDs of the next
  newer minor version, in one document by their names, into those of this minor version.
- \`*.ts\`: the output of \`cdk8s import\` for the newest served version of each kind in ${newest}. Names that it
  changes are changed back to those of Istio, and its functions that copy only known fields are removed.
- \`gateway-api/\`: the same for the CRDs of the Gateway API's standard channel, ${gatewayApiVersions.join(', ')}. They are
  generated from a clone of https://github.com/kubernetes-sigs/gateway-api, if one is given:

      npm run imports -- ../gateway-api
`;
};

function list(items) {
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
