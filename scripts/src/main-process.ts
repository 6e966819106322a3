import { assertNativeMlDsa } from '@veinledger/chaincode/crypto';

/** Runs a script's main function: what it gives is the exit code; what it throws is told in one line. */
export async function runAsMain(main: () => Promise<number>): Promise<void> {
  try {
    assertNativeMlDsa();
    process.exitCode = await main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
