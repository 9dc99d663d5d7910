import { aws_codedeploy as codedeploy, aws_iam as iam, Duration, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { groupNames, groupReferences } from './render-references';
import type { EnvironmentContext } from '../../../render/environment-context';
import { deploymentScope } from '../../../render/environment-scope';
import { renderRole } from '../../../render/role';
import { codeDeployStatements, deploymentGroupArn, shiftTrafficStatements } from '../grants';
import type { DeploymentRenderer, DeploymentResources, ServiceDeployment } from '../render-deployment';
import type { AppSpec, CodeDeployDeployment, DeploymentConfiguration, DeploymentGroupSpec } from '../spec';

/** Renders a deployment group in the environment, unless an existing one is used. */
export const CODE_DEPLOY_RENDERER: DeploymentRenderer<'code-deploy'> = {
  renderResources,
  configuration: (context, deploymentId, { group }): Record<string, string> => {
    const { applicationName, deploymentGroupName } = group.existing ? group : namesIn(context, deploymentId);
    return { ApplicationName: applicationName, DeploymentGroupName: deploymentGroupName };
  },
  referencedResources: groupReferences,
  requiredNames: groupNames,
};

function renderResources(target: ServiceDeployment, deployment: CodeDeployDeployment): DeploymentResources {
  const { environmentScope, deploymentId, service } = target;
  const { group, appSpec } = deployment;
  const deploymentGroup = group.existing ?? renderGroup(target, group, appSpec);
  const { applicationName, deploymentGroupName } = group.existing ? group : namesIn(environmentScope, deploymentId);
  const configurationName = deploymentGroup.deploymentConfig.deploymentConfigName;
  return {
    deploymentGroup,
    statements: codeDeployStatements(service, { applicationName, deploymentGroupName, configurationName }),
  };
}

/** Returns the names of a group. Each service has a separate application, since the service role is specific to it. */
function namesIn({ nameOf }: Pick<EnvironmentContext, 'nameOf'>, deploymentId: string) {
  return { applicationName: nameOf(deploymentId), deploymentGroupName: nameOf(deploymentId) };
}

function renderGroup(
  target: ServiceDeployment,
  group: DeploymentGroupSpec,
  appSpec: AppSpec,
): codedeploy.EcsDeploymentGroup {
  const { environmentScope, deploymentId, service } = target;
  const { alarms, bakeMinutes, blueTargetGroup, greenTargetGroup, listener, testListener } = group;
  const scope = deploymentScope(environmentScope, deploymentId);
  const { applicationName, deploymentGroupName } = namesIn(environmentScope, deploymentId);
  const deploymentGroup = new codedeploy.EcsDeploymentGroup(scope, 'DeploymentGroup', {
    application: new codedeploy.EcsApplication(scope, 'Application', { applicationName }),
    deploymentGroupName,
    deploymentConfig: renderConfiguration(scope, target, group.configuration),
    service: service.service,
    // The statements of the role are complete. This prevents the CDK from adding the AWS managed policy, which allows
    // all services of the account.
    role: renderServiceRole(scope, target, group, appSpec).withoutPolicyUpdates(),
    blueGreenDeploymentConfig: {
      blueTargetGroup,
      greenTargetGroup,
      listener,
      testListener,
      terminationWaitTime: Duration.minutes(bakeMinutes),
    },
    alarms: [...alarms],
    autoRollback: { failedDeployment: true, stoppedDeployment: true, deploymentInAlarm: alarms.length > 0 },
  });
  // Explicit names, which are also valid in another account or Region.
  const resource = deploymentGroup.node.defaultChild as codedeploy.CfnDeploymentGroup;
  resource.ecsServices = [{ clusterName: service.clusterName, serviceName: service.serviceName }];
  return deploymentGroup;
}

/**
 * Creates the service role of CodeDeploy.
 *
 * @see https://docs.aws.amazon.com/codedeploy/latest/userguide/security_confused_deputy.html
 */
function renderServiceRole(
  scope: Construct,
  { environmentScope, deploymentId, service }: ServiceDeployment,
  group: DeploymentGroupSpec,
  appSpec: AppSpec,
): iam.Role {
  const { environment, pipelineName } = environmentScope;
  return renderRole(scope, 'Role', {
    description: `CodeDeploy service role of ${environment} of the pipeline ${pipelineName}`,
    assumedBy: new iam.ServicePrincipal('codedeploy.amazonaws.com').withConditions({
      StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
      ArnEquals: { 'aws:SourceArn': deploymentGroupArn(namesIn(environmentScope, deploymentId)) },
    }),
    policyName: 'ShiftTraffic',
    statements: shiftTrafficStatements(service, group, appSpec),
  });
}

/**
 * Renders a deployment configuration. Its name contains its properties, since CodeDeploy cannot update a deployment
 * configuration.
 */
function renderConfiguration(
  scope: Construct,
  { environmentScope, deploymentId }: ServiceDeployment,
  configuration: DeploymentConfiguration,
): codedeploy.IEcsDeploymentConfig {
  if (configuration.predefined !== undefined) {
    return codedeploy.EcsDeploymentConfig.fromEcsDeploymentConfigName(scope, 'Configuration', configuration.predefined);
  }
  const { kind, percentage, minutes } = configuration;
  const step = { percentage, interval: Duration.minutes(minutes) };
  return new codedeploy.EcsDeploymentConfig(scope, 'Configuration', {
    deploymentConfigName: environmentScope.nameOf(deploymentId, kind, `${percentage}-${minutes}`),
    trafficRouting:
      kind === 'canary'
        ? codedeploy.TrafficRouting.timeBasedCanary(step)
        : codedeploy.TrafficRouting.timeBasedLinear(step),
  });
}
