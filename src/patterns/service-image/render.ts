import { type aws_ecr as ecr, aws_ecs as ecs, aws_ssm as ssm, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { ServiceImagePlan } from './plan';
import { generatedName } from '../../render/names';
import { deployAfter } from '../../render/sibling-stack';
import { fail, problem } from '../../pipeline/problems';

/** Renders the parameter with the live image, and the container image that refers to it. */
export function renderServiceImage(scope: Construct, { repository, placeholder, parameterName }: ServiceImagePlan) {
  const name = parameterName ?? `/${generatedName(scope, 200)}/image`;
  const parameter = new ssm.StringParameter(scope, 'Parameter', {
    parameterName: name,
    stringValue: placeholder,
    description: 'URI of the live image; the pipeline updates it',
  });
  return { parameter, containerImage: new LiveImage(scope, name, repository) };
}

/** Container image whose URI CloudFormation reads from a parameter at each deployment. */
class LiveImage extends ecs.ContainerImage {
  public constructor(
    private readonly owner: Construct,
    private readonly parameterName: string,
    private readonly repository: ecr.IRepository,
  ) {
    super();
  }

  public bind(scope: Construct, container: ecs.ContainerDefinition): ecs.ContainerImageConfig {
    const serviceStack = Stack.of(scope);
    const imageStack = Stack.of(this.owner);
    if (serviceStack === imageStack) {
      fail(this.owner, [
        problem(
          'containerImage',
          'be used in a stack that is deployed after its own',
          scope.node.path,
          'move the ServiceImage to the stack of the repository, because CloudFormation reads the parameter before ' +
            'it creates resources',
        ),
      ]);
    }
    deployAfter(serviceStack, imageStack);
    this.repository.grantPull(container.taskDefinition.obtainExecutionRole());
    return { imageName: ssm.StringParameter.valueForStringParameter(scope, this.parameterName) };
  }
}
