import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build, type Plugin } from 'esbuild';
import { NetworkError } from '../errors.js';

/** What serves the contracts, as it was compiled; it resolves fabric-shim where the contracts do. */
const SERVER = new URL('./serve.js', import.meta.url);

const ENTRY = `import { contracts } from './dist/index.js';
import { name, version } from './package.json';
import { serve } from 'veinledger:serve';

serve(contracts, { name, version }).catch((error) => {
  console.error(error);
  process.exit(1);
});
`;

/**
 * Makes one file of a chaincode package and of everything that it loads, fabric-shim's server included. The
 * same sources give the same bytes on every machine and in every folder: paths in it are relative to the
 * package, and it holds no time. It is left readable, since members approve it.
 * @param chaincodeDir the built package, which exports `contracts` from dist/index.js
 * @throws NetworkError FILE_MISSING when it is not built, or something that it imports is not installed
 */
export async function bundleChaincode(chaincodeDir: string): Promise<Buffer> {
  const server = await readFile(SERVER, 'utf8');
  try {
    const { outputFiles } = await build({
      stdin: { contents: ENTRY, resolveDir: chaincodeDir, sourcefile: 'entry.js' },
      absWorkingDir: chaincodeDir,
      plugins: [serverPlugin(server, chaincodeDir)],
      bundle: true,
      write: false,
      platform: 'node',
      target: 'node24',
      format: 'cjs',
      // the contract API names schemas by their classes
      keepNames: true,
      legalComments: 'inline',
      charset: 'utf8',
      logLevel: 'silent',
      // nothing but what is named here: no tsconfig.json, which lies in a checkout only
      tsconfigRaw: {},
    });
    const [bundle] = outputFiles;
    if (bundle === undefined) throw new Error('esbuild wrote nothing');
    return Buffer.from(bundle.contents);
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    const built = join(chaincodeDir, 'dist/index.js');
    throw new NetworkError('FILE_MISSING', `${built} cannot be bundled; is it built? ${why}`, {
      cause,
    });
  }
}

function serverPlugin(contents: string, resolveDir: string): Plugin {
  return {
    name: 'serve',
    setup(building) {
      building.onResolve({ filter: /^veinledger:serve$/ }, () => ({
        path: 'serve.js',
        namespace: 'veinledger',
      }));
      building.onLoad({ filter: /.*/, namespace: 'veinledger' }, () => ({ contents, resolveDir }));
    },
  };
}
