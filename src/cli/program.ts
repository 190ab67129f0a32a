import { createProgram } from './create-program';
import { run } from './terminal';

void run(async () => {
  await createProgram().parseAsync();
});
