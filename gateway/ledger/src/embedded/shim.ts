import { createRequire } from 'node:module';
import { Context, Contract, JSONSerializer } from 'fabric-contract-api';

export { Context, Contract };

/** A contract as fabric-shim starts it: without arguments. */
export type ContractClass = new () => Contract;

/** What the chaincode answers: from 400 on it is an error with a message. */
export interface ChaincodeResponse {
  readonly status: number;
  readonly message?: string;
  readonly payload?: Uint8Array;
}

/** The part of fabric-shim's stub that the ledger reads after a transaction ran. */
export interface Stub {
  readonly chaincodeEvent?: { getEventName(): string; getPayload_asU8(): Uint8Array };
  getStringArgs(): string[];
  getMspID(): string;
  getSignedProposal(): object;
}

/** fabric-shim's iterator over a protobuf `QueryResponse`; it asks the handler for further batches. */
export interface QueryIterator {
  next(): Promise<unknown>;
  close(): Promise<unknown>;
}

export interface Chaincode {
  Invoke(stub: Stub): Promise<ChaincodeResponse>;
}

type StubConstructor = new (
  handler: object,
  channel: string,
  transactionId: string,
  chaincodeInput: object,
  signedProposal: object,
) => Stub;

type IteratorConstructor = new (
  handler: object,
  channel: string,
  transactionId: string,
  response: object,
) => QueryIterator;

type ChaincodeConstructor = new (
  contracts: ContractClass[],
  serializers: { transaction: string; serializers: Record<string, typeof JSONSerializer> },
) => Chaincode;

interface Logger {
  readonly exceptions: { unhandle(): void };
  silent: boolean;
  debug: () => void;
}

interface LoggerModule {
  setLevel(level: string): void;
  getLogger(name: string): Logger;
}

/** A transaction's parameter as the contract API describes it. */
interface Parameter {
  readonly schema: object;
}

type HandleParameters = (
  transaction: { readonly parameters?: readonly Parameter[] },
  given: readonly Buffer[],
  logPrefix: string,
) => unknown[];

interface DataMarshall {
  readonly prototype: { handleParameters: HandleParameters };
}

interface X509Module {
  readonly Certificate: { fromPEM: (pem: string) => object };
}

/** Certificates that were read before; more than this are not remembered. */
const REMEMBERED_CERTIFICATES = 1024;

/** What logs something for every transaction. */
const CHATTY: readonly (readonly [module: 0 | 1, name: string])[] = [
  [0, 'contracts-spi/chaincodefromcontract.js'],
  [0, 'contracts-spi/datamarshall.js'],
  [0, 'lib/chaincode.js'],
  [0, 'lib/stub.js'],
  [0, 'lib/iterators.js'],
  [1, './lib/jsontransactionserializer.js'],
  [1, './lib/contract.js'],
];

const require = createRequire(import.meta.url);

/** Loads fabric-shim without what it does to its process: cipher suites, printing, swallowed crashes. */
function loadShim() {
  const cipherSuites = process.env['GRPC_SSL_CIPHER_SUITES'];
  // first, because it loads grpc-js, which has to read its cipher suites before handler.js narrows them
  const stub = require('fabric-shim/lib/stub.js') as StubConstructor;
  const iterators = require('fabric-shim/lib/iterators.js') as {
    StateQueryIterator: IteratorConstructor;
    HistoryQueryIterator: IteratorConstructor;
  };
  const chaincode =
    require('fabric-shim/lib/contract-spi/chaincodefromcontract.js') as ChaincodeConstructor;
  if (cipherSuites === undefined) delete process.env['GRPC_SSL_CIPHER_SUITES'];
  else process.env['GRPC_SSL_CIPHER_SUITES'] = cipherSuites;
  const loggers = ['fabric-shim/lib/logger.js', 'fabric-contract-api/lib/logger.js'].map(
    (path) => require(path) as LoggerModule,
  );
  quieten(loggers);
  rememberCertificates();
  passTextsThrough();
  letCrashesThrough(loggers);
  return { stub, chaincode, ...iterators };
}

/** A contract's error reaches the caller; both packages would print it as well, unless told otherwise. */
function quieten(loggers: readonly LoggerModule[]): void {
  const level = process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ?? 'CRITICAL';
  for (const logger of loggers) logger.setLevel(level);
  // setLevel leaves winston's name of the level there, which loggers made later do not understand
  process.env['CORE_CHAINCODE_LOGGING_LEVEL'] = level;
  if (level === 'DEBUG') return;
  // winston formats what nobody prints: it costs as much as deciding on the command
  for (const [module, name] of CHATTY) {
    const logger = loggers[module]?.getLogger(name);
    if (!logger) continue;
    logger.debug = () => undefined;
    logger.silent = level === 'CRITICAL';
  }
}

/** The contract API compiles a schema for each argument of each transaction, even where it says no more than text. */
function passTextsThrough(): void {
  const { prototype } = require('fabric-shim/lib/contract-spi/datamarshall.js') as DataMarshall;
  const { handleParameters } = prototype;
  prototype.handleParameters = function (transaction, given, logPrefix) {
    const { parameters } = transaction;
    return parameters?.length === given.length && parameters.every(isText)
      ? given.map((bytes) => bytes.toString('utf8'))
      : handleParameters.call(this, transaction, given, logPrefix);
  };
}

function isText({ schema }: Parameter): boolean {
  const members = Object.entries(schema);
  return members.length === 1 && members[0]?.[0] === 'type' && members[0][1] === 'string';
}

/** The shim reads the submitter's certificate for each transaction; an equal text is the same certificate. */
function rememberCertificates(): void {
  const fromShim = createRequire(require.resolve('fabric-shim/lib/chaincode.js'));
  const { Certificate } = fromShim('@fidm/x509') as X509Module;
  const read = Certificate.fromPEM.bind(Certificate);
  const known = new Map<string, object>();
  Certificate.fromPEM = (pem) => {
    const certificate = known.get(pem) ?? read(pem);
    if (known.size < REMEMBERED_CERTIFICATES) known.set(pem, certificate);
    return certificate;
  };
}

/** Both packages catch uncaught exceptions and unhandled rejections and go on: a gateway must not. */
function letCrashesThrough(loggers: readonly LoggerModule[]): void {
  for (const logger of loggers) logger.getLogger('_').exceptions.unhandle();
  for (const listener of process.listeners('unhandledRejection')) {
    if (listener.name === 'loggerUnhandledRejectionFn') {
      process.removeListener('unhandledRejection', listener);
    }
  }
}

const shim = loadShim();

export const ChaincodeStub = shim.stub;
export const StateQueryIterator = shim.StateQueryIterator;
export const HistoryQueryIterator = shim.HistoryQueryIterator;

/** The contract API's own dispatch over these contracts, with its JSON serialiser. */
export function chaincodeFromContracts(contracts: readonly ContractClass[]): Chaincode {
  return new shim.chaincode([...contracts], {
    transaction: 'jsonSerializer',
    serializers: { jsonSerializer: JSONSerializer },
  });
}
