import type { aws_ecs as ecs, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { planServiceImage, type ServiceImageProps } from './plan';
import { renderServiceImage } from './render';
import { planOrFail } from '../common/plan-or-fail';

/**
 * The live image of an ECS service, stored in an SSM parameter.
 *
 * At first, the parameter contains a placeholder, so that the service can be created before there is an image. Each
 * release of the pipeline updates it; see `imageParameters` of {@link DeployTarget.ecsService}. Therefore, a later
 * deployment of the stack of the service does not restore the placeholder or an old image. A function creates the
 * parameter: unlike CloudFormation, it never writes the placeholder again when tags or other properties change.
 *
 * CloudFormation reads the parameter at each deployment of the stack of the service. Create the construct in a stack
 * that is deployed before that stack, in the same account and Region, e.g. in the stack of the repository.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 *
 * @example
 * declare const repository: ecr.Repository;
 * declare const taskDefinition: ecs.FargateTaskDefinition; // In a stack that is deployed later.
 * declare const service: ecs.FargateService;
 * const image = new ServiceImage(this, 'Image', { repository });
 * taskDefinition.addContainer('web', { image: image.containerImage, portMappings: [{ containerPort: 80 }] });
 * DeployTarget.ecsService(service, { imageParameters: { web: image.parameter } });
 */
export class ServiceImage extends Construct {
  /**
   * Image for a container of a stack that is deployed after this one. Using it allows the task execution role to pull
   * from the repository.
   */
  public readonly containerImage: ecs.ContainerImage;

  /**
   * SSM parameter with the live image. It is deleted with its stack, and contains the placeholder when it is recreated.
   * It has no tags, and constructs that read it in the same stack must depend on it.
   */
  public readonly parameter: ssm.IStringParameter;

  /**
   * @throws if props are invalid, and later if a container in the same stack uses the image
   */
  public constructor(scope: Construct, id: string, props: ServiceImageProps) {
    super(scope, id);
    const plan = planOrFail(this, (env, problems) => planServiceImage(props, env, problems));
    const { containerImage, parameter } = renderServiceImage(this, plan);

    this.containerImage = containerImage;
    this.parameter = parameter;
  }
}
