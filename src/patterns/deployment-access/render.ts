import { Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { PipelineIdentity } from '../../render/cross-account-names';
import type { EnvironmentScope } from '../../render/environment-scope';
import { crossEnvScope } from '../../render/environment-context';
import type { StepPlan, ActionSpec } from '../../pipeline/pipeline-plan';
import { renderStageResources } from '../../targets/cdk-stage/render';
import { renderServiceResources } from '../../targets/ecs/render-service';
import { renderTaskResources } from '../../targets/ecs/render-task';
import { renderEksResources } from '../../targets/eks/render';
import { renderLambdaImageResources } from '../../targets/lambda-image/render';
import { renderStackResources } from '../../targets/cloudformation/render';
import { renderSiteResources } from '../../targets/static-site/render';
import type { RenderedEnvironment } from '../../render/rendered';

interface Access {
  readonly environments: ReadonlyArray<{ readonly name: string; readonly steps: readonly StepPlan[] }>;
  readonly logDays: number;
}

/** What of a deployment is made where the environment is, by what is deployed; nothing for what follows from another step. */
const ENVIRONMENT_RENDERERS: {
  readonly [K in ActionSpec['kind']]?: (
    environmentScope: EnvironmentScope,
    spec: Extract<ActionSpec, { kind: K }>,
    step: StepPlan,
  ) => RenderedEnvironment | undefined;
} = {
  'static-site': renderSiteResources,
  'prepare-stack': renderStackResources,
  'prepare-cdk-stack': (environmentScope, spec, { name }) =>
    name === spec.first ? renderStageResources(environmentScope, spec) : undefined,
  'prepare-service': renderServiceResources,
  'run-task': renderTaskResources,
  'deploy-eks': renderEksResources,
  'deploy-lambda-image': renderLambdaImageResources,
};

/** What environments consist of, apart from their pipeline. */
export function renderAccess(
  scope: Construct,
  access: Access,
  identity: PipelineIdentity,
): { environments: RenderedEnvironment[] } {
  const { environments, logDays } = access;
  const { account, region } = Stack.of(scope);
  return {
    environments: environments.flatMap(({ name, steps }) => {
      // Whether the pipeline has a key of its own, other environments decide.
      const environmentScope = crossEnvScope(scope, {
        identity,
        environment: name,
        place: { account, region },
        logDays,
        hasKey: true,
      });
      return steps.flatMap((step) => {
        // The table is exact for each kind; the compiler cannot see that key and value belong together.
        const render = ENVIRONMENT_RENDERERS[step.spec.kind] as
          | ((environmentScope: EnvironmentScope, spec: ActionSpec, step: StepPlan) => RenderedEnvironment | undefined)
          | undefined;
        return render?.(environmentScope, step.spec, step) ?? [];
      });
    }),
  };
}
