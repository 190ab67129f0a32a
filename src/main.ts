import { synthAndTell } from './cli/synth';
import { run } from './cli/terminal';

/**
 * The app that `cdk8s synth` runs: the mesh of mesh.yaml in the working directory. The summary goes to
 * standard error, because cdk8s keeps what an app prints to standard output to itself.
 */
void run(() => synthAndTell({ meshFile: 'mesh.yaml', summary: process.stderr }));
