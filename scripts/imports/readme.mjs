import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Writes what the folder is, and the version of Istio that it is of. */
export function writeReadme(folder, version) {
  writeFileSync(join(folder, 'README.md'), text(version));
}

const text = (version) => `# Typed resources of Istio ${version}

Everything in this folder is written by one command, and by nobody's hand:

    npm run imports

It takes the istioctl on the PATH, or the one that \`ISTIOCTL\` names.

- \`crds/\`: the CustomResourceDefinitions that istioctl installs, without the prose in their schemas.
- \`*.ts\`: what \`cdk8s import\` makes of each kind's newest served version. Names that it changes are as in
  Istio again, and its functions that copy only the fields they know are left out.
`;
