import { App, aws_ecs as ecs, Duration, Stack } from 'aws-cdk-lib';
import {
  BuildStep,
  ContainerPipeline,
  DeploymentAccess,
  DeploymentEnvironment,
  DeployTarget,
  Rollout,
} from '../../../src';
import { readInput } from '../../../src/assembly/input';
import { check } from '../../../src/check/check';
import { denialsOf, unmodelledOf } from '../../check/verdicts';
import { blueGreenIn } from '../../helpers/blue-green';
import { source } from '../../helpers/delivery';
import { repositoryOf, serviceIn } from '../../helpers/services';
import { actionsOf, jsonOf, resourcesOf, statementsOf } from '../../helpers/synth';

/*
 * Resources of another team for a service, in a separate stack: the pipeline makes nothing there, and finds it by its
 * names.
 */

const HOME = { account: '111111111111', region: 'eu-west-1' };
const ABROAD = { account: '222222222222', region: 'eu-central-1' };

function given(target: (services: Stack) => DeployTarget) {
  const app = new App();
  const environment = new DeploymentEnvironment('live', {
    target: target(new Stack(app, 'Services', { env: ABROAD })),
    existingAccess: true,
  });
  const stack = new Stack(app, 'Access', { env: ABROAD });
  new DeploymentAccess(stack, 'Access', { pipelineName: 'api', pipelineEnv: HOME, environments: [environment] });
  const pipeline = new Stack(app, 'Shop', { env: HOME });
  new ContainerPipeline(pipeline, 'Api', {
    pipelineName: 'api',
    source,
    image: BuildStep.dockerImage(repositoryOf(pipeline)),
    environments: [environment],
  });
  const access = jsonOf(stack);

  function namesOf(type: string, name: string) {
    return resourcesOf(access, type).map(([, { Properties }]) => Properties[name]);
  }

  const actions = actionsOf(jsonOf(pipeline)).filter(({ Name }) => Name.endsWith('-live'));
  const [role] = resourcesOf(access, 'AWS::IAM::Role')
    .filter(([id]) => id.includes('ActionRole'))
    .map(([, { Properties }]) => Properties.RoleName as string);
  const allowed = statementsOf(access)
    .filter(({ holder }) => holder.includes('ActionRole'))
    .flatMap(({ statement }) => statement.Action);
  return {
    app,
    actions,
    namesOf,
    role,
    allowed,
    deploy: actions.find(({ Name }) => Name === 'Deploy-live')!.Configuration!,
  };
}

const NATIVE = { deploymentStrategy: ecs.DeploymentStrategy.BLUE_GREEN, bakeTime: Duration.hours(2) };
const WAYS: Readonly<Record<string, { readonly target: (services: Stack) => DeployTarget; readonly needs: string }>> = {
  'ECS, which replaces tasks': {
    target: (services) => DeployTarget.ecsService(serviceIn(services, 'api')),
    needs: 'ecs:UpdateService',
  },
  'ECS, which moves traffic': {
    target: (services) => DeployTarget.ecsService(serviceIn(services, 'api', NATIVE)),
    needs: 'states:StartExecution',
  },
  CodeDeploy: {
    target: (services) => {
      const { service, traffic } = blueGreenIn(services, 'api');
      return DeployTarget.ecsService(service, {
        deploymentController: traffic,
        rollout: Rollout.canary(20, Duration.minutes(7)),
      });
    },
    needs: 'codedeploy:CreateDeployment',
  },
};

describe.each(Object.entries(WAYS))('%s', (_, { target, needs }) => {
  const { app, actions, role, allowed } = given(target);

  test('runs both actions under the existing role, which has the required permissions', () => {
    expect(actions.map(({ Name }) => Name)).toEqual(['Prepare-live', 'Deploy-live']);
    for (const { RoleArn } of actions) {
      expect(JSON.stringify(RoleArn)).toContain(`:iam::${ABROAD.account}:role/${role}"`);
    }
    expect(allowed).toEqual(expect.arrayContaining([needs, 'ecs:DescribeTaskDefinition', 's3:GetObject']));
  });

  test('passes the permission check without denied or unknown actions', () => {
    const report = check(readInput(app.synth().directory, {}));
    expect([denialsOf(report), unmodelledOf(report)]).toEqual([[], []]);
  });
});

test('gives the state machine the name that the pipeline uses', () => {
  const { namesOf, deploy } = given(WAYS['ECS, which moves traffic'].target);
  const [name] = namesOf('AWS::StepFunctions::StateMachine', 'StateMachineName');
  expect(JSON.stringify(deploy.StateMachineArn)).toContain(
    `:states:${ABROAD.region}:${ABROAD.account}:stateMachine:${String(name)}"`,
  );
});

test('gives the application and the deployment group the names that the pipeline uses', () => {
  const { namesOf, deploy } = given(WAYS.CodeDeploy.target);
  expect(namesOf('AWS::CodeDeploy::Application', 'ApplicationName')).toEqual([deploy.ApplicationName]);
  expect(namesOf('AWS::CodeDeploy::DeploymentGroup', 'DeploymentGroupName')).toEqual([deploy.DeploymentGroupName]);
});
