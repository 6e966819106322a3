#!/usr/bin/env node
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import { dirname, join } from 'node:path';
import { URL } from 'node:url';

const require = module.createRequire(import.meta.url);

/** The Node that was installed beside veinledger, where there is one for this machine. */
function pinnedNode() {
  const { platform, arch, execPath } = process;
  const name = platform === 'win32' ? 'node-win' : `node-${platform}`;
  try {
    const folder = dirname(require.resolve(`${name}-${arch}/package.json`));
    return realpathSync(join(folder, 'bin', platform === 'win32' ? 'node.exe' : 'node'));
  } catch {
    return execPath;
  }
}

/** Runs this again under another Node, which gets every signal and whose end is the end of this. */
function startAgain(node) {
  const child = spawn(node, process.argv.slice(1), { stdio: 'inherit' });
  // a terminal's Ctrl-C reaches both
  const forward = (signal) => signal !== 'SIGINT' && child.kill(signal);
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, forward);
  child.on('exit', (code, signal) => {
    for (const each of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeListener(each, forward);
    if (signal === null) process.exitCode = code ?? 1;
    else process.kill(process.pid, signal);
  });
}

const main = new URL('../dist/main.js', import.meta.url);
const node = pinnedNode();
if (!existsSync(main)) {
  console.error(
    "veinledger is not built: run 'npm ci', or 'npm run build', where its package.json is",
  );
  process.exitCode = 1;
} else if (node !== realpathSync(process.execPath)) {
  startAgain(node);
} else {
  module.enableCompileCache?.();
  await import(main.href);
}
