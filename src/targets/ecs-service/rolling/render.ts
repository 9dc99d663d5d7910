import { rollingStatements } from '../grants';
import type { DeploymentRenderer } from '../render-deployment';

/** Renders nothing but permissions: the action of ECS needs no resources. */
export const ROLLING_RENDERER: DeploymentRenderer<'rolling'> = {
  renderResources: ({ service }) => ({ statements: rollingStatements(service) }),
  configuration: () => ({}),
  referencedResources: () => [],
  requiredNames: () => [],
};
