import type { ToldSuites } from './run-jest.js';

interface SuiteResult {
  readonly testFilePath: string;
  readonly numFailingTests: number;
  /** why the suite could not be run at all */
  readonly testExecError?: unknown;
  readonly perfStats: { readonly runtime: number };
}

/** A jest reporter that tells the process that started jest how long each suite took, and which failed. */
export default class TellSuites {
  async onRunComplete(
    _contexts: unknown,
    { testResults }: { readonly testResults: readonly SuiteResult[] },
  ): Promise<void> {
    const told: ToldSuites = testResults.map(
      ({ testFilePath, numFailingTests, testExecError, perfStats }) => ({
        path: testFilePath,
        failed: numFailingTests > 0 || testExecError !== undefined,
        seconds: perfStats.runtime / 1000,
      }),
    );
    await new Promise((sent) => process.send?.(told, sent));
  }
}
