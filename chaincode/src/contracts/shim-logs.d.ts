interface ShimLogger {
  readonly levels: Readonly<Record<string, number>>;
  isLevelEnabled(level: string): boolean;
}

interface ShimLogs {
  /** one logger for each name, whoever asks */
  getLogger(name: string): ShimLogger;
}

declare module 'fabric-shim/lib/logger.js' {
  const logs: ShimLogs;
  export default logs;
}

declare module 'fabric-contract-api/lib/logger.js' {
  const logs: ShimLogs;
  export default logs;
}
