import { Tokenization } from 'aws-cdk-lib';
import { APP_SPEC_HOOKS, CODE_DEPLOY_TO_ECS } from '../../aws/code-deploy';
import type { AppSpecPlan } from './ecs-specs';
import { SHIFT_HOOKS } from '../rollout/rollout-plan';

/**
 * The lines of the AppSpec of a deployment. All texts stand in quotes, as JSON writes them, which is YAML too.
 *
 * @see
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html#reference-appspec-file-structure-resources-ecs
 */
export function appSpecLines({
  containerName,
  containerPort,
  platformVersion,
  capacityProviders = [],
  hooks,
}: AppSpecPlan): string[] {
  const properties = [
    `TaskDefinition: ${text(CODE_DEPLOY_TO_ECS.taskDefinitionPlaceholder)}`,
    'LoadBalancerInfo:',
    `  ContainerName: ${text(containerName)}`,
    `  ContainerPort: ${Tokenization.stringifyNumber(containerPort)}`,
    ...(platformVersion === undefined ? [] : [`PlatformVersion: ${text(platformVersion)}`]),
    ...(capacityProviders.length === 0
      ? []
      : [
          'CapacityProviderStrategy:',
          ...capacityProviders.flatMap(({ name, base, weight }) => [
            `  - CapacityProvider: ${text(name)}`,
            // AWS shows all three keys; these are the defaults of ECS.
            `    Base: ${base ?? 0}`,
            `    Weight: ${weight ?? 0}`,
          ]),
        ]),
  ];
  const asked = SHIFT_HOOKS.flatMap((hook) =>
    hooks[hook] ? [`  - ${APP_SPEC_HOOKS[hook]}: ${text(hooks[hook].functionName)}`] : [],
  );
  return [
    'version: 0.0',
    'Resources:',
    '  - TargetService:',
    '      Type: AWS::ECS::Service',
    '      Properties:',
    ...properties.map((line) => `        ${line}`),
    ...(asked.length === 0 ? [] : ['Hooks:', ...asked]),
  ];
}

const text = (value: string) => JSON.stringify(value);
