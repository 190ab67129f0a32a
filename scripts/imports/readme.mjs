import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { istioctls } from './istioctl.mjs';

/** Writes what the folder is, and the versions of Istio that it is of. */
export function writeReadme(folder, lines) {
  writeFileSync(join(folder, 'README.md'), text(lines));
}

const text = (lines) => {
  const [newest, ...older] = lines.map(({ line }) => line);
  return `# Resources of Istio ${lines.map(({ version }) => version).join(', ')}

Everything in this folder is written by one command, and by nobody's hand:

    npm run imports

It takes from the PATH ${list(istioctls.map((name) => `\`${name}\``))}.

- \`crds/\`: the CustomResourceDefinitions that istioctl installs, without the prose in their schemas: those
  of ${newest} in full; of ${list(older)} the JSON Patch (RFC 6902) that makes the CRDs of the next newer
  line, in one document under their names, those of this line.
- \`*.ts\`: what \`cdk8s import\` makes of each kind's newest served version in ${newest}. Names that it changes
  are as in Istio again, and its functions that copy only the fields they know are left out.
`;
};

function list(items) {
  return `${items.slice(0, -1).join(', ')} and ${items.at(-1)}`;
}
