import { Command } from 'commander';
import { version } from '../../package.json';
import { registerCa } from './ca';
import { registerCheck } from './check';
import { registerInit } from './init';
import { registerJoin } from './join';
import { registerRemove } from './remove';
import { registerRotate } from './rotate';
import { registerSecrets } from './secrets';
import { registerSynth } from './synth';
import { registerUpgrade } from './upgrade';
import { registerVerify } from './verify';

const usualOrder = `
Usual order:
  istio-mesh init cluster1 cluster2   # then edit mesh.yaml
  istio-mesh synth                    # then apply the folder of each cluster
  istio-mesh join                     # then synth and apply again
  istio-mesh verify

Run istio-mesh check in CI and as a git hook.

Exit status: 0 if all is well, 1 after a problem, 2 if check could not search everything.`;

/** The program istio-mesh with all commands. */
export function createProgram(): Command {
  const program = new Command('istio-mesh')
    // Its own `process.exit` would come before a failure to write the output is known.
    .exitOverride()
    .description(
      'Joins Kubernetes clusters in separate networks into one Istio mesh. You describe the mesh in mesh.yaml; istio-mesh writes the Kubernetes manifests of each cluster, connects the clusters, and verifies that they reach each other.',
    )
    .version(version)
    .addHelpText('after', usualOrder);
  for (const register of [
    registerInit,
    registerSynth,
    registerJoin,
    registerVerify,
    registerCheck,
    registerSecrets,
    registerCa,
    registerRotate,
    registerRemove,
    registerUpgrade,
  ]) {
    register(program);
  }
  return program;
}
