import type { Fabric } from '../binaries/index.js';
import type { Profile } from '../profile/index.js';

/** What to bring up, where, and with what. */
export interface StartOptions {
  /** the folder that keeps the network's files; made when it is not there */
  readonly home: string;
  /** ids of the members whose nodes run here, each made ready before; every member when left out */
  readonly members?: readonly string[];
  /** the folder that the founder handed over, taken in first; what lies in the home when left out */
  readonly from?: string;
  /** how long to wait for members on other hosts; ten minutes when left out */
  readonly patienceMs?: number;
  /** the consortium root of every channel; the network's own copy when left out */
  readonly rootFile?: string;
  /** by channel, where each has a root of its own; stands over `rootFile` */
  readonly rootFiles?: Readonly<Record<string, string>>;
  /** the network's own, else the one that ships, when left out */
  readonly profile?: Profile;
  /** instead of the profile's first port; 0 picks free ones */
  readonly portBase?: number;
  /** the built package that exports `contracts`; the chaincode beside this package when left out */
  readonly chaincodeDir?: string;
  /** looked for, and built when there is none, when left out */
  readonly fabric?: Fabric;
  /** the programs of Fabric CA, likewise */
  readonly fabricCa?: Fabric;
  /** called with a line for each step */
  readonly log?: (line: string) => void;
  /** when aborted, what was started is stopped and the start rejects */
  readonly signal?: AbortSignal;
}
