import {
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_ssm as ssm,
  CustomResource,
  Duration,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { LiveImage } from './live-image';
import type { ServiceImagePlan } from './plan';
import { serviceImageFunction } from '../../functions';
import { allow, type Statement } from '../../render/grants';
import { digest, generatedName, parameterPath } from '../../render/names';
import { allowMore, renderRole } from '../../render/role';
import { getOrCreate } from '../../render/sibling-stack';

/** Renders the parameter with the live image, and the container image that refers to it. */
export function renderServiceImage(scope: Construct, plan: ServiceImagePlan) {
  const parameterName = plan.parameterName ?? parameterPath(generatedName(scope, 200), 'image');
  const parameter = ssm.StringParameter.fromStringParameterAttributes(scope, 'Parameter', {
    parameterName,
    forceDynamicReference: true,
  });
  parameter.node.addDependency(renderParameter(scope, plan, parameterName, parameter.parameterArn));
  return { parameter, containerImage: new LiveImage(scope, plan, parameterName) };
}

/**
 * Renders the custom resource that creates the parameter. `AWS::SSM::Parameter` would write the placeholder again with
 * each update, even of tags. The id contains the name, so that another name is another resource.
 *
 * @see https://github.com/aws/aws-cdk/issues/25949
 */
function renderParameter(
  scope: Construct,
  { placeholder }: ServiceImagePlan,
  parameterName: string,
  parameterArn: string,
): CustomResource {
  const serviceToken = renderFunction(Stack.of(scope), parameterStatements(parameterArn)).functionArn;
  return new CustomResource(scope, `Live${digest(parameterName)}`, {
    resourceType: 'Custom::ServiceImage',
    serviceToken,
    properties: {
      Name: parameterName,
      Placeholder: placeholder,
      Description: 'URI of the live image; the pipeline updates it',
    },
  });
}

/** Allows the function to create and delete a parameter. */
export function parameterStatements(parameterArn: unknown): Statement[] {
  return [allow(['ssm:PutParameter', 'ssm:DeleteParameter'], [parameterArn])];
}

/** Ids of the function and its parts, which all service images of a stack share. */
const SHARED = 'ServiceImages';

/** Returns the function that creates the parameters of a stack, with permission for a further one. */
function renderFunction(stack: Stack, statements: readonly Statement[]): lambda.Function {
  const existing = stack.node.tryFindChild(SHARED);
  if (existing) {
    allowMore(existing.node.findChild('Role') as iam.Role, statements);
    return existing.node.findChild('Function') as lambda.Function;
  }
  const shared = getOrCreate(stack, SHARED, (parent, id) => new Construct(parent, id));
  const logGroup = new logs.LogGroup(shared, 'Log', {
    retention: logs.RetentionDays.ONE_MONTH,
    removalPolicy: RemovalPolicy.DESTROY,
  });
  const role = renderRole(shared, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Creates the parameters with the live images of services',
    policyName: 'Create',
    statements: [allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroup.logGroupArn]), ...statements],
  });
  return new lambda.Function(shared, 'Function', {
    description: 'Creates the parameters with the live images of services',
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(serviceImageFunction()),
    role,
    logGroup,
    // The function waits up to a minute until its permissions are effective.
    timeout: Duration.minutes(2),
  });
}
