/** Why a network could not be brought up, asked or taken down. */
export type NetworkErrorCode =
  /** the profile is not what the schema says */
  | 'PROFILE_INVALID'
  /** no source has a supported Fabric */
  | 'FABRIC_NOT_FOUND'
  /** a member or an identity of that name is not in this home */
  | 'IDENTITY_UNKNOWN'
  /** a port that a node needs belongs to somebody else */
  | 'PORT_TAKEN'
  /** the home folder holds a network made of something else: another profile, root or code */
  | 'NETWORK_DIFFERS'
  /** another launcher works on the same home folder */
  | 'HOME_LOCKED'
  /** what is about to run is not the code that members approved */
  | 'CODE_NOT_APPROVED'
  /** the home folder has no such node */
  | 'NODE_UNKNOWN'
  /** a file that the network needs is missing or unreadable */
  | 'FILE_MISSING'
  /** a tool of Fabric answered an error */
  | 'COMMAND_FAILED'
  /** a node ended or did not come up in time */
  | 'NODE_FAILED';

export class NetworkError extends Error {
  readonly code: NetworkErrorCode;

  constructor(code: NetworkErrorCode, message: string, options: { cause?: unknown } = {}) {
    super(`${code}: ${message}`, options);
    this.name = 'NetworkError';
    this.code = code;
  }
}
