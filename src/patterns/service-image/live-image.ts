import { aws_ecs as ecs, aws_ssm as ssm, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { checkPlaceholder } from './check-placeholder';
import type { ServiceImagePlan } from './plan';
import { areKnownToDiffer, envText } from '../../pipeline/env';
import { fail, problem, type Problem } from '../../pipeline/problems';
import { deployAfter } from '../../render/sibling-stack';
import { serviceImageFix } from '../../targets/ecs-service/service-image-fix';

/** Container image whose URI CloudFormation reads from a parameter at each deployment. */
export class LiveImage extends ecs.ContainerImage {
  public constructor(
    private readonly owner: Construct,
    private readonly plan: ServiceImagePlan,
    private readonly parameterName: string,
  ) {
    super();
  }

  public bind(scope: Construct, container: ecs.ContainerDefinition): ecs.ContainerImageConfig {
    const serviceStack = Stack.of(scope);
    const imageStack = Stack.of(this.owner);
    const problems = placeProblems(imageStack, serviceStack, scope.node.path);
    if (problems.length > 0) fail(this.owner, problems);
    deployAfter(serviceStack, imageStack);
    this.plan.repository.grantPull(container.taskDefinition.obtainExecutionRole());
    checkPlaceholder(this.owner, this.plan, container);
    return { imageName: ssm.StringParameter.valueForStringParameter(scope, this.parameterName) };
  }
}

const PROP = 'containerImage';

/** Returns the problem of the stack of a container, if it cannot read the parameter. */
function placeProblems(imageStack: Stack, serviceStack: Stack, containerPath: string): Problem[] {
  const { account, region } = serviceStack;
  if (serviceStack === imageStack) {
    const fix =
      'create the ServiceImage in another stack of the same account and Region, which is deployed before, because ' +
      'CloudFormation reads the parameter before it creates resources';
    return [problem(PROP, 'be used in a stack that is deployed after its own', containerPath, fix)];
  }
  if (!areKnownToDiffer(account, imageStack.account) && !areKnownToDiffer(region, imageStack.region)) return [];
  const rule = `be used in the account and Region of the ServiceImage, ${envText(imageStack)}`;
  return [problem(PROP, rule, `${containerPath} in ${envText(serviceStack)}`, serviceImageFix(serviceStack))];
}
