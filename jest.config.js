/** Jest runs what tsc compiled: no transform, ES modules as they are. */
export default {
  testEnvironment: 'node',
  transform: {},
  roots: [
    '<rootDir>/chaincode/domain/dist',
    '<rootDir>/chaincode/dist',
    '<rootDir>/gateway/ledger/dist',
    '<rootDir>/gateway/dist',
    '<rootDir>/gateway/client/dist',
    '<rootDir>/gateway/web/dist',
    '<rootDir>/gateway/cli/dist',
    '<rootDir>/network/dist',
    '<rootDir>/scripts/dist',
    '<rootDir>/test/dist',
  ],
  // jest loads CommonJS dependencies before their importers run: @peculiar/x509 needs the first
  // of these before it, and @hyperledger/fabric-gateway the second, an ES module, already linked
  setupFiles: ['reflect-metadata', '@noble/curves/nist.js'],
  // the one limit for what hangs, and no measure: an upgrade on a real network takes minutes on a busy machine
  testTimeout: 1_200_000,
  // suites are ES modules, which jest keeps until their process ends: one that has grown is followed by another
  workerIdleMemoryLimit: '1GB',
  testMatch: ['**/*.test.js'],
  testSequencer: '<rootDir>/scripts/longest-first.js',
};
