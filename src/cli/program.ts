import { Command } from 'commander';
import { registerCa } from './ca';
import { registerCheck } from './check';
import { registerInit } from './init';
import { registerJoin } from './join';
import { registerSecrets } from './secrets';
import { registerSynth } from './synth';
import { run } from './terminal';
import { registerVerify } from './verify';

// The package's own name finds its package.json from the sources and from the compiled files alike.
const { version } = require('cdk8s-istio-mesh/package.json') as { version: string };

const program = new Command('istio-mesh')
  .description('One definition joins Kubernetes clusters in separate networks into one Istio mesh.')
  .version(version);

for (const register of [
  registerInit,
  registerCa,
  registerSynth,
  registerJoin,
  registerSecrets,
  registerCheck,
  registerVerify,
]) {
  register(program);
}

void run(async () => {
  await program.parseAsync();
});
