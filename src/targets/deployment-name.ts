/** Options of every target that may stand beside others in an environment. */
export interface DeploymentNameOptions {
  /**
   * Tells deployments of one environment apart: 1 to 30 letters, digits, `_` and `-`. Must be concrete: steps and ids are made of it.
   *
   * @default - none; enough for one deployment
   */
  readonly deploymentName?: string;
}
