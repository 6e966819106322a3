import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { runAsMain } from './main-process.js';
import { makeRelease } from './release/make-release.js';
import { REPOSITORY } from './release/workspaces.js';

const HELP = `npm run release -- [--to DIR]

Makes a release of what stands here: the packages that npm can publish, an archive that starts on a machine with
nothing but its own C library (Node, the packages and the deployment files inside), and SHA256SUMS.

  --to DIR   the folder, from which an earlier release is removed (default: release)

SOURCE_DATE_EPOCH   the time of everything in the archive (default: the last commit's)
`;

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      to: { type: 'string', default: join(REPOSITORY, 'release') },
      help: { type: 'boolean', short: 'h' },
    },
  });
  if (values.help) {
    console.log(HELP);
    return 0;
  }
  await makeRelease(values.to, (line) => console.log(line));
  return 0;
}

await runAsMain(main);
