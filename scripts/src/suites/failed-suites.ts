interface SuiteResult {
  readonly testFilePath: string;
  readonly numFailingTests: number;
  /** why the suite could not be run at all */
  readonly testExecError?: unknown;
}

/** A jest reporter that sends the paths of the suites that failed to the process that started jest. */
export default class FailedSuites {
  async onRunComplete(
    _contexts: unknown,
    { testResults }: { readonly testResults: readonly SuiteResult[] },
  ): Promise<void> {
    const failed = testResults.filter(
      ({ numFailingTests, testExecError }) => numFailingTests > 0 || testExecError !== undefined,
    );
    const paths = failed.map(({ testFilePath }) => testFilePath);
    await new Promise((sent) => process.send?.(paths, sent));
  }
}
