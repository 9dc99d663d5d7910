import { aws_lambda as lambda, Stack } from 'aws-cdk-lib';
import { appSpecLines } from './app-spec';
import { checkCodeDeploy } from './check-code-deploy';
import { configurationOf } from './deployment-configuration';
import { artifactsOf } from '../image-commands';
import { isNetworkLoadBalancer } from './load-balancing';
import type { ServiceDeployer } from './mover';
import type { ServiceFacts } from './read-service';
import type { EcsServiceOptions } from './service-options';
import { taskDefinitionCommands } from './task-definition-commands';
import { CODE_DEPLOY_TO_ECS, DEFAULT_BAKE_MINUTES, imagePlaceholder, placed } from '../../aws/code-deploy';
import type {
  AppSpecPlan,
  CodeDeployGroupPlan,
  CodeDeployPlan,
  EcsContainerPlan,
  ExistingGroupPlan,
} from './ecs-specs';
import { SHIFT_HOOKS, type ShiftPlan } from '../rollout/rollout-plan';
import { quote, writeCommands } from '../../pipeline/shell-words';
import { explicitName } from '../read-resource';

/** CodeDeploy moves the traffic between two target groups. */
export const CODE_DEPLOY: ServiceDeployer<CodeDeployPlan> = {
  plan: (facts, options) => ({ kind: 'code-deploy', appSpec: appSpecOf(facts, options), group: groupOf(options) }),

  missing: (facts, options) =>
    facts.containers === undefined && options.containerPort === undefined ? ['containerPort'] : [],

  check: checkCodeDeploy,

  files: [CODE_DEPLOY_TO_ECS.taskDefinition, CODE_DEPLOY_TO_ECS.appSpec],

  prepare: ({ definition: { family, containers } }, { appSpec }) => [
    ...taskDefinitionCommands(family, placeholdersOf(containers), CODE_DEPLOY_TO_ECS.taskDefinition),
    ...writeCommands(appSpecLines(appSpec), CODE_DEPLOY_TO_ECS.appSpec),
    `cat ${CODE_DEPLOY_TO_ECS.appSpec}`,
  ],

  deploy: ({ definition: { containers } }, _rollout, prepared) => ({
    provider: 'codeDeployToEcs',
    inputs: [prepared, ...artifactsOf(containers)],
    configuration: {
      TaskDefinitionTemplateArtifact: prepared,
      TaskDefinitionTemplatePath: CODE_DEPLOY_TO_ECS.taskDefinition,
      AppSpecTemplateArtifact: prepared,
      AppSpecTemplatePath: CODE_DEPLOY_TO_ECS.appSpec,
      ...imageConfiguration(containers),
    },
  }),
};

/** Containers of one image share its placeholder. */
function placeholdersOf(containers: readonly EcsContainerPlan[]) {
  const artifacts = artifactsOf(containers);
  return containers.map(({ name, artifact }) => ({
    name,
    image: quote(placed(imagePlaceholder(artifacts.indexOf(artifact)))),
  }));
}

const imageConfiguration = (containers: readonly EcsContainerPlan[]): Record<string, string> =>
  Object.fromEntries(
    artifactsOf(containers).flatMap((artifact, i) => [
      [`Image${i + 1}ArtifactName`, artifact],
      [`Image${i + 1}ContainerName`, imagePlaceholder(i)],
    ]),
  );

function appSpecOf(facts: ServiceFacts, options: EcsServiceOptions): AppSpecPlan {
  const { platformVersion, capacityProviders } = facts;
  const containerName = options.containerName ?? facts.main?.name ?? Object.keys(options.images ?? {})[0] ?? '';
  return {
    containerName,
    containerPort: options.containerPort ?? facts.containers?.find(({ name }) => name === containerName)?.port ?? 0,
    platformVersion,
    capacityProviders,
    hooks: hooksOf(options),
  };
}

function hooksOf({ traffic, rollout }: EcsServiceOptions): AppSpecPlan['hooks'] {
  const said = traffic?._plan();
  const shift = rollout?._plan();
  const hooks = said?.kind === 'deployment-group' ? said.hooks : shift && shift.kind !== 'rolling' ? shift.hooks : {};
  return Object.fromEntries(
    SHIFT_HOOKS.flatMap((hook) => {
      const asked = hooks[hook];
      return asked ? [[hook, { function: asked, functionName: nameOf(asked) }]] : [];
    }),
  );
}

/** The name that can be said in any account and region, where there is one. An alias goes by that of its function and its own. */
function nameOf(asked: lambda.IFunction): string {
  const given = asked instanceof lambda.Function ? explicitName(asked, 'functionName') : undefined;
  // Of a function that was looked up by its name, CDK keeps no more than an ARN that ends with it.
  const [, known] =
    /:function:([\w-]+(?::[\w-]+)?)"/.exec(JSON.stringify(Stack.of(asked).resolve(asked.functionArn))) ?? [];
  return given ?? known ?? asked.functionName;
}

function groupOf({ traffic, rollout }: EcsServiceOptions): ExistingGroupPlan | CodeDeployGroupPlan {
  const said = traffic?._plan();
  if (said?.kind === 'deployment-group') {
    const { group } = said;
    return {
      existing: group,
      applicationName: explicitName(group.application, 'applicationName') ?? group.application.applicationName,
      deploymentGroupName: explicitName(group, 'deploymentGroupName') ?? group.deploymentGroupName,
    };
  }
  // That it is missing is told by the check.
  const options = said?.kind === 'code-deploy' ? said.options : undefined;
  const shift = shiftOf(rollout, options !== undefined && isNetworkLoadBalancer(options));
  return {
    configuration: configurationOf(shift),
    bakeMinutes: shift.bakeMinutes ?? DEFAULT_BAKE_MINUTES,
    alarms: shift.alarms,
    targetGroups: [options?.blueTargetGroup!, options?.greenTargetGroup!],
    listener: options?.listener!,
    testListener: options?.testListener,
  };
}

/** The safest that the load balancer can do, unless it is said. */
function shiftOf(rollout: EcsServiceOptions['rollout'], network: boolean): ShiftPlan {
  const said = rollout?._plan();
  if (said && said.kind !== 'rolling') return said;
  return network
    ? { kind: 'all-at-once', alarms: [], hooks: {} }
    : { kind: 'canary', percentage: 10, minutes: 5, alarms: [], hooks: {} };
}
