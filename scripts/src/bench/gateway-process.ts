import { nativeVerifier } from '@veinledger/chaincode/crypto';
import { startGateway } from '@veinledger/gateway';
import { homeAt, openEmbedded, readRoot } from '@veinledger/cli';
import { CpuProfile } from './cpu-profile.js';
import type { Answer, Question, Usage } from './gateway-messages.js';
import { countingVerifier, countInProcess } from './verification-count.js';

/** Serves the embedded ledger of a home, and tells the process that started it what that costs. */
const inProcess = countInProcess();
const { verifier, count: inContract } = countingVerifier(nativeVerifier);
const home = homeAt(process.argv[2] ?? '');
const ledger = await openEmbedded(home, verifier);
const gateway = await startGateway(
  {
    port: 0,
    vault: home.vault,
    wallet: home.wallet,
    environment: 'production',
    behindProxy: true,
    // one sender stands for a whole consortium
    rateLimit: { perMinute: 1_000_000_000, burst: 1_000_000_000 },
  },
  { ledger, root: await readRoot(home) },
);
const profile = new CpuProfile();

function tell(answer: Answer): void {
  process.send?.(answer);
}

function usage(): Usage {
  const all = process.cpuUsage();
  const thread = process.threadCpuUsage();
  return {
    residentBytes: process.memoryUsage.rss(),
    processMs: (all.user + all.system) / 1000,
    threadMs: (thread.user + thread.system) / 1000,
    inContract,
    inProcess,
  };
}

async function answer(question: Question): Promise<void> {
  switch (question) {
    case 'usage':
      tell({ told: 'usage', usage: usage() });
      break;
    case 'start-profile':
      await profile.start();
      tell({ told: 'profiling' });
      break;
    case 'stop-profile':
      tell({ told: 'profile', profile: await profile.stop() });
      break;
    case 'stop':
      await gateway.close();
      await ledger.close();
      tell({ told: 'stopped' });
      process.disconnect();
  }
}

process.on('message', (question: Question) => void answer(question));
// the bench is gone: so is what it wanted
process.on('disconnect', () => process.exit());
tell({ told: 'listening', url: gateway.url });
