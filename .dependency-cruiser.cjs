/** The import rules: domain <- crypto, state <- commands <- contracts, replay <- ledger <- gateway; cli <- scripts; client -> domain; network alone. */
const inside = (path) => `^${path}/`;

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'domain-is-pure',
      comment: 'the domain imports itself and pure libraries, never Node or another layer',
      severity: 'error',
      from: { path: inside('chaincode/domain/src'), pathNot: '\\.(test|fixture)\\.ts$' },
      to: {
        pathNot: [
          inside('chaincode/domain/src'),
          'node_modules/(zod|@noble/hashes|lossless-json|bcp-47|iso-3166|language-subtag-registry)/',
        ],
      },
    },
    {
      name: 'crypto-and-state-see-the-domain-only',
      severity: 'error',
      from: { path: 'chaincode/src/(crypto|state)/' },
      to: { path: 'chaincode/src/(commands|contracts|replay|index)' },
    },
    {
      name: 'crypto-and-state-do-not-know-each-other',
      severity: 'error',
      from: { path: 'chaincode/src/(crypto|state)/', pathNot: '\\.test\\.ts$' },
      to: { path: 'chaincode/src/(crypto|state)/', pathNot: 'chaincode/src/$1/' },
    },
    {
      name: 'commands-below-contracts-and-replay',
      severity: 'error',
      from: { path: inside('chaincode/src/commands') },
      to: { path: 'chaincode/src/(contracts|replay|index)' },
    },
    {
      name: 'replay-runs-no-contract',
      severity: 'error',
      from: { path: inside('chaincode/src/replay') },
      to: { path: ['chaincode/src/contracts', 'node_modules/fabric-'] },
    },
    {
      name: 'contracts-do-not-replay',
      severity: 'error',
      from: { path: inside('chaincode/src/contracts') },
      to: { path: 'chaincode/src/replay' },
    },
    {
      name: 'chaincode-imports-no-other-package',
      severity: 'error',
      from: { path: '^chaincode/(domain/)?src/' },
      to: { path: '^(gateway|network|scripts|test)/' },
    },
    {
      name: 'client-sees-the-domain-only',
      comment: 'the client imports the domain and pure libraries, so that it runs in browsers',
      severity: 'error',
      from: { path: inside('gateway/client/src'), pathNot: '\\.(test|fixture)\\.ts$' },
      to: {
        pathNot: [
          inside('gateway/client/src'),
          '^chaincode/domain/(src|dist)/',
          'node_modules/(zod|jose|eventsource-parser|hash-wasm|@noble/[a-z-]+)/',
          '^(node:)?(crypto|fs|fs/promises)$',
        ],
      },
    },
    {
      name: 'client-needs-node-in-one-folder',
      severity: 'error',
      from: {
        path: inside('gateway/client/src'),
        pathNot: ['^gateway/client/src/node/', '\\.(test|fixture)\\.ts$'],
      },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'client-browser-entry-without-node',
      severity: 'error',
      from: {
        path: inside('gateway/client/src'),
        pathNot: ['^gateway/client/src/node/', '\\.(test|fixture)\\.ts$'],
      },
      to: { path: '^gateway/client/src/node/' },
    },
    {
      name: 'pages-are-thin-over-the-client',
      comment: 'pages reach the API through the client, and run in browsers',
      severity: 'error',
      from: { path: inside('gateway/web/src'), pathNot: '\\.(test|fixture)\\.ts$' },
      to: {
        pathNot: [
          inside('gateway/web/src'),
          '^gateway/client/(src|dist)/',
          '^chaincode/domain/(src|dist)/',
          'node_modules/(preact|idb)/',
        ],
      },
    },
    {
      name: 'gateway-imports-chaincode-only',
      severity: 'error',
      from: { path: '^gateway/(ledger/)?src/' },
      to: { path: '^(network|scripts|test)/' },
    },
    {
      name: 'contracts-and-shim-in-the-embedded-ledger-only',
      severity: 'error',
      from: {
        path: '^gateway/(ledger/)?src/',
        pathNot: ['^gateway/ledger/src/embedded/', '\\.(test|fixture)\\.ts$'],
      },
      to: {
        path: [
          '^chaincode/(src|dist)/(contracts|state|commands)/',
          'node_modules/fabric-(shim|contract-api)/',
        ],
      },
    },
    {
      name: 'shim-in-one-file',
      severity: 'error',
      from: { path: '^gateway/(ledger/)?src/', pathNot: '^gateway/ledger/src/embedded/shim\\.ts$' },
      to: { path: 'node_modules/fabric-(shim|contract-api)/' },
    },
    {
      name: 'ledger-knows-no-gateway',
      severity: 'error',
      from: { path: inside('gateway/ledger/src') },
      to: { path: '^gateway/(src|dist|client)/' },
    },
    {
      name: 'cli-knows-no-scripts',
      severity: 'error',
      from: { path: inside('gateway/cli/src') },
      to: { path: '^(scripts|test)/' },
    },
    {
      name: 'nothing-of-the-gateway-knows-the-cli',
      severity: 'error',
      from: { path: '^gateway/(ledger/|client/)?src/' },
      to: { path: '^gateway/cli/' },
    },
    {
      name: 'network-stands-alone',
      severity: 'error',
      from: { path: inside('network/src') },
      to: { path: '^(chaincode|gateway|scripts|test)/' },
    },
    {
      name: 'oracle-judges-by-itself',
      comment:
        'what judges the rules shares nothing with them; its generator plays them, its mutants break them',
      severity: 'error',
      from: {
        path: inside('test/src/oracle'),
        pathNot: [
          '^test/src/oracle/(generator|mutants)/',
          '^test/src/oracle/oracle(\\.test)?\\.ts$',
        ],
      },
      to: { pathNot: ['^test/src/oracle/(?!(generator|mutants)/)', '^(node:)?(fs|path|url)$'] },
    },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
  ],
  options: {
    doNotFollow: { path: ['node_modules', 'dist'] },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
    },
  },
};
