/** What a target is told of what it releases. */
export interface DeployRequest {
  readonly environment: string;
  readonly artifact: string;
}
