import type { DeployRequest, TargetPlan, TargetPlanner, UnplacedStep } from './deploy-request';
import type { Environment } from '../pipeline/env';
import type { Problem } from '../pipeline/problems';

/** Planner that is made of functions. */
export class FunctionTarget implements TargetPlanner {
  public constructor(
    private readonly planSteps: (request: DeployRequest) => UnplacedStep[],
    private readonly check: (prop: string, request: DeployRequest) => Problem[],
    private readonly env: () => Environment | undefined = () => undefined,
    private readonly given: (prop: string) => Problem[] = () => [],
  ) {}

  public plan(request: DeployRequest): TargetPlan {
    const { problems } = request;
    const missing = this.given(problems.path);
    problems.addAll(missing);
    if (missing.length > 0) return { steps: [] };
    problems.addAll(this.check(problems.path, request));
    return { steps: this.planSteps(request).map((step) => ({ ...step, path: problems.path })), env: this.env() };
  }
}
