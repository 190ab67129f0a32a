import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../files/read-file';

/** Whether a folder holds a cdk8s app. */
export function isExistingApp(directory: string): boolean {
  return ['cdk8s.yaml', 'main.ts'].some((name) => existsSync(join(directory, name)));
}

/** What a user must change by hand so that an existing cdk8s app writes the mesh. */
export function manualSteps(directory: string): string[] {
  const packageJson = readIfPresent(join(directory, 'package.json'));
  const cdk8sConfig = readIfPresent(join(directory, 'cdk8s.yaml'));
  const steps: string[] = [];
  if (packageJson !== undefined && !packageJson.includes('"cdk8s-istio-mesh"')) {
    steps.push('package.json does not depend on this package. Install it:\n  npm install cdk8s-istio-mesh');
  }
  if (cdk8sConfig?.includes('istio-mesh synth')) return steps;
  if (existsSync(join(directory, 'main.ts'))) steps.push(appStep);
  else if (cdk8sConfig !== undefined) steps.push(configStep);
  return steps;
}

const appStep = `main.ts writes your charts, but not the mesh. Create its app from mesh.yaml:

  import { IstioMeshApp, loadInputs, loadMesh } from 'cdk8s-istio-mesh';

  async function main(): Promise<void> {
    const mesh = loadMesh('mesh.yaml');
    const app = new IstioMeshApp({ mesh, ...(await loadInputs(mesh)) });
    // Add your charts here, to app or to a cluster: app.cluster('NAME').
    app.synth();
  }

  void main();`;

const configStep = `cdk8s.yaml runs another app. To write the mesh with cdk8s synth, change its app to:

  app: npx istio-mesh synth`;

function readIfPresent(file: string): string | undefined {
  return existsSync(file) ? readText(file) : undefined;
}
