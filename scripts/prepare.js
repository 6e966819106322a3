import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const COMPILER = 'node_modules/typescript-7/bin/tsc';
const BUNDLER = 'node_modules/vite/bin/vite.js';

const run = (...args) => spawnSync(process.execPath, args, { stdio: 'inherit' }).status ?? 1;

// npm calls this when it has installed: all is built but the suites, which 'npm test' builds
if (existsSync(COMPILER)) {
  process.exitCode =
    run(COMPILER, '-b', 'scripts') || run(BUNDLER, 'build', 'gateway/web', '--logLevel', 'warn');
} else {
  console.log('nothing is built: the compiler was left out of this install');
}
