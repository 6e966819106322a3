/**
 * The contract API logs every decorator at `info` while it loads, and at `error` what a contract refused, with
 * ids that are personal data. It reads its level once, when it is first imported: this file is imported before
 * it. An operator's own setting stands.
 */
process.env['CORE_CHAINCODE_LOGGING_LEVEL'] ??= 'CRITICAL';
