import { createProgram } from './create-program';
import { run } from './run';

void run(async () => {
  await createProgram().parseAsync();
});
