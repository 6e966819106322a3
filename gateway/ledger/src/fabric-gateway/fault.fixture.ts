import { Metadata, type StatusObject, type status as GrpcCode } from '@grpc/grpc-js';
import { gateway, google } from '@hyperledger/fabric-protos';
import anys from 'google-protobuf/google/protobuf/any_pb.js';

/** An error of a gateway service; details are what single peers or orderers said, by MSP id. */
export interface Fault {
  readonly code: GrpcCode;
  readonly message: string;
  readonly details?: Readonly<Record<string, string>>;
  /** whether the orderers get the transaction all the same */
  readonly delivered?: boolean;
}

/** The fault as gRPC carries it. */
export function statusOf({ code, message, details = {} }: Fault): StatusObject {
  const status = new google.rpc.Status();
  status.setCode(code);
  status.setMessage(message);
  status.setDetailsList(
    Object.entries(details).map(([mspId, text]) => {
      const detail = new gateway.ErrorDetail();
      detail.setMspId(mspId);
      detail.setMessage(text);
      const any = new anys.Any();
      any.pack(detail.serializeBinary(), 'gateway.ErrorDetail');
      return any;
    }),
  );
  const metadata = new Metadata();
  metadata.set('grpc-status-details-bin', Buffer.from(status.serializeBinary()));
  return { code, details: message, metadata };
}
