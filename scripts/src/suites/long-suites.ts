import { relative } from 'node:path';
import { ROOT } from './run-jest.js';

/** Suites that take long, and how long about on two quiet cores, seconds: an order for a machine that never ran them. */
export const LONG_SUITES: Readonly<Record<string, number>> = {
  'test/dist/fabric/contract.test.js': 350,
  'test/dist/fabric/contract-network.test.js': 300,
  'test/dist/fabric/apart-network.test.js': 200,
  'test/dist/fabric/under-load.test.js': 200,
  'test/dist/outside/schemathesis.test.js': 150,
  'test/dist/fabric/demo.test.js': 150,
  'test/dist/oracle/oracle.test.js': 130,
  'test/dist/fabric/attacks.test.js': 110,
  'test/dist/fabric/clients.test.js': 100,
  'test/dist/fabric/apart.test.js': 100,
  'test/dist/fabric/raft-renewal.test.js': 90,
  'test/dist/outside/release.test.js': 70,
  'test/dist/robustness/fuzz.test.js': 60,
  'test/dist/outside/java-client.test.js': 60,
  'test/dist/gateway/every-door.test.js': 45,
  'test/dist/property/mutated-commands.test.js': 42,
  'test/dist/gateway/doors.test.js': 40,
  'test/dist/outside/python-client.test.js': 40,
  'test/dist/contract/embedded.test.js': 28,
  'test/dist/gateway/routes.test.js': 21,
  'test/dist/operations/check.test.js': 20,
  'test/dist/events/kill.test.js': 19,
  'test/dist/events/stream.test.js': 19,
  'test/dist/crash/crash.test.js': 19,
  'gateway/dist/keystore/keystore.test.js': 18,
  'test/dist/operations/backup.test.js': 17,
  'gateway/ledger/dist/fabric-gateway/submit.test.js': 17,
  'test/dist/events/idle.test.js': 16,
  'test/dist/gateway/http-semantics.test.js': 16,
  'test/dist/bench/bench.test.js': 16,
};

/** How long a suite takes, seconds; 0 for one that does not take long. */
export function secondsOf(path: string): number {
  return LONG_SUITES[relative(ROOT, path)] ?? 0;
}
