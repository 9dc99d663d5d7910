import type {
  aws_codedeploy as codedeploy,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  aws_lambda as lambda,
  aws_ssm as ssm,
} from 'aws-cdk-lib';
import type { ActionSpec } from '../../pipeline/pipeline-plan';
import type { CapacityProviderSpec, TaskDefinitionSpec } from '../ecs/task-definition-spec';
import type { RolloutHook, TrafficShift } from '../rollout/plan';

/** Prepares files for the action that deploys the service. */
export interface PrepareServiceSpec extends ActionSpec {
  readonly kind: 'prepare-service';
  readonly environment: string;
  /** Identifies the deployment in its environment. */
  readonly deploymentId: string;
  /** Configured name of the deployment. */
  readonly deploymentName?: string;
  readonly service: EcsServiceSpec;
  readonly deployment: DeploymentSpec;
}

/** Deploys a release to the service. The step that prepares the deployment creates the resources. */
export interface DeployServiceSpec extends ActionSpec {
  readonly kind: 'deploy-service';
  readonly environment: string;
  readonly deploymentId: string;
  readonly deployment: DeploymentSpec;
  /** Name of the step that prepares the deployment. */
  readonly prepareStep: string;
}

/** A service that is deployed to. Its names are tokens only in the account and Region of the pipeline. */
export interface EcsServiceSpec {
  readonly service: ecs.IBaseService;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly definition: TaskDefinitionSpec;
  /** Platform version and source of the tags of tasks, as far as the service sets them. */
  readonly platformVersion?: string;
  readonly propagateTags?: string;
  /** Parameters that record the images of a release. */
  readonly imageParameters: readonly ImageParameterSpec[];
}

/** A parameter that records the image of a container. */
export interface ImageParameterSpec {
  readonly containerName: string;
  readonly name: string;
  readonly resource: ssm.IStringParameter;
}

/** Deployments by deployer. */
export interface DeploymentSpecs {
  readonly rolling: RollingDeployment;
  readonly 'code-deploy': CodeDeployDeployment;
  readonly native: NativeDeployment;
}

export type DeploymentKind = keyof DeploymentSpecs;

/** Describes a deployment of a service. */
export type DeploymentSpec = DeploymentSpecs[DeploymentKind];

/** ECS replaces the tasks, and CodePipeline waits for it. */
export interface RollingDeployment {
  readonly kind: 'rolling';
}

/** ECS shifts the traffic, as the service configures it. */
export interface NativeDeployment {
  readonly kind: 'native';
}

/** CodeDeploy shifts the traffic. */
export interface CodeDeployDeployment {
  readonly kind: 'code-deploy';
  readonly appSpec: AppSpec;
  readonly group: ExistingDeploymentGroup | DeploymentGroupSpec;
}

/** The AppSpec of a deployment. CodeDeploy reads all other properties from the service. */
export interface AppSpec {
  /** Container and port that receive the traffic. */
  readonly containerName: string;
  readonly containerPort: number;
  readonly platformVersion?: string;
  readonly capacityProviders?: readonly CapacityProviderSpec[];
  /** Functions that CodeDeploy invokes. */
  readonly hooks: { readonly [K in RolloutHook]?: HookSpec };
}

export interface HookSpec {
  /** Property that contains the function. */
  readonly prop: string;
  readonly function: lambda.IFunction;
  readonly functionName: string;
}

/** A deployment group of the user. Its names are tokens only in the account and Region of the pipeline. */
export interface ExistingDeploymentGroup {
  readonly existing: codedeploy.IEcsDeploymentGroup;
  readonly applicationName: string;
  readonly deploymentGroupName: string;
}

/** A deployment group that is created for the environment. */
export interface DeploymentGroupSpec {
  readonly existing?: undefined;
  readonly configuration: DeploymentConfiguration;
  readonly bakeMinutes: number;
  readonly alarms: TrafficShift['alarms'];
  readonly blueTargetGroup: elbv2.ITargetGroup;
  readonly greenTargetGroup: elbv2.ITargetGroup;
  readonly listener: elbv2.IListener;
  readonly testListener?: elbv2.IListener;
}

/** Deployment configuration of a traffic shift: predefined by AWS, or created. */
export type DeploymentConfiguration = PredefinedConfiguration | ConfigurationSpec;

export interface PredefinedConfiguration {
  readonly predefined: string;
}

export interface ConfigurationSpec {
  readonly predefined?: undefined;
  readonly kind: 'canary' | 'linear';
  readonly percentage: number;
  readonly minutes: number;
}
