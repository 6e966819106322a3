import './log-level.js';
import apiLogs from 'fabric-contract-api/lib/logger.js';
import shimLogs from 'fabric-shim/lib/logger.js';

/** Those that speak in every transaction, most of all at each message to and from the peer. */
const SPEAKERS = [
  ...['lib/handler.js', 'lib/stub.js', 'lib/chaincode.js'].map((name) => shimLogs.getLogger(name)),
  shimLogs.getLogger('contracts-spi/chaincodefromcontract.js'),
  shimLogs.getLogger('contracts-spi/datamarshall.js'),
  apiLogs.getLogger('./lib/contract.js'),
  apiLogs.getLogger('./lib/jsontransactionserializer.js'),
];

/**
 * The logger of the shim puts the time to each message, pads and colours it before it finds that its level is not
 * written, which took a sixth of the time of a transaction. A level that is off is not even called.
 */
for (const logger of SPEAKERS) {
  const off = Object.keys(logger.levels).filter((level) => !logger.isLevelEnabled(level));
  for (const level of off) Object.assign(logger, { [level]: () => logger });
}
