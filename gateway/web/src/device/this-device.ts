import { PatientDevice } from '@veinledger/client/device';
import { programme } from '../address/settings.js';
import { indexedDbStore } from './indexed-db-store.js';

/** The device that the page is on. */
export const thisDevice = new PatientDevice({ store: indexedDbStore(programme()) });
