import { runCommandLine } from './cli/program.js';
import { runAsMain } from './main-process.js';

await runAsMain(() =>
  runCommandLine(process.argv.slice(2), {
    out: (line) => console.log(line),
    error: (line) => console.error(line),
  }),
);
