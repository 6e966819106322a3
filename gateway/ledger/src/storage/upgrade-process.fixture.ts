import { HeldDatabase } from './held-database.js';
import { VIALS } from './upgraded-kind.fixture.js';

/** Upgrades the vials in a folder, and kills itself when it has told so many times how far it came. */
const [folder = '', tells = ''] = process.argv.slice(2);

let left = Number(tells);
const tell = () => {
  left -= 1;
  if (left === 0) process.kill(process.pid, 'SIGKILL');
};

const held = await HeldDatabase.take(VIALS, folder);
await held?.upgrade(tell);
await held?.release();
