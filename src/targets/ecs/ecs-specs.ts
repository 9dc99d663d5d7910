import type {
  aws_codedeploy as codedeploy,
  aws_ec2 as ec2,
  aws_ecs as ecs,
  aws_elasticloadbalancingv2 as elbv2,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_ssm as ssm,
} from 'aws-cdk-lib';
import type { ShiftHook, ShiftPlan } from '../rollout/rollout-plan';
import type { Architecture } from '../../aws/builds';

/** A container and the artifact with the `imageDetail.json` of its next image. */
export interface EcsContainerPlan {
  readonly name: string;
  readonly artifact: string;
  /** Where the image that is live is written down. */
  readonly parameter?: { readonly name: string; readonly resource: ssm.IStringParameter };
}

/** What a release is made of: the newest revision of a family of task definitions, with new images. */
export interface EcsDefinitionPlan {
  readonly family: string;
  /** The roles that a task is given by ECS: the only ones that may be passed on. */
  readonly roles: readonly iam.IRole[];
  /** What its tasks run on, as far as it says. */
  readonly architecture?: Architecture;
  /** Those that get a new image. */
  readonly containers: readonly EcsContainerPlan[];
}

/** A service that is released to. Its names are tokens only where the service is in the account and region of the pipeline. */
export interface EcsServicePlan {
  readonly service: ecs.IBaseService;
  readonly clusterName: string;
  readonly serviceName: string;
  readonly definition: EcsDefinitionPlan;
}

/** How a service gets its release: who moves the traffic, and how. */
export type ServiceRolloutPlan = ServiceRollingPlan | CodeDeployPlan | NativePlan;

/** ECS replaces tasks; CodePipeline waits for it. */
export interface ServiceRollingPlan {
  readonly kind: 'rolling';
  readonly timeoutMinutes?: number;
  /** Whether ECS gives up on tasks that do not work; unknown of a service that was looked up. */
  readonly detectsFailure?: boolean;
}

/** CodeDeploy moves the traffic. */
export interface CodeDeployPlan {
  readonly kind: 'code-deploy';
  readonly appSpec: AppSpecPlan;
  /** A deployment group that exists, or what one is made of. */
  readonly group: ExistingGroupPlan | CodeDeployGroupPlan;
}

/** What CodeDeploy is told of one deployment. Whatever is not said, it takes from the service. */
export interface AppSpecPlan {
  /** The container and port that get the traffic. */
  readonly containerName: string;
  readonly containerPort: number;
  readonly platformVersion?: string;
  readonly capacityProviders?: readonly CapacityProviderPlan[];
  /** Functions that are asked, whoever made the group. */
  readonly hooks: { readonly [K in ShiftHook]?: HookPlan };
}

export interface CapacityProviderPlan {
  readonly name: string;
  readonly base?: number;
  readonly weight?: number;
}

export interface HookPlan {
  readonly function: lambda.IFunction;
  readonly functionName: string;
}

/** Its names are tokens only where it is in the account and region of the pipeline. */
export interface ExistingGroupPlan {
  readonly existing: codedeploy.IEcsDeploymentGroup;
  readonly applicationName: string;
  readonly deploymentGroupName: string;
}

export interface CodeDeployGroupPlan {
  readonly existing?: undefined;
  readonly configuration: DeploymentConfigurationPlan;
  readonly bakeMinutes: number;
  readonly alarms: ShiftPlan['alarms'];
  readonly targetGroups: readonly [blue: elbv2.ITargetGroup, green: elbv2.ITargetGroup];
  readonly listener: elbv2.IListener;
  readonly testListener?: elbv2.IListener;
}

/** How fast traffic moves: a deployment configuration of AWS, or one of our own. */
export type DeploymentConfigurationPlan =
  | { readonly predefined: string }
  | {
      readonly predefined?: undefined;
      readonly kind: 'canary' | 'linear';
      readonly percentage: number;
      readonly minutes: number;
    };

/** ECS itself moves the traffic, as the service says. */
export interface NativePlan {
  readonly kind: 'native';
}

/** Files are made for the step that deploys a service. */
export interface PrepareServicePlan {
  readonly kind: 'prepare-service';
  readonly environment: string;
  /** Tells services of an environment apart. */
  readonly part: string;
  /** The name that the user gave it for that. */
  readonly deploymentName?: string;
  readonly service: EcsServicePlan;
  readonly rollout: ServiceRolloutPlan;
}

/** A service gets its release. What that needs was made with the step that prepared it. */
export interface DeployServicePlan {
  readonly kind: 'deploy-service';
  readonly environment: string;
  readonly part: string;
  readonly service: EcsServicePlan;
  readonly rollout: ServiceRolloutPlan;
  /** Name of the step that prepares it. */
  readonly prepared: string;
}

/** Where the network interface of a task is. */
export interface TaskNetworkPlan {
  readonly subnets: readonly ec2.ISubnet[];
  readonly securityGroups: readonly ec2.ISecurityGroup[];
  readonly assignPublicIp: boolean;
}

/** On what a task runs. */
export type TaskCapacityPlan =
  | { readonly launchType: 'EC2' | 'FARGATE' | 'EXTERNAL' }
  | { readonly launchType?: undefined; readonly strategies: readonly CapacityProviderPlan[] };

/** A task is run to its end. */
export interface RunTaskPlan {
  readonly kind: 'run-task';
  readonly environment: string;
  /** Tells tasks and services of an environment apart. */
  readonly part: string;
  readonly cluster: ecs.ICluster;
  /** A token only where the cluster is in the account and region of the pipeline. */
  readonly clusterName: string;
  readonly definition: EcsDefinitionPlan;
  /** The container that runs the command, and whose exit code counts. */
  readonly containerName: string;
  readonly command?: readonly string[];
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** None where containers share the network of their instance. */
  readonly network?: TaskNetworkPlan;
  readonly capacity: TaskCapacityPlan;
  /** The file with what was registered. */
  readonly file: string;
  readonly timeoutMinutes: number;
}
