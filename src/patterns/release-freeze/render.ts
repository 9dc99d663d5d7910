import {
  aws_iam as iam,
  aws_lambda as lambda,
  aws_logs as logs,
  aws_ssm as ssm,
  Duration,
  RemovalPolicy,
} from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { FreezePlan } from './plan';
import type { FreezeStatePlan } from '../../conditions/freeze/freeze-state';
import { releaseFreezeFunction } from '../../functions';
import { arnOf, allow, ANSWER_JOB } from '../../render/grants';
import { generatedName } from '../../render/names';
import { renderRole } from '../../render/role';

/**
 * Value that no person would write: CloudFormation writes it again with every change of the parameter, and the function
 * ignores it.
 */
const AS_DEPLOYED = 'open (as deployed)';

/** Resources of a release freeze. */
export interface RenderedFreeze {
  readonly handler: lambda.Function;
  readonly logGroup: logs.LogGroup;
  readonly breakGlassParameter: ssm.IParameter;
  readonly freezeParameter?: ssm.IParameter;
}

/** Renders the function that pipelines invoke, the parameters that it decides by, and its record. */
export function renderFreeze(scope: Construct, plan: FreezePlan): RenderedFreeze {
  const freezeParameter = renderSwitch(scope, plan.freezeState);
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
  const calendars = plan.freezeState.kind === 'calendars' ? plan.freezeState.calendars : [];
  const role = renderRole(scope, 'Role', {
    assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
    description: 'Tells pipelines whether releases are frozen',
    policyName: 'Answer',
    statements: freezeStatements({
      switchArn: freezeParameter?.parameterArn,
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
      ...(freezeParameter
        ? { SWITCH_PARAMETER: freezeParameter.parameterName, AS_DEPLOYED }
        : { CALENDARS: calendars.join(',') }),
      BREAK_GLASS_PARAMETER: breakGlassParameter.parameterName,
      BREAK_GLASS_MINUTES: String(plan.breakGlassMinutes),
    },
  });
  return { handler, logGroup, breakGlassParameter, freezeParameter };
}

/** Allows a grantee to write a parameter, and to read it. */
export function grantWriting(parameter: ssm.IParameter, grantee: iam.IGrantable): iam.Grant {
  return iam.Grant.addToPrincipal({ grantee, actions: WRITE_PARAMETER, resourceArns: [parameter.parameterArn] });
}

function renderSwitch(scope: Construct, plan: FreezeStatePlan): ssm.IParameter | undefined {
  if (plan.kind === 'calendars') return undefined;
  if (plan.kind === 'parameter') return plan.parameter;
  return new ssm.StringParameter(scope, 'Switch', {
    parameterName: plan.parameterName ?? parameterNameOf(scope, 'switch'),
    description: "'open' lets releases through; 'frozen <reason>' holds them.",
    stringValue: AS_DEPLOYED,
  });
}

/**
 * Returns a name that does not begin with that of the stack: Systems Manager refuses names that begin with `aws` or
 * `ssm`.
 */
function parameterNameOf(scope: Construct, end: string): string {
  return `/release-freeze/${generatedName(scope, 100)}/${end}`;
}

/** Returns the ARN of a calendar. A name is that of a document in this account and Region. */
function calendarArnOf(calendar: string): unknown {
  return calendar.startsWith('arn:') ? calendar : arnOf('ssm', `document/${calendar}`);
}

/** Names what the function of a release freeze works on. */
interface FreezeResources {
  readonly switchArn?: unknown;
  readonly breakGlassArn: unknown;
  readonly calendarArns: readonly unknown[];
  readonly logGroupArn: unknown;
}

/**
 * Allows the function of a release freeze to read what it decides by, to report its result, and to record it.
 *
 * @see https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssystemsmanager.html
 */
export function freezeStatements({ switchArn, breakGlassArn, calendarArns, logGroupArn }: FreezeResources) {
  return [
    allow(['ssm:GetParameter'], [breakGlassArn]),
    ...(switchArn !== undefined ? [allow(['ssm:GetParameter', 'ssm:GetParameterHistory'], [switchArn])] : []),
    ...(calendarArns.length > 0 ? [allow(['ssm:GetCalendarState'], calendarArns)] : []),
    allow(ANSWER_JOB.actions, ANSWER_JOB.resources),
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], [logGroupArn]),
  ];
}

/**
 * Allows people to freeze and thaw, or to break the glass.
 *
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-access.html
 */
export const WRITE_PARAMETER = ['ssm:GetParameter', 'ssm:PutParameter'];
