import { createRequire } from 'node:module';
import { readDeployment, startDeployedGateway } from '../index.js';

/** Starts the gateway of a file of settings, and prints each module of other packages that it has loaded by then. */
const gateway = await startDeployedGateway(await readDeployment(process.argv[2], {}));
const modules = Object.keys(createRequire(import.meta.url).cache);
await new Promise<void>((done) => process.stdout.write(JSON.stringify(modules), () => done()));
await gateway.close();
process.exit();
