import { Tokenization } from 'aws-cdk-lib';
import { APP_SPEC_HOOKS, CODE_DEPLOY_TO_ECS } from '../../../aws/code-deploy';
import { compact } from '../../../common/compact';
import type { CapacityProviderSpec } from '../../ecs/task-definition-spec';
import { ROLLOUT_HOOKS } from '../../rollout/plan';
import type { AppSpec } from '../spec';

/**
 * Returns the lines of the AppSpec of a deployment. All strings are quoted as JSON, which is valid YAML.
 *
 * @see
 * https://docs.aws.amazon.com/codedeploy/latest/userguide/reference-appspec-file-structure-resources.html#reference-appspec-file-structure-resources-ecs
 */
export function appSpecLines(spec: AppSpec): string[] {
  const hooks = hookLines(spec);
  if (hooks.length > 0) hooks.unshift('Hooks:');
  return [
    'version: 0.0',
    'Resources:',
    '  - TargetService:',
    '      Type: AWS::ECS::Service',
    '      Properties:',
    ...propertyLines(spec).map((line) => `        ${line}`),
    ...hooks,
  ];
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

/** Returns all three keys, as in the AWS documentation, with the defaults of ECS. */
function capacityProviderLines({ name, base = 0, weight = 0 }: CapacityProviderSpec): string[] {
  return [`  - CapacityProvider: ${quoted(name)}`, `    Base: ${base}`, `    Weight: ${weight}`];
}

function hookLines({ hooks }: AppSpec): string[] {
  const lines = ROLLOUT_HOOKS.map((name) => {
    const hook = hooks[name];
    return hook && `  - ${APP_SPEC_HOOKS[name]}: ${quoted(hook.functionName)}`;
  });
  return compact(lines);
}

function quoted(text: string): string {
  return JSON.stringify(text);
}
