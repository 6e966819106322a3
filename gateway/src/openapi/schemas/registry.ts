export {
  actorSchema as actor,
  formerKeysSchema as formerKeys,
  keyShareSchema as keyShare,
  organisationSchema as organisation,
  personKeySchema as personKey,
  processSchema as processVersion,
  rootSchema as consortium,
  rotaSchema as rota,
  sessionSchema as session,
  trainingSchema as training,
} from '@veinledger/domain';
