import type { aws_ecs as ecs, aws_ssm as ssm } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { planServiceImage, type ServiceImageProps } from './plan';
import { renderServiceImage } from './render';
import { planOrFail } from '../common/plan-or-fail';

/**
 * Which image of a service is live: at first a placeholder, so that the service can be made before there is an image;
 * then what the pipeline has released, so that a later deployment of the stack of the service never puts the
 * placeholder, or an old image, back.
 *
 * It stands in a stack that is deployed before that of the service and in its account and region, e.g. that of the
 * repository: CloudFormation reads the parameter each time it deploys the stack of the service. The pipeline writes it:
 * `imageParameters` of {@link DeployTarget.ecsService}.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/cloudformation-supplied-parameter-types.html
 *
 * @example
 * declare const repository: ecr.Repository;
 * declare const taskDefinition: ecs.FargateTaskDefinition; // in a later stack
 * declare const service: ecs.FargateService;
 * const image = new ServiceImage(this, 'Image', { repository });
 * taskDefinition.addContainer('web', { image: image.containerImage, portMappings: [{ containerPort: 80 }] });
 * DeployTarget.ecsService(service, { imageParameters: { web: image.parameter } });
 */
export class ServiceImage extends Construct {
  /** For the container, in a stack behind this one. The role that starts tasks may pull from the repository. */
  public readonly containerImage: ecs.ContainerImage;

  /** Says the image that is live. It goes with its stack, and says the placeholder when it is made anew. */
  public readonly parameter: ssm.IStringParameter;

  /**
   * @throws when the name of the parameter is none; later, when a container of the same stack uses the image
   */
  public constructor(scope: Construct, id: string, props: ServiceImageProps) {
    super(scope, id);
    const plan = planOrFail(this, (_env, problems) => planServiceImage(props, problems));
    const { containerImage, parameter } = renderServiceImage(this, plan);

    this.containerImage = containerImage;
    this.parameter = parameter;
  }
}
