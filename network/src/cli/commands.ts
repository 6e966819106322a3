import type { ListedCommand } from './command.js';

/** Every command, in the order of the help. */
export const COMMANDS: readonly ListedCommand[] = [
  {
    name: 'up',
    summary: 'brings the consortium up, or what is missing of it',
    load: async () => (await import('./up.js')).up,
  },
  {
    name: 'status',
    summary:
      'shows the Fabric that runs, each process, its heights, who leads, and why one is not started',
    load: async () => (await import('./status.js')).status,
  },
  {
    name: 'logs',
    summary: "shows the end of a node's log, and what comes",
    load: async () => (await import('./logs.js')).logs,
  },
  {
    name: 'stop',
    summary: 'stops one node; it stays stopped until it is started',
    load: async () => (await import('./node.js')).stop,
  },
  {
    name: 'start',
    summary: 'starts a node that was stopped',
    load: async () => (await import('./node.js')).start,
  },
  {
    name: 'verify',
    summary: "compares the members' ledgers and code",
    load: async () => (await import('./verify.js')).verify,
  },
  {
    name: 'upgrade',
    summary: 'moves a channel to new chaincode while it goes on',
    load: async () => (await import('./upgrade.js')).upgrade,
  },
  {
    name: 'revoke',
    summary: "revokes a client identity of a member; the channels' peers refuse it from then on",
    load: async () => (await import('./credentials.js')).revoke,
  },
  {
    name: 'revoke-tls',
    summary:
      "revokes a TLS certificate of a member and writes the list, which other members' gateways read",
    load: async () => (await import('./credentials.js')).revokeTls,
  },
  {
    name: 'renew',
    summary: 'renews certificates that end soon',
    load: async () => (await import('./credentials.js')).renew,
  },
  {
    name: 'binaries',
    summary: 'shows which Fabric and Fabric CA are used, from where, and why not another',
    load: async () => (await import('./binaries.js')).binaries,
  },
  {
    name: 'found',
    summary: 'several machines, 1: the founder writes what all members agree on',
    load: async () => (await import('./founding.js')).found,
  },
  {
    name: 'prepare',
    summary: 'several machines, 2: each member makes its keys',
    load: async () => (await import('./founding.js')).prepare,
  },
  {
    name: 'accept',
    summary: "several machines, 3: the founder takes a member's public half in",
    load: async () => (await import('./founding.js')).accept,
  },
  {
    name: 'assemble',
    summary:
      'several machines, 4: the founder makes the first blocks; then each member: up --member',
    load: async () => (await import('./founding.js')).assemble,
  },
  {
    name: 'invite',
    summary: 'writes what a new member of the running network needs',
    load: async () => (await import('./joining.js')).invite,
  },
  {
    name: 'join',
    summary: 'makes the keys of an invited member in a home of its own',
    load: async () => (await import('./joining.js')).join,
  },
  {
    name: 'admit',
    summary: 'signs the admission of a new member; sends it when more than half have signed',
    load: async () => (await import('./joining.js')).admit,
  },
  {
    name: 'down',
    summary: 'ends the supervisor and every process of this home; the files stay',
    load: async () => (await import('./down.js')).down,
  },
];
