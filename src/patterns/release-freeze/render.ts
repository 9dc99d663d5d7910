import {
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_ssm as ssm,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { arnOf, releaseFreezeStatements, WRITE_PARAMETER } from '../../render/grants';
import { generatedName } from '../../render/names';
import { renderRole } from '../../render/role';
import { releaseFreezeFunction } from '../../functions';
import type { FreezePlan, SwitchPlan } from '../../conditions/freeze/freeze-plan';

/** Not what a person would write: CloudFormation writes it again with every change of the parameter, and the function looks behind it. */
const AS_DEPLOYED = 'open (as deployed)';

export interface RenderedFreeze {
  readonly handler: lambda.Function;
  readonly logGroup: logs.LogGroup;
  readonly breakGlassParameter: ssm.IParameter;
  readonly switchParameter?: ssm.IParameter;
}

/** The function that pipelines ask, what it decides by, and where it records. */
export function renderFreeze(scope: Construct, plan: FreezePlan): RenderedFreeze {
  const switchParameter = renderSwitch(scope, plan.switchedBy);
  const breakGlassParameter = new ssm.StringParameter(scope, 'BreakGlass', {
    parameterName: parameterNameOf(scope, 'break-glass'),
    description: "Write '<pipeline>: <reason>', and that pipeline is let through a freeze for a time.",
    stringValue: 'none',
  });
  // Its name is left to CloudFormation: a group that stays would be in the way of a stack that is made again.
  const logGroup = new logs.LogGroup(scope, 'Record', {
    retention: plan.recordDays,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const calendars = plan.switchedBy.kind === 'calendars' ? plan.switchedBy.calendars : [];
  const role = renderRole(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Tells pipelines whether releases are frozen',
    policyName: 'Answer',
    statements: releaseFreezeStatements({
      switchArn: switchParameter?.parameterArn,
      breakGlassArn: breakGlassParameter.parameterArn,
      calendarArns: calendars.map(calendarArnOf),
      logGroupArn: logGroup.logGroupArn,
    }),
  });
  const handler = new lambda.Function(scope, 'Function', {
    description: 'Tells pipelines whether releases are frozen',
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(releaseFreezeFunction()),
    role,
    logGroup,
    // Some reads of 8 seconds at most, and the answer.
    timeout: Duration.seconds(60),
    environment: {
      ...(switchParameter
        ? { SWITCH_PARAMETER: switchParameter.parameterName, AS_DEPLOYED }
        : { CALENDARS: calendars.join(',') }),
      BREAK_GLASS_PARAMETER: breakGlassParameter.parameterName,
      BREAK_GLASS_MINUTES: String(plan.breakGlassMinutes),
    },
  });
  return { handler, logGroup, breakGlassParameter, switchParameter };
}

/** Lets somebody write a parameter, and see what is in it. */
export const grantWriting = (parameter: ssm.IParameter, grantee: iam.IGrantable): iam.Grant =>
  iam.Grant.addToPrincipal({ grantee, actions: WRITE_PARAMETER, resourceArns: [parameter.parameterArn] });

function renderSwitch(scope: Construct, plan: SwitchPlan): ssm.IParameter | undefined {
  if (plan.kind === 'calendars') return undefined;
  return plan.kind === 'parameter'
    ? plan.parameter
    : new ssm.StringParameter(scope, 'Switch', {
        parameterName: plan.parameterName ?? parameterNameOf(scope, 'switch'),
        description: "'open' lets releases through; 'frozen <reason>' holds them.",
        stringValue: AS_DEPLOYED,
      });
}

/** Not the stack's name in front: Systems Manager refuses names that begin with `aws` or `ssm`. */
const parameterNameOf = (scope: Construct, end: string) => `/release-freeze/${generatedName(scope, 100)}/${end}`;

/** Names are those of documents in this account and region. */
const calendarArnOf = (calendar: string): unknown =>
  calendar.startsWith('arn:') ? calendar : arnOf('ssm', `document/${calendar}`);
