import { Tokenization } from 'aws-cdk-lib';
import { APP_SPEC_HOOKS, CODE_DEPLOY_TO_ECS } from '../../../aws/code-deploy';
import type { CapacityProviderSpec } from '../../ecs/task-definition-spec';
import { ROLLOUT_HOOKS } from '../../rollout/plan';
import type { AppSpec } from '../spec';

/**
 * Returns the lines of the AppSpec of a deployment. All texts are quoted as JSON, which is YAML, too.
 *
 * @see
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html#reference-appspec-file-structure-resources-ecs
 */
export function appSpecLines(spec: AppSpec): string[] {
  const hooks = hookLines(spec);
  const lines = [
    'version: 0.0',
    'Resources:',
    '  - TargetService:',
    '      Type: AWS::ECS::Service',
    '      Properties:',
    ...propertyLines(spec).map((line) => `        ${line}`),
  ];
  return hooks.length === 0 ? lines : [...lines, 'Hooks:', ...hooks];
}

function propertyLines({ containerName, containerPort, platformVersion, capacityProviders = [] }: AppSpec): string[] {
  const lines = [
    `TaskDefinition: ${quoted(CODE_DEPLOY_TO_ECS.taskDefinitionPlaceholder)}`,
    'LoadBalancerInfo:',
    `  ContainerName: ${quoted(containerName)}`,
    `  ContainerPort: ${Tokenization.stringifyNumber(containerPort)}`,
  ];
  if (platformVersion !== undefined) lines.push(`PlatformVersion: ${quoted(platformVersion)}`);
  if (capacityProviders.length > 0) {
    lines.push('CapacityProviderStrategy:', ...capacityProviders.flatMap(capacityProviderLines));
  }
  return lines;
}

/** AWS shows all three keys; the defaults are those of ECS. */
function capacityProviderLines({ name, base = 0, weight = 0 }: CapacityProviderSpec): string[] {
  return [`  - CapacityProvider: ${quoted(name)}`, `    Base: ${base}`, `    Weight: ${weight}`];
}

function hookLines({ hooks }: AppSpec): string[] {
  return ROLLOUT_HOOKS.flatMap((name) => {
    const hook = hooks[name];
    return hook ? [`  - ${APP_SPEC_HOOKS[name]}: ${quoted(hook.functionName)}`] : [];
  });
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
