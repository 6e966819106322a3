export {
  actorSchema as actor,
  formerKeysSchema as formerKeys,
  organisationSchema as organisation,
  processSchema as processVersion,
  rootSchema as consortium,
  sessionSchema as session,
} from '@veinledger/domain';
