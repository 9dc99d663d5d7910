/** Name of a step that releases to an environment. */
export const stepOf = (verb: string, environment: string, deploymentName?: string) =>
  [verb, environment, ...(deploymentName === undefined ? [] : [deploymentName])].join('-');
