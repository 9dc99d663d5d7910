import { rollingStatements } from '../grants';
import type { DeploymentRenderer } from '../render-deployment';

/** Renders the permissions of the ECS action, which requires no resources. */
export const ROLLING_RENDERER: DeploymentRenderer<'rolling'> = {
  renderResources: ({ service }) => ({ statements: rollingStatements(service) }),
  configuration: () => ({}),
  referencedResources: () => [],
  requiredNames: () => [],
};
