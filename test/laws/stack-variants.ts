import { aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import { source } from './variants';
import {
  Approval,
  BuildStep,
  DeploymentEnvironment,
  DeploymentWave,
  DeployTarget,
  PipelineMonitoring,
  PipelineStage,
  SelfUpdate,
  StackCapability,
  TestStep,
  type CloudFormationStackOptions,
  type DeliveryPipelineProps,
} from '../../src';
import { hostedTarget, pipelineTarget } from '../helpers/app-config';
import { servicesNear } from '../helpers/services';

const build = BuildStep.shell(['make'], { outputDirectory: 'out' });

function to(
  ...stages: Array<{ name: string; stackName: string; options?: CloudFormationStackOptions }>
): DeliveryPipelineProps {
  return {
    sources: [source],
    stages: [
      PipelineStage.steps('Build', [build]),
      ...stages.map(({ name, stackName, options }) =>
        PipelineStage.environment(
          new DeploymentEnvironment(name, {
            target: DeployTarget.cloudFormationStack(stackName, options),
            tests: [TestStep.shell(['./accept.sh'])],
          }),
        ),
      ),
    ],
  };
}

function configured(target: DeployTarget): DeliveryPipelineProps {
  return {
    sources: [source],
    stages: [
      PipelineStage.steps('Build', [build]),
      PipelineStage.environment(new DeploymentEnvironment('live', { target })),
    ],
  };
}

/** CloudFormation stacks and configurations as targets, one choice at a time; the laws hold for each. */
export const STACK_VARIANTS: Readonly<Record<string, (stack: Stack) => DeliveryPipelineProps>> = {
  'a stack': () => to({ name: 'live', stackName: 'acme-shop' }),
  'two stacks': () =>
    to({ name: 'staging', stackName: 'acme-shop-staging' }, { name: 'production', stackName: 'acme-shop' }),
  'a stack whose change set is reviewed': () => ({
    ...to(),
    stages: [
      PipelineStage.steps('Build', [build]),
      PipelineStage.environment(
        new DeploymentEnvironment('live', {
          target: DeployTarget.cloudFormationStack('acme-shop', { outputs: ['Url'] }),
          approval: Approval.manual(),
          reviewChangeSets: true,
          tests: [TestStep.shell(['./accept.sh'])],
        }),
      ),
    ],
  }),
  'a wave of stacks': () => ({
    ...to(),
    stages: [
      PipelineStage.steps('Build', [build]),
      PipelineStage.wave(
        new DeploymentWave(
          'all',
          ['a', 'b', 'c'].map(
            (name) =>
              new DeploymentEnvironment(name, {
                target: DeployTarget.cloudFormationStack(`acme-${name}`),
                tests: [TestStep.shell(['./accept.sh'])],
              }),
          ),
          { maxParallel: 2 },
        ),
      ),
    ],
  }),
  'a pipeline that updates itself': () => ({
    ...to({ name: 'live', stackName: 'acme-shop', options: { outputs: ['Url'] } }),
    selfUpdate: SelfUpdate.fromAssembly(build.artifact),
  }),
  watched: () => ({
    ...to({ name: 'staging', stackName: 'acme-shop-staging' }, { name: 'production', stackName: 'acme-shop' }),
    monitoring: PipelineMonitoring.standard({ maxDuration: Duration.hours(2) }),
  }),
  'a stack with all options': (stack) =>
    to({
      name: 'live',
      stackName: 'acme-shop',
      options: {
        templatePath: 'cdk.out/Shop.template.json',
        templateConfigurationPath: 'config/live.json',
        parameters: { Stage: 'live', Commit: source.variable('CommitId'), Store: Stack.of(stack).partition },
        outputs: ['Url', 'QueueArn'],
        capabilities: [StackCapability.NAMED_IAM, StackCapability.AUTO_EXPAND],
        cloudFormationRole: iam.Role.fromRoleArn(stack, 'Deployment', 'arn:aws:iam::111111111111:role/acme-deployment'),
      },
    }),
  'feature flags': (stack) => configured(hostedTarget(servicesNear(stack))),
  'a named pipeline that hands a configuration to AppConfig': (stack) => ({
    ...configured(pipelineTarget(servicesNear(stack), 'acme-limits')),
    pipelineName: 'acme-limits',
  }),
};
