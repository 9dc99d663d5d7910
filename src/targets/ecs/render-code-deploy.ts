import {
  aws_cloudwatch as cloudwatch,
  aws_codedeploy as codedeploy,
  aws_iam as iam,
  Duration,
  Stack,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { MoverRenderer } from './render-deployer';
import type {
  AppSpecPlan,
  CodeDeployGroupPlan,
  CodeDeployPlan,
  DeploymentConfigurationPlan,
  EcsServicePlan,
} from './ecs-specs';
import type { EnvironmentScope } from '../../render/environment-scope';
import { codeDeployStatements, deploymentGroupArn, moveTrafficStatements } from '../../render/grants';
import { renderRole } from '../../render/role';

export const RENDER_CODE_DEPLOY: MoverRenderer<CodeDeployPlan> = {
  renderRoom: (scope, environmentScope, { part, service, rollout: { group, appSpec } }) => {
    if (group.existing) {
      const { existing, ...names } = group;
      const { deploymentConfigName } = existing.deploymentConfig;
      return {
        deploymentGroup: existing,
        statements: codeDeployStatements(service, { ...names, configurationName: deploymentConfigName }),
      };
    }
    const made = renderGroup(scope(), environmentScope, { part, service, group, appSpec });
    const names = { ...namesOf(environmentScope, part), configurationName: made.deploymentConfig.deploymentConfigName };
    return { deploymentGroup: made, statements: codeDeployStatements(service, names) };
  },

  configure: (sight, part, { group }): Record<string, string> => {
    const { applicationName, deploymentGroupName } = group.existing ? group : namesOf(sight, part);
    return { ApplicationName: applicationName, DeploymentGroupName: deploymentGroupName };
  },
};

/** An application for each service: it is what the role of the group is for. */
const namesOf = ({ nameOf }: Pick<EnvironmentScope, 'nameOf'>, part: string) => ({
  applicationName: nameOf(part),
  deploymentGroupName: nameOf(part),
});

interface GroupRequest {
  readonly part: string;
  readonly service: EcsServicePlan;
  readonly group: CodeDeployGroupPlan;
  readonly appSpec: AppSpecPlan;
}

function renderGroup(
  scope: Construct,
  environmentScope: EnvironmentScope,
  { part, service, group, appSpec }: GroupRequest,
): codedeploy.EcsDeploymentGroup {
  const {
    alarms,
    bakeMinutes,
    targetGroups: [blueTargetGroup, greenTargetGroup],
    listener,
    testListener,
  } = group;
  const { applicationName, deploymentGroupName } = namesOf(environmentScope, part);
  const made = new codedeploy.EcsDeploymentGroup(scope, 'DeploymentGroup', {
    application: new codedeploy.EcsApplication(scope, 'Application', { applicationName }),
    deploymentGroupName,
    deploymentConfig: renderConfiguration(scope, environmentScope, part, group.configuration),
    service: service.service,
    // Its own statements are all that it needs: this keeps away the policy of AWS, which is for all services of the account.
    role: renderServiceRole(scope, environmentScope, { part, service, group, appSpec }).withoutPolicyUpdates(),
    blueGreenDeploymentConfig: {
      blueTargetGroup,
      greenTargetGroup,
      listener,
      testListener,
      terminationWaitTime: Duration.minutes(bakeMinutes),
    },
    alarms: [...alarms] as cloudwatch.IAlarm[],
    autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: alarms.length > 0 },
  });
  // Names that are known in another account or Region, too.
  (made.node.defaultChild as codedeploy.CfnDeploymentGroup).ecsServices = [
    { clusterName: service.clusterName, serviceName: service.serviceName },
  ];
  return made;
}

/** @see https://docs.aws.amazon.com/codedeploy/latest/userguide/security_confused_deputy.html */
const renderServiceRole = (
  scope: Construct,
  environmentScope: EnvironmentScope,
  { part, service, group, appSpec }: GroupRequest,
) =>
  renderRole(scope, 'Role', {
    description: `Moves the traffic of ${environmentScope.environment}, for the pipeline ${environmentScope.pipelineName}`,
    assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com').withConditions({
      StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
      ArnEquals: { 'aws:SourceArn': deploymentGroupArn(namesOf(environmentScope, part)) },
    }),
    policyName: 'MoveTraffic',
    statements: moveTrafficStatements(service, group, appSpec),
  });

/** Its name says how fast traffic moves: another speed is another configuration, since CodeDeploy changes none. */
function renderConfiguration(
  scope: Construct,
  { nameOf }: EnvironmentScope,
  part: string,
  configuration: DeploymentConfigurationPlan,
): codedeploy.IEcsDeploymentConfig {
  if (configuration.predefined !== undefined) {
    return codedeploy.EcsDeploymentConfig.fromEcsDeploymentConfigName(scope, 'Configuration', configuration.predefined);
  }
  const { kind, percentage, minutes } = configuration;
  const steps = { percentage, interval: Duration.minutes(minutes) };
  return new codedeploy.EcsDeploymentConfig(scope, 'Configuration', {
    deploymentConfigName: nameOf(part, kind, `${percentage}-${minutes}`),
    trafficRouting:
      kind === 'canary'
        ? codedeploy.TrafficRouting.timeBasedCanary(steps)
        : codedeploy.TrafficRouting.timeBasedLinear(steps),
  });
}
